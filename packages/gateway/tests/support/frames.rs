//! Frames and openings made by hand, and groups of them.

use vitals_core::device::{BatchHead, OpenBatch};
use vitals_core::frame::{Frame, SignedFrame};
use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
use vitals_core::link::{ClosedBatch, DeviceMessage, GatewayMessage};
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_gateway::{Answer, Inbound, Intake};

use super::bench::{DEVICE, EPOCH, START};
use super::chain::DEPLOYMENT;

pub const NOW: u64 = START + 60_000;

/// The device's first batch.
pub const HEAD: BatchHead = BatchHead {
    device: DEVICE,
    pairing: 1,
    sequence: 1,
    category: Category::Cardiac,
    epoch: EPOCH,
};

pub fn reading(measure: Measure, value: i64, offset_ms: u32) -> Reading {
    Reading {
        measure,
        value,
        offset_ms,
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

/// A heart rate of 70.
pub fn beat(offset_ms: u32) -> Reading {
    reading(Measure::HeartRate, 700, offset_ms)
}

pub fn signed(
    signer: &Ed25519Signer,
    head: BatchHead,
    first_index: u16,
    readings: Vec<Reading>,
) -> String {
    let frame = Frame::new(head, first_index, readings).unwrap();
    let scheme = SignatureScheme::Ed25519;
    let message = frame.to_sign(scheme, &DEPLOYMENT).unwrap();
    let signature = signer.sign_message(&message);
    let signed = SignedFrame::new(frame, scheme, signature);
    DeviceMessage::Frame(signed).to_line().unwrap()
}

pub fn opened(head: BatchHead) -> String {
    DeviceMessage::Opened(head).to_line().unwrap()
}

/// Closes a batch of exactly these readings.
pub fn closed(signer: &Ed25519Signer, head: BatchHead, readings: &[Reading]) -> String {
    let seed = [3; 32];
    let mut batch = OpenBatch::open(head, seed).unwrap();
    readings.iter().for_each(|r| batch.push(r).unwrap());
    let measured = batch.close(None, 0).unwrap();
    let signature = signer.sign(&measured.digest(&DEPLOYMENT));
    let closed = ClosedBatch {
        measured,
        signature,
        seed,
    };
    DeviceMessage::Closed(closed).to_line().unwrap()
}

/// Over links that authenticate the device.
pub fn from(device: u64, lines: impl IntoIterator<Item = String>) -> Vec<Inbound> {
    let from = Some(device);
    let inbound = |line| Inbound { from, line };
    lines.into_iter().map(inbound).collect()
}

/// What each line was answered, in one group.
pub fn take(intake: &mut Intake, group: &[Inbound]) -> Vec<Vec<GatewayMessage>> {
    let answers = intake.take(group, NOW).unwrap();
    assert!(answers.iter().map(|answer| answer.to).eq(0..group.len()));
    answers.iter().map(messages).collect()
}

pub fn messages(answer: &Answer) -> Vec<GatewayMessage> {
    let lines = answer.lines.iter();
    lines
        .map(|line| GatewayMessage::from_line(line).unwrap())
        .collect()
}
