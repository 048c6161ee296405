//! `docs/performance.json`, and the page made of it. Each command measures its own part and leaves
//! the other as it was.

mod machine;
mod page;
mod web;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

pub use machine::{resident_bytes, Machine};
pub use web::Web;

const JSON: &str = "docs/performance.json";
const PAGE: &str = "docs/performance.md";

/// The headline figures at the top, what they are made of below. 0 is not measured yet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Performance {
    /// Committed, signed and sealed by one core.
    pub core_readings_per_s: u64,
    /// How many times longer that takes than hashing and encrypting the same bytes.
    pub core_times_floor: f64,
    /// On the real recording, padding included.
    pub ciphertext_bytes_per_reading: f64,
    /// In signed frames of 16, over MQTT, on disk and acknowledged.
    pub gateway_readings_per_s: u64,
    /// From sending to the acknowledgement, at 80 % of that.
    pub gateway_p99_ms: f64,
    /// The same at 80 % of the 25,000 readings a second that are wanted.
    pub gateway_p99_at_target_ms: f64,
    pub core: Option<(Core, Machine)>,
    pub gateway: Option<(Gateway, Machine)>,
    /// As `apps/web/bench` measured it.
    pub web: Option<(Web, Machine)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Core {
    pub batch_readings: usize,
    pub commit_and_sign_readings_per_s: u64,
    pub seal_readings_per_s: u64,
    pub floor_readings_per_s: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Gateway {
    pub devices: usize,
    pub frames: Vec<Frames>,
    /// Absent in figures of before it was measured.
    pub at_target: Option<AtTarget>,
    /// One append and fsync of 4 KiB, the quickest of many: no store acknowledges sooner.
    pub fsync_ms: f64,
    pub hour: Hour,
}

/// Signed frames of one size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Frames {
    pub readings: usize,
    pub over_mqtt: Throughput,
    /// Straight into the taking-in side, without a network.
    pub in_process: Throughput,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Throughput {
    pub readings_per_s: u64,
    /// At 80 % of it.
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// Over MQTT, at 80 % of the rate that is wanted.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AtTarget {
    /// In a frame.
    pub readings: usize,
    pub readings_per_s: u64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// What an hour of readings costs where it lies.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hour {
    pub readings: u64,
    /// What the process grew by.
    pub memory_bytes: u64,
    pub store_bytes: u64,
}

impl Performance {
    pub fn change(root: &Path, change: impl FnOnce(&mut Self)) -> Result<()> {
        let path = root.join(JSON);
        let mut performance = match path.exists() {
            true => serde_json::from_slice(&fs::read(&path)?).context(JSON)?,
            false => Self::default(),
        };
        change(&mut performance);
        let mut json = serde_json::to_string_pretty(&performance)?;
        json.push('\n');
        fs::write(&path, json).context(JSON)?;
        let page = page::of(&performance);
        print!("{page}");
        fs::write(root.join(PAGE), page).context(PAGE)
    }
}
