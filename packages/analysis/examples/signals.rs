//! Prints how well beats are found in the recordings of testdata/ecg, what noise does to it, and
//! what a sample costs. `scripts/bench analysis` runs it.

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::Instant;

use support::{beats, detect, recording, reference_rate, score, with_noise, Noise, Recording};
use vitals_analysis::RateMeter;
use vitals_core::reading::Quality;

const REFERENCES: [(&str, &str); 8] = [
    ("mitbih-208", "mitbih-208.sleepecg.beats"),
    ("bitalino", "bitalino.sleepecg.beats"),
    ("ppg-rest", "ppg-rest.neurokit.beats"),
    ("ppg-rest", "ppg-rest.heartpy.beats"),
    ("ppg-wander", "ppg-wander.neurokit.beats"),
    ("ppg-wander", "ppg-wander.heartpy.beats"),
    ("ppg-motion", "ppg-motion.neurokit.beats"),
    ("ppg-motion", "ppg-motion.heartpy.beats"),
];

fn main() {
    detection();
    noise();
    rates();
    cost();
}

fn line(what: &str, recording: &Recording, reference: &[f64]) {
    let found = detect(recording);
    let within = |tolerance| score(reference, &found, recording.hz, tolerance);
    let (strict, loose) = (within(0.05), within(0.15));
    println!(
        "| {what} | {} | {} | {:.2} | {:.2} | {:.2} | {:.2} |",
        strict.reference,
        strict.found,
        strict.sensitivity,
        strict.precision,
        loose.sensitivity,
        loose.precision
    );
}

const HEAD: &str = "| beats of the reference | found | sensitivity 50 ms, % | precision 50 ms, % | sensitivity 150 ms, % | precision 150 ms, % |";

fn detection() {
    println!("| recording, reference {HEAD}\n|---|---|---|---|---|---|---|");
    for (name, reference) in REFERENCES {
        line(
            &format!("{name}, `{reference}`"),
            &recording(name),
            &beats(reference),
        );
    }
}

fn noise() {
    println!("\n| recording with simulated noise, against it without {HEAD}\n|---|---|---|---|---|---|---|");
    for name in ["mitbih-208", "bitalino"] {
        let clean = detect(&recording(name));
        for (noise, levels) in [
            (Noise::Wander, [0.0, -10.0]),
            (Noise::Mains, [0.0, -10.0]),
            (Noise::Motion, [12.0, 6.0]),
        ] {
            for snr in levels {
                let noisy = with_noise(&recording(name), noise, snr);
                line(&format!("{name}, {noise:?} {snr} dB"), &noisy, &clean);
            }
        }
    }
}

fn rates() {
    println!("\n| recording | windows good, mean error | questionable | poor |\n|---|---|---|---|");
    for (name, reference) in [REFERENCES[0], REFERENCES[2], REFERENCES[4], REFERENCES[6]] {
        rate_line(name, &recording(name), &beats(reference));
    }
    let clean = detect(&recording("mitbih-208"));
    for snr in [6.0, 0.0, -6.0, -12.0] {
        let noisy = with_noise(&recording("mitbih-208"), Noise::Motion, snr);
        rate_line(&format!("mitbih-208, Motion {snr} dB"), &noisy, &clean);
    }
}

/// By grade: windows, and the mean distance of the rate from that of the reference beats.
fn rate_line(what: &str, recording: &Recording, reference: &[f64]) {
    let mut meter = RateMeter::new(recording.signal, recording.hz, None).unwrap();
    let rates: Vec<_> = recording
        .samples
        .iter()
        .filter_map(|s| meter.push(*s))
        .collect();
    let column = |grade: Quality| {
        let errors: Vec<f64> = rates
            .iter()
            .filter(|rate| rate.quality.grade() == grade)
            .filter_map(|rate| {
                let there = reference_rate(reference, rate.from, rate.to, recording.hz)?;
                Some((rate.value? as f64 / 10.0 - there).abs())
            })
            .collect();
        if errors.is_empty() {
            return "none".to_owned();
        }
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        format!("{} of {}, {mean:.1} /min", errors.len(), rates.len())
    };
    println!(
        "| {what} | {} | {} | {} |",
        column(Quality::Good),
        column(Quality::Questionable),
        column(Quality::Poor)
    );
}

/// Nanoseconds a sample, the best of five runs.
fn timed(samples: &[f64], mut run: impl FnMut(&[f64])) -> f64 {
    let once = |_| {
        let start = Instant::now();
        run(black_box(samples));
        start.elapsed().as_nanos() as f64 / samples.len() as f64
    };
    (0..5).map(once).fold(f64::INFINITY, f64::min)
}

fn cost() {
    println!("\n| what | ns a sample | times a plain pass |\n|---|---|---|");
    for name in ["mitbih-208", "ppg-motion"] {
        let recording = recording(name);
        // the plain pass: sum of squares, one after another
        let plain = timed(&recording.samples, |samples| {
            black_box(
                samples
                    .iter()
                    .fold(0.0, |sum, sample| sum + sample * sample),
            );
        });
        let detector = timed(&recording.samples, |_| drop(black_box(detect(&recording))));
        let meter = timed(&recording.samples, |samples| {
            let mut meter = RateMeter::new(recording.signal, recording.hz, None).unwrap();
            black_box(
                samples
                    .iter()
                    .filter_map(|sample| meter.push(*sample))
                    .count(),
            );
        });
        println!("| {name}: plain pass | {plain:.2} | 1 |");
        println!(
            "| {name}: beats | {detector:.1} | {:.0} |",
            detector / plain
        );
        println!(
            "| {name}: heart rate with quality | {meter:.1} | {:.0} |",
            meter / plain
        );
    }
}
