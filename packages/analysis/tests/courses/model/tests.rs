use super::*;

const SLOT: u64 = 300_000;

/// Heart rate and breathing move together, saturation against neither.
fn ordinary(slot: u64) -> [Option<i64>; SIZE] {
    let wobble = |step: u64| i64::try_from(slot * step % 4_001).unwrap() - 2_000;
    let together = wobble(7_919);
    [
        Some(together),
        Some(wobble(4_337)),
        Some(together + wobble(6_007) / 8),
        None,
        None,
        None,
    ]
}

fn learned() -> Model {
    let mut model = Model::default();
    for slot in 0..14 * 288 {
        model.take(&ordinary(slot), slot * SLOT);
    }
    model
}

/// The ratio after half an hour of these distances.
fn after(model: &mut Model, distances: [Option<i64>; SIZE]) -> Option<Anomaly> {
    let slots = 14 * 288..14 * 288 + 6;
    slots
        .map(|slot| model.take(&distances, slot * SLOT))
        .last()?
}

#[test]
fn measures_that_part_are_further_away_than_measures_that_rise_together() {
    let of = |heart, breath| [Some(heart), Some(0), Some(breath), None, None, None];
    let together = after(&mut learned(), of(2_000, 2_000)).unwrap();
    let apart = after(&mut learned(), of(2_000, -2_000)).unwrap();
    assert!(
        apart.ratio_milli > 2 * together.ratio_milli,
        "{apart:?} {together:?}"
    );
}

#[test]
fn contributions_sum_to_a_thousand_and_name_what_moved_and_what_is_missing() {
    let mut distances = [Some(0), Some(-6_000), Some(0), None, None, None];
    let found = after(&mut learned(), distances).unwrap();
    let sum: i64 = found.contributions.iter().map(|c| c.per_mille).sum();
    assert!((990..=1_010).contains(&sum));
    let most = found
        .contributions
        .iter()
        .max_by_key(|c| c.per_mille)
        .unwrap();
    assert_eq!(most.measure, Measure::OxygenSaturation);
    assert_eq!(found.missing, MODEL_MEASURES[3..].to_vec());
    distances[2] = None;
    distances[0] = None;
    let mut model = learned();
    let slots = 14 * 288..14 * 288 + 6;
    let last = slots
        .map(|slot| model.take(&distances, slot * SLOT))
        .last()
        .unwrap();
    assert_eq!(last, None, "one measure by itself is the other rules'");
}

#[test]
fn a_measure_never_seen_before_is_missing_and_not_normal() {
    let with_temperature = [Some(0), Some(-6_000), Some(0), Some(0), None, None];
    let found = after(&mut learned(), with_temperature).unwrap();
    assert!(found.missing.contains(&Measure::BodyTemperature));
}

#[test]
fn nothing_is_said_before_ten_days_of_limits() {
    let mut model = Model::default();
    let early = (0..9 * 288).filter_map(|slot| model.take(&ordinary(slot), slot * SLOT));
    assert_eq!(early.count(), 0);
}

#[test]
fn a_state_goes_on_where_it_was_and_stays_small() {
    let mut model = learned();
    let json = serde_json::to_string(&model).unwrap();
    assert!(json.len() < 4_096, "{}", json.len());
    let mut restored: Model = serde_json::from_str(&json).unwrap();
    assert!(restored.is_current());
    let far = [Some(3_000), Some(-3_000), None, Some(1), None, None];
    assert_eq!(after(&mut restored, far), after(&mut model, far));
    assert_eq!(restored, model);
    restored.version += 1;
    assert!(!restored.is_current());
}

#[test]
fn extremes_and_years_do_not_overflow() {
    let mut model = Model::default();
    for slot in 0..40 * 288 {
        let value = if slot % 2 == 0 { i64::MAX } else { i64::MIN };
        model.take(&[Some(value); SIZE], slot * SLOT);
    }
    model.take(&[Some(0); SIZE], u64::MAX);
    model.take(&[Some(0); SIZE], 0);
    assert!(model.charts.iter().all(Chart::is_bounded));
}
