use std::cell::RefCell;

use cosmwasm_std::{Binary, Uint128};
use serde_json::{json, Value};
use vitals_ledger::{Reader, TxOutcome};

use super::*;

const NOW: u64 = 1_000;

#[derive(Default)]
struct FakeChain {
    alerts: RefCell<Vec<AlertInfo>>,
    policies: RefCell<Vec<PolicyInfo>>,
    calls: RefCell<Vec<Value>>,
    queries: RefCell<usize>,
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

fn policy(state: PolicyState) -> PolicyInfo {
    PolicyInfo {
        policy: Uint64::new(1),
        product: Uint64::new(1),
        patient: Uint64::new(1),
        payee: "wasm1payee".into(),
        state,
        bound_at: 0,
        covered_from: 0,
        covered_until: 0,
        file_until: 0,
        claims_paid: 0,
        locked: Uint128::zero(),
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
    *chain.policies.borrow_mut() = vec![policy(PolicyState::Active), policy(PolicyState::Elapsed)];
    let done = Watch::default().look(&chain, &deployment()).unwrap();
    let outcomes: Vec<_> = done
        .iter()
        .map(|d| (d.what, d.number, d.outcome.is_ok()))
        .collect();
    assert_eq!(
        outcomes,
        [
            (What::Alert, 1, true),
            (What::Alert, 2, false),
            (What::Policy, 2, true)
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
fn what_is_settled_is_not_asked_for_again_and_what_is_new_is_found() {
    let chain = FakeChain::default();
    *chain.alerts.borrow_mut() = vec![
        alert(AlertState::Resolved, None),
        alert(AlertState::Acknowledged, None),
        alert(AlertState::Open, Some(NOW + 1)),
    ];
    let mut watch = Watch::default();
    assert!(watch.look(&chain, &deployment()).unwrap().is_empty());
    chain.alerts.borrow_mut()[2] = alert(AlertState::Open, Some(NOW));
    chain
        .alerts
        .borrow_mut()
        .push(alert(AlertState::Open, Some(NOW)));
    *chain.queries.borrow_mut() = 0;
    let done = watch.look(&chain, &deployment()).unwrap();
    assert_eq!(done.iter().map(|d| d.number).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(*chain.queries.borrow(), 4, "alerts 3, 4 and 5, policy 1");
}
