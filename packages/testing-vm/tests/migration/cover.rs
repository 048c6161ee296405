//! Cover under 0.1.0: a product, its pool, a policy, a claim. The messages are the same since.

use cosmwasm_std::{coins, Binary};
use serde_json::{json, Value};
use vitals_testing::device::TestBatch;
use vitals_testing::suite::{number, Refused, DENOM};
use vitals_testing::Suite;

use crate::past::send;

/// Two claims of three readings of a heart rate of 120 or more within a minute.
fn product() -> Value {
    let rule = json!({
        "conditions": [{ "measure": "heart_rate", "comparison": "at_least", "threshold": 1_200 }],
        "readings": 3, "spaced_s": 1, "within_s": 60, "anchored_within_s": 3_600,
        "min_assurance": "maker", "accept_questionable": false, "paired_for_s": 0,
        "calibrated": true, "accept_simulated": false,
    });
    json!({
        "denom": DENOM, "benefit": "1000", "premium": "50", "term_s": 86_400, "waiting_s": 3_600,
        "file_within_s": 7_200, "max_claims": 2, "separation_s": 60, "evidence": "disclosed",
        "terms_digest": Binary::from([7; 32]), "rule": rule,
    })
}

/// The first product and policy, of a currency the owner admits.
pub fn insurance(suite: &mut Suite, patient: u64) {
    let at = suite.at.claims.clone();
    let admit = json!({ "admit_denom": { "denom": DENOM } });
    send(suite, "owner", &at, admit).unwrap();
    insure(suite, patient).unwrap();
}

/// A new product with coins in its pool, and the patient's policy of it.
pub fn insure(suite: &mut Suite, patient: u64) -> Result<(), Refused> {
    let at = suite.at.claims.clone();
    let create = json!({ "create_product": { "product": product() } });
    let created = suite.execute("insurer", &at, &create)?;
    let product = number(&created.events, "product_created", "product").to_string();
    let deposit = json!({ "deposit": { "product": product } });
    suite.execute_with("insurer", &at, &deposit, &coins(10_000, DENOM))?;
    let bind = json!({ "bind": { "product": product, "patient": patient.to_string(),
        "ground": { "patient": {} }, "payee": suite.actor("other") } });
    suite.execute_with("patient", &at, &bind, &coins(50, DENOM))?;
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
