//! What the story shows, as numbers: printed at the end and written as JSON.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;

use crate::trace::Trace;

#[derive(Debug, Clone, Serialize)]
pub struct ChainInfo {
    pub engine: String,
    pub version: String,
    pub chain_id: String,
}

#[derive(Debug, Default, Serialize)]
pub struct Recording {
    pub name: String,
    /// How many times as fast as measured it was played.
    pub speed: u32,
    /// Readings in it that no person made.
    pub simulated: u64,
}

#[derive(Debug, Default, Serialize)]
pub struct Readings {
    pub sent: u64,
    pub anchored: u64,
    pub decrypted: u64,
    pub lost: u64,
}

#[derive(Debug, Default, Serialize)]
pub struct Alerts {
    pub raised: u64,
    pub acknowledged: u64,
    pub escalated: u64,
}

/// A patient's doses against the schedule of the plan.
#[derive(Debug, Default, Serialize)]
pub struct Adherence {
    pub due: u32,
    pub on_time: u32,
    pub late: u32,
    pub missed: u32,
    /// Doses taken of those due.
    pub taken_per_mille: u16,
}

/// A vault's log of what it released.
#[derive(Debug, Default, Serialize)]
pub struct Receipts {
    /// In the log anchored last.
    pub anchored: u32,
    /// How often it was anchored.
    pub anchorings: u32,
    /// Shown to be in it, by the chain.
    pub proved: u32,
}

/// What happened besides readings, alerts and claims.
#[derive(Debug, Default, Serialize)]
pub struct Care {
    /// Reads by a member of a team.
    pub team_reads: u32,
    /// Plans in force.
    pub plans: u32,
    pub adherence: Adherence,
    /// Opened, told to care, ended and reviewed.
    pub emergencies: u32,
    /// From opening one to verified readings, with one custodian of three away.
    pub emergency_read_s: f64,
    pub receipts: Receipts,
    /// Batches whose pointer was taken away.
    pub shredded: u32,
    /// Devices that went from a first firmware and key to retirement.
    pub retired: u32,
    /// Recoveries completed; none where the clock cannot be set.
    pub recoveries: u32,
}

/// What the insurance came to, besides claims paid.
#[derive(Debug, Default, Serialize)]
pub struct Insurance {
    pub products: u32,
    /// How often every product's book was added up and compared with what the contract has.
    pub books_checked: u32,
    pub claims_in_tokens: u32,
    /// Claims by `clients/claimant`; none where no node runs.
    pub by_another_program: u32,
    pub rebates: u32,
    /// Invoices on which the arbiter had the last word.
    pub arbitrated: u32,
    /// Invoices whose assessor was silent.
    pub settled: u32,
    /// Policies that the keeper ended.
    pub lapsed: u32,
    pub expired: u32,
    pub withdrawn_by_two: u32,
}

/// A claim on readings that was paid; its gas is 0 where it is not known.
#[derive(Debug, Serialize)]
pub struct Claim {
    pub id: String,
    pub amount: String,
    pub tx: String,
    pub gas: u64,
}

#[derive(Debug, Serialize)]
pub struct Refused {
    pub attempt: String,
    pub error: String,
}

/// What a part of the story showed that only one kind of chain can tell.
#[derive(Debug, Default)]
pub struct Shown {
    pub lines: Vec<String>,
    pub refused: Vec<Refused>,
}

#[derive(Debug, Serialize)]
pub struct Report {
    pub chain: ChainInfo,
    pub contracts: BTreeMap<String, String>,
    pub recording: Recording,
    pub readings: Readings,
    pub batches: u64,
    pub alerts: Alerts,
    pub care: Care,
    pub insurance: Insurance,
    pub claims: Vec<Claim>,
    pub refused: Vec<Refused>,
    pub gas: BTreeMap<String, u64>,
    pub ciphertext_bytes_per_reading: f64,
    pub seconds: BTreeMap<String, f64>,
    /// Kept in a file of its own.
    #[serde(skip)]
    pub trace: Trace,
    #[serde(skip)]
    started: Option<(String, Instant)>,
}

impl Report {
    pub fn new(chain: ChainInfo) -> Self {
        Self {
            chain,
            contracts: BTreeMap::new(),
            recording: Recording::default(),
            readings: Readings::default(),
            batches: 0,
            alerts: Alerts::default(),
            care: Care::default(),
            insurance: Insurance::default(),
            claims: Vec::new(),
            refused: Vec::new(),
            gas: BTreeMap::new(),
            ciphertext_bytes_per_reading: 0.0,
            seconds: BTreeMap::new(),
            trace: Trace::default(),
            started: None,
        }
    }

    /// Ends the step before and begins one.
    pub fn step(&mut self, name: &str) {
        self.end_step();
        self.started = Some((name.to_string(), Instant::now()));
    }

    pub fn end_step(&mut self) {
        if let Some((name, at)) = self.started.take() {
            self.seconds.insert(name, at.elapsed().as_secs_f64());
        }
    }

    /// Gas of the first transaction of a kind; later ones of the kind cost the same.
    pub fn gas(&mut self, kind: &str, gas: u64) {
        if gas > 0 {
            self.gas.entry(kind.to_string()).or_insert(gas);
        }
    }
}
