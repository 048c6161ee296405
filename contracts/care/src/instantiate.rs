//! Setting the contract up.

use cosmwasm_std::DepsMut;
use vitals_api::care::{InstantiateMsg, MAX_COOLDOWN_S, MAX_TIER_S};
use vitals_api::registry::record::DEPLOYMENT;
use vitals_api::store::Remote;
use vitals_api::{admin, parse};

use crate::config::Config;
use crate::error::ContractError;
use crate::execute::ensure_seconds;
use crate::{migrate, state};

pub fn instantiate(deps: DepsMut, msg: &InstantiateMsg) -> Result<(), ContractError> {
    let owner = parse::address(deps.api, &msg.owner)?;
    let config = configure(&deps, msg)?;
    migrate::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    Ok(state::set_config(deps.storage, &config)?)
}

fn configure(deps: &DepsMut, msg: &InstantiateMsg) -> Result<Config, ContractError> {
    ensure_seconds("cooldown_s", msg.cooldown_s, 0, MAX_COOLDOWN_S)?;
    ensure_seconds("min_tier_s", msg.min_tier_s, 1, MAX_TIER_S)?;
    let consent = parse::address(deps.api, &msg.consent)?;
    let registry = parse::address(deps.api, &msg.registry)?;
    let records = Remote {
        querier: deps.querier,
        contract: &registry,
    };
    let deployment = DEPLOYMENT.load(&records, &())?.0;
    Ok(Config {
        consent,
        registry,
        deployment,
        cooldown_s: msg.cooldown_s,
        min_tier_s: msg.min_tier_s,
    })
}
