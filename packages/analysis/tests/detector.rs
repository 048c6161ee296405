//! What a detector does at the edges of a signal. The signals are simulated.

use vitals_analysis::{intervals, Beat, EcgDetector, PpgDetector};

const HZ: f64 = 250.0;

fn bump(t: f64, at: f64, width: f64, height: f64) -> f64 {
    height * (-((t - at) / width).powi(2) / 2.0).exp()
}

/// One heartbeat from 0 s: a QRS complex at 0.2 s and a T wave of `t_wave` times its height.
fn ecg_beat(t: f64, t_wave: f64) -> f64 {
    bump(t, 0.2, 0.012, 1.0) - bump(t, 0.235, 0.015, 0.25) + bump(t, 0.45, 0.04, t_wave)
}

fn seconds(count: f64) -> impl Iterator<Item = f64> {
    (0..(count * HZ) as u32).map(|n| f64::from(n) / HZ)
}

/// A beat every `every` seconds.
fn ecg(length_s: f64, every: f64) -> Vec<f64> {
    seconds(length_s)
        .map(|t| ecg_beat(t % every, 0.3))
        .collect()
}

fn run(samples: &[f64]) -> Vec<Beat> {
    let mut detector = EcgDetector::new(HZ).unwrap();
    samples
        .iter()
        .filter_map(|sample| detector.push(*sample))
        .collect()
}

fn times(beats: &[Beat]) -> Vec<f64> {
    beats.iter().map(|beat| beat.at / HZ).collect()
}

#[test]
fn every_r_peak_is_found_where_it_is_from_slow_to_fast_hearts() {
    for every in [2.0, 1.0, 0.6, 0.4, 0.3] {
        let found = times(&run(&ecg(20.0, every)));
        let expected = (19.0 / every) as usize;
        assert!(
            found.len() >= expected,
            "{every}: {} of {expected}",
            found.len()
        );
        for at in found {
            let off = (at - 0.2) % every;
            assert!(off.min(every - off).abs() < 0.01, "{every}: a beat at {at}");
        }
    }
}

#[test]
fn a_tall_t_wave_is_no_beat() {
    let tall: Vec<f64> = seconds(30.0).map(|t| ecg_beat(t % 0.9, 1.2)).collect();
    let found = times(&run(&tall));
    assert!((31..=33).contains(&found.len()), "{}", found.len());
    let after_t = found.iter().filter(|at| (*at % 0.9) > 0.35).count();
    assert_eq!(after_t, 0);
}

#[test]
fn a_beat_is_told_within_half_a_second_once_the_signal_is_known() {
    let mut detector = EcgDetector::new(HZ).unwrap();
    for (n, sample) in ecg(20.0, 0.8).into_iter().enumerate() {
        let Some(beat) = detector.push(sample) else {
            continue;
        };
        let late = (n as f64 - beat.at) / HZ;
        assert!(late <= 0.5 || beat.at < 2.0 * HZ, "{late} s");
    }
}

#[test]
fn a_small_beat_among_large_ones_is_found_by_searching_back() {
    let mut samples = ecg(20.0, 1.0);
    let tenth = (10.0 * HZ) as usize..(11.0 * HZ) as usize;
    samples[tenth].iter_mut().for_each(|sample| *sample *= 0.24);
    let found = times(&run(&samples));
    assert!(found.iter().any(|at| (at - 10.2).abs() < 0.02), "{found:?}");
}

#[test]
fn a_line_without_a_heart_has_no_beats() {
    assert!(run(&vec![512.0; 10_000]).is_empty());
    let stopped: Vec<f64> = seconds(40.0)
        .map(|t| {
            if t < 20.0 {
                ecg_beat(t % 1.0, 0.3)
            } else {
                0.0
            }
        })
        .collect();
    let found = times(&run(&stopped));
    assert!(found.iter().all(|at| *at < 20.0) && found.len() >= 19);
}

#[test]
fn beats_are_found_again_after_a_blow_to_the_electrode() {
    let mut samples = ecg(60.0, 1.0);
    let blow = (20.0 * HZ) as usize..(20.3 * HZ) as usize;
    samples[blow].iter_mut().for_each(|sample| *sample += 1e4);
    let found = times(&run(&samples));
    let later = found.iter().filter(|at| **at > 35.0).count();
    assert!(later >= 24, "{later}");
}

#[test]
fn beats_are_found_again_where_a_signal_becomes_a_tenth() {
    let mut samples = ecg(60.0, 1.0);
    let tail = (20.0 * HZ) as usize..;
    samples[tail].iter_mut().for_each(|sample| *sample *= 0.05);
    let later = times(&run(&samples))
        .iter()
        .filter(|at| **at > 35.0)
        .count();
    assert!(later >= 24, "{later}");
}

#[test]
fn missing_samples_leave_a_gap_and_no_beat_made_by_their_edges() {
    let mut samples = ecg(30.0, 1.0);
    // away from any complex, and a step in level behind it
    samples[2_640..3_890].fill(f64::NAN);
    samples[3_890..]
        .iter_mut()
        .for_each(|sample| *sample += 40.0);
    let beats = run(&samples);
    let gaps: Vec<f64> = beats
        .iter()
        .filter(|beat| beat.after_gap)
        .map(|beat| beat.at / HZ)
        .collect();
    assert_eq!(gaps.len(), 1);
    assert!((gaps[0] - 16.2).abs() < 0.01, "{gaps:?}");
    let found = intervals(&beats, HZ);
    assert_eq!(found.len(), beats.len() - 2);
    assert!(
        found
            .iter()
            .all(|interval| (interval.ms - 1_000.0).abs() < 5.0),
        "{found:?}"
    );
}

#[test]
fn infinite_and_missing_samples_alone_do_no_harm() {
    let mut ppg = PpgDetector::new(HZ).unwrap();
    let mut ecg = EcgDetector::new(HZ).unwrap();
    for sample in [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        0.0,
    ]
    .repeat(2_000)
    {
        let told = ppg.push(sample).into_iter().chain(ecg.push(sample));
        told.for_each(|beat| assert!(beat.at.is_finite()));
    }
}

#[test]
fn a_pulse_and_its_dicrotic_wave_are_one_beat() {
    let pulse = |t: f64| bump(t, 0.3, 0.08, 1.0) + bump(t, 0.62, 0.07, 0.4);
    let mut detector = PpgDetector::new(HZ).unwrap();
    let found: Vec<f64> = seconds(30.0)
        .filter_map(|t| detector.push(1_000.0 + 20.0 * pulse(t % 1.0)))
        .map(|beat| beat.at / HZ)
        .collect();
    assert!((27..=29).contains(&found.len()), "{}", found.len());
    assert!(
        found.iter().all(|at| (at % 1.0 - 0.3).abs() < 0.03),
        "{found:?}"
    );
}
