use super::*;
use vitals_core::reading::{Quality, ReadingFlags};

const MINUTE_MS: u64 = 60_000;

/// Ten minutes in which a heart rate is measured every ten seconds.
fn window() -> Window {
    Window {
        measure: Measure::HeartRate,
        from_ms: 0,
        to_ms: 10 * MINUTE_MS,
        every_ms: Some(10_000),
        sensor_range: None,
    }
}

fn at(at_ms: u64, value: i64, quality: Quality) -> Timed {
    let flags = ReadingFlags {
        simulated: false,
        quality,
    };
    Timed {
        at_ms,
        reading: Reading {
            measure: Measure::HeartRate,
            value,
            offset_ms: 0,
            flags,
        },
    }
}

fn series() -> Vec<Timed> {
    (0..60)
        .map(|n| at(n * 10_000, 700 + (n % 3) as i64, Quality::Good))
        .collect()
}

fn changed(change: impl Fn(&mut Vec<Timed>)) -> WindowQuality {
    let mut readings = series();
    change(&mut readings);
    judge(&window(), &readings).unwrap()
}

#[test]
fn a_whole_window_of_good_readings_has_index_100_and_no_doubts() {
    let quality = changed(|_| ());
    assert_eq!(
        (quality.index, quality.readings, quality.expected),
        (100, 60, Some(60))
    );
    assert_eq!((quality.longest_gap_ms, quality.doubts.len()), (10_000, 0));
}

#[test]
fn each_doubt_is_named_and_weighs_as_stated() {
    for (doubt, index, value, quality) in [
        (Doubt::Implausible, 50, 3_501, Quality::Good),
        (Doubt::DevicePoor, 50, 700, Quality::Poor),
        (Doubt::DeviceQuestions, 75, 701, Quality::Questionable),
    ] {
        let judged = changed(|all| {
            for timed in all.iter_mut().step_by(2) {
                (timed.reading.value, timed.reading.flags.quality) = (value, quality);
            }
        });
        assert_eq!((judged.index, judged.doubts), (index, vec![doubt]));
    }
}

#[test]
fn readings_that_did_not_come_lower_the_index_and_are_a_dropout_beyond_three_intervals() {
    let three = changed(|all| drop(all.drain(10..12)));
    assert_eq!(
        (three.index, three.longest_gap_ms, three.doubts.len()),
        (96, 30_000, 0)
    );
    let four = changed(|all| drop(all.drain(10..13)));
    assert_eq!((four.index, four.doubts), (95, vec![Doubt::Dropout]));
    let tail = changed(|all| all.truncate(30));
    assert_eq!((tail.index, tail.longest_gap_ms), (50, 310_000));
    let none = changed(|all| all.clear());
    assert_eq!(
        (none.index, none.longest_gap_ms, none.doubts),
        (0, 600_000, vec![Doubt::Dropout])
    );
}

#[test]
fn a_sensor_that_sends_more_often_than_expected_is_not_better_than_whole() {
    let judged = changed(|all| {
        let more: Vec<Timed> = all
            .iter()
            .map(|t| Timed {
                at_ms: t.at_ms + 5_000,
                ..*t
            })
            .collect();
        all.extend(more);
        all.sort_by_key(|timed| timed.at_ms);
        all.iter_mut()
            .step_by(2)
            .for_each(|timed| timed.reading.flags.quality = Quality::Poor);
    });
    assert_eq!(judged.index, 50);
}

#[test]
fn a_rate_that_stands_still_for_five_minutes_is_a_flat_line() {
    let still = |readings: usize| {
        changed(|all| {
            all.iter_mut()
                .take(readings)
                .for_each(|t| t.reading.value = 640)
        })
    };
    assert!(still(30).doubts.is_empty(), "ten seconds less");
    assert_eq!(
        (still(31).index, still(31).doubts),
        (50, vec![Doubt::FlatLine])
    );
}

#[test]
fn a_saturation_may_stand_still() {
    let saturation = Window {
        measure: Measure::OxygenSaturation,
        ..window()
    };
    let mut readings = series();
    for timed in &mut readings {
        (timed.reading.measure, timed.reading.value) = (Measure::OxygenSaturation, 1_000);
    }
    assert_eq!(judge(&saturation, &readings).unwrap().index, 100);
    let to_100 = Window {
        sensor_range: Some((700, 1_000)),
        ..saturation
    };
    let judged = judge(&to_100, &readings).unwrap();
    assert_eq!((judged.index, judged.doubts), (0, vec![Doubt::Saturated]));
}

#[test]
fn a_sudden_reading_is_doubted_where_the_next_beat_is_judged() {
    let beats = Window {
        every_ms: Some(1_000),
        to_ms: 10_000,
        ..window()
    };
    let mut readings: Vec<Timed> = (0..10).map(|n| at(n * 1_000, 700, Quality::Good)).collect();
    readings[5].reading.value = 1_400;
    let judged = judge(&beats, &readings).unwrap();
    // there and back
    assert_eq!((judged.index, judged.doubts), (90, vec![Doubt::Sudden]));
}

#[test]
fn other_measures_and_times_are_left_out_of_account() {
    let quality = changed(|all| {
        let mut steps = at(600_000 - 1, 9, Quality::Poor);
        steps.reading.measure = Measure::Steps;
        all.extend([steps, at(600_000, 9_999, Quality::Poor)]);
    });
    assert_eq!((quality.index, quality.readings), (100, 60));
}

#[test]
fn windows_and_readings_that_make_no_sense_are_refused() {
    let empty = Window {
        to_ms: 0,
        ..window()
    };
    assert_eq!(
        judge(&empty, &[]),
        Err(QualityError::Window {
            from_ms: 0,
            to_ms: 0
        })
    );
    let often = Window {
        every_ms: Some(0),
        ..window()
    };
    assert_eq!(judge(&often, &[]), Err(QualityError::Interval));
    let mut turned = series();
    turned.swap(0, 1);
    let order = QualityError::Order {
        at_ms: 0,
        before_ms: 10_000,
    };
    assert_eq!(judge(&window(), &turned), Err(order));
}
