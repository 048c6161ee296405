//! Bringing contracts of 0.1.0 over to the code as it is.

use cosmwasm_std::{Addr, Empty};
use cw_multi_test::{AppResponse, Executor};
use serde_json::{json, Value};
use vitals_testing::suite::{contracts_own, Refused};
use vitals_testing::{Codes, Suite};
use vitals_testing_vm::{artifacts, Meter};

use crate::common::current;
use crate::past::{contracts, CodeIds, Past, READING};

/// What runs the code as it is.
#[derive(Clone, Copy)]
pub enum Engine {
    Native,
    Vm,
}

impl Engine {
    pub fn codes(self) -> Codes {
        match self {
            Self::Native => Codes::native(),
            Self::Vm => artifacts(&current(), &Meter::default()).unwrap(),
        }
    }
}

/// Places of consent, registry, anchor, care and claims: each after what it reads, or before.
pub const AFTER_WHAT_THEY_READ: [usize; 5] = [0, 1, 2, 3, 4];
pub const BEFORE_WHAT_THEY_READ: [usize; 5] = [4, 3, 2, 1, 0];

pub fn migrate(suite: &mut Suite, place: usize, code: u64) -> Result<AppResponse, Refused> {
    let owner = suite.actor("owner");
    let contract = contracts(suite)[place].clone();
    suite
        .app
        .migrate_contract(owner, contract, &Empty {}, code)
        .map_err(|e| contracts_own(&e.to_string()))
}

/// All five at once.
pub fn migrated(engine: Engine) -> (Past, CodeIds) {
    let mut past = Past::new();
    let code = CodeIds::store(&mut past.suite, engine.codes());
    for place in AFTER_WHAT_THEY_READ {
        migrate(&mut past.suite, place, code.0[place]).unwrap();
    }
    (past, code)
}

/// One query for each record of the past, in words that 0.1.0 and the code as it is both know.
pub fn questions(past: &Past) -> Vec<(Addr, Value)> {
    let suite = &past.suite;
    let patient = past.patient.to_string();
    let [clinician, guardian, maker] =
        ["clinician", "guardian", "maker"].map(|name| suite.actor(name));
    let page = json!({ "patient": patient, "start_after": null, "limit": null });
    let of_device = json!({ "device": "1", "start_after": null, "limit": null });
    let credential = json!({ "account": clinician, "role": "clinician" });
    let batches = json!({ "patient": patient, "category": "cardiac", "from_epoch": null,
        "start_after": null, "limit": null });
    let [consent, registry, anchor, care, claims] = contracts(suite);
    [
        (&consent, json!({ "admin": {} })),
        (&consent, json!({ "patient": { "patient": patient } })),
        (&consent, json!({ "credential": credential })),
        (
            &consent,
            json!({ "guardian": { "patient": patient, "guardian": guardian } }),
        ),
        (&consent, json!({ "grants": page })),
        (&registry, json!({ "config": {} })),
        (&registry, json!({ "maker": { "maker": maker } })),
        (&registry, json!({ "model": { "model": 1 } })),
        (&registry, json!({ "device": { "device": "1" } })),
        (&registry, json!({ "pairings": of_device })),
        (&anchor, json!({ "config": {} })),
        (&anchor, json!({ "batches": batches })),
        (&anchor, json!({ "device": { "device": "1" } })),
        (&anchor, json!({ "gaps": of_device })),
        (&care, json!({ "config": {} })),
        (
            &care,
            json!({ "ladder": { "patient": patient, "ladder": 1 } }),
        ),
        (&care, json!({ "alerts": page })),
        (&claims, json!({ "product": { "product": "1" } })),
        (&claims, json!({ "pool": { "product": "1" } })),
        (&claims, json!({ "policies": page })),
        (&claims, json!({ "claims": { "policy": "1" } })),
    ]
    .map(|(contract, question)| (contract.clone(), question))
    .to_vec()
}

pub fn answers(past: &Past) -> Vec<(Value, Result<Value, Refused>)> {
    questions(past)
        .into_iter()
        .map(|(at, question)| (question.clone(), past.suite.query(&at, &question)))
        .collect()
}

/// Whether somebody may read by the clinician's grant of the past: the code of the refusal.
pub fn decide(past: &Past, who: &str) -> Option<String> {
    let epoch = past.suite.epoch();
    let ask = json!({ "decide": {
        "patient": past.patient.to_string(), "who": past.suite.actor(who), "purpose": "TREAT",
        "category": "cardiac", "action": "read", "window": { "from": epoch, "to": epoch + 1 },
        "ground": { "grant": { "id": READING } },
    } });
    let decision: Value = past.suite.query(&past.suite.at.consent, &ask).unwrap();
    let refusal = decision["refuse"]["code"].as_str().map(String::from);
    assert!(
        refusal.is_some() || decision["permit"].is_object(),
        "{decision}"
    );
    refusal
}

/// Where what is now lacks or changes something that was. New fields may have come, and whom a
/// grant is to is now said as `{ "account": … }`, since it may be a team.
pub fn lost(was: &Value, is: &Value, at: &str) -> Vec<String> {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => was
            .iter()
            .flat_map(|(key, value)| {
                let now = is.get(key).unwrap_or(&Value::Null);
                lost(value, now, &format!("{at}.{key}"))
            })
            .collect(),
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => was
            .iter()
            .zip(is)
            .enumerate()
            .flat_map(|(i, (was, is))| lost(was, is, &format!("{at}[{i}]")))
            .collect(),
        _ if was == is || *is == json!({ "account": was }) => Vec::new(),
        _ => vec![format!("{at}: was {was}, is {is}")],
    }
}
