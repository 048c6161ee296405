//! Migrate, through the exported entry point.

use care::contract::migrate;
use care::error::ContractError;
use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::Empty;

#[test]
fn an_older_version_of_the_contract_is_taken_over_once_and_no_other() {
    let mut deps = mock_dependencies();
    cw2::set_contract_version(&mut deps.storage, "cw-vitals/care", "0.0.1").unwrap();
    migrate(deps.as_mut(), mock_env(), Empty {}).unwrap();
    let again = migrate(deps.as_mut(), mock_env(), Empty {});
    assert!(matches!(again, Err(ContractError::NotNewer { .. })));
    cw2::set_contract_version(&mut deps.storage, "cw20-base", "0.0.1").unwrap();
    let other = migrate(deps.as_mut(), mock_env(), Empty {});
    assert!(matches!(other, Err(ContractError::WrongContract { .. })));
}
