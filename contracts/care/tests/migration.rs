//! Migrate, through the exported entry point: from state as release 0.1.0 wrote it.

use care::contract;
use care::error::ContractError;
use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::{DepsMut, Response, Storage};
use vitals_api::care::{AlertState, ConfigInfo, MigrateMsg, QueryMsg, DEFAULT_REOPENS_S};
use vitals_api::ApiError;
use vitals_core::decision::GroundRef;
use vitals_testing::Suite;

use crate::common::*;

const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate(suite: &mut Suite, msg: &serde_json::Value) -> Result<Response, ContractError> {
    let msg: MigrateMsg = serde_json::from_value(msg.clone()).unwrap();
    let mut others = mock_dependencies();
    let mut storage = suite.app.contract_storage_mut(&suite.at.care);
    let deps = DepsMut {
        storage: storage.as_mut(),
        ..others.as_mut()
    };
    contract::migrate(deps, mock_env(), msg)
}

fn key(namespace: u8, rest: &[&[u8]]) -> Vec<u8> {
    [&[0, 1, namespace], rest.concat().as_slice()].concat()
}

/// In layout 1, a record without what layout 2 put at its end.
fn shorten(storage: &mut dyn Storage, key: &[u8], by: usize) {
    let mut bytes = storage.get(key).unwrap();
    assert_eq!(bytes[0], 2, "the newer layout");
    bytes[0] = 1;
    bytes.truncate(bytes.len() - by);
    storage.set(key, &bytes);
}

/// The ward's state as 0.1.0 would have left it: alert 1 is open.
fn make_old(ward: &mut Ward) {
    let (patient, device) = (ward.patient.to_be_bytes(), ward.device.device.to_be_bytes());
    let care = ward.suite.at.care.clone();
    let mut storage = ward.suite.app.contract_storage_mut(&care);
    let storage = storage.as_mut();
    shorten(storage, &key(b'c', &[]), 4);
    shorten(storage, &key(b'd', &[&device]), 16);
    let ladder = [0, 0, 0, LADDER, 0, 0, 0, 1];
    shorten(storage, &key(b't', &[&patient, &ladder]), 1);
    let alert = key(b'a', &[&1u64.to_be_bytes()]);
    let mut bytes = storage.get(&alert).unwrap();
    bytes[0] = 1;
    // after patient, categories and ladder come the cause's kind and its pairing
    bytes.drain(16..21);
    // and after device, rule and digest the alert it follows
    bytes.drain(58..66);
    storage.set(&alert, &bytes);
    cw2::set_contract_version(storage, "cw-vitals:care", "0.1.0").unwrap();
}

fn config(ward: &Ward) -> ConfigInfo {
    ward.ask(&QueryMsg::Config {})
}

#[test]
fn state_of_0_1_0_is_taken_over_once_and_answers_as_it_did() {
    let mut ward = Ward::new();
    ward.raise(RULE);
    let (alert, ladder, before) = (ward.alert(1), ward.ladder(LADDER), config(&ward));
    make_old(&mut ward);
    migrate(&mut ward.suite, &serde_json::json!({})).unwrap();
    assert_eq!(ward.alert(1), alert);
    assert_eq!(ward.ladder(LADDER), ladder);
    assert_eq!(config(&ward), before);
    let whole = ward.suite.app.dump_wasm_raw(&ward.suite.at.care);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    let again = migrate(&mut ward.suite, &serde_json::json!({}));
    assert_eq!(again, Err(refused.into()));
    assert_eq!(ward.suite.app.dump_wasm_raw(&ward.suite.at.care), whole);
}

#[test]
fn an_old_alert_goes_on_through_its_whole_life() {
    let mut ward = Ward::new();
    ward.raise(RULE);
    make_old(&mut ward);
    migrate(&mut ward.suite, &serde_json::json!({})).unwrap();
    assert_eq!(ward.count(RULE), 1, "its number went on too");
    ward.suite.advance(WITHIN_S[0].into());
    ward.escalate("other", 1).unwrap();
    let grant = ward.receiving;
    ward.acknowledge("clinician", 1, grant).unwrap();
    ward.suite.advance(REOPENS_S);
    assert_eq!(ward.raise(RULE), 2);
    ward.resolve("clinician", 1).unwrap();
    assert_eq!(ward.alert(1).state, AlertState::Resolved);
    ward.settle(2);
    let patient = GroundRef::Patient {};
    assert_refused(ward.acknowledge("patient", 2, patient), "care/wrong_state");
}

#[test]
fn the_reopening_time_is_set_within_its_bounds_or_left() {
    for (asked, held) in [(None, Ok(DEFAULT_REOPENS_S)), (Some(60), Ok(60))] {
        let mut ward = Ward::new();
        ward.raise(RULE);
        make_old(&mut ward);
        let msg = serde_json::json!({ "reopens_after_s": asked });
        migrate(&mut ward.suite, &msg).unwrap();
        assert_eq!(Ok::<u32, ()>(config(&ward).reopens_after_s), held);
    }
    for asked in [0, 59, 86_401] {
        let mut ward = Ward::new();
        ward.raise(RULE);
        make_old(&mut ward);
        let msg = serde_json::json!({ "reopens_after_s": asked });
        let refused = migrate(&mut ward.suite, &msg);
        assert!(matches!(refused, Err(ContractError::Seconds { .. })));
    }
}
