//! NoteGap.

use vitals_api::anchor::{GapInfo, GapsPage, QueryMsg, MAX_GAP};
use vitals_core::key::Signer;
use vitals_core::measured::{GapNotice, GapReason};
use vitals_core::signing::{signing_digest, Domain};
use vitals_testing::{Suite, TestDevice};

use crate::support::{beat, gap, head, notice, refused, run, send, setup, PATIENT};

fn page(suite: &Suite, device: u64, start_after: Option<u64>, limit: Option<u32>) -> GapsPage {
    let msg = QueryMsg::Gaps {
        device: device.into(),
        start_after: start_after.map(Into::into),
        limit,
    };
    suite.query(&suite.at.anchor, &msg).unwrap()
}

fn gaps(suite: &Suite, device: u64, start_after: Option<u64>, limit: Option<u32>) -> Vec<GapInfo> {
    page(suite, device, start_after, limit).gaps
}

#[test]
fn after_a_signed_gap_the_device_goes_on_with_the_number_it_named() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let first = beat(&mut device, now);
    send(&mut suite, "patient", PATIENT, &[&first]).unwrap();
    device.sequence = 4;
    let fifth = beat(&mut device, now + 1);
    let answer = send(&mut suite, "patient", PATIENT, &[&fifth]);
    refused(answer, "anchor/sequence_skipped");

    let msg = gap(&device, &notice(&suite, &device, 2, 5));
    run(&mut suite, "stranger", &msg).unwrap();
    assert_eq!(head(&suite, device.device).sequence.u64(), 4);
    send(&mut suite, "patient", PATIENT, &[&fifth]).unwrap();
    let shown = GapInfo {
        pairing: 1,
        from: 2u64.into(),
        next: 5u64.into(),
        last_at_ms: now,
        reason: GapReason::StorageLost,
        noted_at_ms: now,
    };
    assert_eq!(gaps(&suite, device.device, None, None), [shown]);
}

#[test]
fn a_gap_does_not_unmake_the_order_of_time() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let first = beat(&mut device, now);
    send(&mut suite, "patient", PATIENT, &[&first]).unwrap();
    let msg = gap(&device, &notice(&suite, &device, 2, 3));
    run(&mut suite, "stranger", &msg).unwrap();
    device.sequence = 2;
    let back_dated = beat(&mut device, now);
    let answer = send(&mut suite, "patient", PATIENT, &[&back_dated]);
    refused(answer, "anchor/time_out_of_order");
}

/// Batches of several categories are open at once: what the device measured last before it went on
/// need not be of the category that comes next.
#[test]
fn the_last_time_in_a_notice_does_not_move_the_order_of_time_on() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let first = beat(&mut device, now);
    send(&mut suite, "patient", PATIENT, &[&first]).unwrap();
    let measured_later = GapNotice {
        last_at: now + 60_000,
        ..notice(&suite, &device, 2, 3)
    };
    run(&mut suite, "stranger", &gap(&device, &measured_later)).unwrap();
    device.sequence = 2;
    let between = beat(&mut device, now + 1);
    send(&mut suite, "patient", PATIENT, &[&between]).unwrap();
}

#[test]
fn a_gap_begins_exactly_after_the_last_number() {
    let (mut suite, mut device, _) = setup();
    let first = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&first]).unwrap();
    let over_anchored = gap(&device, &notice(&suite, &device, 1, 5));
    let answer = run(&mut suite, "stranger", &over_anchored);
    refused(answer, "anchor/sequence_replayed");
    let beyond = gap(&device, &notice(&suite, &device, 3, 5));
    let answer = run(&mut suite, "stranger", &beyond);
    refused(answer, "anchor/sequence_skipped");
    let good = gap(&device, &notice(&suite, &device, 2, 5));
    run(&mut suite, "stranger", &good).unwrap();
    let answer = run(&mut suite, "stranger", &good);
    refused(answer, "anchor/sequence_replayed");
}

