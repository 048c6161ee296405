//! What is found meets the rule, and what can be found is, held against every subset.

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::measure::Measure;
use crate::reading::{Quality, Reading, ReadingFlags};
use crate::rule::{Assurance, Comparison, Condition};

fn condition(measure: Measure, threshold: i32) -> Condition {
    Condition {
        measure,
        comparison: Comparison::AtLeast,
        threshold,
    }
}

fn rule(readings: u8, spaced_s: u32, within_s: u32) -> Rule {
    Rule {
        conditions: vec![condition(Measure::HeartRate, 1_200)],
        readings,
        spaced_s,
        within_s,
        anchored_within_s: 3_600,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    }
}

fn candidate(measure: Measure, at_s: u64, batch: u32, value: i64) -> Candidate {
    let reading = Reading {
        measure,
        value,
        offset_ms: 0,
        flags: ReadingFlags {
            simulated: false,
            quality: Quality::Good,
        },
    };
    Candidate {
        evidence: Evidence {
            reading,
            at_ms: at_s * 1_000,
            anchored_at_ms: at_s * 1_000,
            assurance: Assurance::Maker,
            paired_from_ms: 0,
            calibrated: true,
            simulated: false,
        },
        batch,
        index: 0,
        bar: None,
    }
}

fn heart(at_s: u64, batch: u32) -> Candidate {
    candidate(Measure::HeartRate, at_s, batch, 1_300)
}

fn anywhere() -> Area {
    within(0, 1_000_000)
}

fn within(from_s: u64, to_s: u64) -> Area {
    Area {
        spans: vec![Span {
            from_ms: from_s * 1_000,
            to_ms: to_s * 1_000,
        }],
        ends_from_ms: 0,
    }
}

fn times(candidates: &[Candidate], found: &Found) -> Vec<u64> {
    let at = |&c: &usize| candidates[c].evidence.at_ms / 1_000;
    found.chosen.iter().map(at).collect()
}

#[test]
fn the_closest_readings_that_keep_the_spacing_are_taken() {
    let candidates: Vec<_> = [0, 50, 61, 100, 130, 161].map(|s| heart(s, 0)).into();
    let found = rule(3, 60, 300).search(&candidates, &anywhere()).unwrap();
    assert_eq!(times(&candidates, &found), [0, 61, 130]);
    let found = rule(2, 60, 300).search(&candidates, &anywhere()).unwrap();
    assert_eq!(times(&candidates, &found), [0, 61]);
}

#[test]
fn fewer_batches_come_before_a_shorter_window() {
    let candidates = [heart(0, 0), heart(10, 1), heart(100, 2), heart(190, 2)];
    let found = rule(2, 1, 300).search(&candidates, &anywhere()).unwrap();
    assert_eq!(times(&candidates, &found), [100, 190]);
    assert_eq!(found.batches, 1);
}

#[test]
fn of_two_batches_that_would_do_the_one_used_more_is_kept() {
    let by_turns = |first: u32| -> Vec<Candidate> {
        let batch = |s: u64| {
            if s.is_multiple_of(2) {
                first
            } else {
                1 - first
            }
        };
        (0..6).map(|s| heart(s, batch(s))).collect()
    };
    for candidates in [by_turns(0), by_turns(1)] {
        let found = rule(3, 1, 300).search(&candidates, &anywhere()).unwrap();
        assert_eq!(times(&candidates, &found), [0, 2, 4]);
    }
}

#[test]
fn of_two_devices_that_measure_by_turns_one_is_enough() {
    let candidates: Vec<_> = (0..20).map(|s| heart(s, (s % 2) as u32)).collect();
    let found = rule(10, 1, 300).search(&candidates, &anywhere()).unwrap();
    assert_eq!(found.batches, 1);
    let taken = times(&candidates, &found);
    assert!(taken.windows(2).all(|pair| pair[1] - pair[0] == 2));
}

#[test]
fn a_window_lies_in_one_span_and_ends_in_time() {
    let candidates = [heart(0, 0), heart(10, 0), heart(20, 0), heart(30, 0)];
    let mut area = within(0, 10);
    area.spans.extend(within(20, 30).spans);
    assert!(rule(3, 1, 300).search(&candidates, &area).is_none());
    area.ends_from_ms = 11_000;
    let found = rule(2, 1, 300).search(&candidates, &area).unwrap();
    assert_eq!(times(&candidates, &found), [20, 30]);
    area.ends_from_ms = 30_001;
    assert!(rule(2, 1, 300).search(&candidates, &area).is_none());
}

