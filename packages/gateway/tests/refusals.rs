//! What is not taken goes into quarantine with its reason, and changes nothing else.

mod support;

use support::bench::{device_key, heart_rates, values, DEVICE, EPOCH, START};
use support::chain::DEPLOYMENT;
use support::Bench;
use vitals_core::device::BatchHead;
use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::{Reading, ReadingFlags};

const NOW: u64 = START + 60_000;

const HEAD: BatchHead = BatchHead {
    device: DEVICE,
    pairing: 1,
    sequence: 1,
    category: Category::Cardiac,
    epoch: EPOCH,
};

fn frame_by(signer: &Ed25519Signer, head: BatchHead, first_index: u16, offset_ms: u32) -> String {
    let reading = Reading {
        measure: Measure::HeartRate,
        value: 700,
        offset_ms,
        flags: ReadingFlags::MEASURED_GOOD,
    };
    let frame = Frame::new(head, first_index, vec![reading]).unwrap();
    let message = frame
        .to_sign(SignatureScheme::Ed25519, &DEPLOYMENT)
        .unwrap();
    let signature = signer.sign_message(&message);
    let signed = SignedFrame::new(frame, SignatureScheme::Ed25519, signature);
    DeviceMessage::Frame(signed).to_line().unwrap()
}

fn frame(first_index: u16, offset_ms: u32) -> String {
    frame_by(&device_key(), HEAD, first_index, offset_ms)
}

fn opened(head: BatchHead) -> String {
    DeviceMessage::Opened(head).to_line().unwrap()
}

fn answers(bench: &mut Bench, line: &str) -> Vec<GatewayMessage> {
    let lines = bench.gateway().handle_line(line, NOW);
    lines
        .iter()
        .map(|l| GatewayMessage::from_line(l).unwrap())
        .collect()
}

/// A batch with one reading at 1,000 ms.
fn begun() -> Bench {
    let mut bench = Bench::new(vec![]);
    answers(&mut bench, &opened(HEAD));
    assert_eq!(answers(&mut bench, &frame(0, 1_000)), [stored(1)]);
    bench
}

fn stored(count: u16) -> GatewayMessage {
    GatewayMessage::Stored { sequence: 1, count }
}

fn refused(reason: Refusal) -> GatewayMessage {
    GatewayMessage::Refused {
        sequence: 1,
        reason,
    }
}

fn code(bench: &mut Bench) -> String {
    bench.gateway().quarantined(1).unwrap().remove(0).code
}

#[test]
fn a_forged_frame_is_quarantined_and_stores_nothing() {
    let mut bench = begun();
    let forger = Ed25519Signer::from_seed(&[66; 32]);
    let line = frame_by(&forger, HEAD, 1, 2_000);
    assert_eq!(answers(&mut bench, &line), [refused(Refusal::Signature)]);
    assert_eq!(code(&mut bench), "gateway/frame_signature");
    let counts = bench.gateway().status().unwrap().counts;
    assert_eq!(
        (counts.stored, counts.received, counts.quarantined),
        (1, 2, 1)
    );
}

#[test]
fn a_foreign_device_and_another_pairing_are_refused() {
    let mut bench = begun();
    let foreign = BatchHead { device: 99, ..HEAD };
    assert_eq!(
        answers(&mut bench, &opened(foreign)),
        [refused(Refusal::Device)]
    );
    assert_eq!(code(&mut bench), "gateway/device_foreign");
    let paired = BatchHead { pairing: 2, ..HEAD };
    assert_eq!(
        answers(&mut bench, &opened(paired)),
        [refused(Refusal::Device)]
    );
    assert_eq!(code(&mut bench), "gateway/pairing_other");
}

#[test]
fn what_was_measured_before_the_pairing_is_refused_before_it_is_in_a_batch() {
    let mut bench = Bench::new(vec![]);
    bench.chain.state().paired_ms = START + 30_000;
    bench.open();
    let epoch = EPOCH - 1;
    let hour_before = opened(BatchHead { epoch, ..HEAD });
    assert_eq!(
        answers(&mut bench, &hour_before),
        [refused(Refusal::Device)]
    );
    assert_eq!(code(&mut bench), "gateway/before_pairing");
    assert_eq!(answers(&mut bench, &opened(HEAD)), [stored(0)]);
    let early = frame(0, 29_999);
    assert_eq!(answers(&mut bench, &early), [refused(Refusal::Device)]);
    assert_eq!(code(&mut bench), "gateway/before_pairing");
    assert_eq!(answers(&mut bench, &frame(0, 30_000)), [stored(1)]);
}

#[test]
fn a_frame_stored_before_is_answered_as_stored_and_another_in_its_place_is_not() {
    let mut bench = begun();
    assert_eq!(answers(&mut bench, &frame(0, 1_000)), [stored(1)]);
    assert_eq!(
        answers(&mut bench, &frame(0, 1_001)),
        [refused(Refusal::Order)]
    );
    assert_eq!(code(&mut bench), "gateway/frame_other");
    assert_eq!(bench.gateway().status().unwrap().counts.stored, 1);
}

