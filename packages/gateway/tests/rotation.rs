//! Batches that are open while their device gets another key, or another wearer.

mod support;

use support::bench::{device_key, DEVICE, START};
use support::frames::{beat, closed, opened, signed, HEAD, NOW};
use support::Bench;
use vitals_core::device::BatchHead;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::link::GatewayMessage;
use vitals_core::measure::Category;

const LATER: u64 = NOW + 120_000;

fn told(bench: &mut Bench, line: &str, now_ms: u64) -> Vec<GatewayMessage> {
    let lines = bench.gateway().handle_line(line, now_ms);
    let read = |line: &String| GatewayMessage::from_line(line).unwrap();
    lines.iter().map(read).collect()
}

/// Two readings stored and acknowledged, in a batch that the device has not closed.
fn begun() -> Bench {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().now_ms = NOW;
    told(&mut bench, &opened(HEAD), NOW);
    let frame = signed(&device_key(), HEAD, 0, vec![beat(1_000), beat(2_000)]);
    let answers = told(&mut bench, &frame, NOW);
    let (sequence, count) = (1, 2);
    assert_eq!(answers, [GatewayMessage::Stored { sequence, count }]);
    bench
}

/// What its device closed is anchored in the end.
fn is_anchored(bench: &mut Bench) -> bool {
    let close = closed(&device_key(), HEAD, &[beat(1_000), beat(2_000)]);
    told(bench, &close, LATER + 1_000);
    for second in 2..6 {
        bench.gateway().tick(LATER + second * 1_000).unwrap();
    }
    bench.chain.state().anchored.len() == 1
}

fn look_at_the_registry(bench: &mut Bench) {
    bench.chain.state().now_ms = LATER;
    bench.gateway().tick(LATER).unwrap();
}

/// The registry says from which number a new key holds; vitals-anchor takes those before it under
/// the old key.
#[test]
fn a_batch_begun_under_the_key_before_a_rotation_is_closed_and_anchored() {
    let mut bench = begun();
    {
        let mut state = bench.chain.state();
        let new = Ed25519Signer::from_seed(&[9; 32]).public_key();
        let key = &mut state.devices.get_mut(&DEVICE).unwrap().0;
        let before = std::mem::replace(key, new);
        state.rotated = Some((before, 2));
    }
    look_at_the_registry(&mut bench);
    assert!(is_anchored(&mut bench), "its readings were acknowledged");
}

/// vitals-anchor asks who had the device when it measured, not who has it now.
#[test]
fn a_batch_begun_before_its_device_was_given_back_is_closed_and_anchored() {
    let mut bench = begun();
    give_back(&mut bench);
    assert!(is_anchored(&mut bench), "its readings were acknowledged");
}

fn give_back(bench: &mut Bench) {
    bench.chain.state().unpaired_ms = Some(LATER);
    look_at_the_registry(bench);
}

fn codes(bench: &mut Bench) -> Vec<String> {
    let aside = bench.gateway().quarantined(9).unwrap();
    aside.into_iter().map(|aside| aside.code).collect()
}

#[test]
fn a_device_that_was_given_back_is_asked_to_close_what_it_has_open_and_for_nothing_new() {
    let mut bench = begun();
    give_back(&mut bench);
    let progress = bench.gateway().tick(LATER + 1_000).unwrap();
    let told: Vec<_> = progress.to_devices.iter().map(|told| &told.line).collect();
    let sequence = 1;
    assert_eq!(told, [&GatewayMessage::Close { sequence }.to_line()]);
    let greeting = bench.gateway().greet(DEVICE, LATER + 2_000).unwrap();
    let sequence = 0;
    assert_eq!(greeting, [GatewayMessage::Anchored { sequence }.to_line()]);
}

/// It may be with somebody else.
#[test]
fn of_a_device_that_was_given_back_nothing_measured_since_and_no_new_batch_is_taken() {
    let mut bench = begun();
    give_back(&mut bench);
    let since = u32::try_from(LATER - START).unwrap();
    let frame = signed(&device_key(), HEAD, 2, vec![beat(since)]);
    told(&mut bench, &frame, LATER + 1_000);
    let next = BatchHead {
        sequence: 2,
        category: Category::Respiratory,
        ..HEAD
    };
    told(&mut bench, &opened(next), LATER + 1_000);
    assert_eq!(codes(&mut bench), ["gateway/pairing_ended"; 2]);
    assert!(is_anchored(&mut bench), "what was measured before is taken");
}

#[test]
fn a_device_that_was_given_back_is_forgotten_once_its_batches_are_anchored() {
    let mut bench = begun();
    give_back(&mut bench);
    assert!(is_anchored(&mut bench));
    let minutes = LATER + 120_000;
    bench.chain.state().now_ms = minutes;
    bench.gateway().tick(minutes).unwrap();
    told(&mut bench, &opened(HEAD), minutes);
    assert_eq!(codes(&mut bench), ["gateway/device_foreign"]);
}

#[test]
fn the_new_key_signs_nothing_of_a_batch_before_its_first() {
    let mut bench = begun();
    let new = Ed25519Signer::from_seed(&[9; 32]);
    {
        let mut state = bench.chain.state();
        state.devices.get_mut(&DEVICE).unwrap().0 = new.public_key();
        state.rotated = Some((device_key().public_key(), 2));
    }
    look_at_the_registry(&mut bench);
    let close = closed(&new, HEAD, &[beat(1_000), beat(2_000)]);
    told(&mut bench, &close, LATER + 1_000);
    assert_eq!(codes(&mut bench), ["gateway/batch_signature"]);
    bench.open();
    assert!(is_anchored(&mut bench), "both keys are kept");
}

#[test]
fn without_either_it_is_anchored() {
    let mut bench = begun();
    look_at_the_registry(&mut bench);
    assert!(is_anchored(&mut bench));
}
