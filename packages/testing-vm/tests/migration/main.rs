//! A deployment of 0.1.0 with state in it goes over to the code as it is. Each test runs on native
//! code and on the artifacts; 0.1.0 itself always runs from its kept artifacts.

#[path = "../common/mod.rs"]
mod common;
mod cover;
mod half_way;
mod past;
mod upgrade;

use cosmwasm_std::Record;
use serde_json::json;
use vitals_core::measure::Measure;
use vitals_testing::suite::Refused;
use vitals_testing::Suite;

use cover::{claim, said_now};
use past::{acknowledge, anchor, contracts, CodeIds, Past};
use upgrade::{
    answers, decide, lost, migrate, migrated, Engine, AFTER_WHAT_THEY_READ, BEFORE_WHAT_THEY_READ,
};

/// The same test on both.
macro_rules! on_native_code_and_on_the_artifacts {
    ($($test:ident)*) => {
        mod native_code { $(#[test] fn $test() { super::$test(super::Engine::Native); })* }
        mod the_artifacts { $(#[test] fn $test() { super::$test(super::Engine::Vm); })* }
    };
}

on_native_code_and_on_the_artifacts! {
    every_record_of_the_past_answers_as_it_did
    what_was_begun_goes_on
    what_was_allowed_can_be_taken_back
    another_contracts_code_is_refused
    going_back_is_refused_and_so_is_a_second_run
    half_way_after_what_they_read_contracts_read_rightly_or_say_why_not
    half_way_before_what_they_read_contracts_read_rightly_or_say_why_not
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Refused>, code: &str) {
    let text = answer.expect_err(code);
    assert!(text.starts_with(&format!("{code}: ")), "{code}, got {text}");
}

fn state(suite: &Suite) -> Vec<Vec<Record>> {
    contracts(suite)
        .iter()
        .map(|contract| suite.app.dump_wasm_raw(contract))
        .collect()
}

fn every_record_of_the_past_answers_as_it_did(engine: Engine) {
    let before = answers(&Past::new());
    let (past, _) = migrated(engine);
    let mut missing = Vec::new();
    for ((question, was), (_, is)) in before.iter().zip(answers(&past)) {
        let was = was.as_ref().expect("0.1.0 answers its own messages");
        let was = &said_now(question, was);
        match is {
            Ok(is) => missing.extend(lost(was, &is, &question.to_string())),
            Err(error) => missing.push(format!("{question}: {error}")),
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert_eq!(decide(&past, "clinician"), None);
    let denied = Some("consent/account_denied".to_string());
    assert_eq!(decide(&past, "stranger"), denied);
}

fn what_was_begun_goes_on(engine: Engine) {
    let (mut past, _) = migrated(engine);
    let now = past.suite.now_ms();
    let batch = past.device.measure(Measure::HeartRate, now, &[700]);
    past.suite.advance(1);
    anchor(&mut past.suite, &batch).unwrap();

    let care = past.suite.at.care.clone();
    past.send("clinician", &care, acknowledge(2)).unwrap();
    past.send("clinician", &care, json!({ "resolve": { "alert": "1" } }))
        .unwrap();

    let claims = past.suite.at.claims.clone();
    let paid_before = past.suite.balance("other");
    let claim = claim(past.patient, &past.episode);
    past.send("patient", &claims, claim).unwrap();
    assert_eq!(past.suite.balance("other"), paid_before + 1_000);
}

fn what_was_allowed_can_be_taken_back(engine: Engine) {
    let (mut past, _) = migrated(engine);
    let patient = past.patient.to_string();
    let consent = past.suite.at.consent.clone();
    let revoke = json!({ "revoke": { "patient": patient, "grant": "1" } });
    past.send("guardian", &consent, revoke).unwrap();
    let revoked = Some("consent/grant_revoked".to_string());
    assert_eq!(decide(&past, "clinician"), revoked);
    let whom = json!({ "account": past.suite.actor("stranger") });
    let allow = json!({ "allow": { "patient": patient, "whom": whom } });
    past.send("patient", &consent, allow).unwrap();
    let guardian = past.suite.actor("guardian");
    let dismiss = json!({ "dismiss_guardian": { "patient": patient, "guardian": guardian } });
    past.send("patient", &consent, dismiss).unwrap();

    let registry = past.suite.at.registry.clone();
    let lost = json!({ "device": "1", "lost_from_ms": past.suite.now_ms() });
    past.send("patient", &registry, json!({ "report_lost": lost }))
        .unwrap();
}

fn another_contracts_code_is_refused(engine: Engine) {
    let mut past = Past::new();
    let code = CodeIds::store(&mut past.suite, engine.codes());
    let before = state(&past.suite);
    for place in AFTER_WHAT_THEY_READ {
        for wrong in (0..5).filter(|other| *other != place) {
            let tried = migrate(&mut past.suite, place, code.0[wrong]);
            refused(tried, "migrate/wrong_contract");
        }
    }
    assert_eq!(state(&past.suite), before);
}

fn going_back_is_refused_and_so_is_a_second_run(engine: Engine) {
    let (mut past, code) = migrated(engine);
    let before = state(&past.suite);
    let old = past.code;
    for place in AFTER_WHAT_THEY_READ {
        for ids in [old, code] {
            let tried = migrate(&mut past.suite, place, ids.0[place]);
            refused(tried, "migrate/not_newer");
        }
    }
    assert_eq!(state(&past.suite), before);
}

fn half_way_after_what_they_read_contracts_read_rightly_or_say_why_not(engine: Engine) {
    half_way::step_by_step(engine, AFTER_WHAT_THEY_READ);
}

fn half_way_before_what_they_read_contracts_read_rightly_or_say_why_not(engine: Engine) {
    half_way::step_by_step(engine, BEFORE_WHAT_THEY_READ);
}