#[test]
fn a_frame_out_of_order_is_told_where_to_go_on() {
    let mut bench = begun();
    let told = [refused(Refusal::Order), stored(1)];
    assert_eq!(answers(&mut bench, &frame(5, 2_000)), told);
    assert_eq!(code(&mut bench), "gateway/frame_order");
    assert_eq!(answers(&mut bench, &frame(1, 2_000)), [stored(2)]);
}

#[test]
fn times_that_go_back_or_lie_ahead_are_refused() {
    let mut bench = begun();
    assert_eq!(
        answers(&mut bench, &frame(1, 999)),
        [refused(Refusal::Order)]
    );
    assert_eq!(code(&mut bench), "gateway/time_order");
    let ahead = 60_000 + 120_001;
    assert_eq!(
        answers(&mut bench, &frame(1, ahead)),
        [refused(Refusal::Order)]
    );
    assert_eq!(code(&mut bench), "gateway/time_ahead");
    assert_eq!(answers(&mut bench, &frame(1, ahead - 1)), [stored(2)]);
}

#[test]
fn a_batch_is_opened_under_the_next_number_and_one_of_a_category_at_a_time() {
    let mut bench = begun();
    assert_eq!(answers(&mut bench, &opened(HEAD)), [stored(1)]);
    let mut refused_as = |head: BatchHead| {
        let sequence = head.sequence;
        let reason = Refusal::Batch;
        let told = answers(&mut bench, &opened(head));
        assert_eq!(told, [GatewayMessage::Refused { sequence, reason }]);
        code(&mut bench)
    };
    let other = BatchHead {
        epoch: EPOCH + 1,
        ..HEAD
    };
    assert_eq!(refused_as(other), "gateway/batch_other");
    let skipped = BatchHead {
        sequence: 3,
        ..HEAD
    };
    assert_eq!(refused_as(skipped), "gateway/sequence");
    let second = BatchHead {
        sequence: 2,
        ..HEAD
    };
    assert_eq!(refused_as(second), "gateway/batch_open");
    let category = Category::Respiratory;
    let ahead = BatchHead {
        sequence: 2,
        category,
        epoch: EPOCH + 1,
        ..HEAD
    };
    assert_eq!(refused_as(ahead), "gateway/epoch_ahead");
    let unmeasured = BatchHead {
        sequence: 2,
        category: Category::Metabolic,
        ..HEAD
    };
    let told = answers(&mut bench, &opened(unmeasured));
    let reason = Refusal::Device;
    assert_eq!(
        told,
        [GatewayMessage::Refused {
            sequence: 2,
            reason
        }]
    );
}

#[test]
fn what_is_no_message_is_malformed_and_counted_once_for_each_time() {
    let mut bench = begun();
    for _ in 0..3 {
        let reason = Refusal::Malformed;
        let told = answers(&mut bench, "not a message!");
        assert_eq!(
            told,
            [GatewayMessage::Refused {
                sequence: 0,
                reason
            }]
        );
    }
    let listed = bench.gateway().quarantined(10).unwrap();
    assert_eq!((listed.len(), listed[0].times), (1, 3));
    assert_eq!(listed[0].code, "link/base64");
    assert_eq!(bench.gateway().status().unwrap().counts.quarantined, 3);
}

#[test]
fn a_closing_that_is_not_of_the_readings_stored_is_refused_and_shows_in_the_status() {
    use vitals_core::device::OpenBatch;
    use vitals_core::link::ClosedBatch;
    let mut bench = begun();
    let mut other = OpenBatch::open(HEAD, [1; 32]).unwrap();
    other
        .push(&Reading {
            measure: Measure::HeartRate,
            value: 701,
            offset_ms: 1_000,
            flags: ReadingFlags::MEASURED_GOOD,
        })
        .unwrap();
    let measured = other.close(None, 0).unwrap();
    let signature = device_key().sign(&measured.digest(&DEPLOYMENT));
    let seed = [1; 32];
    let closed = ClosedBatch {
        measured,
        signature,
        seed,
    };
    let line = DeviceMessage::Closed(closed.clone()).to_line().unwrap();
    assert_eq!(answers(&mut bench, &line), [refused(Refusal::Root)]);
    assert_eq!(
        bench
            .gateway()
            .status()
            .unwrap()
            .waiting_for("root")
            .unwrap()
            .batches,
        1
    );
    let signature = [1; 64];
    let forged = DeviceMessage::Closed(ClosedBatch {
        signature,
        ..closed
    });
    let line = forged.to_line().unwrap();
    assert_eq!(answers(&mut bench, &line), [refused(Refusal::Signature)]);
}

#[test]
fn a_device_recovers_from_a_gateway_that_forgot_its_batch() {
    let samples: Vec<_> = heart_rates(START, 60).into_iter().take(300).collect();
    let mut bench = Bench::new(samples.clone());
    bench.step(START);
    bench.step(NOW);
    bench.gateway = None;
    std::fs::remove_file(bench.store_path()).unwrap();
    bench.open();
    let package = bench.package(1);
    bench.gateway().load_keys(&package, NOW).unwrap();
    for second in 1..4 {
        bench.gateway().close_all().unwrap();
        bench.step(NOW + second * 1_000);
        bench.reconnect(NOW + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    bench.step(NOW + 4_000);
    bench.step(NOW + 5_000);
    assert_eq!(bench.anchored_samples(), values(&samples));
}
