//! What the gateway sees of the contracts, with their rules where it depends on them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::Value;
use vitals_api::care::PlanInfo;
use vitals_api::consent::recovery::NamedGuardian;
use vitals_api::consent::GrantInfo;
use vitals_core::alert::AlertNotice;
use vitals_core::key::PublicKey;
use vitals_core::measure::Category;
use vitals_core::measured::{GapNotice, SealedBatch};
use vitals_core::signing::DeploymentId;
use vitals_ledger::{Account, Call, LedgerError, Reader, TxOutcome};

mod anchor;
mod care;
mod consent;
mod decision;
mod registry;

pub const PATIENT: u64 = 77;
pub const DEPLOYMENT: DeploymentId = [4; 32];

#[derive(Default)]
pub struct State {
    pub now_ms: u64,
    pub generation: u32,
    pub pending: bool,
    pub raised_at_ms: u64,
    pub recipient: Option<String>,
    /// Of others than the patient.
    pub recipients: BTreeMap<String, String>,
    pub grants: Vec<GrantInfo>,
    pub guardians: Vec<NamedGuardian>,
    /// Who joined the one team.
    pub members: Vec<String>,
    pub devices: BTreeMap<u64, (PublicKey, Vec<Category>)>,
    pub anchored: Vec<SealedBatch>,
    pub alerts: Vec<AlertNotice>,
    pub transactions: u32,
    pub unreachable: bool,
    /// The next transaction happens, and its answer is lost.
    pub lose_answer: bool,
    /// Every batch of this sequence number is refused.
    pub refuse: Option<u64>,
    /// This batch of this device is refused.
    pub refuse_of: Option<(u64, u64)>,
    /// Every alert is refused so.
    pub refuse_alerts: Option<String>,
    /// The patient shredded every batch there is.
    pub shredded: bool,
    pub gaps: Vec<GapNotice>,
    /// What the node says to transactions instead of executing them.
    pub reject: Option<String>,
    /// More batches than this in one transaction run out of gas.
    pub most_batches: Option<usize>,
    /// Batches of each transaction that happened.
    pub sizes: Vec<usize>,
    /// The node that is asked knows only so many batches.
    pub known: Option<usize>,
    /// In force.
    pub plan: Option<PlanInfo>,
    /// Seconds; of every device.
    pub calibrated_until: Option<u64>,
    /// Of all devices: the key before the one in `devices`, and the first number the latter signs.
    pub rotated: Option<(PublicKey, u64)>,
    /// The devices are cuffs, which measure when somebody makes them; else oximeters.
    pub cuffs: bool,
    /// The devices are paired with the patient since then.
    pub paired_ms: u64,
    /// The devices are paired with nobody since then.
    pub unpaired_ms: Option<u64>,
}

/// Clones share one chain.
#[derive(Clone, Default)]
pub struct Chain(Arc<Mutex<State>>);

impl Chain {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn reach(&self) -> Result<MutexGuard<'_, State>, LedgerError> {
        let state = self.state();
        if state.unreachable {
            let cause = "connection refused".into();
            return Err(LedgerError::Unreachable { cause });
        }
        Ok(state)
    }
}

/// All of a short list are on its first page.
fn first<T: Clone>(is_first: bool, all: &[T]) -> Vec<T> {
    match is_first {
        true => all.to_vec(),
        false => Vec::new(),
    }
}

fn refused<T>(reason: &str) -> Result<T, LedgerError> {
    let reason = reason.into();
    Err(LedgerError::Refused { reason })
}

fn parse<T: serde::de::DeserializeOwned>(msg: &Value) -> T {
    serde_json::from_value(msg.clone()).unwrap()
}

impl Reader for Chain {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok("test-1".into())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok(self.reach()?.now_ms)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(1)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let state = self.reach()?;
        match contract {
            "consent" => state.consent(parse(msg)),
            "registry" => state.registry(parse(msg)),
            "anchor" => state.anchor(parse(msg)),
            _ => state.care(parse(msg)),
        }
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        Ok(0)
    }
}

impl Account for Chain {
    fn address(&self) -> &str {
        "gateway"
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let mut state = self.reach()?;
        state.transactions += 1;
        if let Some(reason) = &state.reject {
            return refused(reason);
        }
        for call in calls {
            match call.contract.as_str() {
                "anchor" => state.execute_anchor(parse(&call.msg))?,
                _ => state.execute_care(parse(&call.msg))?,
            }
        }
        if std::mem::take(&mut state.lose_answer) {
            let cause = "timed out".into();
            return Err(LedgerError::Unreachable { cause });
        }
        Ok(TxOutcome::default())
    }
}
