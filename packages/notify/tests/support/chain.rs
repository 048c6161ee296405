//! A chain of blocks made by hand, with contracts that answer from a list.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{json, Value};
use vitals_ledger::{Account, Call, Deployment, LedgerError, LedgerEvent, Reader, TxOutcome};
use vitals_notify::{Blocks, Found, Seen};

/// Seconds; blocks come every five.
pub const START_S: u64 = 1_800_000_000;

#[derive(Default)]
pub struct State {
    pub blocks: Vec<Vec<LedgerEvent>>,
    /// Answers by the query as JSON; what is not here is not found.
    pub answers: BTreeMap<String, Value>,
    /// Blocks below are pruned.
    pub lowest: u64,
    pub away: bool,
    pub calls: Vec<Value>,
    /// Another history: every time is another.
    pub shifted_ms: u64,
}

#[derive(Clone, Default)]
pub struct FakeChain(pub Arc<Mutex<State>>);

pub fn deployment() -> Deployment {
    Deployment {
        chain_id: "fake-1".into(),
        consent: "consent".into(),
        device_registry: "registry".into(),
        vitals_anchor: "anchor".into(),
        care: "care".into(),
        claims: "claims".into(),
        deployment_id: "00".repeat(32),
    }
}

pub fn event(contract: &str, name: &str, attributes: &[(&str, &str)]) -> LedgerEvent {
    let by = ("_contract_address".to_string(), contract.to_string());
    let own = attributes
        .iter()
        .map(|(k, v)| (k.to_string(), v.to_string()));
    LedgerEvent {
        ty: format!("wasm-{name}"),
        attributes: std::iter::once(by).chain(own).collect(),
    }
}

impl FakeChain {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn block(&self, events: &[LedgerEvent]) {
        self.state().blocks.push(events.to_vec());
    }

    pub fn answer(&self, asked: Value, answer: Value) {
        self.state().answers.insert(asked.to_string(), answer);
    }

    /// Patient 7 of account `ada`, with the guardian `bob`.
    pub fn with_patient(self) -> Self {
        self.answer(
            json!({"patient": {"patient": "7"}}),
            json!({"patient": "7", "controller": "ada", "generation": 1, "pending": false,
                   "raised_at_ms": 0, "commitment": null}),
        );
        self.answer(
            json!({"guardians": {"patient": "7", "start_after": null, "limit": 30}}),
            json!({"guardians": [{"guardian": "bob", "info": {
                "live": true, "powers": ["acknowledge"], "until": null,
                "recovers_from": null, "recovers_until": null}}]}),
        );
        self
    }

    /// Alert 1 of patient 7, with these responders of its tier.
    pub fn alert(&self, state: &str, tier: u8, escalates_at: Option<u64>, responders: &[&str]) {
        self.answer(
            json!({"alert": {"alert": "1"}}),
            json!({"alert": "1", "patient": "7", "device": "4711", "rule": 12, "digest": null,
                   "emergency": null, "follows": null, "state": state, "notices": 1,
                   "at_ms": 1, "raised_at": 1, "tier": tier, "tier_called_at": 1,
                   "in_emergency_tier": false, "escalates_at": escalates_at,
                   "responders": responders, "acknowledged_by": null, "acknowledged_at": null,
                   "taken_over_at": null, "resolved_at": null, "acknowledged_after_s": null,
                   "resolved_after_s": null}),
        );
    }

    pub fn now_s(&self) -> u64 {
        START_S + 5 * self.state().blocks.len() as u64
    }

    fn time_ms(&self, height: u64) -> u64 {
        (START_S + 5 * height) * 1_000 + self.state().shifted_ms
    }

    fn here(&self) -> Result<(), LedgerError> {
        match self.state().away {
            false => Ok(()),
            true => Err(LedgerError::Unreachable {
                cause: "away".into(),
            }),
        }
    }
}

impl Reader for FakeChain {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok("fake-1".into())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        self.here()?;
        Ok(self.now_s() * 1_000)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        self.here()?;
        Ok(self.state().blocks.len() as u64)
    }

    fn query(&self, _: &str, msg: &Value) -> Result<Value, LedgerError> {
        self.here()?;
        let found = self.state().answers.get(&msg.to_string()).cloned();
        found.ok_or_else(|| LedgerError::Refused {
            reason: "state/not_found: there is none".into(),
        })
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        Ok(0)
    }
}

impl Account for FakeChain {
    fn address(&self) -> &str {
        "notifier"
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        self.here()?;
        self.state()
            .calls
            .extend(calls.iter().map(|call| call.msg.clone()));
        Ok(TxOutcome::default())
    }
}

impl Blocks for FakeChain {
    fn block(&self, height: u64) -> Result<Found, LedgerError> {
        self.here()?;
        let lowest = self.state().lowest;
        if height < lowest {
            return Ok(Found::Pruned { lowest });
        }
        let events = self.state().blocks[height as usize - 1].clone();
        let time_ms = self.time_ms(height);
        Ok(Found::Block(Seen { time_ms, events }))
    }

    fn time_of(&self, height: u64) -> Result<Option<u64>, LedgerError> {
        self.here()?;
        let kept = height >= self.state().lowest;
        Ok(kept.then(|| self.time_ms(height)))
    }
}
