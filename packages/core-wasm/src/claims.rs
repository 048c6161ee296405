//! The claim that a patient's readings make under a policy, and what it would publish.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use vitals_api::claims::{ClaimInfo, ExecuteMsg, PolicyInfo, ProductInfo};
use vitals_core::measure::{Category, Measure};
use vitals_core::time::Window;
use vitals_insurance::{Disclosed, Holding, Holdings, PolicyFacts, Prepared};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::batch::OpenedBatch;
use crate::json::{give, read};
use crate::number::{in_unit, millis, number};
use crate::registry::Records;
use crate::Refusal;

/// What the chain says of a policy: all pages of its claims and of its reward days.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Facts {
    policy: PolicyInfo,
    product: ProductInfo,
    claims: Vec<ClaimInfo>,
    reward_days: BTreeSet<u16>,
    now_ms: f64,
}

impl TryFrom<Facts> for PolicyFacts {
    type Error = Refusal;

    fn try_from(facts: Facts) -> Result<Self, Refusal> {
        Ok(Self {
            policy: facts.policy,
            product: facts.product,
            claims: facts.claims,
            reward_days: facts.reward_days,
            now_ms: millis("now", facts.now_ms)?,
        })
    }
}

/// Looks for a claim. First `wanted`, then `add` for each batch, reading the records it misses from
/// the registry, then `find` or `findReward`.
#[wasm_bindgen]
pub struct ClaimSearch {
    facts: PolicyFacts,
    records: Records,
    batches: Vec<Holding>,
}

#[derive(Serialize)]
struct Wanted {
    categories: Vec<Category>,
    /// Hours that the policy is about; null where there is none.
    window: Option<Window>,
}

#[derive(Serialize)]
struct Found {
    msg: ExecuteMsg,
    published: Vec<Published>,
    window: Option<Span>,
    days: Vec<u16>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Span {
    from_ms: f64,
    to_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    measure: Measure,
    value: f64,
    at_ms: f64,
    device: String,
    model: u32,
}

impl From<&Disclosed> for Published {
    fn from(reading: &Disclosed) -> Self {
        Self {
            measure: reading.measure,
            value: in_unit(reading.measure, reading.value),
            at_ms: number(reading.at_ms),
            device: reading.device.to_string(),
            model: reading.model,
        }
    }
}

impl From<Prepared> for Found {
    fn from(prepared: Prepared) -> Self {
        Self {
            published: prepared.published.iter().map(Published::from).collect(),
            window: prepared.window.map(|window| Span {
                from_ms: number(window.from_ms),
                to_ms: number(window.to_ms),
            }),
            days: prepared.days,
            msg: prepared.msg,
        }
    }
}

#[wasm_bindgen]
impl ClaimSearch {
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "PolicyFacts")] facts: &JsValue,
    ) -> Result<ClaimSearch, Refusal> {
        let facts: Facts = read("the policy", facts)?;
        Ok(Self {
            facts: facts.try_into()?,
            records: Records::default(),
            batches: Vec::new(),
        })
    }

    /// Whose batches to open for a claim on readings. Throws where none can be made now.
    #[wasm_bindgen(unchecked_return_type = "ClaimWanted")]
    pub fn wanted(&self) -> Result<JsValue, Refusal> {
        let claimable = self.facts.claimable()?;
        give(&Wanted {
            categories: PolicyFacts::claim_categories(&claimable),
            window: self.facts.epochs(),
        })
    }

    /// The same for a reward.
    #[wasm_bindgen(js_name = wantedForReward, unchecked_return_type = "ClaimWanted")]
    pub fn wanted_for_reward(&self) -> Result<JsValue, Refusal> {
        let reward = self.facts.reward()?.reward;
        give(&Wanted {
            categories: vec![reward.measure.category()],
            window: self.facts.epochs(),
        })
    }

    /// Takes a batch. Returns raw keys of the registry that are missing for it: read them, `put`
    /// them and add the batch again; none means that it was taken.
    pub fn add(&mut self, batch: &OpenedBatch) -> Result<Vec<js_sys::Uint8Array>, Refusal> {
        let Some(of) = self.records.of(&batch.info)? else {
            let missing = self.records.missing();
            return Ok(missing.iter().map(|key| key.as_slice().into()).collect());
        };
        self.batches.push(Holding {
            info: batch.info.clone(),
            opened: batch.opened.clone(),
            device: of.device,
            pairing: of.pairing,
            recalled_from_ms: of.recalled_from_ms,
        });
        Ok(Vec::new())
    }

    /// A raw record of the registry; no value where it has none.
    pub fn put(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.records.put(key, value);
    }

    /// The claim on the readings that meet the rule, or the terms that are nearest to being met.
    #[wasm_bindgen(unchecked_return_type = "PreparedClaim")]
    pub fn find(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] ground: &JsValue,
    ) -> Result<JsValue, Refusal> {
        let claimable = self.facts.claimable()?;
        let holdings = self.holdings(self.facts.models().to_vec());
        let policy = self.facts.policy.policy.u64();
        let found = holdings.claim(policy, read("the ground", ground)?, &claimable)?;
        give(&Found::from(found))
    }

    /// The days that a reward asks for.
    #[wasm_bindgen(js_name = findReward, unchecked_return_type = "PreparedClaim")]
    pub fn find_reward(
        &self,
        #[wasm_bindgen(unchecked_param_type = "object")] ground: &JsValue,
    ) -> Result<JsValue, Refusal> {
        let search = self.facts.reward()?;
        let holdings = self.holdings(Vec::new());
        let policy = self.facts.policy.policy.u64();
        let found = holdings.reward(policy, read("the ground", ground)?, &search)?;
        give(&Found::from(found))
    }
}

impl ClaimSearch {
    fn holdings(&self, models: Vec<u32>) -> Holdings {
        Holdings {
            batches: self.batches.clone(),
            models,
            bound_at: self.facts.policy.bound_at,
        }
    }
}
