//! The device's side of the link: what it sends, and when.

use vitals_core::key::{Ed25519Signer, HostVerifier, Verifier};
use vitals_core::link::{DeviceMessage, GatewayMessage, Refusal};
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::ReadingFlags;
use vitals_device_sim::{DeviceSim, Identity, Sample};

const DEPLOYMENT: [u8; 32] = [4; 32];
const HOUR: u64 = 3_600_000;

/// One beat a second from a minute before the end of hour 10.
fn device(frame_readings: usize) -> DeviceSim {
    let identity = Identity {
        device: 5,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 7,
    };
    let signer = Ed25519Signer::from_seed(&[1; 32]);
    let mut device = DeviceSim::new(signer, identity, frame_readings).unwrap();
    device.load((0..120).map(|second| Sample {
        at_ms: 11 * HOUR - 60_000 + second * 1_000,
        measure: Measure::HeartRate,
        value: 700,
        flags: ReadingFlags::MEASURED_GOOD,
    }));
    device
}

fn tell(device: &mut DeviceSim, message: GatewayMessage) -> Vec<DeviceMessage> {
    messages(device.on_line(&message.to_line()).unwrap())
}

fn messages(lines: Vec<String>) -> Vec<DeviceMessage> {
    lines
        .iter()
        .map(|line| DeviceMessage::from_line(line).unwrap())
        .collect()
}

fn open(epoch: u32) -> GatewayMessage {
    GatewayMessage::Open {
        category: Category::Cardiac,
        epoch,
    }
}

fn stored(sequence: u64, count: u16) -> GatewayMessage {
    GatewayMessage::Stored { sequence, count }
}

/// Answers as a gateway would; what was closed, in order.
fn drain(device: &mut DeviceSim, mut sent: Vec<DeviceMessage>) -> Vec<(u64, u32, u16)> {
    let mut closed = Vec::new();
    while let Some(message) = sent.pop() {
        let answer = match &message {
            DeviceMessage::Opened(head) => stored(head.sequence, 0),
            DeviceMessage::Frame(frame) => {
                let frame = frame.verify(&device.public_key(), &DEPLOYMENT).unwrap();
                let count = frame.first_index() + frame.readings().len() as u16;
                stored(frame.head().sequence, count)
            }
            DeviceMessage::Closed(batch) => {
                let measured = &batch.measured;
                let digest = measured.digest(&DEPLOYMENT);
                assert!(HostVerifier.verify(&device.public_key(), &digest, &batch.signature));
                closed.push((measured.sequence, measured.epoch, measured.count));
                stored(measured.sequence, measured.count)
            }
            other => panic!("a simulated device does not send {other:?}"),
        };
        sent.extend(tell(device, answer));
    }
    closed
}

#[test]
fn it_opens_a_batch_when_asked_and_it_has_a_reading_for_it() {
    let mut device = device(8);
    assert!(
        tell(&mut device, open(10)).is_empty(),
        "nothing is measured yet"
    );
    let sent = messages(device.play_until(11 * HOUR - 30_000).unwrap());
    assert!(matches!(&sent[..], [DeviceMessage::Opened(head)] if head.sequence == 7));
}

#[test]
fn it_closes_at_the_hour_and_measures_into_the_next_batch_once_asked() {
    let mut device = device(8);
    tell(&mut device, open(10));
    let sent = messages(device.play_until(12 * HOUR).unwrap());
    assert_eq!(drain(&mut device, sent), [(7, 10, 60)]);
    let sent = tell(&mut device, open(11));
    assert_eq!(drain(&mut device, sent), []);
    let sent = tell(&mut device, GatewayMessage::Close { sequence: 8 });
    assert_eq!(drain(&mut device, sent), [(8, 11, 60)]);
    assert_eq!(device.kept(), 2);
    tell(&mut device, GatewayMessage::Anchored { sequence: 8 });
    assert!(device.is_done());
}

#[test]
fn it_opens_the_hour_of_its_oldest_reading_when_a_later_one_is_asked_for() {
    let mut device = device(8);
    device.play_until(12 * HOUR).unwrap();
    let sent = tell(&mut device, open(11));
    assert!(matches!(&sent[..], [DeviceMessage::Opened(head)] if head.epoch == 10));
}

#[test]
fn a_smaller_count_makes_it_send_its_readings_again() {
    let mut device = device(60);
    tell(&mut device, open(10));
    let sent = messages(device.play_until(12 * HOUR).unwrap());
    drain(&mut device, sent);
    let again = tell(&mut device, stored(7, 0));
    assert!(matches!(&again[..], [DeviceMessage::Frame(f)] if f.unverified().first_index() == 0));
    assert_eq!(drain(&mut device, again), [(7, 10, 60)]);
}

#[test]
fn an_opening_refused_stops_the_batch_until_the_link_is_new() {
    let mut device = device(8);
    tell(&mut device, open(10));
    device.play_until(11 * HOUR - 30_000).unwrap();
    let reason = Refusal::Batch;
    let refused = GatewayMessage::Refused {
        sequence: 7,
        reason,
    };
    assert!(tell(&mut device, refused).is_empty());
    assert!(device.play_until(11 * HOUR - 20_000).unwrap().is_empty());
    let again = messages(device.resend().unwrap());
    assert!(matches!(&again[..], [DeviceMessage::Opened(head)] if head.sequence == 7));
}

#[test]
fn frames_of_no_or_too_many_readings_are_refused() {
    for frame_readings in [0, 129] {
        let identity = Identity {
            device: 5,
            pairing: 1,
            deployment: DEPLOYMENT,
            next_sequence: 1,
        };
        let signer = Ed25519Signer::from_seed(&[1; 32]);
        assert!(DeviceSim::new(signer, identity, frame_readings).is_err());
    }
}
