//! A device that lost readings for good says so under its signature, and goes on.

mod support;

use support::bench::{device_key, heart_rates, values, DEVICE, START};
use support::chain::DEPLOYMENT;
use support::Bench;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal, SignedGap};
use vitals_core::measured::{GapNotice, GapReason};
use vitals_device_sim::{DeviceSim, Identity, Sample};

const NOW: u64 = START + 60_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

fn gap_by(key: &Ed25519Signer, from: u64, next: u64) -> String {
    let notice = GapNotice {
        device: DEVICE,
        pairing: 1,
        from,
        next,
        last_at: NOW,
        reason: GapReason::StorageLost,
    };
    let signature = key.sign(&notice.digest(&DEPLOYMENT));
    let gap = SignedGap { notice, signature };
    DeviceMessage::Gap(gap).to_line().unwrap()
}

fn gap(from: u64, next: u64) -> String {
    gap_by(&device_key(), from, next)
}

fn send(bench: &mut Bench, line: &str) -> Vec<GatewayMessage> {
    let answers = bench.gateway().handle_line(line, NOW + 20_000);
    let parsed = answers.iter().map(|line| GatewayMessage::from_line(line));
    parsed.collect::<Result<_, _>>().unwrap()
}

/// Batch 1 is closed and not on the chain yet; batch 2 is open, with readings.
fn started() -> Bench {
    let mut bench = Bench::new(samples());
    bench.max_readings = 150;
    bench.open();
    bench.chain.state().reject = Some("chain/refused: mempool is full".into());
    for second in 0..70 {
        bench.step(START + second * 1_000);
    }
    let status = bench.gateway().status().unwrap();
    assert!(
        status.waiting_for("measuring").is_some(),
        "{:?}",
        status.waiting
    );
    bench
}

fn open_number(bench: &Bench) -> u64 {
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let sql = "SELECT MAX(sequence) FROM batch WHERE state = 0";
    let number: i64 = db.query_row(sql, [], |row| row.get(0)).unwrap();
    number.cast_unsigned()
}

/// The device lost what it kept, and measures on.
fn lost(bench: &mut Bench, next_sequence: u64) {
    let identity = Identity {
        device: DEVICE,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence,
    };
    bench.device = DeviceSim::new(device_key(), identity, 32).unwrap();
    let later = heart_rates(NOW + 30_000, 60).into_iter().take(100);
    bench.device.load(later);
}

#[test]
fn a_hole_is_noted_in_its_place_and_what_comes_after_it_is_anchored() {
    let mut bench = started();
    let open = open_number(&bench);
    let stored = GatewayMessage::Stored {
        sequence: open + 1,
        count: 0,
    };
    assert_eq!(send(&mut bench, &gap(open, open + 2)), [stored]);
    assert_eq!(send(&mut bench, &gap(open, open + 2)), [stored], "again");
    bench.open();
    lost(&mut bench, open + 2);
    bench.reconnect(NOW + 30_000);
    bench.chain.state().reject = None;
    for second in 90..130 {
        bench.step(START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    for second in 130..134 {
        bench.step(START + second * 1_000);
    }
    let numbers: Vec<u64> = {
        let state = bench.chain.state();
        assert_eq!(state.gaps.len(), 1);
        assert_eq!((state.gaps[0].from, state.gaps[0].next), (open, open + 2));
        state.anchored.iter().map(|b| b.measured.sequence).collect()
    };
    let expected: Vec<u64> = (1..open)
        .chain(open + 2..=*numbers.last().unwrap())
        .collect();
    assert_eq!(numbers, expected);
    assert!(numbers.contains(&(open + 2)));
    let anchored = GatewayMessage::Anchored { sequence: open + 1 };
    assert_eq!(send(&mut bench, &gap(open, open + 2)), [anchored]);
    assert!(bench.device.is_done());
}

#[test]
fn readings_that_came_before_the_loss_are_kept_for_the_patient() {
    let mut bench = started();
    let open = open_number(&bench);
    send(&mut bench, &gap(open, open + 1));
    bench.gateway().tick(NOW + 21_000).unwrap();
    let file = bench.gateway().parked_file(DEVICE, open).unwrap();
    let content = age::decrypt(&bench.patient_identity, &file).unwrap();
    let kept = (content.len() - 33) / 15;
    let stored = bench.gateway().status().unwrap().counts.stored;
    assert!(
        kept > 0 && kept as u64 + 150 <= stored,
        "{kept} of {stored}"
    );
    assert!(values(&samples()).len() as u64 >= stored);
}

#[test]
fn a_hole_over_what_is_whole_or_past_or_not_signed_is_refused_and_changes_nothing() {
    let mut bench = started();
    let open = open_number(&bench);
    let stranger = Ed25519Signer::from_seed(&[9; 32]);
    let cases = [
        (gap(1, open + 1), Refusal::Batch),
        (gap(open + 1, open + 2), Refusal::Batch),
        (gap(open + 5, open + 6), Refusal::Batch),
        (gap_by(&stranger, open, open + 1), Refusal::Signature),
    ];
    for (line, expected) in cases {
        let answers = send(&mut bench, &line);
        let refused = |reason| matches!(answers[..], [GatewayMessage::Refused { reason: r, .. }] if r == reason);
        assert!(refused(expected), "{answers:?}");
    }
    bench.chain.state().reject = None;
    bench.gateway().close_all().unwrap();
    for second in 200..204 {
        bench.step(START + second * 1_000);
    }
    assert!(bench.chain.state().gaps.is_empty());
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn a_notice_whose_answer_was_lost_is_not_noted_twice() {
    let mut bench = started();
    let open = open_number(&bench);
    send(&mut bench, &gap(open, open + 1));
    bench.chain.state().reject = None;
    // batch 1 goes first, in a transaction of its own
    bench.tick(NOW + 100_000).unwrap();
    bench.chain.state().lose_answer = true;
    bench.tick(NOW + 101_000).unwrap();
    assert_eq!(bench.chain.state().gaps.len(), 1);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("gap_chain").unwrap().gaps, 1);
    bench.open();
    bench.tick(NOW + 110_000).unwrap();
    assert_eq!(bench.chain.state().gaps.len(), 1);
    assert!(bench
        .gateway()
        .status()
        .unwrap()
        .waiting_for("gap_chain")
        .is_none());
}
