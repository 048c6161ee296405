//! Heart rate variability against figures that numpy, scipy and neurokit2 give for the same
//! intervals (testdata/ecg/make.py writes them to figures.json).

mod support;

use std::fs;

use serde_json::Value;
use vitals_analysis::{
    classify, series, spectrum, time_domain, variability, HrvError, Interval, IntervalClass,
};

fn hour() -> Vec<f64> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../testdata/recording/rr-intervals.csv"
    );
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .skip(1)
        .map(|line| line.parse().unwrap())
        .collect()
}

/// The intervals that begin in the first five minutes.
fn five_minutes() -> Vec<Interval> {
    let all = series(hour());
    let first = all[0].ms;
    all.into_iter()
        .filter(|interval| interval.ends_ms - first < 300_000.0)
        .collect()
}

fn near(got: f64, figures: &Value, name: &str) {
    let expected = figures[name].as_f64().unwrap();
    assert!(
        (got - expected).abs() <= 1e-9 * expected.abs(),
        "{name}: {got}, {expected}"
    );
}

#[test]
fn the_time_domain_is_what_numpy_gives() {
    for (intervals, part) in [
        (series(hour()), "hour"),
        (five_minutes(), "first_five_minutes"),
    ] {
        let figures = &support::figures()[part];
        let time = time_domain(&intervals).unwrap();
        near(intervals.len() as f64, figures, "count");
        near(time.mean_nn_ms, figures, "mean_nn_ms");
        near(time.sdnn_ms, figures, "sdnn_ms");
        near(time.rmssd_ms, figures, "rmssd_ms");
        near(f64::from(time.nn50), figures, "nn50");
        near(time.pnn50_percent, figures, "pnn50_percent");
    }
}

#[test]
fn the_bands_are_what_scipys_lomb_scargle_gives() {
    let figures = &support::figures()["spectrum_first_five_minutes"];
    let bands = spectrum(&five_minutes()).unwrap();
    for (got, name) in [(bands.lf_ms2, "lf_ms2"), (bands.hf_ms2, "hf_ms2")] {
        let expected = figures[name].as_f64().unwrap();
        assert!(
            (got - expected).abs() < 1e-6 * expected,
            "{name}: {got}, {expected}"
        );
    }
    assert_eq!(bands.ratio(), Some(bands.lf_ms2 / bands.hf_ms2));
}

#[test]
fn a_sine_has_half_its_squared_amplitude_in_its_band_holes_or_not() {
    let wave = |hz: f64| {
        let mut at = 0.0;
        (0..400)
            .map(|_| {
                let ms = 750.0 + 30.0 * (std::f64::consts::TAU * hz * at / 1_000.0).sin();
                at += ms;
                Interval { ends_ms: at, ms }
            })
            .collect::<Vec<_>>()
    };
    for (hz, is_low) in [(0.1, true), (0.25, false)] {
        let mut intervals = wave(hz);
        for _ in 0..2 {
            let bands = spectrum(&intervals).unwrap();
            let (inside, outside) = match is_low {
                true => (bands.lf_ms2, bands.hf_ms2),
                false => (bands.hf_ms2, bands.lf_ms2),
            };
            assert!((inside - 450.0).abs() < 45.0, "{hz}: {inside}");
            assert!(outside < 45.0, "{hz}: {outside}");
            drop(intervals.drain(100..130));
        }
    }
}

#[test]
fn artefacts_are_those_another_implementation_finds() {
    let beats: Vec<f64> = support::beats("mitbih-208.sleepecg.beats");
    let rr208: Vec<f64> = beats
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) / 0.36)
        .collect();
    for (intervals, part) in [(hour(), "artefacts_hour"), (rr208, "artefacts_208")] {
        let found = classify(&intervals);
        assert_eq!(found.len(), intervals.len());
        for (class, name) in [
            (IntervalClass::Ectopic, "ectopic"),
            (IntervalClass::Missed, "missed"),
            (IntervalClass::Extra, "extra"),
            (IntervalClass::LongOrShort, "longshort"),
        ] {
            let ours: Vec<i64> = (0i64..)
                .zip(&found)
                .filter(|(_, c)| **c == class)
                .map(|(i, _)| i)
                .collect();
            let theirs: Vec<i64> =
                serde_json::from_value(support::figures()[part][name].clone()).unwrap();
            assert_eq!(ours, theirs, "{part} {name}");
        }
    }
}

