//! Readings a second that a gateway checks, stores for good and acknowledges.

mod clients;
mod edge;
mod hour;
mod load;
mod mqtt;
mod registry;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::performance::{AtTarget, Frames, Gateway, Machine, Performance, Throughput};
use clients::Pace;
use load::Load;

/// Devices that send at once.
const DEVICES: u64 = 32;

/// Readings in a frame; the second is what the target is for.
const SIZES: [usize; 3] = [1, 16, 100];
const HEADLINE: usize = 16;

/// Frames of each device, and readings: a batch holds no more than 65,535.
const MAX_FRAMES: usize = 1_500;
const MAX_READINGS: usize = 60_000;

/// Frames a device sends ahead when it sends as fast as it can.
const AHEAD: usize = 16;

/// Share of the greatest rate, and of the one wanted, at which latency is measured.
const SHARE: f64 = 0.8;

/// Readings a second that are wanted of a gateway, and for how many seconds four fifths of them come.
const TARGET: f64 = 25_000.0;
const TARGET_S: f64 = 10.0;

const SYNCS: usize = 100;

#[derive(clap::Args)]
pub struct Asked {
    /// The repository's root.
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// Where the stores lie while it measures; a directory for temporary files otherwise.
    #[arg(long, value_name = "DIR")]
    stores: Option<PathBuf>,
}

/// How frames reach the gateway.
#[derive(Clone, Copy)]
enum Way {
    Mqtt,
    InProcess,
}

pub fn run(asked: &Asked) -> Result<()> {
    let stores = asked.stores.clone().unwrap_or_else(std::env::temp_dir);
    let hour = hour::measure(&stores)?;
    let mut frames = Vec::new();
    for readings in SIZES {
        let load = Load::new(DEVICES, readings, MAX_FRAMES.min(MAX_READINGS / readings))?;
        frames.push(Frames {
            readings,
            over_mqtt: measure(&load, Way::Mqtt, &stores)?,
            in_process: measure(&load, Way::InProcess, &stores)?,
        });
    }
    let headline = frames.iter().find(|frames| frames.readings == HEADLINE);
    let headline = headline.map(|frames| frames.over_mqtt);
    let at_target = at_target(&stores)?;
    let gateway = Gateway {
        devices: DEVICES as usize,
        frames,
        at_target: Some(at_target),
        fsync_ms: quickest_sync(&stores)?,
        hour,
    };
    Performance::change(&asked.root, |performance| {
        if let Some(headline) = headline {
            performance.gateway_readings_per_s = headline.readings_per_s;
            performance.gateway_p99_ms = headline.p99_ms;
        }
        performance.gateway_p99_at_target_ms = at_target.p99_ms;
        performance.gateway = Some((gateway, Machine::this()));
    })
}

/// As fast as it goes, then at four fifths of that.
fn measure(load: &Load, way: Way, stores: &Path) -> Result<Throughput> {
    let (took, _) = sent(load, way, Pace::Ahead(AHEAD), stores)?;
    let rate = load.readings() as f64 / took.as_secs_f64();
    let latencies = paced(load, way, rate * SHARE, stores)?;
    Ok(Throughput {
        readings_per_s: rate as u64,
        p50_ms: quantile_ms(&latencies, 0.5),
        p99_ms: quantile_ms(&latencies, 0.99),
    })
}

/// What a gateway that has to do no more than is wanted of it makes a device wait.
fn at_target(stores: &Path) -> Result<AtTarget> {
    let readings_per_s = TARGET * SHARE;
    let frames = readings_per_s * TARGET_S / (HEADLINE as f64 * DEVICES as f64);
    let load = Load::new(DEVICES, HEADLINE, frames as usize)?;
    let latencies = paced(&load, Way::Mqtt, readings_per_s, stores)?;
    Ok(AtTarget {
        readings: HEADLINE,
        readings_per_s: readings_per_s as u64,
        p50_ms: quantile_ms(&latencies, 0.5),
        p99_ms: quantile_ms(&latencies, 0.99),
    })
}

/// So many readings a second of all devices. How long each frame took, the quickest first.
fn paced(load: &Load, way: Way, readings_per_s: f64, stores: &Path) -> Result<Vec<Duration>> {
    let frames_per_s = readings_per_s / load.frame_readings as f64;
    let every = Duration::from_secs_f64(DEVICES as f64 / frames_per_s);
    let (_, mut latencies) = sent(load, way, Pace::Every(every), stores)?;
    latencies.sort_unstable();
    Ok(latencies)
}

/// Into a store of its own. How long it took, and how long each frame.
fn sent(load: &Load, way: Way, pace: Pace, stores: &Path) -> Result<(Duration, Vec<Duration>)> {
    let dir = tempfile::tempdir_in(stores)?;
    match way {
        Way::Mqtt => mqtt::send(load, pace, dir.path()),
        Way::InProcess => edge::send(load, pace, dir.path()),
    }
}

fn quantile_ms(sorted: &[Duration], share: f64) -> f64 {
    let at = (sorted.len().saturating_sub(1) as f64 * share) as usize;
    sorted.get(at).map_or(0.0, |latency| ms(*latency))
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

fn quickest_sync(stores: &Path) -> Result<f64> {
    let dir = tempfile::tempdir_in(stores)?;
    let mut file = File::create(dir.path().join("sync"))?;
    let mut quickest = Duration::MAX;
    for _ in 0..SYNCS {
        file.write_all(&[7; 4096])?;
        let began = Instant::now();
        file.sync_data()?;
        quickest = quickest.min(began.elapsed());
    }
    Ok((quickest.as_secs_f64() * 100_000.0).round() / 100.0)
}
