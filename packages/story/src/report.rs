//! What the story shows, as numbers: printed at the end and written as JSON.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;

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

#[derive(Debug, Serialize)]
pub struct Report {
    pub chain: ChainInfo,
    pub contracts: BTreeMap<String, String>,
    pub recording: Recording,
    pub readings: Readings,
    pub batches: u64,
    pub alerts: Alerts,
    pub claims: Vec<Claim>,
    pub refused: Vec<Refused>,
    pub gas: BTreeMap<String, u64>,
    pub ciphertext_bytes_per_reading: f64,
    pub seconds: BTreeMap<String, f64>,
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
            claims: Vec::new(),
            refused: Vec::new(),
            gas: BTreeMap::new(),
            ciphertext_bytes_per_reading: 0.0,
            seconds: BTreeMap::new(),
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
