//! What can be checked of a line by itself, before anything of its batch is looked up: its form
//! and its signature. That is most of the work there is, and done on all cores at once.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use vitals_core::frame::SignedFrame;
use vitals_core::key::{HostVerifier, PublicKey, Verifier};
use vitals_core::link::{ClosedBatch, DeviceMessage, LinkError};
use vitals_core::signing::DeploymentId;

use super::Inbound;
use crate::at_rest::AtRest;
use crate::store::device::DeviceRow;
use crate::store::frame::seal_readings;
use crate::GatewayError;

/// Fewer lines than this for each thread are not worth starting one.
const MIN_LINES: usize = 8;

/// By which key a signature was checked, and whether it is good.
type Signed = (PublicKey, bool);
type Sealed = Result<Vec<u8>, GatewayError>;

/// A line that was read, and what its signature is worth.
#[derive(Debug)]
pub(super) struct Checked {
    pub message: Result<DeviceMessage, LinkError>,
    /// By which key it was checked; absent where its device is not known or nothing is signed.
    signed: Option<Signed>,
    /// The readings of a frame that was signed, as they are stored.
    pub sealed: Option<Sealed>,
}

/// What a line is checked against.
#[derive(Clone, Copy)]
pub(super) struct Against<'a> {
    pub devices: &'a BTreeMap<u64, DeviceRow>,
    pub deployment: &'a DeploymentId,
    pub rest: &'a AtRest,
}

/// In the order of the lines.
pub(super) fn all(inbound: &[Inbound], against: Against<'_>) -> Vec<Checked> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    on_threads(inbound, cores.min(inbound.len() / MIN_LINES), against)
}

/// On so many threads, of which this is one.
fn on_threads(inbound: &[Inbound], threads: usize, against: Against<'_>) -> Vec<Checked> {
    let one = |inbound: &Inbound| against.check(&inbound.line);
    let each = inbound.len().div_ceil(threads.max(1));
    let (own, others) = inbound.split_at(each.min(inbound.len()));
    thread::scope(|scope| {
        let others: Vec<_> = others
            .chunks(each.max(1))
            .map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>()))
            .collect();
        let mut checked: Vec<_> = own.iter().map(one).collect();
        for other in others {
            checked.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        checked
    })
}

impl<'a> Against<'a> {
    fn check(self, line: &str) -> Checked {
        let message = DeviceMessage::from_line(line);
        let (signed, sealed) = match &message {
            Ok(DeviceMessage::Frame(frame)) => self.check_frame(frame),
            Ok(DeviceMessage::Closed(closed)) => (self.check_closed(closed), None),
            _ => (None, None),
        };
        Checked {
            message,
            signed,
            sealed,
        }
    }

    fn check_frame(self, signed: &SignedFrame) -> (Option<Signed>, Option<Sealed>) {
        let frame = signed.unverified();
        let head = frame.head();
        let Some(key) = self.key(head.device, head.sequence) else {
            return (None, None);
        };
        let good = signed.verify(key, self.deployment).is_ok();
        let (first_index, readings) = (frame.first_index(), frame.readings());
        let seal = || seal_readings(self.rest, head, first_index, readings);
        (Some((key.clone(), good)), good.then(seal))
    }

    fn check_closed(self, closed: &ClosedBatch) -> Option<Signed> {
        let measured = &closed.measured;
        let key = self.key(measured.device, measured.sequence)?;
        let good = is_signed(closed, key, self.deployment);
        Some((key.clone(), good))
    }

    /// The one that signs this batch.
    fn key(self, device: u64, sequence: u64) -> Option<&'a PublicKey> {
        self.devices.get(&device)?.keys.of(sequence)
    }
}

fn is_signed(closed: &ClosedBatch, key: &PublicKey, deployment: &DeploymentId) -> bool {
    let digest = closed.measured.digest(deployment);
    HostVerifier.verify(key, &digest, &closed.signature)
}

impl Checked {
    /// Whether the device signed the frame or closing by the key it has for this batch.
    pub fn is_signed(&self, by: &DeviceRow, sequence: u64, deployment: &DeploymentId) -> bool {
        let key = by.keys.of(sequence);
        key.is_some_and(|key| self.is_signed_by(key, deployment))
    }