/// Five minutes and more of a heart at 75 a minute that breathes.
fn calm() -> Vec<f64> {
    (0..450)
        .map(|n| 800.0 + 20.0 * (f64::from(n) * 1.3).sin())
        .collect()
}

#[test]
fn a_missed_an_extra_and_an_ectopic_beat_are_told_apart() {
    let class = |change: fn(&mut Vec<f64>)| {
        let mut intervals = calm();
        change(&mut intervals);
        classify(&intervals)[200]
    };
    assert_eq!(class(|_| ()), IntervalClass::Normal);
    assert_eq!(class(|all| all[200] = 1_600.0), IntervalClass::Missed);
    assert_eq!(
        class(|all| drop(all.splice(200..201, [390.0, 410.0]))),
        IntervalClass::Extra
    );
    let early = |all: &mut Vec<f64>| (all[199], all[200]) = (560.0, 1_040.0);
    assert_eq!(class(early), IntervalClass::Ectopic);
    assert_eq!(classify(&[800.0; 50]), [IntervalClass::Normal; 50]);
    assert!(classify(&[]).is_empty());
}

#[test]
fn artefacts_are_left_out_and_no_difference_reaches_across_them() {
    let whole = variability(&series(calm()), 0.0, 300_000.0).unwrap();
    let mut intervals = calm();
    intervals[100] = 1_600.0;
    let missed = variability(&series(intervals), 0.0, 300_000.0).unwrap();
    assert_eq!((whole.left_out, missed.left_out), (0, 1));
    assert!(
        (whole.time.rmssd_ms - missed.time.rmssd_ms).abs() < 0.5,
        "{missed:?}"
    );
    assert!((whole.time.sdnn_ms - missed.time.sdnn_ms).abs() < 0.5);
    assert!(whole.coverage_percent > 99.0 && missed.coverage_percent < 99.6);
}

#[test]
fn a_hole_in_the_series_makes_no_difference() {
    let steps: Vec<f64> = (0..450)
        .map(|n| if n < 200 { 700.0 } else { 900.0 } + f64::from(n % 2))
        .collect();
    let mut holed = series(steps);
    drop(holed.drain(190..210));
    let time = time_domain(&holed).unwrap();
    assert_eq!(time.nn50, 0, "700 and 900 are twenty beats apart");
}

#[test]
fn a_window_that_is_short_or_not_covered_has_no_figures() {
    let calm = series(calm());
    let short = variability(&calm, 0.0, 59_999.0);
    assert_eq!(short, Err(HrvError::Window { got_ms: 59_999.0 }));
    assert!(variability(&calm, 0.0, f64::NAN).is_err());
    assert!(variability(&calm, 0.0, 60_000.0)
        .unwrap()
        .spectrum
        .is_none());
    assert!(variability(&calm, 0.0, 120_000.0)
        .unwrap()
        .spectrum
        .is_some());
    let part = |to: usize| variability(&calm[..to], 0.0, 300_000.0);
    assert!(part(302).is_ok());
    let error = part(297).unwrap_err().to_string();
    assert_eq!(
        error,
        "hrv/coverage: normal intervals cover 79 % of the window, at least 80 are needed"
    );
}

#[test]
fn intervals_that_are_none_are_refused() {
    for (ms, ends_ms) in [
        (0.0, 5.0),
        (-800.0, 5.0),
        (f64::NAN, 5.0),
        (800.0, f64::INFINITY),
    ] {
        let found = variability(&[Interval { ends_ms, ms }], 0.0, 300_000.0);
        assert!(
            matches!(found, Err(HrvError::Interval { .. })),
            "{ms} {ends_ms}"
        );
    }
    let mut turned = series(calm());
    turned.swap(3, 4);
    assert!(matches!(
        variability(&turned, 0.0, 300_000.0),
        Err(HrvError::Order { .. })
    ));
}
