//! A patient with a care plan, whose heart rate comes every five minutes in batches of an hour.

use cosmwasm_std::Binary;
use vitals_analysis::{Finding, Personal, Plan, Spo2Scale};
use vitals_api::care::{PlanInfo, PlanState};
use vitals_core::agefile;
use vitals_core::alert::AlertNotice;
use vitals_core::device::BatchHead;
use vitals_core::measure::Category;
use vitals_core::reading::Reading;
use vitals_core::time::{epoch_of, Millis};

use super::bench::{device_key, DEVICE, START};
use super::frames::{beat, closed, opened, reading, signed, HEAD};
use super::Bench;
use vitals_core::measure::Measure;

pub const SLOT: Millis = 300_000;
pub const HOUR: u64 = 12;
pub const DAY: u64 = 24 * HOUR;
pub const FIRST_RULE: u16 = 4_100;
/// A block time and a clock later than anything that is measured here.
pub const LATE: Millis = START + 400 * DAY * SLOT;

/// Everything personal, and NEWS2.
pub fn personal() -> Plan {
    Plan {
        personal: Some(Personal {
            first_rule: FIRST_RULE,
            ladder: 3,
            news2: Some(Spo2Scale::One),
        }),
        ..Plan::default()
    }
}

impl Bench {
    /// Puts a plan in force whose file the gateway's identity opens, and leaves that where the
    /// gateway looks.
    pub fn prescribe(&mut self, version: u32, document: &[u8]) {
        let recipient = self.gateway_identity.to_public().to_string();
        self.prescribe_file(version, &agefile::seal(document, &[recipient]).unwrap());
    }

    pub fn prescribe_plan(&mut self, version: u32, plan: &Plan) {
        self.prescribe(version, &serde_json::to_vec(plan).unwrap());
    }

    pub fn prescribe_file(&mut self, version: u32, file: &[u8]) {
        std::fs::write(self.dir.path().join("plan.age"), file).unwrap();
        let digest = vitals_core::package::digest(file);
        self.chain.state().plan = Some(PlanInfo {
            version,
            digest: Binary::new(digest.to_vec()),
            length: file.len() as u32,
            categories: vec![Category::Cardiac],
            author: "clinician".into(),
            written_at: Default::default(),
            state: PlanState::Acknowledged,
            acknowledged_by: Some("patient".into()),
            acknowledged_at: None,
            withdrawn_by: None,
            withdrawn_at: None,
        });
    }

    /// Alerts on the chain that are no conditions of devices or of the gateway.
    pub fn told(&self) -> Vec<AlertNotice> {
        let alerts = self.chain.state().alerts.clone();
        let of_readings = |alert: &AlertNotice| alert.rule < 60_001;
        alerts.into_iter().filter(of_readings).collect()
    }

    /// What the patient reads of an alert.
    pub fn detail(&self, alert: &AlertNotice) -> Finding {
        let mut vaults = self.vaults.iter();
        let sealed = vaults.find_map(|vault| vault.blobs.get(&alert.digest));
        let json = age::decrypt(&self.patient_identity, &sealed.unwrap()).unwrap();
        serde_json::from_slice(&json).unwrap()
    }
}

/// The device's link: numbers its batches, and keeps what of the hour it has sent.
pub struct Course {
    pub slot: u64,
    sequence: u64,
    sent: Vec<Reading>,
}

impl Course {
    pub fn begin() -> Self {
        Self {
            slot: 0,
            sequence: 0,
            sent: Vec::new(),
        }
    }

    pub fn now(&self) -> Millis {
        START + self.slot * SLOT
    }

    fn head(&self) -> BatchHead {
        BatchHead {
            sequence: self.sequence,
            epoch: epoch_of(self.now()).unwrap(),
            ..HEAD
        }
    }

    /// A heart rate a slot, those of an hour in one frame.
    pub fn live(&mut self, bench: &mut Bench, slots: u64, of: impl Fn(u64) -> i64) {
        let end = self.slot + slots;
        while self.slot < end {
            if self.slot.is_multiple_of(HOUR) {
                self.sequence += 1;
                self.sent.clear();
                self.say(bench, opened(self.head()));
            }
            let head = self.head();
            let until = end.min((self.slot / HOUR + 1) * HOUR);
            let at = |slot: u64| {
                let offset_ms = (slot % HOUR * SLOT) as u32;
                reading(Measure::HeartRate, of(slot), offset_ms)
            };
            let more: Vec<_> = (self.slot..until).map(at).collect();
            let first_index = self.sent.len() as u16;
            self.sent.extend(&more);
            self.slot = until - 1;
            self.say(bench, signed(&device_key(), head, first_index, more));
            if until.is_multiple_of(HOUR) {
                self.say(bench, closed(&device_key(), head, &self.sent));
            }
            self.slot = until;
        }
    }

    fn say(&self, bench: &mut Bench, line: String) {
        let answers = bench.gateway().handle_line(&line, self.now());
        assert!(!answers.is_empty(), "slot {}", self.slot);
    }
}

/// A steady person's, in tenths.
pub fn steady(slot: u64) -> i64 {
    700 + (slot as i64 * 7_919 % 61) - 30
}

/// A heart rate of so much, one a second, as device 5 sends it in its first batch.
pub fn beats(value: i64, from_s: u32, count: u32) -> Vec<Reading> {
    let at = |second: u32| Reading {
        value,
        ..beat(second * 1_000)
    };
    (from_s..from_s + count).map(at).collect()
}

/// One frame of the first batch.
pub fn frame(first_index: u16, readings: Vec<Reading>) -> String {
    assert_eq!(HEAD.device, DEVICE);
    signed(&device_key(), HEAD, first_index, readings)
}
