//! What a claim published: readings with their multiproof, checked against the anchored root.

use serde::Serialize;
use vitals_api::anchor::BatchInfo;
use vitals_core::measure::Measure;
use vitals_core::proof::{Multiproof, ProvenReading};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, read};
use crate::number::{in_unit, number};
use crate::Refusal;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    index: u16,
    measure: Measure,
    value: f64,
    at_ms: f64,
    flags: u8,
}

fn shown(info: &BatchInfo, proof: &[u8]) -> Result<Vec<Shown>, Refusal> {
    let measured = vitals_reader::measured(info)?;
    let proof = Multiproof::from_bytes(proof)?;
    let readings = proof.verify(&measured.root, measured.count)?;
    let shown = |proven: ProvenReading| Shown {
        index: proven.index,
        measure: proven.reading.measure,
        value: in_unit(proven.reading.measure, proven.reading.value),
        at_ms: number(proven.reading.at_ms(info.id.epoch)),
        flags: proven.reading.flags.to_byte(),
    };
    Ok(readings.into_iter().map(shown).collect())
}

/// The readings that a proof shows of a batch. Fails where it does not lead to the anchored root.
#[wasm_bindgen(js_name = checkEvidence, unchecked_return_type = "ShownReading[]")]
pub fn check_evidence(
    #[wasm_bindgen(unchecked_param_type = "object")] info: &JsValue,
    proof: &[u8],
) -> Result<JsValue, Refusal> {
    give(&shown(&read("the batch", info)?, proof)?)
}
