//! Migrate, through the exported entry point.

use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::{DepsMut, Empty, Response};
use vitals_anchor::contract;
use vitals_anchor::error::ContractError;
use vitals_api::ApiError;
use vitals_testing::Suite;

use crate::support::*;

const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate(suite: &mut Suite) -> Result<Response, ContractError> {
    let mut others = mock_dependencies();
    let mut storage = suite.app.contract_storage_mut(&suite.at.anchor);
    let deps = DepsMut {
        storage: storage.as_mut(),
        ..others.as_mut()
    };
    contract::migrate(deps, mock_env(), Empty {})
}

#[test]
fn older_state_is_taken_over_whole_and_once() {
    let (mut suite, mut device, _patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let whole = suite.app.dump_wasm_raw(&suite.at.anchor);
    let mut storage = suite.app.contract_storage_mut(&suite.at.anchor);
    cw2::set_contract_version(storage.as_mut(), "cw-vitals:vitals-anchor", "0.0.9").unwrap();
    drop(storage);
    assert_ne!(suite.app.dump_wasm_raw(&suite.at.anchor), whole);
    migrate(&mut suite).unwrap();
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.anchor), whole);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    assert_eq!(migrate(&mut suite), Err(refused.into()));
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.anchor), whole);
}
