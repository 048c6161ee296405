use cosmwasm_std::Uint64;
use vitals_core::rule::Bar;

use super::*;
use crate::prepare::fixture::{holding, holdings, prepared, rule, EPOCH};
use crate::Holdings;

fn asked() -> Asked {
    let held = holdings(Vec::new());
    Asked {
        rule: rule(),
        models: held.models,
        bound_at: held.bound_at,
    }
}

fn held() -> Holdings {
    let beats = [800, 1_210, 1_220, 700, 1_230];
    holdings(vec![holding(EPOCH, Measure::HeartRate, &beats)])
}

/// What a claim on these readings published, with what the chain says of its one batch.
fn exhibit(held: &Holdings) -> Exhibit {
    let vitals_api::claims::ExecuteMsg::Claim { evidence, .. } = prepared(held).unwrap().msg else {
        panic!("not a claim");
    };
    let holding = &held.batches[0];
    Exhibit {
        evidence: evidence[0].clone(),
        batch: holding.info.clone(),
        pairing: PairingInfo {
            pairing: 1,
            patient: Uint64::new(1),
            from_ms: holding.pairing.from_ms,
            to_ms: None,
        },
        model: 6,
    }
}

#[test]
fn what_a_claim_published_leads_to_the_signed_root_and_meets_the_rule() {
    let shown = asked().judge(&[exhibit(&held())]);
    let values: Vec<i64> = shown.readings.iter().map(|r| r.value).collect();
    assert_eq!(values, [1_210, 1_220, 1_230]);
    assert!(shown.readings.iter().all(|r| r.refused.is_none()));
    assert_eq!((shown.failures, shown.unmet), (vec![None], None));
    let window = shown.window.unwrap();
    assert_eq!(window.from_ms, shown.readings[0].at_ms);
    assert_eq!(window.to_ms, shown.readings[2].at_ms);
}

#[test]
fn a_proof_against_another_root_shows_no_reading() {
    let mut altered = exhibit(&held());
    altered.batch.root = vec![9; 32].into();
    let shown = asked().judge(&[altered]);
    assert!(shown.readings.is_empty() && shown.window.is_none());
    let failure = shown.failures[0].clone().unwrap();
    assert!(
        failure.starts_with("insurance/proof: proof/root: "),
        "{failure}"
    );
}

#[test]
fn a_reading_altered_in_the_evidence_shows_nothing() {
    let mut altered = exhibit(&held());
    let mut proof = altered.evidence.proof.to_vec();
    proof[10] ^= 1;
    altered.evidence.proof = proof.into();
    assert!(asked().judge(&[altered]).failures[0].is_some());
}

#[test]
fn a_batch_that_is_another_or_shredded_verifies_nothing() {
    let mut another = exhibit(&held());
    another.batch.id.sequence = Uint64::new(7);
    let mut shredded = exhibit(&held());
    shredded.batch.shredded = Some(vitals_api::anchor::ShreddedInfo {
        by: "wasm1patient".into(),
        at_ms: 1,
    });
    let shown = asked().judge(&[another, shredded]);
    let codes: Vec<_> = shown.failures.iter().flatten().collect();
    assert!(codes[0].starts_with("insurance/another_batch: "));
    assert!(codes[1].starts_with("insurance/shredded: "));
}

#[test]
fn a_reading_that_does_not_count_says_which_term_it_does_not_meet() {
    let exhibit = exhibit(&held());
    let mut asked = asked();
    asked.rule.conditions[0].threshold = 1_225;
    let shown = asked.judge(std::slice::from_ref(&exhibit));
    let refused: Vec<bool> = shown.readings.iter().map(|r| r.refused.is_some()).collect();
    assert_eq!(refused, [true, true, false]);
    let unmet = shown.unmet.unwrap();
    assert!(unmet.starts_with("claims/below_threshold: "), "{unmet}");
    assert_eq!(shown.window, None);
}

#[test]
fn a_device_model_that_the_product_does_not_list_is_told() {
    let mut exhibit = exhibit(&held());
    exhibit.model = 9;
    let shown = asked().judge(&[exhibit]);
    assert_eq!(shown.readings[0].refused, Some(Bar::Model.to_string()));
    assert_eq!(shown.unmet, Some(Bar::Model.to_string()));
}
