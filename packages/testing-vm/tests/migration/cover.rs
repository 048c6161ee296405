//! Cover under 0.1.0: a product, its pool, a policy, a claim; and the same in the words of now.

use cosmwasm_std::{coins, Binary};
use serde_json::{json, Value};
use vitals_testing::device::TestBatch;
use vitals_testing::suite::{number, Refused, DENOM};
use vitals_testing::Suite;

use crate::past::send;

/// Whose messages claims takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    Past,
    Now,
}

/// A heart rate of 120 or more, three times within a minute.
fn rule() -> Value {
    json!({
        "conditions": [{ "measure": "heart_rate", "comparison": "at_least", "threshold": 1_200 }],
        "readings": 3, "spaced_s": 1, "within_s": 60, "anchored_within_s": 3_600,
        "min_assurance": "maker", "accept_questionable": false, "paired_for_s": 0,
        "calibrated": true, "accept_simulated": false,
    })
}

/// Two claims by the rule.
fn product() -> Value {
    json!({
        "denom": DENOM, "benefit": "1000", "premium": "50", "term_s": 86_400, "waiting_s": 3_600,
        "file_within_s": 7_200, "max_claims": 2, "separation_s": 60, "evidence": "disclosed",
        "terms_digest": Binary::from([7; 32]), "rule": rule(),
    })
}

/// A product of 0.1.0 as it is said now: nothing of its premium is given back.
fn product_now(old: &Value) -> Value {
    let benefit = json!({ "per_event": { "amount": old["benefit"],
        "max_claims": old["max_claims"], "separation_s": old["separation_s"] } });
    let terms = json!({
        "benefit": benefit, "premium": { "once": { "amount": old["premium"] } },
        "minimum_charge": old["premium"], "term_s": old["term_s"], "waiting_s": old["waiting_s"],
        "file_within_s": old["file_within_s"],
        "evidence": { "disclosed": { "rule": old["rule"], "models": [] } },
        "reward": null, "terms_digest": old["terms_digest"],
    });
    json!({ "denom": { "native": old["denom"] }, "terms": terms })
}

fn claim_now(old: &Value) -> Value {
    json!({
        "policy": old["policy"], "claim": old["claim"], "claimant": old["claimant"],
        "paid": old["amount"], "filed_at": old["paid_at"], "state": "paid",
        "evidence": { "disclosed": { "from_ms": old["from_ms"], "to_ms": old["to_ms"] } },
    })
}

/// What 0.1.0 answered about cover, as it is said now; any other answer as it was.
pub fn said_now(question: &Value, was: &Value) -> Value {
    let mut now = was.clone();
    if question.get("product").is_some() {
        let product = product_now(&was["terms"]);
        now["denom"] = product["denom"].clone();
        now["terms"] = product["terms"].clone();
    } else if question.get("pool").is_some() {
        now["denom"] = json!({ "native": was["denom"] });
    } else if question.get("claims").is_some() {
        let claims = was["claims"].as_array().expect("0.1.0 lists claims");
        now["claims"] = claims.iter().map(claim_now).collect();
    }
    now
}

/// The first product and policy, of a currency the owner admits.
pub fn insurance(suite: &mut Suite, patient: u64) {
    let at = suite.at.claims.clone();
    let admit = json!({ "admit_denom": { "denom": DENOM } });
    send(suite, "owner", &at, admit).unwrap();
    insure(suite, patient, Words::Past).unwrap();
}

/// A new product with coins in its pool, and the patient's policy of it.
pub fn insure(suite: &mut Suite, patient: u64, words: Words) -> Result<(), Refused> {
    let at = suite.at.claims.clone();
    let (mut create, mut bind) = (
        json!({ "product": product() }),
        json!({ "patient": patient.to_string(), "ground": { "patient": {} },
            "payee": suite.actor("other") }),
    );
    if words == Words::Now {
        create = json!({ "insurer": null, "product": product_now(&product()) });
        bind["version"] = json!(1);
    }
    let created = suite.execute("insurer", &at, &json!({ "create_product": create }))?;
    let product = number(&created.events, "product_created", "product").to_string();
    let deposit = json!({ "deposit": { "product": product } });
    suite.execute_with("insurer", &at, &deposit, &coins(10_000, DENOM))?;
    bind["product"] = json!(product);
    suite.execute_with("patient", &at, &json!({ "bind": bind }), &coins(50, DENOM))?;
    Ok(())
}

/// Policy 1, for all readings of an episode.
pub fn claim(patient: u64, episode: &TestBatch) -> Value {
    let measured = episode.measured();
    let batch = json!({ "patient": patient.to_string(), "category": "cardiac",
        "epoch": measured.epoch, "device": measured.device.to_string(),
        "sequence": measured.sequence.to_string() });
    let evidence = json!([{ "batch": batch, "proof": episode.prove(&[0, 1, 2]) }]);
    json!({ "claim": { "policy": "1", "ground": { "patient": {} }, "evidence": evidence } })
}
