//! What somebody would try with the time of measuring, filing and being paid.

use crate::common::{
    refused, World, BENEFIT, FILE_WITHIN_S, HIGH, SEPARATION_S, TERM_S, WAITING_S,
};
use vitals_core::measure::Measure;

/// Cover is bought after the illness began.
#[test]
fn what_was_measured_before_binding_or_while_waiting_is_not_covered() {
    let mut world = World::new();
    let at = world.suite.now_ms();
    let before = world.device.measure(Measure::HeartRate, at, &[HIGH; 3]);
    world.suite.advance(60);
    let policy = world.bind().unwrap();
    world.suite.advance(1);
    world.suite.anchor("patient", &before).unwrap();
    let before = world.shown(&before, &[0, 1, 2]);
    world.suite.advance(WAITING_S - 3);
    let last_of_waiting = world.episode();
    for early in [before, last_of_waiting] {
        refused(world.claim(policy, &early), "claims/measured_before_cover");
    }
}

/// The last reading falls a millisecond too late, and one second earlier it does not.
#[test]
fn what_was_measured_after_cover_is_not_covered() {
    let claimed_before_the_end = |offset| {
        let mut world = World::new();
        world.suite.advance(10);
        let policy = world.bind().unwrap();
        world.suite.advance(TERM_S - 2 - offset);
        let shown = world.episode();
        world.claim(policy, &shown)
    };
    assert!(claimed_before_the_end(1).is_ok());
    refused(claimed_before_the_end(0), "claims/measured_after_cover");
}

/// Filed in the last second there is for it, and in the next.
#[test]
fn the_last_instant_to_file_is_the_last() {
    let (mut world, policy) = World::covered();
    let first = world.episode();
    // measured over 2 s, anchored after 60
    world.suite.advance(FILE_WITHIN_S - 58);
    assert!(world.claim(policy, &first).is_ok());

    let (mut world, policy) = World::covered();
    let first = world.episode();
    world.suite.advance(FILE_WITHIN_S - 57);
    refused(world.claim(policy, &first), "claims/filed_too_late");
}

/// The very same message again.
#[test]
fn the_same_claim_is_not_paid_twice() {
    let (mut world, policy) = World::covered();
    let shown = world.episode();
    world.claim(policy, &shown).unwrap();
    refused(world.claim(policy, &shown), "claims/time_used_up");
    assert_eq!(world.pool().paid.u128(), BENEFIT);
}

/// One long episode is cut into several by showing other readings of it: between those paid, around
/// them, or at their end.
#[test]
fn other_readings_of_a_paid_episode_are_used_up_too() {
    let (mut world, policy) = World::covered();
    let batch = world.measured(&[HIGH; 12]);
    let ends = world.shown(&batch, &[0, 1, 11]);
    world.claim(policy, &ends).unwrap();
    for indices in [[3, 4, 5], [2, 3, 10], [9, 10, 11]] {
        let others = world.shown(&batch, &indices);
        refused(world.claim(policy, &others), "claims/time_used_up");
    }
}

/// The same illness, claimed anew a second before enough time has passed, and at that second.
#[test]
fn a_new_episode_counts_from_the_instant_separation_allows() {
    let (mut world, policy) = World::covered();
    let first = world.episode();
    world.claim(policy, &first).unwrap();
    // the paid window ended 58 s ago
    world.suite.advance(SEPARATION_S - 59);
    let batch = world.measured(&[HIGH; 4]);
    let a_second_early = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &a_second_early), "claims/time_used_up");
    let on_time = world.shown(&batch, &[1, 2, 3]);
    assert!(world.claim(policy, &on_time).is_ok());
}

/// Readings are kept back until it is clear that they are worth something.
#[test]
fn an_episode_anchored_too_late_does_not_count() {
    let (mut world, policy) = World::covered();
    let from = world.suite.now_ms();
    let batch = world
        .device
        .measure(Measure::HeartRate, from, &[HIGH, HIGH, HIGH]);
    world.suite.advance(3_601);
    world.suite.anchor("patient", &batch).unwrap();
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/anchored_too_late");
}

/// What is not measured yet could be claimed under the next policy too.
#[test]
fn a_clock_that_runs_ahead_does_not_claim_the_future() {
    let (mut world, policy) = World::covered();
    let ahead = world.suite.now_ms() + 100_000;
    let batch = world
        .device
        .measure(Measure::HeartRate, ahead, &[HIGH, HIGH, HIGH]);
    world.suite.anchor("patient", &batch).unwrap();
    let shown = world.shown(&batch, &[0, 1, 2]);
    refused(world.claim(policy, &shown), "claims/not_yet_measured");
    world.suite.advance(102);
    refused(world.claim(policy, &shown), "claims/not_yet_measured");
    world.suite.advance(1);
    assert!(world.claim(policy, &shown).is_ok());
}
