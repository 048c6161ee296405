//! Findings as plain objects: names in camelCase, values in their unit.

use serde_json::{Map, Value};
use vitals_analysis::Finding;
use vitals_core::measure::Measure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, parse_private};
use crate::number::in_unit;
use crate::Refusal;

/// A finding with its text in English.
pub fn shown(finding: &Finding) -> Result<Value, Refusal> {
    let mut value = in_camel_case(serde_json::to_value(finding)?);
    let measure = finding.measure;
    if let Some(evidence) = value["evidence"].as_array_mut() {
        for (reading, held) in evidence.iter_mut().zip(&finding.evidence) {
            let measure = held.measure.unwrap_or(measure);
            reading["measure"] = serde_json::to_value(measure)?;
            reading["value"] = in_unit(measure, held.value).into();
        }
    }
    if let Some(explanation) = value["explanation"].as_object_mut() {
        in_units(explanation, measure);
    }
    value["english"] = finding.english().into();
    Ok(value)
}

/// The numbers of an explanation: fixed point and thousandths become plain numbers.
fn in_units(explanation: &mut Map<String, Value>, measure: Measure) {
    let unit = in_unit(measure, 1);
    for (name, factor) in [("value", unit), ("limit", unit), ("usual", unit)] {
        if let Some(number) = explanation.get(name).and_then(Value::as_f64) {
            explanation.insert(name.into(), rounded(number * factor).into());
        }
    }
    for (name, factor) in [
        ("week", unit),
        ("low", unit),
        ("high", unit),
        ("level", 1.0),
        ("ratio", 1.0),
    ] {
        if let Some(number) = explanation.remove(&format!("{name}Milli")) {
            let number = number.as_f64().unwrap_or_default() * factor / 1_000.0;
            explanation.insert(name.into(), rounded(number).into());
        }
    }
}

/// Without the noise of binary fractions: nine digits are more than any sensor has.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

fn in_camel_case(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let renamed = map.into_iter().map(|(k, v)| (camel(&k), in_camel_case(v)));
            Value::Object(renamed.collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(in_camel_case).collect()),
        other => other,
    }
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut out: String = parts.next().unwrap_or_default().into();
    for part in parts {
        out.extend(part.chars().next().map(|first| first.to_ascii_uppercase()));
        out.extend(part.chars().skip(1));
    }
    out
}

pub fn all_shown(findings: &[Finding]) -> Result<JsValue, Refusal> {
    let shown: Vec<Value> = findings.iter().map(shown).collect::<Result<_, _>>()?;
    give(&shown)
}

/// The decrypted detail of an alert that a gateway raised on readings. Details of other alerts
/// (the condition of a device) are JSON of another form.
#[wasm_bindgen(js_name = readFinding, unchecked_return_type = "Finding")]
pub fn read_finding(detail: &[u8]) -> Result<JsValue, Refusal> {
    let finding: Finding = parse_private("the detail of the alert", detail)?;
    give(&shown(&finding)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_in_their_unit_and_names_in_camel_case() {
        let text = r#"{"rule":7,"measure":"heart_rate","kind":"news2","severity":"urgent",
            "ladder":1,"from_ms":1,"to_ms":2,"simulated":true,
            "evidence":[{"index":0,"value":725,"at_ms":1},
                {"index":1,"value":3687,"at_ms":2,"measure":"body_temperature"}],
            "explanation":{"key":"sustained_deviation","value":1105,"usual":700,"level_milli":4100,
                "for_ms":1800000,"days":9,"by_hour":true}}"#;
        let finding: Finding = serde_json::from_str(text).unwrap();
        let shown = shown(&finding).unwrap();
        assert_eq!(shown["evidence"][0]["value"], 72.5);
        assert_eq!(shown["evidence"][0]["measure"], "heart_rate");
        assert_eq!(shown["evidence"][1]["value"], 36.87);
        assert_eq!(shown["explanation"]["value"], 110.5);
        assert_eq!(shown["explanation"]["level"], 4.1);
        assert_eq!(shown["explanation"]["byHour"], true);
        assert_eq!(shown["fromMs"], 1);
        assert!(shown["english"].as_str().unwrap().contains("110.5 /min"));
    }

    #[test]
    fn a_trend_is_in_units_a_week() {
        let text =
            r#"{"key":"trend","week_milli":-1500,"low_milli":-2000,"high_milli":-1000,"days":12}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        let mut explanation = in_camel_case(value).as_object().unwrap().clone();
        in_units(&mut explanation, Measure::BodyTemperature);
        assert_eq!(explanation["week"], -0.015);
        assert!(!explanation.contains_key("weekMilli"));
    }
}
