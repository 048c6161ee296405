//! Denominations and products.

use cosmwasm_std::{Addr, Event, Response, Storage};
use vitals_api::claims::ProductMsg;

use crate::error::ContractError;
use crate::state::{self, Product};
use crate::terms::{check_denom, Terms};

pub fn admit_denom(storage: &mut dyn Storage, denom: &str) -> Result<Response, ContractError> {
    check_denom(denom)?;
    state::admit_denom(storage, denom)?;
    Ok(Response::new().add_event(Event::new("denom_admitted").add_attribute("denom", denom)))
}

pub fn create(
    storage: &mut dyn Storage,
    insurer: &Addr,
    msg: &ProductMsg,
) -> Result<Response, ContractError> {
    check_denom(&msg.denom)?;
    let terms = Terms::parse(msg)?;
    if !state::is_denom_admitted(storage, &terms.denom) {
        return Err(ContractError::DenomNotAdmitted { denom: terms.denom });
    }
    let product = Product {
        insurer: insurer.clone(),
        terms,
    };
    let number = state::add_product(storage, &product)?;
    let event = Event::new("product_created")
        .add_attribute("product", number.to_string())
        .add_attribute("insurer", insurer);
    Ok(Response::new().add_event(event))
}
