//! Migrate, through the exported entry point. State of 0.1.0 is migrated in `vitals-testing-vm`,
//! from that version's own artifact.

use claims::contract;
use claims::error::ContractError;
use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::{DepsMut, Empty, Response};
use vitals_api::ApiError;
use vitals_testing::Suite;

use crate::common::World;

const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate(suite: &mut Suite) -> Result<Response, ContractError> {
    let mut others = mock_dependencies();
    let mut storage = suite.app.contract_storage_mut(&suite.at.claims);
    let deps = DepsMut {
        storage: storage.as_mut(),
        ..others.as_mut()
    };
    contract::migrate(deps, mock_env(), Empty {})
}

#[test]
fn migration_takes_older_state_over_whole_and_once() {
    let (world, _policy) = World::covered();
    let mut suite = world.suite;
    let whole = suite.app.dump_wasm_raw(&suite.at.claims);
    let mut storage = suite.app.contract_storage_mut(&suite.at.claims);
    cw2::set_contract_version(storage.as_mut(), "cw-vitals:claims", "0.0.9").unwrap();
    drop(storage);
    assert_ne!(suite.app.dump_wasm_raw(&suite.at.claims), whole);
    let events = migrate(&mut suite).unwrap().events;
    assert_eq!(events.len(), 1, "no money was entered anew");
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.claims), whole);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    assert_eq!(migrate(&mut suite), Err(refused.into()));
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.claims), whole);
}
