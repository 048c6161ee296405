//! A group of lines is one transaction: answered when all of it is on disk, or not at all.

mod support;

use support::bench::{device_key, DEVICE, GATEWAY_DEVICE, START};
use support::frames::{beat, from, messages, opened, signed, take, HEAD, NOW};
use support::Bench;
use vitals_core::device::BatchHead;
use vitals_core::key::Ed25519Signer;
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measure::Category;
use vitals_gateway::{Inbound, Intake};

fn bench() -> (Bench, Intake) {
    let mut bench = Bench::new(vec![]);
    let intake = bench.gateway().take_intake().unwrap();
    (bench, intake)
}

fn frame(first_index: u16, offset_ms: u32) -> String {
    signed(&device_key(), HEAD, first_index, vec![beat(offset_ms)])
}

/// The opening of a batch, and so many frames of a reading each.
fn batch(frames: u16) -> Vec<Inbound> {
    let frames = (0..frames).map(|at| frame(at, 1_000 + u32::from(at)));
    from(DEVICE, std::iter::once(opened(HEAD)).chain(frames))
}

fn stored(count: u16) -> Vec<GatewayMessage> {
    vec![GatewayMessage::Stored { sequence: 1, count }]
}

fn refused(reason: Refusal) -> Vec<GatewayMessage> {
    let sequence = 1;
    vec![GatewayMessage::Refused { sequence, reason }]
}

#[test]
fn a_batch_that_opens_and_goes_on_in_one_group_is_taken_in_its_order() {
    let (mut bench, mut intake) = bench();
    let answers = take(&mut intake, &batch(40));
    assert!(answers.into_iter().eq((0..=40).map(stored)));
    let counts = bench.gateway().status().unwrap().counts;
    assert_eq!((counts.stored, counts.received), (40, 40));
}

#[test]
fn one_bad_line_in_a_group_spoils_no_other() {
    let (mut bench, mut intake) = bench();
    let mut group = batch(3);
    let forger = Ed25519Signer::from_seed(&[66; 32]);
    group[2].line = signed(&forger, HEAD, 1, vec![beat(1_001)]);
    let answers = take(&mut intake, &group);
    assert_eq!(answers[1], stored(1));
    assert_eq!(answers[2], refused(Refusal::Signature));
    let told = [refused(Refusal::Order), stored(1)].concat();
    assert_eq!(answers[3], told);
    assert_eq!(bench.gateway().status().unwrap().counts.stored, 1);
}

#[test]
fn a_frame_that_comes_twice_is_answered_with_where_its_batch_stands_and_stored_once() {
    let (mut bench, mut intake) = bench();
    let mut group = batch(3);
    group.insert(3, group[1].clone());
    let answers = take(&mut intake, &group);
    assert_eq!(answers[3], stored(2));
    assert_eq!(take(&mut intake, &group[1..2]), [stored(3)]);
    let counts = bench.gateway().status().unwrap().counts;
    assert_eq!((counts.stored, counts.quarantined), (3, 0));
}

#[test]
fn a_failure_in_the_middle_of_a_group_leaves_nothing_of_it_stored_or_answered() {
    let (mut bench, mut intake) = bench();
    take(&mut intake, &batch(2));
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    db.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON frame WHEN NEW.first_index = 5 \
         BEGIN SELECT RAISE (ABORT, 'disk full'); END",
    )
    .unwrap();
    let rest = batch(9).split_off(3);
    let failed = intake.take(&rest, NOW).unwrap_err().to_string();
    assert!(failed.starts_with("gateway/store"), "{failed}");
    let counts = bench.gateway().status().unwrap().counts;
    assert_eq!((counts.stored, counts.received), (2, 2));
    db.execute_batch("DROP TRIGGER full").unwrap();
    let answers = take(&mut intake, &rest);
    assert!(answers.into_iter().eq((3..=9).map(stored)));
}

#[test]
fn what_is_not_of_the_device_that_the_link_authenticated_is_refused() {
    let (mut bench, mut intake) = bench();
    take(&mut intake, &batch(1));
    let foreign = from(GATEWAY_DEVICE, [frame(1, 2_000)]);
    assert_eq!(take(&mut intake, &foreign), [refused(Refusal::Device)]);
    let listed = bench.gateway().quarantined(1).unwrap().remove(0);
    assert_eq!(listed.code, "gateway/foreign");
    let claimed = (listed.source, listed.device);
    assert_eq!(claimed, (Some(GATEWAY_DEVICE), Some(DEVICE)));
    assert_eq!(bench.gateway().status().unwrap().counts.stored, 1);
}

#[test]
fn a_device_that_is_not_known_is_answered_once_the_chain_was_asked() {
    let (mut bench, mut intake) = bench();
    let device = 99;
    let head = BatchHead { device, ..HEAD };
    let stranger = from(device, [opened(head)]);
    assert_eq!(intake.take(&stranger, NOW).unwrap(), []);
    assert_eq!(intake.greet(device, NOW).unwrap(), Vec::<String>::new());
    bench.gateway().tick(NOW).unwrap();
    assert_eq!(take(&mut intake, &stranger), [refused(Refusal::Device)]);
    assert_eq!(
        bench.gateway().quarantined(1).unwrap()[0].code,
        "gateway/device_foreign"
    );
    let key = device_key();
    let paired = (
        vitals_core::key::Signer::public_key(&key),
        vec![Category::Cardiac],
    );
    bench.chain.state().devices.insert(device, paired);
    let later = NOW + 20_000;
    assert_eq!(intake.take(&stranger, later).unwrap(), []);
    bench.gateway().tick(later).unwrap();
    let answers = intake.take(&stranger, later).unwrap();
    assert_eq!(messages(&answers[0]), stored(0));
}

#[test]
fn a_battery_is_taken_without_a_word_and_of_our_devices_only() {
    let (_bench, mut intake) = bench();
    let battery = |device| {
        let percent = 17;
        let message = DeviceMessage::Battery { device, percent };
        from(device, [message.to_line().unwrap()])
    };
    assert_eq!(take(&mut intake, &battery(DEVICE)), [vec![]]);
    assert_eq!(intake.take(&battery(99), NOW).unwrap(), []);
}

#[test]
fn a_flood_of_garbage_keeps_the_newest_few_lines_and_counts_the_rest() {
    let (mut bench, mut intake) = bench();
    take(&mut intake, &from(7, ["first!".to_owned()]));
    for group in 0..10 {
        let garbage = (0..300).map(|at| format!("garbage-{group}-{at}!"));
        take(&mut intake, &from(8, garbage));
    }
    let counts = bench.gateway().status().unwrap().counts;
    let listed = bench.gateway().quarantined(10_000).unwrap();
    assert_eq!(counts.quarantined, 3_001);
    assert_eq!(listed.len(), 65, "64 of the flood, and the other device's");
    assert_eq!(counts.quarantine_dropped, 3_001 - 65);
    assert_eq!(listed.last().unwrap().source, Some(7));
}

#[test]
fn the_intake_works_on_while_the_gateway_ticks_beside_it() {
    let (mut bench, mut intake) = bench();
    let taking = std::thread::spawn(move || {
        for line in batch(200) {
            let answers = intake.take(&[line], NOW).unwrap();
            assert_eq!(answers.len(), 1);
        }
    });
    let mut ticks = 0;
    while !taking.is_finished() {
        bench.gateway().tick(START + ticks).unwrap();
        ticks += 1;
    }
    taking.join().unwrap();
    assert!(ticks > 1, "{ticks}");
    assert_eq!(bench.gateway().status().unwrap().counts.stored, 200);
}