    /// As found before, if by that very key.
    fn is_signed_by(&self, key: &PublicKey, deployment: &DeploymentId) -> bool {
        match (&self.signed, &self.message) {
            (Some((by, good)), _) if by == key => *good,
            (_, Ok(DeviceMessage::Frame(frame))) => frame.verify(key, deployment).is_ok(),
            (_, Ok(DeviceMessage::Closed(closed))) => is_signed(closed, key, deployment),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::device::BatchHead;
    use vitals_core::frame::Frame;
    use vitals_core::key::{Ed25519Signer, SignatureScheme, Signer};
    use vitals_core::measure::{Category, Measure};
    use vitals_core::reading::{Reading, ReadingFlags};
    use vitals_core::set::Set;

    use crate::store::device::Keys;

    const DEPLOYMENT: DeploymentId = [4; 32];

    fn signer(seed: u8) -> Ed25519Signer {
        Ed25519Signer::from_seed(&[seed; 32])
    }

    fn frame(device: u64, seed: u8, offset_ms: u32) -> Inbound {
        let head = BatchHead {
            device,
            pairing: 1,
            sequence: 1,
            category: Category::Cardiac,
            epoch: 500_000,
        };
        let reading = Reading {
            measure: Measure::HeartRate,
            value: 700,
            offset_ms,
            flags: ReadingFlags::MEASURED_GOOD,
        };
        let frame = Frame::new(head, 0, vec![reading]).unwrap();
        let message = frame.to_sign(SignatureScheme::Ed25519, &DEPLOYMENT);
        let signature = signer(seed).sign_message(&message.unwrap());
        let signed = SignedFrame::new(frame, SignatureScheme::Ed25519, signature);
        let line = DeviceMessage::Frame(signed).to_line().unwrap();
        Inbound { from: None, line }
    }

    /// Of a known device, of its forger, of an unknown one, and no message, in turn.
    fn lines() -> Vec<Inbound> {
        let kind = |at: u32| match at % 4 {
            0 => frame(5, 1, at),
            1 => frame(5, 66, at),
            2 => frame(6, 1, at),
            _ => Inbound {
                from: None,
                line: "no message".into(),
            },
        };
        (0..37).map(kind).collect()
    }

    fn devices() -> BTreeMap<u64, DeviceRow> {
        let row = DeviceRow {
            device: 5,
            pairing: 1,
            ended: BTreeMap::new(),
            keys: Keys::only(signer(1).public_key()),
            categories: Set::of(&[Category::Cardiac]),
            lost_from_ms: None,
            anchored: 0,
            anchored_until: BTreeMap::new(),
            paired_from_ms: 0,
        };
        BTreeMap::from([(5, row)])
    }

    #[test]
    fn many_threads_find_in_the_order_of_the_lines_what_one_finds() {
        let (devices, rest) = (devices(), AtRest::new(&[7; 32]));
        let against = Against {
            devices: &devices,
            deployment: &DEPLOYMENT,
            rest: &rest,
        };
        let found = |threads| {
            let checked = on_threads(&lines(), threads, against);
            let each = checked.into_iter().map(|c| {
                (
                    c.message,
                    c.signed.map(|(_, good)| good),
                    c.sealed.is_some(),
                )
            });
            each.collect::<Vec<_>>()
        };
        let alone = found(1);
        let signed: Vec<_> = alone
            .iter()
            .take(4)
            .map(|(_, signed, sealed)| (*signed, *sealed))
            .collect();
        let expected = [
            (Some(true), true),
            (Some(false), false),
            (None, false),
            (None, false),
        ];
        assert_eq!(signed, expected);
        for threads in [0, 2, 3, 37, 100] {
            assert_eq!(found(threads), alone, "{threads}");
        }
    }

    #[test]
    fn a_key_that_changed_after_the_check_is_checked_again() {
        let (devices, rest) = (devices(), AtRest::new(&[7; 32]));
        let against = Against {
            devices: &devices,
            deployment: &DEPLOYMENT,
            rest: &rest,
        };
        let checked = against.check(&frame(5, 1, 0).line);
        let by = |seed| checked.is_signed_by(&signer(seed).public_key(), &DEPLOYMENT);
        assert!(by(1) && !by(66));
    }
}
