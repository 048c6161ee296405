//! The table of measures.

use serde::Serialize;
use vitals_core::measure::{Category, Measure, MEASURES};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::give;
use crate::number::in_unit;
use crate::Refusal;

#[derive(Serialize)]
struct Row {
    code: u16,
    name: Measure,
    loinc: &'static str,
    display: &'static str,
    unit: &'static str,
    scale: u8,
    /// Lowest and highest plausible value, in the unit.
    low: f64,
    high: f64,
    category: Category,
}

fn rows() -> Vec<Row> {
    let row = |info: &vitals_core::measure::MeasureInfo| Row {
        code: info.measure.code(),
        name: info.measure,
        loinc: info.loinc,
        display: info.display,
        unit: info.unit,
        scale: info.scale,
        low: in_unit(info.measure, info.plausible.0),
        high: in_unit(info.measure, info.plausible.1),
        category: info.category,
    };
    MEASURES.iter().map(row).collect()
}

/// Every measure this version knows, in order of its code.
#[wasm_bindgen(unchecked_return_type = "Measure[]")]
pub fn measures() -> Result<JsValue, Refusal> {
    give(&rows())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plausible_ranges_are_in_the_unit() {
        let rows = rows();
        let temperature = rows.iter().find(|row| row.unit == "Cel").unwrap();
        assert_eq!((temperature.low, temperature.high), (20.0, 46.0));
        assert!(rows.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
