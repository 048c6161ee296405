//! What an insurer decides on: terms before they are sent, and what a paid claim published.

use std::path::Path;

use serde::Serialize;
use vitals_api::claims::TermsMsg;
use vitals_core::measure::Measure;
use vitals_core::rule::ClaimWindow;
use vitals_insurance::{read_product, Asked, Exhibit, Kind, ShownReading, Template, TermsFigures};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, read};
use crate::number::in_unit;
use crate::Refusal;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Sums in the smallest unit. */
export interface TermsFigures { lock: string; most_payable: string; premiums: string; payments: number }
/** A reading that a claim published. `refused` is the first term that it does not meet by itself. */
export interface JudgedReading {
  exhibit: number; index: number; measure: string; value: number; atMs: number; simulated: boolean;
  quality: "good" | "questionable" | "poor"; refused: string | null;
}
/** `failures` has, for each batch, why its proof does not hold; `window` is there where all meet the rule. */
export interface JudgedClaim {
  readings: JudgedReading[]; failures: (string | null)[];
  window: { from_ms: number; to_ms: number } | null; unmet: string | null;
}
"#;

fn kind(name: &str) -> Result<Kind, Refusal> {
    match name {
        "heart-episode" => Ok(Kind::HeartEpisode),
        "hospital-days" => Ok(Kind::HospitalDays),
        "invoice" => Ok(Kind::Invoice),
        _ => Err(Refusal::new(
            "core/name",
            format!("template: there is no {name:?}"),
        )),
    }
}

/// A product to start from: `heart-episode`, `hospital-days` or `invoice`, which needs an arbiter. Its terms name
/// the digest of an empty document.
#[wasm_bindgen(js_name = productTemplate, unchecked_return_type = "object")]
pub fn product_template(
    #[wasm_bindgen(js_name = kind)] name: &str,
    denom: &str,
    arbiter: Option<String>,
) -> Result<JsValue, Refusal> {
    let template = Template {
        kind: kind(name)?,
        denom,
        arbiter: arbiter.as_deref(),
    };
    give(&read_product(
        Path::new("template.toml"),
        &template.fill()?,
        Some(b""),
    )?)
}

/// What terms come to: `{lock, most_payable, premiums, payments}`, sums as text. Fails as the contract does on
/// terms that can never be met.
#[wasm_bindgen(js_name = termsFigures, unchecked_return_type = "TermsFigures")]
pub fn terms_figures(
    #[wasm_bindgen(unchecked_param_type = "object")] terms: &JsValue,
) -> Result<JsValue, Refusal> {
    give(&TermsFigures::of(&read::<TermsMsg>("the terms", terms)?)?)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Judged {
    readings: Vec<JudgedReading>,
    failures: Vec<Option<String>>,
    window: Option<ClaimWindow>,
    unmet: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JudgedReading {
    exhibit: usize,
    index: u16,
    measure: Measure,
    /// In the measure's unit.
    value: f64,
    at_ms: u64,
    simulated: bool,
    quality: &'static str,
    refused: Option<String>,
}

impl From<ShownReading> for JudgedReading {
    fn from(shown: ShownReading) -> Self {
        Self {
            exhibit: shown.exhibit,
            index: shown.index,
            measure: shown.measure,
            value: in_unit(shown.measure, shown.value),
            at_ms: shown.at_ms,
            simulated: shown.simulated,
            quality: shown.quality,
            refused: shown.refused,
        }
    }
}

/// Verifies what a claim published, each batch as `{evidence, batch, pairing, model}`, and holds it against the
/// terms it was paid on, `{rule, models, bound_at}`.
#[wasm_bindgen(js_name = judgeClaim, unchecked_return_type = "JudgedClaim")]
pub fn judge_claim(
    #[wasm_bindgen(unchecked_param_type = "object")] asked: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "object[]")] exhibits: &JsValue,
) -> Result<JsValue, Refusal> {
    let asked: Asked = read("the terms", asked)?;
    let exhibits: Vec<Exhibit> = read("the evidence", exhibits)?;
    let shown = asked.judge(&exhibits);
    give(&Judged {
        readings: shown
            .readings
            .into_iter()
            .map(JudgedReading::from)
            .collect(),
        failures: shown.failures,
        window: shown.window,
        unmet: shown.unmet,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_one_of_three() {
        assert!(kind("heart-episode").is_ok());
        assert_eq!(kind("life").unwrap_err().code, "core/name");
    }
}
