use std::cell::RefCell;

use cosmwasm_std::{Binary, Uint128, Uint64};
use serde_json::{json, Value};
use vitals_api::care::{AlertInfo, AlertState};
use vitals_api::claims::{ClaimEvidenceInfo, ClaimId, ClaimInfo, ClaimsPage, PolicyInfo};
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_ledger::{Account, Call, Deployment, LedgerError, Reader, TxOutcome};

use crate::{Done, Task, Watch};

const NOW: u64 = 1_000;

/// Answers from lists, a claim a page, and refuses to escalate alert 2.
#[derive(Default)]
struct FakeChain {
    alerts: RefCell<Vec<AlertInfo>>,
    policies: RefCell<Vec<PolicyInfo>>,
    claims: RefCell<Vec<ClaimInfo>>,
    calls: RefCell<Vec<Value>>,
    queries: RefCell<usize>,
}

impl FakeChain {
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
        Ok(NOW * 1_000)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(1)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        *self.queries.borrow_mut() += 1;
        if let Some(asked) = msg.get("claims") {
            return Ok(self.claims_page(asked));
        }
        let number = |what: &str| -> usize { msg[what][what].as_str().unwrap().parse().unwrap() };
        let found = match contract {
            "care" => self
                .alerts
                .borrow()
                .get(number("alert") - 1)
                .map(|a| json!(a)),
            _ => self
                .policies
                .borrow()
                .get(number("policy") - 1)
                .map(|p| json!(p)),
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
        self.calls
            .borrow_mut()
            .extend(calls.iter().map(|c| c.msg.clone()));
        if calls[0].msg == json!({"escalate": {"alert": "2"}}) {
            return Err(LedgerError::Refused {
                reason: "care/too_early: wait".into(),
            });
        }
        Ok(TxOutcome::default())
    }
}

fn alert(state: AlertState, escalates_at: Option<u64>) -> AlertInfo {
    AlertInfo {
        alert: Uint64::new(1),
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

fn policy(state: PolicyState, claims_open: u16) -> PolicyInfo {
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

fn claim(policy: u64, claim: u16, state: ClaimState) -> ClaimInfo {
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

fn deployment() -> Deployment {
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

fn look(chain: &FakeChain) -> Vec<Done> {
    Watch::default().look(chain, &deployment()).unwrap()
}

#[test]
fn what_is_due_is_called_and_a_refusal_stops_nothing() {
    let chain = FakeChain::default();
    *chain.alerts.borrow_mut() = vec![
        alert(AlertState::Open, Some(NOW)),
        alert(AlertState::Open, Some(NOW)),
        alert(AlertState::Open, Some(NOW + 1)),
        alert(AlertState::Acknowledged, None),
        alert(AlertState::Open, None),
    ];
    *chain.policies.borrow_mut() = vec![
        policy(PolicyState::Active, 0),
        policy(PolicyState::Elapsed, 0),
    ];
    let done = look(&chain);
    let outcomes: Vec<_> = done.iter().map(|d| (d.task, d.outcome.is_ok())).collect();
    assert_eq!(
        outcomes,
        [
            (Task::Escalate { alert: 1 }, true),
            (Task::Escalate { alert: 2 }, false),
            (Task::Expire { policy: 2 }, true)
        ]
    );
    assert_eq!(
        *chain.calls.borrow(),
        [
            json!({"escalate": {"alert": "1"}}),
            json!({"escalate": {"alert": "2"}}),
            json!({"expire": {"policy": "2"}}),
        ]
    );
}

#[test]
fn each_state_of_a_policy_has_its_call_or_none() {
    for state in PolicyState::ALL {
        let chain = FakeChain::default();
        *chain.policies.borrow_mut() = vec![policy(state, 0)];
        look(&chain);
        let due = match state {
            PolicyState::OfferOver => vec![json!({"withdraw_offer": {"policy": "1"}})],
            PolicyState::Overdue => vec![json!({"lapse": {"policy": "1"}})],
            PolicyState::Elapsed => vec![json!({"expire": {"policy": "1"}})],
            _ => vec![],
        };
        assert_eq!(*chain.calls.borrow(), due, "{state:?}");
    }
}

#[test]
fn overdue_claims_are_settled_on_every_page_and_before_their_policy_expires() {
    let chain = FakeChain::default();
    *chain.policies.borrow_mut() = vec![
        policy(PolicyState::Elapsed, 3),
        policy(PolicyState::Active, 1),
    ];
    *chain.claims.borrow_mut() = vec![
        claim(1, 1, ClaimState::Overdue),
        claim(1, 2, ClaimState::Appealed),
        claim(1, 3, ClaimState::Overdue),
        claim(2, 1, ClaimState::Filed),
    ];
    look(&chain);
    assert_eq!(
        *chain.calls.borrow(),
        [
            json!({"settle": {"policy": "1", "claim": 1}}),
            json!({"settle": {"policy": "1", "claim": 3}}),
        ]
    );
}

#[test]
fn what_is_settled_is_not_asked_for_again_and_what_is_new_is_found() {
    let chain = FakeChain::default();
    *chain.alerts.borrow_mut() = vec![
        alert(AlertState::Resolved, None),
        alert(AlertState::Acknowledged, None),
        alert(AlertState::Open, Some(NOW + 1)),
    ];
    *chain.policies.borrow_mut() = vec![policy(PolicyState::Exhausted, 0)];
    let mut watch = Watch::default();
    assert!(watch.look(&chain, &deployment()).unwrap().is_empty());
    chain.alerts.borrow_mut()[2] = alert(AlertState::Open, Some(NOW));
    chain
        .alerts
        .borrow_mut()
        .push(alert(AlertState::Open, Some(NOW)));
    *chain.queries.borrow_mut() = 0;
    let done = watch.look(&chain, &deployment()).unwrap();
    assert_eq!(
        done.iter().map(|d| d.task).collect::<Vec<_>>(),
        [Task::Escalate { alert: 3 }, Task::Escalate { alert: 4 }]
    );
    assert_eq!(*chain.queries.borrow(), 4, "alerts 3, 4 and 5, policy 2");
}
