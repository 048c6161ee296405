//! Denominations and products.

use cosmwasm_std::{Addr, DepsMut, Env, Event, Response, Storage};
use vitals_api::claims::ProductMsg;
use vitals_api::consent::read::has_role;
use vitals_core::decision::Role;

use crate::error::ContractError;
use crate::policy::now_s;
use crate::state::{self, Product};
use crate::terms::{check_denom, Terms};

pub fn admit_denom(storage: &mut dyn Storage, denom: &str) -> Result<Response, ContractError> {
    check_denom(denom)?;
    state::admit_denom(storage, denom)?;
    Ok(Response::new().add_event(Event::new("denom_admitted").add_attribute("denom", denom)))
}

pub fn create(
    deps: DepsMut,
    env: &Env,
    insurer: &Addr,
    msg: &ProductMsg,
) -> Result<Response, ContractError> {
    let config = state::config(deps.storage)?;
    let consent = config.consent(deps.querier);
    if !has_role(&consent, insurer.as_str(), Role::Insurer, now_s(env))? {
        return Err(ContractError::NotAnInsurer {
            sender: insurer.to_string(),
        });
    }
    let terms = Terms::parse(msg)?;
    if !state::is_denom_admitted(deps.storage, &terms.denom) {
        return Err(ContractError::DenomNotAdmitted { denom: terms.denom });
    }
    let product = Product {
        insurer: insurer.clone(),
        terms,
    };
    let number = state::add_product(deps.storage, &product)?;
    let event = Event::new("product_created")
        .add_attribute("product", number.to_string())
        .add_attribute("insurer", insurer);
    Ok(Response::new().add_event(event))
}
