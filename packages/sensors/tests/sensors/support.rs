//! A gateway's side of the link in memory, and a book with one sensor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use vitals_core::device::OpenBatch;
use vitals_core::key::{HostVerifier, PublicKey, Signer, Verifier};
use vitals_core::link::{ClosedBatch, DeviceMessage, GatewayMessage};
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::Reading;
use vitals_core::time::Millis;
use vitals_sensors::signed::{Arrival, SensorBook, MOST_KEPT};
use vitals_sensors::{Identity, Settings, SignedSensors, Taken};

pub const DEPLOYMENT: [u8; 32] = [4; 32];
pub const KEY: [u8; 32] = [9; 32];
pub const DEVICE: u64 = 5;
/// The first millisecond of an hour.
pub const HOUR: Millis = 500_000 * 3_600_000;

pub fn file(dir: &Path) -> PathBuf {
    dir.join("sensors.db")
}

/// Makes the file with one sensor in it.
pub fn add(dir: &Path, settings: &Settings) -> PublicKey {
    let book = SensorBook::open(&file(dir), &KEY).unwrap();
    let draft = book.draft("serial 1").unwrap();
    let identity = Identity {
        device: DEVICE,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 1,
    };
    book.add(&draft, &identity, settings).unwrap();
    draft.signer().public_key()
}

pub fn everything() -> Settings {
    Settings::of(&Measure::ALL)
}

pub fn open(dir: &Path) -> SignedSensors {
    SignedSensors::open(&file(dir), &KEY, MOST_KEPT).unwrap()
}

pub fn arrival(characteristic: u16, value: &[u8], at_ms: Millis) -> Arrival<'_> {
    Arrival {
        device: DEVICE,
        characteristic,
        value,
        at_ms,
        delivery: None,
        again: false,
    }
}

pub fn take(sensors: &mut SignedSensors, arrival: Arrival<'_>) -> Taken {
    sensors.take(&[arrival]).unwrap().remove(0)
}

/// What a gateway has on disk.
pub struct Edge {
    key: PublicKey,
    pub stored: BTreeMap<u64, Vec<Reading>>,
    epochs: BTreeMap<u64, u32>,
    pub closed: BTreeMap<u64, ClosedBatch>,
}

impl Edge {
    pub fn new(key: PublicKey) -> Self {
        Self {
            key,
            stored: BTreeMap::new(),
            epochs: BTreeMap::new(),
            closed: BTreeMap::new(),
        }
    }

    pub fn ask(category: Category, at_ms: Millis) -> String {
        let epoch = vitals_core::time::epoch_of(at_ms).unwrap();
        GatewayMessage::Open { category, epoch }.to_line()
    }

    /// Times and values of what is stored, in the order of the batches.
    pub fn readings(&self) -> Vec<(Millis, i64)> {
        let of = |(sequence, readings): (&u64, &Vec<Reading>)| {
            let epoch = self.epochs[sequence];
            let pair = move |r: &Reading| (r.at_ms(epoch), r.value);
            readings.iter().map(pair).collect::<Vec<_>>()
        };
        self.stored.iter().flat_map(of).collect()
    }

    /// Answers as the gateway does, and insists on what it insists on.
    pub fn answer(&mut self, line: &str) -> String {
        match DeviceMessage::from_line(line).unwrap() {
            DeviceMessage::Opened(head) => {
                let last = self.stored.keys().last().copied().unwrap_or(0);
                assert!(head.sequence <= last + 1, "a number without hole");
                self.epochs.insert(head.sequence, head.epoch);
                self.stored.entry(head.sequence).or_default();
                self.stored_of(head.sequence)
            }
            DeviceMessage::Frame(frame) => {
                let frame = frame.verify(&self.key, &DEPLOYMENT).unwrap();
                let stored = self.stored.get_mut(&frame.head().sequence).unwrap();
                if usize::from(frame.first_index()) == stored.len() {
                    stored.extend(frame.readings());
                }
                self.stored_of(frame.head().sequence)
            }
            DeviceMessage::Closed(closed) => {
                let digest = closed.measured.digest(&DEPLOYMENT);
                assert!(HostVerifier.verify(&self.key, &digest, &closed.signature));
                let sequence = closed.measured.sequence;
                self.check_root(&closed);
                if let Some(before) = self.closed.insert(sequence, closed.clone()) {
                    assert_eq!(before, closed, "a batch is closed in one way");
                }
                self.stored_of(sequence)
            }
            other => panic!("not expected: {other:?}"),
        }
    }

    fn check_root(&self, closed: &ClosedBatch) {
        let measured = &closed.measured;
        let head = vitals_core::device::BatchHead {
            device: measured.device,
            pairing: measured.pairing,
            sequence: measured.sequence,
            category: measured.category,
            epoch: measured.epoch,
        };
        let mut open = OpenBatch::open(head, closed.seed).unwrap();
        for reading in &self.stored[&measured.sequence] {
            open.push(reading).unwrap();
        }
        assert_eq!(open.close(None, 0).as_ref(), Ok(measured));
    }

    fn stored_of(&self, sequence: u64) -> String {
        let count = u16::try_from(self.stored[&sequence].len()).unwrap();
        GatewayMessage::Stored { sequence, count }.to_line()
    }

    /// Carries lines to and fro until both sides are silent.
    pub fn talk(&mut self, sensors: &mut SignedSensors, mut lines: Vec<String>) {
        while let Some(line) = lines.pop() {
            let answer = self.answer(&line);
            lines.extend(sensors.on_line(DEVICE, &answer).unwrap());
        }
    }

    pub fn close_all(&mut self, sensors: &mut SignedSensors) {
        let numbers: Vec<u64> = self.stored.keys().copied().collect();
        for sequence in numbers {
            let close = GatewayMessage::Close { sequence }.to_line();
            let lines = sensors.on_line(DEVICE, &close).unwrap();
            self.talk(sensors, lines);
        }
    }
}
