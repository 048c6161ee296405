use super::*;
use crate::insurance::fixture::{by_instalments, terms, DAY_S};
use proptest::prelude::*;

/// The first second of an epoch.
const EPOCH_START: Seconds = 1_800_000_000;

fn day(bound_at: Seconds, at_ms: Millis) -> Option<u16> {
    day_of(bound_at, epoch_of(at_ms)?)
}

#[test]
fn cover_begins_after_waiting_and_filing_ends_after_cover() {
    let cover = Cover::sold(1_000, &terms());
    let day = Seconds::from(DAY_S);
    assert_eq!(cover.from, 1_000 + day);
    assert_eq!(cover.until, 1_000 + 30 * day);
    assert_eq!(cover.file_until, 1_000 + 37 * day);
    let ended = cover.ended(5_000, &terms());
    assert_eq!((ended.until, ended.file_until), (5_000, 5_000 + 7 * day));
    assert_eq!(cover.ended(cover.until + 1, &terms()), cover);
}

#[test]
fn a_day_is_twenty_four_epochs_from_the_epoch_of_binding() {
    for bound_at in [EPOCH_START, EPOCH_START + 3_599] {
        let starts = to_ms(EPOCH_START);
        let day_ms = u64::from(DAY_S) * 1_000;
        assert_eq!(day(bound_at, starts - 1), None);
        assert_eq!(day(bound_at, starts), Some(0));
        assert_eq!(day(bound_at, starts + day_ms - 1), Some(0));
        assert_eq!(day(bound_at, starts + day_ms), Some(1));
        assert_eq!(day(bound_at, starts + 366 * day_ms - 1), Some(365));
        let second = ClaimWindow {
            from_ms: starts + day_ms,
            to_ms: starts + 2 * day_ms - 1,
        };
        assert_eq!(day_window(bound_at, 1), Some(second));
    }
    assert_eq!(
        day(EPOCH_START + 3_600, to_ms(EPOCH_START + 3_599)),
        None,
        "the next epoch's policy"
    );
    let last = DAY_EPOCHS * (u32::from(u16::MAX) + 1);
    assert_eq!(day_of(0, last - 1), Some(u16::MAX));
    assert_eq!(day_of(0, last), None);
    assert_eq!(day_of(u64::MAX, 0), None);
}

#[test]
fn an_instalment_is_due_when_what_is_paid_is_used_up() {
    let premium = by_instalments().premium;
    let due = |payments, term_days| premium.due(7, payments, term_days * DAY_S);
    assert_eq!(due(1, 30), Some(7 + 10 * Seconds::from(DAY_S)));
    assert_eq!(due(2, 30), Some(7 + 20 * Seconds::from(DAY_S)));
    assert_eq!(due(3, 30), None);
    assert_eq!(due(1, 10), None);
    assert_eq!(premium.payments(10 * DAY_S), 1);
    assert_eq!(premium.payments(10 * DAY_S + 1), 2);
    assert_eq!(premium.covers_s(2, 10 * DAY_S + 1), 10 * 86_400 + 1);
    assert_eq!(terms().premium.due(7, 0, 30 * DAY_S), Some(7 + 30 * 86_400));
    assert_eq!(terms().premium.due(7, 1, 30 * DAY_S), None);
}

fn covering(waiting_s: u32, covered_s: u32) -> Terms {
    Terms {
        waiting_s,
        term_s: waiting_s + covered_s,
        ..terms()
    }
}

#[test]
fn a_day_has_room_for_a_window_whose_ends_are_both_inside() {
    let room = |covered_s, span_ms| days_with_room(&covering(0, covered_s), span_ms);
    assert_eq!(room(1, 0), 1);
    assert_eq!(room(1, 999), 1);
    assert_eq!(room(1, 1_000), 0);
    assert_eq!(room(DAY_S, 0), 1);
    assert_eq!(room(DAY_S + 1, 0), 2);
    assert_eq!(room(10 * DAY_S, 86_399_999), 9, "bound within an hour");
    assert_eq!(room(10 * DAY_S, 86_400_000), 0);
    let late = covering(23 * 3_600, 7_200);
    assert_eq!(days_with_room(&late, 7_200_000), 0);
    assert_eq!(days_with_room(&late, 3_600_000), 0, "half before midnight");
    assert_eq!(days_with_room(&late, 3_599_999), 1);
}

/// Days that cover has room in, by the days of its epochs.
fn days_by_epoch(bound_at: Seconds, terms: &Terms, span_ms: u64) -> u32 {
    let cover = Cover::sold(bound_at, terms);
    let (from, until) = (to_ms(cover.from), to_ms(cover.until));
    let first = epoch_of(to_ms(bound_at)).unwrap();
    let days = 0..=terms.term_s / DAY_S + 1;
    let has_room = |day: &u32| {
        let starts = crate::time::epoch_start(first + day * DAY_EPOCHS).max(from);
        let ends = crate::time::epoch_start(first + (day + 1) * DAY_EPOCHS).min(until);
        assert!(starts >= ends || day_of(bound_at, epoch_of(starts).unwrap()) == Some(*day as u16));
        starts + span_ms < ends
    };
    days.filter(has_room).count() as u32
}

proptest! {
    #[test]
    fn whenever_in_the_hour_it_is_bound_a_policy_has_the_days_promised(
        waiting_s in 0..2 * DAY_S,
        covered_s in 1..4 * DAY_S,
        span_ms in prop_oneof![Just(0u64), 0..90_000_000u64],
    ) {
        let terms = covering(waiting_s, covered_s);
        let fewest = (0..3_600)
            .map(|second| days_by_epoch(EPOCH_START + second, &terms, span_ms))
            .min();
        prop_assert_eq!(Some(days_with_room(&terms, span_ms)), fewest);
        if span_ms == 0 {
            prop_assert!(days_with_room(&terms, 0) >= covered_s.div_ceil(DAY_S));
        }
    }
}
