//! Receipts of what a vault released, held against the log it anchored.

use serde::{Deserialize, Serialize};
use vitals_core::decision::{Action, GroundRef, Purpose, Seconds};
use vitals_core::measure::Category;
use vitals_core::receipt::proof::{Consistency, Head};
use vitals_core::receipt::Receipt;
use vitals_vault_client::{AnchoredHead, Proof, ProvedReceipt};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::{give, read};
use crate::Refusal;

/// One receipt, as a vault gives it, and the head as the chain keeps it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    receipt: ProvedReceipt,
    head: Option<AnchoredHead>,
}

#[derive(Serialize)]
struct Release {
    index: u32,
    patient: String,
    at: Seconds,
    digest: String,
    purpose: Option<Purpose>,
    category: Option<Category>,
    action: Action,
    ground: GroundRef,
    who: String,
    proof: &'static str,
    /// Why it is `wrong`.
    reason: Option<String>,
    /// Of the session that it was by.
    session: Option<String>,
}

impl Release {
    fn of(told: Told) -> Result<Self, Refusal> {
        let receipt = Receipt::from_bytes(&told.receipt.receipt)?;
        let head = told.head.as_ref().map(head).transpose()?;
        let (proof, reason) = match told.receipt.proof(head) {
            Proof::Proved => ("proved", None),
            Proof::NotAnchored => ("not_anchored", None),
            Proof::Wrong(reason) => ("wrong", Some(reason)),
        };
        Ok(Self {
            index: told.receipt.index,
            patient: receipt.patient.to_string(),
            at: receipt.at,
            digest: hex::encode(receipt.digest),
            purpose: receipt.purpose,
            category: receipt.category,
            action: receipt.action,
            ground: receipt.ground,
            who: receipt.who,
            proof,
            reason,
            session: told.receipt.by_session.map(|by| hex::encode(by.session)),
        })
    }
}

fn head(told: &AnchoredHead) -> Result<Head, Refusal> {
    let root = told.root.as_slice().try_into();
    let wrong = |_| Refusal::new("core/object", "the root of a log has 32 bytes");
    Ok(Head {
        count: told.count,
        root: root.map_err(wrong)?,
    })
}

/// Reads a receipt and checks it: `{receipt: …of the vault's page, head: {count, root} | null, of the
/// chain}`. A proof that does not hold is told, not thrown.
#[wasm_bindgen(js_name = checkReceipt, unchecked_return_type = "Release")]
pub fn check_receipt(
    #[wasm_bindgen(unchecked_param_type = "ToldReceipt")] told: &JsValue,
) -> Result<JsValue, Refusal> {
    give(&Release::of(read("the receipt", told)?)?)
}

/// Throws where a later log does not hold all of an earlier one.
#[wasm_bindgen(js_name = checkLogGrew)]
pub fn check_log_grew(
    #[wasm_bindgen(unchecked_param_type = "LogHead")] earlier: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "LogHead")] later: &JsValue,
    proof: &[u8],
) -> Result<(), Refusal> {
    let earlier = head(&read("the earlier head", earlier)?)?;
    let later = head(&read("the later head", later)?)?;
    Ok(Consistency::from_bytes(proof)?.verify(&earlier, &later)?)
}
