//! Setting the contract up.

use cosmwasm_std::{Addr, DepsMut};
use vitals_api::care::{InstantiateMsg, DEFAULT_REOPENS_S, MAX_COOLDOWN_S, MAX_TIER_S};
use vitals_api::registry::record::{CONFIG, DEPLOYMENT};
use vitals_api::store::Remote;
use vitals_api::{admin, parse};

use crate::config::{ensure_seconds, reopens_after, Config};
use crate::error::ContractError;
use crate::{migrate, state};

pub fn instantiate(deps: DepsMut, msg: &InstantiateMsg) -> Result<(), ContractError> {
    let owner = parse::address(deps.api, &msg.owner)?;
    let config = configure(&deps, msg)?;
    migrate::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    Ok(state::set_config(deps.storage, &config)?)
}

fn configure(deps: &DepsMut, msg: &InstantiateMsg) -> Result<Config, ContractError> {
    let cooldown_s = ensure_seconds("cooldown_s", msg.cooldown_s, 0, MAX_COOLDOWN_S)?;
    let min_tier_s = ensure_seconds("min_tier_s", msg.min_tier_s, 1, MAX_TIER_S)?;
    let reopens_after_s = reopens_after(msg.reopens_after_s, DEFAULT_REOPENS_S)?;
    let consent = parse::address(deps.api, &msg.consent)?;
    let registry = parse::address(deps.api, &msg.registry)?;
    let records = Remote {
        querier: deps.querier,
        contract: &registry,
    };
    let deployment = DEPLOYMENT.load(&records, &())?.0;
    ensure_same_consent(&records, &consent)?;
    Ok(Config {
        consent,
        registry,
        deployment,
        cooldown_s,
        min_tier_s,
        reopens_after_s,
    })
}

/// A device's pairing and the consent to hear of it are about the same patients.
fn ensure_same_consent(registry: &Remote<'_>, given: &Addr) -> Result<(), ContractError> {
    let registrys = CONFIG.load(registry, &())?.consent;
    if registrys == given.as_str() {
        return Ok(());
    }
    Err(ContractError::OtherConsent {
        registrys,
        given: given.to_string(),
    })
}
