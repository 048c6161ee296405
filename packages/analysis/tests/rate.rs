//! Heart rates with the quality of their signal, from real recordings (testdata/ecg); noise and
//! faults that are added are simulated.

mod support;

use support::{beats, detect, recording, reference_rate, with_noise, Noise, Recording};
use vitals_analysis::{BeatError, Doubt, HeartRate, RateMeter, Signal};
use vitals_core::reading::Quality;

fn rates(recording: &Recording, sensor_range: Option<(f64, f64)>) -> Vec<HeartRate> {
    let mut meter = RateMeter::new(recording.signal, recording.hz, sensor_range).unwrap();
    recording
        .samples
        .iter()
        .filter_map(|sample| meter.push(*sample))
        .collect()
}

/// How far each rate of a grade is from that of the reference beats, a minute.
fn errors(recording: &Recording, reference: &[f64], grade: Quality) -> Vec<f64> {
    rates(recording, None)
        .iter()
        .filter(|rate| rate.quality.grade() == grade)
        .filter_map(|rate| {
            let there = reference_rate(reference, rate.from, rate.to, recording.hz)?;
            Some((rate.value? as f64 / 10.0 - there).abs())
        })
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn a_clean_signal_gives_a_rate_every_ten_seconds_close_to_that_of_reference_beats() {
    for (name, reference, windows) in [
        ("bitalino", "bitalino.sleepecg.beats", 1),
        ("ppg-rest", "ppg-rest.neurokit.beats", 2),
        ("ppg-motion", "ppg-motion.neurokit.beats", 60),
    ] {
        let errors = errors(&recording(name), &beats(reference), Quality::Good);
        assert!(errors.len() >= windows, "{name}: {}", errors.len());
        assert!(mean(&errors) < 1.5, "{name}: {errors:?}");
    }
}

#[test]
fn rates_that_noise_has_spoilt_are_not_called_good() {
    let clean = detect(&recording("mitbih-208"));
    for snr in [6.0, 0.0, -6.0, -12.0] {
        let noisy = with_noise(&recording("mitbih-208"), Noise::Motion, snr);
        let good = errors(&noisy, &clean, Quality::Good);
        assert!(
            good.len() <= 2,
            "{snr} dB: {} of 29 windows are good",
            good.len()
        );
        let poor = errors(&noisy, &clean, Quality::Poor);
        assert!(poor.len() >= 15 && mean(&poor) > 5.0, "{snr} dB: {poor:?}");
    }
}

#[test]
fn a_poor_rate_is_told_all_the_same() {
    let noisy = with_noise(&recording("mitbih-208"), Noise::Motion, -6.0);
    let rates = rates(&noisy, None);
    assert_eq!(rates.len(), 29);
    assert!(rates.iter().all(|rate| rate.reading(0, false).is_some()));
}

#[test]
fn lost_contact_saturation_and_missing_samples_are_named() {
    let spoilt = |value: f64| {
        let mut ecg = recording("mitbih-208");
        ecg.samples[3_600..5_400].fill(value);
        rates(&ecg, Some((-1_000.0, 1_000.0)))[1].quality.clone()
    };
    for (value, doubt) in [
        (f64::NAN, Doubt::Dropout),
        (12.0, Doubt::FlatLine),
        (1_000.0, Doubt::Saturated),
    ] {
        let quality = spoilt(value);
        assert!(quality.doubts.contains(&doubt), "{doubt:?}: {quality:?}");
        assert!(
            quality.index <= 50 && quality.grade() != Quality::Good,
            "{quality:?}"
        );
    }
}

#[test]
fn a_flat_line_has_windows_and_no_rate() {
    let mut meter = RateMeter::new(Signal::Ppg, 100.0, None).unwrap();
    let told: Vec<HeartRate> = (0..3_300).filter_map(|_| meter.push(500.0)).collect();
    assert_eq!(told.len(), 3);
    for rate in told {
        assert_eq!((rate.value, rate.quality.index), (None, 0));
        assert_eq!(rate.quality.doubts, [Doubt::FlatLine, Doubt::FewBeats]);
    }
}

#[test]
fn a_window_is_told_three_seconds_after_its_end() {
    let ecg = recording("mitbih-208");
    let mut meter = RateMeter::new(ecg.signal, ecg.hz, None).unwrap();
    let told = ecg
        .samples
        .iter()
        .position(|sample| meter.push(*sample).is_some());
    assert_eq!(told, Some(13 * 360 - 1));
}

#[test]
fn a_range_that_ends_before_it_begins_is_refused() {
    for range in [(5.0, 5.0), (6.0, 5.0), (f64::NAN, 5.0)] {
        let found = RateMeter::new(Signal::Ecg, 250.0, Some(range)).map(|_| ());
        assert!(
            matches!(found, Err(BeatError::SensorRange { .. })),
            "{range:?}"
        );
    }
}
