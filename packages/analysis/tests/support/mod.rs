//! The recordings of testdata/ecg, noise to add to them, and how beats are counted.
#![allow(dead_code)] // each test binary uses a part of it

use std::fs;
use std::path::PathBuf;

use vitals_analysis::{EcgDetector, PpgDetector, Signal};

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata/ecg")
        .join(file)
}

pub struct Recording {
    pub name: &'static str,
    pub hz: f64,
    pub signal: Signal,
    pub samples: Vec<f64>,
}

pub const RECORDINGS: [(&str, f64, Signal); 5] = [
    ("mitbih-208", 360.0, Signal::Ecg),
    ("bitalino", 1_000.0, Signal::Ecg),
    ("ppg-rest", 100.0, Signal::Ppg),
    ("ppg-wander", 117.0, Signal::Ppg),
    ("ppg-motion", 100.42, Signal::Ppg),
];

pub fn recording(name: &str) -> Recording {
    let (name, hz, signal) = RECORDINGS
        .into_iter()
        .find(|(known, ..)| *known == name)
        .unwrap();
    let bytes = fs::read(path(&format!("{name}.i16"))).unwrap();
    let sample = |pair: &[u8]| f64::from(i16::from_le_bytes([pair[0], pair[1]]));
    Recording {
        name,
        hz,
        signal,
        samples: bytes.chunks_exact(2).map(sample).collect(),
    }
}

pub fn beats(file: &str) -> Vec<f64> {
    let text = fs::read_to_string(path(file)).unwrap();
    text.lines()
        .skip(1)
        .map(|line| line.parse().unwrap())
        .collect()
}

pub fn figures() -> serde_json::Value {
    serde_json::from_slice(&fs::read(path("figures.json")).unwrap()).unwrap()
}

/// All beats: the last sample is held for three seconds, so that the last beat is told too.
pub fn detect(recording: &Recording) -> Vec<f64> {
    let last = recording.samples.last().copied().unwrap_or(0.0);
    let held = std::iter::repeat_n(last, (3.0 * recording.hz) as usize);
    let samples = recording.samples.iter().copied().chain(held);
    let found: Vec<f64> = match recording.signal {
        Signal::Ecg => {
            let mut detector = EcgDetector::new(recording.hz).unwrap();
            samples
                .filter_map(|sample| detector.push(sample))
                .map(|beat| beat.at)
                .collect()
        }
        Signal::Ppg => {
            let mut detector = PpgDetector::new(recording.hz).unwrap();
            samples
                .filter_map(|sample| detector.push(sample))
                .map(|beat| beat.at)
                .collect()
        }
    };
    let ends = recording.samples.len() as f64;
    found.into_iter().filter(|at| *at < ends).collect()
}

/// The heart rate that reference beats give for a window, a minute.
pub fn reference_rate(reference: &[f64], from: u64, to: u64, hz: f64) -> Option<f64> {
    let within: Vec<f64> = reference
        .iter()
        .copied()
        .filter(|at| (from as f64..to as f64).contains(at))
        .collect();
    let span = within.last()? - within.first()?;
    (within.len() >= 4).then(|| 60.0 * hz * (within.len() - 1) as f64 / span)
}

/// Beats found of those there are, and right ones of those found, in percent.
#[derive(Debug, Clone, Copy)]
pub struct Score {
    pub sensitivity: f64,
    pub precision: f64,
    pub matched: usize,
    pub reference: usize,
    pub found: usize,
}

impl Score {
    pub fn is_at_least(&self, sensitivity: f64, precision: f64) -> bool {
        self.sensitivity >= sensitivity && self.precision >= precision
    }
}

/// Both lists in order; each beat is matched once, to the next within `tolerance_s`.
pub fn score(reference: &[f64], found: &[f64], hz: f64, tolerance_s: f64) -> Score {
    let (mut r, mut f, mut matched) = (0, 0, 0);
    while let (Some(there), Some(here)) = (reference.get(r), found.get(f)) {
        let apart = (here - there) / hz;
        if apart.abs() <= tolerance_s {
            (r, f, matched) = (r + 1, f + 1, matched + 1);
        } else if apart < 0.0 {
            f += 1;
        } else {
            r += 1;
        }
    }
    let percent = |all: usize| 100.0 * matched as f64 / all.max(1) as f64;
    Score {
        sensitivity: percent(reference.len()),
        precision: percent(found.len()),
        matched,
        reference: reference.len(),
        found: found.len(),
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Noise {
    /// Sines of 0.15 and 0.3 Hz: breathing and a moving lead.
    Wander,
    /// 50 Hz.
    Mains,
    /// Random, 1 to 10 Hz, in bursts of two seconds in every four: a loose electrode.
    Motion,
}

/// Simulated noise added to a real recording. The signal-to-noise ratio is of variances over the
/// whole recording.
pub fn with_noise(recording: &Recording, noise: Noise, snr_db: f64) -> Recording {
    let wave: Vec<f64> = match noise {
        Noise::Wander => sines(recording, &[0.15, 0.3]),
        Noise::Mains => sines(recording, &[50.0]),
        Noise::Motion => motion(recording),
    };
    let gain = (variance(&recording.samples) / variance(&wave) / 10f64.powf(snr_db / 10.0)).sqrt();
    let noisy = recording
        .samples
        .iter()
        .zip(&wave)
        .map(|(sample, noise)| sample + gain * noise);
    Recording {
        samples: noisy.collect(),
        ..*recording
    }
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / values.len() as f64
}

fn sines(recording: &Recording, frequencies: &[f64]) -> Vec<f64> {
    let at = |n: usize| std::f64::consts::TAU * n as f64 / recording.hz;
    (0..recording.samples.len())
        .map(|n| frequencies.iter().map(|f| (f * at(n)).sin()).sum())
        .collect()
}

fn motion(recording: &Recording) -> Vec<f64> {
    let white = random(recording.samples.len());
    let average = |seconds: f64| moving_average(&white, (seconds * recording.hz) as usize);
    let (fast, slow) = (average(0.05), average(0.5));
    let in_burst = |n: usize| (n as f64 / recording.hz) % 4.0 < 2.0;
    let band = fast.iter().zip(&slow).map(|(fast, slow)| fast - slow);
    band.enumerate()
        .map(|(n, value)| if in_burst(n) { value } else { 0.0 })
        .collect()
}

/// The same values each time (xorshift64), -0.5 to 0.5.
fn random(count: usize) -> Vec<f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    };
    (0..count).map(next).collect()
}

fn moving_average(values: &[f64], width: usize) -> Vec<f64> {
    let mut sum = 0.0;
    (0..values.len())
        .map(|n| {
            sum += values[n] - if n >= width { values[n - width] } else { 0.0 };
            sum / width as f64
        })
        .collect()
}
