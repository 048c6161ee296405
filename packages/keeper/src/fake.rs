//! A chain that answers from lists, a claim a page, and refuses what it is told to.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use cosmwasm_std::{Binary, Uint128, Uint64};
use serde_json::{json, Value};
use vitals_api::care::{AlertInfo, AlertState};
use vitals_api::claims::{ClaimEvidenceInfo, ClaimId, ClaimInfo, ClaimsPage, OwedInfo, PolicyInfo};
use vitals_api::consent::emergency::{EmergencyInfo, ReviewInfo};
use vitals_api::consent::recovery::{RecoveryInfo, RecoveryStage};
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_core::time::Window;
use vitals_ledger::{Account, Call, Deployment, LedgerError, Reader, TxOutcome};

pub const NOW: u64 = 1_000;

#[derive(Default)]
pub struct FakeChain {
    pub alerts: RefCell<Vec<AlertInfo>>,
    pub policies: RefCell<Vec<PolicyInfo>>,
    pub claims: RefCell<Vec<ClaimInfo>>,
    /// By patient and number.
    pub emergencies: RefCell<BTreeMap<(u64, u64), EmergencyInfo>>,
    /// By patient.
    pub recoveries: RefCell<BTreeMap<u64, RecoveryStage>>,
    /// From when on, by product and account.
    pub owed: RefCell<BTreeMap<(u64, String), u64>>,
    /// Messages that are refused.
    pub refuses: RefCell<Vec<Value>>,
    /// Answers to no transaction.
    pub down: Cell<bool>,
    /// Added to [`NOW`].
    pub later: Cell<u64>,
    /// Of each transaction that was sent, its messages.
    pub sent: RefCell<Vec<Vec<Value>>>,
    pub queries: RefCell<usize>,
}

impl FakeChain {
    /// Messages of transactions that went through.
    pub fn calls(&self) -> Vec<Value> {
        let sent = self.sent.borrow();
        let through = sent.iter().filter(|calls| !self.is_refused(calls));
        through.flatten().cloned().collect()
    }

    fn is_refused(&self, calls: &[Value]) -> bool {
        let refuses = self.refuses.borrow();
        calls.iter().any(|call| refuses.contains(call))
    }

    fn of_consent(&self, msg: &Value) -> Option<Value> {
        if let Some(asked) = msg.get("recovery") {
            let patient = text(asked, "patient");
            let stage = self.recoveries.borrow().get(&patient).cloned();
            let votes = vec![];
            return Some(json!(RecoveryInfo {
                stage,
                votes,
                needed: 1
            }));
        }
        let asked = &msg["emergency"];
        let key = (text(asked, "patient"), text(asked, "emergency"));
        self.emergencies.borrow().get(&key).map(|info| json!(info))
    }

    fn of_claims(&self, msg: &Value) -> Option<Value> {
        if let Some(asked) = msg.get("claims") {
            return Some(self.claims_page(asked));
        }
        if let Some(asked) = msg.get("owed") {
            let account = asked["account"].as_str().unwrap().to_string();
            let from = self
                .owed
                .borrow()
                .get(&(text(asked, "product"), account))
                .copied();
            return Some(json!(OwedInfo {
                amount: Uint128::zero(),
                since: from,
                reclaimable_from: from,
            }));
        }
        let number = text(&msg["policy"], "policy") as usize;
        self.policies.borrow().get(number - 1).map(|p| json!(p))
    }

    fn claims_page(&self, asked: &Value) -> Value {
        let policy = asked["policy"].as_str().unwrap();
        let after = asked["start_after"].as_u64().unwrap_or(0);
        let claims: Vec<_> = self.claims.borrow().clone();
        let mut left = claims
            .into_iter()
            .filter(|c| c.policy.to_string() == policy && u64::from(c.claim) > after);
        let claims: Vec<_> = left.by_ref().take(1).collect();
        let next = left.next().and(claims.last().map(|last| ClaimId {
            policy: last.policy,
            claim: last.claim,
        }));
        json!(ClaimsPage { claims, next })
    }
}

impl Reader for FakeChain {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok("fake-1".into())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok((NOW + self.later.get()) * 1_000)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(1)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        *self.queries.borrow_mut() += 1;
        let found = match contract {
            "care" => {
                let number = text(&msg["alert"], "alert") as usize;
                self.alerts.borrow().get(number - 1).map(|a| json!(a))
            }
            "consent" => self.of_consent(msg),
            _ => self.of_claims(msg),
        };
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
        "wasm1keeper"
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let calls: Vec<Value> = calls.iter().map(|call| call.msg.clone()).collect();
        self.sent.borrow_mut().push(calls.clone());
        if self.down.get() {
            return Err(LedgerError::Unreachable {
                cause: "no answer".into(),
            });
        }
        if self.is_refused(&calls) {
            return Err(LedgerError::Refused {
                reason: "care/too_early: wait".into(),
            });
        }
        Ok(TxOutcome::default())
    }
}

fn text(asked: &Value, key: &str) -> u64 {
    asked[key].as_str().unwrap().parse().unwrap()
}

pub fn alert(number: u64, state: AlertState, escalates_at: Option<u64>) -> AlertInfo {
    AlertInfo {
        alert: Uint64::new(number),
        patient: Uint64::new(1),
        device: Some(Uint64::new(1)),
        rule: Some(1),
        digest: Some(Binary::new(vec![0; 32])),
        emergency: None,
        follows: None,
        state,
        notices: 1,
        at_ms: 0,
        raised_at: 0,
        tier: 0,
        tier_called_at: 0,
        in_emergency_tier: false,
        escalates_at,
        responders: vec![],
        acknowledged_by: None,
        acknowledged_at: None,
        taken_over_at: None,
        resolved_at: None,
        acknowledged_after_s: None,
        resolved_after_s: None,
    }
}

pub fn policy(state: PolicyState, claims_open: u16) -> PolicyInfo {
    PolicyInfo {
        policy: Uint64::new(1),
        product: Uint64::new(1),
        version: 1,
        patient: Uint64::new(1),
        policyholder: Some("wasm1holder".into()),
        payee: "wasm1payee".into(),
        state,
        offered_until: None,
        bound_at: 0,
        covered_from: 0,
        covered_until: 0,
        file_until: 0,
        premium_paid: Uint128::zero(),
        next_due: None,
        next_amount: Uint128::zero(),
        claims_paid: 0,
        claims_most: 2,
        claims_open,
        used_until_ms: None,
        reward_days: 0,
        rebated: false,
        locked: Uint128::zero(),
        arbiter: None,
    }
}

pub fn claim(policy: u64, claim: u16, state: ClaimState) -> ClaimInfo {
    ClaimInfo {
        policy: Uint64::new(policy),
        claim,
        state,
        claimant: "wasm1patient".into(),
        filed_at: 0,
        paid: Uint128::zero(),
        evidence: ClaimEvidenceInfo::Disclosed {
            from_ms: 0,
            to_ms: 0,
        },
    }
}

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

pub fn emergency(until: u64, ended_at: Option<u64>, reviewed: bool) -> EmergencyInfo {
    EmergencyInfo {
        emergency: Uint64::new(1),
        responder: "wasm1responder".into(),
        window: Window { from: 0, to: 1 },
        opened_at: 0,
        until,
        ended_at,
        reason: Binary::new(vec![0; 32]),
        review_by: until + 100,
        review: reviewed.then_some(ReviewInfo {
            at: 1,
            upheld: true,
        }),
    }
}
