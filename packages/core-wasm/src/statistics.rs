//! What is usual for a person, and trends.

use serde::Serialize;
use vitals_analysis::{assess, theil_sen, Baseline as Learned, Usual};
use vitals_core::measure::Measure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::batch::OpenedBatch;
use crate::json::give;
use crate::number::{fixed, in_unit, millis};
use crate::Refusal;

/// What is usual for a person, of one measure: learned from readings in order of time.
#[wasm_bindgen]
pub struct Baseline {
    measure: Measure,
    learned: Learned,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UsualShown {
    median: f64,
    spread: f64,
    days: u16,
    by_hour: bool,
}

impl UsualShown {
    fn of(measure: Measure, usual: Usual) -> Self {
        Self {
            median: in_unit(measure, usual.median),
            spread: in_unit(measure, usual.spread_milli) / 1_000.0,
            days: usual.days,
            by_hour: usual.by_hour,
        }
    }
}

#[wasm_bindgen]
impl Baseline {
    /// `measure`: its code.
    #[wasm_bindgen(constructor)]
    pub fn new(measure: u16) -> Result<Baseline, Refusal> {
        let measure = Measure::from_code(measure)?;
        Ok(Self {
            measure,
            learned: Learned::new(measure),
        })
    }

    /// Takes the readings of its measure that count: plausible, and not of poor quality.
    #[wasm_bindgen(js_name = takeBatch)]
    pub fn take_batch(&mut self, batch: &OpenedBatch) {
        for (reading, at_ms) in batch.readings() {
            if reading.measure == self.measure && assess(reading, None).counts() {
                self.learned.take(reading.value, at_ms);
            }
        }
    }

    /// At this time of day; null before there is enough history.
    #[wasm_bindgen(unchecked_return_type = "Usual | null")]
    pub fn usual(&self, #[wasm_bindgen(js_name = atMs)] at_ms: f64) -> Result<JsValue, Refusal> {
        let usual = self.learned.usual(millis("the time", at_ms)?);
        give(&usual.map(|usual| UsualShown::of(self.measure, usual)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TrendShown {
    per_day: f64,
    low: f64,
    high: f64,
    certain: bool,
}

/// The slope of a measure over days (Theil-Sen, with its 99 % confidence interval), `values` in the
/// unit; null with fewer than ten days.
#[wasm_bindgen(unchecked_return_type = "Trend | null")]
pub fn trend(measure: u16, days: &[i32], values: &[f64]) -> Result<JsValue, Refusal> {
    give(&slope(Measure::from_code(measure)?, days, values)?)
}

fn slope(measure: Measure, days: &[i32], values: &[f64]) -> Result<Option<TrendShown>, Refusal> {
    if days.len() != values.len() {
        let reason = format!("{} days and {} values", days.len(), values.len());
        return Err(Refusal::new("core/columns", reason));
    }
    let point = |(day, value): (&i32, &f64)| Ok((i64::from(*day), fixed(measure, *value)?));
    let points: Vec<(i64, i64)> = days
        .iter()
        .zip(values)
        .map(point)
        .collect::<Result<_, Refusal>>()?;
    let unit = in_unit(measure, 1);
    Ok(theil_sen(&points).map(|slope| TrendShown {
        per_day: slope.slope * unit,
        low: slope.low * unit,
        high: slope.high * unit,
        certain: slope.is_certain(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_of_half_a_degree_a_day_is_that_in_the_unit() {
        let days: Vec<i32> = (0..14).collect();
        let values: Vec<f64> = days
            .iter()
            .map(|day| 36.0 + 0.5 * f64::from(*day))
            .collect();
        let trend = slope(Measure::BodyTemperature, &days, &values)
            .unwrap()
            .unwrap();
        assert!((trend.per_day - 0.5).abs() < 1e-9 && trend.certain);
        assert!(slope(Measure::BodyTemperature, &days[1..], &values).is_err());
    }
}
