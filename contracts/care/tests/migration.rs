//! Migrate, through the exported entry point.

use care::contract;
use care::error::ContractError;
use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::{DepsMut, Empty, Response};
use vitals_api::ApiError;
use vitals_testing::Suite;

mod common;
use common::*;

const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate(suite: &mut Suite) -> Result<Response, ContractError> {
    let mut others = mock_dependencies();
    let mut storage = suite.app.contract_storage_mut(&suite.at.care);
    let deps = DepsMut {
        storage: storage.as_mut(),
        ..others.as_mut()
    };
    contract::migrate(deps, mock_env(), Empty {})
}

#[test]
fn migration_takes_older_state_over_whole_and_once() {
    let mut ward = Ward::new();
    ward.raise(RULE);
    let mut suite = ward.suite;
    let whole = suite.app.dump_wasm_raw(&suite.at.care);
    let mut storage = suite.app.contract_storage_mut(&suite.at.care);
    cw2::set_contract_version(storage.as_mut(), "cw-vitals:care", "0.0.9").unwrap();
    drop(storage);
    assert_ne!(suite.app.dump_wasm_raw(&suite.at.care), whole);
    migrate(&mut suite).unwrap();
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.care), whole);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    assert_eq!(migrate(&mut suite), Err(refused.into()));
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.care), whole);
}