#[test]
fn a_barred_reading_is_not_taken() {
    let mut candidates = [heart(0, 0), heart(10, 0)];
    candidates[1].bar = Some(Bar::Model);
    assert!(!rule(2, 1, 300).can_be_met(&candidates, &anywhere()));
    candidates[1].bar = None;
    assert!(rule(2, 1, 300).can_be_met(&candidates, &anywhere()));
}

/// A week of two devices, one reading in ten seconds each: the work grows as the readings do.
#[test]
fn a_hundred_and_twenty_thousand_readings_are_searched_at_once() {
    let candidates: Vec<_> = (0..60_480u64)
        .flat_map(|n| {
            [
                heart(n * 10, (n / 360) as u32),
                heart(n * 10 + 5, 1_000 + (n / 360) as u32),
            ]
        })
        .collect();
    let strict = rule(30, 600, 4 * 86_400);
    let found = strict.search(&candidates, &anywhere()).unwrap();
    assert_eq!(found.chosen.len(), 30);
    assert!(found.batches <= 6, "{} batches", found.batches);
    let evidence: Vec<_> = found
        .chosen
        .iter()
        .map(|&c| candidates[c].evidence)
        .collect();
    assert_eq!(strict.evaluate(&evidence), Ok(found.window));
}

/// Every choice of as many readings as the rule takes, each tried.
fn one_exists(rule: &Rule, candidates: &[Candidate], area: &Area) -> bool {
    let take = usize::from(rule.readings) * rule.conditions.len();
    (0u32..1 << candidates.len())
        .filter(|set| set.count_ones() as usize == take)
        .any(|set| {
            let chosen = (0..candidates.len()).filter(|c| set >> c & 1 == 1);
            meets(rule, candidates, area, &chosen.collect::<Vec<_>>())
        })
}

fn meets(rule: &Rule, candidates: &[Candidate], area: &Area, chosen: &[usize]) -> bool {
    let evidence: Vec<_> = chosen.iter().map(|&c| candidates[c].evidence).collect();
    let Ok(window) = rule.evaluate(&evidence) else {
        return false;
    };
    chosen.iter().all(|&c| candidates[c].bar.is_none())
        && window.to_ms >= area.ends_from_ms
        && area
            .spans
            .iter()
            .any(|span| span.from_ms <= window.from_ms && window.to_ms <= span.to_ms)
}

prop_compose! {
    fn any_candidate()(
        second in any::<bool>(),
        at_s in 0u64..24,
        batch in 0u32..4,
        low in prop::bool::weighted(0.1),
        barred in prop::bool::weighted(0.1),
    ) -> Candidate {
        let measure = if second { Measure::OxygenSaturation } else { Measure::HeartRate };
        let value = if low { 400 } else { 1_300 };
        Candidate {
            bar: barred.then_some(Bar::Unusable),
            ..candidate(measure, at_s, if second { batch + 10 } else { batch }, value)
        }
    }
}

prop_compose! {
    fn any_area()(from in 0u64..8, length in 4u64..20, gap in 1u64..4, ends in 0u64..16) -> Area {
        let mut area = within(from, from + length);
        area.spans.extend(within(from + length + gap, 40).spans);
        area.ends_from_ms = ends * 1_000;
        area
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_can_be_met_is_found_and_what_is_found_meets_the_rule(
        candidates in prop::collection::vec(any_candidate(), 0..12),
        area in any_area(),
        readings in 1u8..4,
        spaced_s in 0u32..5,
        extra_s in 0u32..10,
        two in any::<bool>(),
    ) {
        let mut rule = rule(readings, spaced_s, u32::from(readings) * spaced_s + extra_s);
        if two {
            rule.conditions.push(condition(Measure::OxygenSaturation, 500));
        }
        let found = rule.search(&candidates, &area);
        prop_assert_eq!(found.is_some(), one_exists(&rule, &candidates, &area));
        prop_assert_eq!(found.is_some(), rule.can_be_met(&candidates, &area));
        if let Some(found) = found {
            prop_assert!(meets(&rule, &candidates, &area, &found.chosen));
            let take = usize::from(readings) * rule.conditions.len();
            prop_assert_eq!(found.chosen.len(), take);
            for batch in found.least_used_first(&candidates) {
                let without: Vec<_> = candidates
                    .iter()
                    .copied()
                    .filter(|c| found.batches_but(&candidates, batch).contains(&c.batch))
                    .collect();
                prop_assert!(!rule.can_be_met(&without, &area), "batch {} could be spared", batch);
            }
        }
    }
}