#[test]
fn a_notice_gives_up_a_million_numbers_at_most() {
    let (mut suite, device, _) = setup();
    for next in [MAX_GAP + 2, u64::MAX] {
        let msg = gap(&device, &notice(&suite, &device, 1, next));
        let answer = run(&mut suite, "stranger", &msg);
        refused(answer, "anchor/gap_too_long");
    }
    let msg = gap(&device, &notice(&suite, &device, 1, MAX_GAP + 1));
    run(&mut suite, "stranger", &msg).unwrap();
    assert_eq!(head(&suite, device.device).sequence.u64(), MAX_GAP);
}

#[test]
fn a_device_measured_last_between_what_it_anchored_and_two_minutes_from_now() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let first = beat(&mut device, now);
    send(&mut suite, "patient", PATIENT, &[&first]).unwrap();
    let at = |last_at| GapNotice {
        last_at,
        ..notice(&suite, &device, 2, 3)
    };
    let cases = [
        (at(0), "anchor/gap_back_dated"),
        (at(now - 1), "anchor/gap_back_dated"),
        (at(now + 120_001), "anchor/time_ahead"),
        (at(u64::MAX), "anchor/time_ahead"),
    ];
    let good = at(now + 120_000);
    for (notice, code) in cases {
        refused(run(&mut suite, "stranger", &gap(&device, &notice)), code);
    }
    run(&mut suite, "stranger", &gap(&device, &good)).unwrap();
}

#[test]
fn only_the_device_signs_for_its_gap_and_for_nothing_else() {
    let (mut suite, device, _) = setup();
    let notice = notice(&suite, &device, 1, 2);
    let foreign = TestDevice::new(9, suite.deployment);
    let elsewhere = TestDevice::new(1, [1; 32]);
    for signer in [&foreign, &elsewhere] {
        let answer = run(&mut suite, "stranger", &gap(signer, &notice));
        refused(answer, "anchor/signature");
    }
    let as_anchor = signing_digest(Domain::Anchor, &device.deployment, &notice.to_bytes());
    let msg = vitals_api::anchor::ExecuteMsg::NoteGap {
        notice: notice.to_bytes().into(),
        signature: device.signer.sign(&as_anchor).to_vec().into(),
    };
    refused(run(&mut suite, "stranger", &msg), "anchor/signature");
    assert_eq!(head(&suite, device.device).sequence.u64(), 0);
}

#[test]
fn every_changed_bit_of_a_notice_is_refused() {
    let (mut suite, device, _) = setup();
    let good = notice(&suite, &device, 1, 2);
    let signature = device.signer.sign(&good.digest(&device.deployment));
    let bytes = good.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let msg = vitals_api::anchor::ExecuteMsg::NoteGap {
            notice: changed.into(),
            signature: signature.to_vec().into(),
        };
        assert!(run(&mut suite, "stranger", &msg).is_err(), "bit {bit}");
    }
}

#[test]
fn a_gap_in_a_pairing_that_never_was_is_refused() {
    let (mut suite, device, _) = setup();
    let foreign = GapNotice {
        pairing: 2,
        ..notice(&suite, &device, 1, 2)
    };
    let answer = run(&mut suite, "stranger", &gap(&device, &foreign));
    refused(answer, "state/not_found");
}

#[test]
fn gaps_are_paged_oldest_first() {
    let (mut suite, device, _) = setup();
    for from in 1..=12 {
        let msg = gap(&device, &notice(&suite, &device, from, from + 1));
        run(&mut suite, "stranger", &msg).unwrap();
    }
    let from = |page: Vec<GapInfo>| -> Vec<u64> { page.iter().map(|g| g.from.u64()).collect() };
    let number = device.device;
    let first = from(gaps(&suite, number, None, None));
    assert_eq!(first, (1..=10).collect::<Vec<_>>());
    assert_eq!(from(gaps(&suite, number, Some(10), Some(30))), [11, 12]);
    assert_eq!(page(&suite, number, None, Some(1)).missing.u64(), 12);
    let other = page(&suite, number + 1, None, None);
    assert!(other.gaps.is_empty() && other.missing.is_zero());
}
