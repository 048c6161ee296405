//! Money of a product's insurer, in and out.

use cosmwasm_std::{Addr, BankMsg, Coin, Event, Response, Storage, Uint128};
use vitals_api::parse;

use crate::access;
use crate::error::ContractError;
use crate::state;

pub fn deposit(
    storage: &mut dyn Storage,
    product: u64,
    funds: &[Coin],
) -> Result<Response, ContractError> {
    let terms = state::product(storage, product)?.terms;
    let amount = parse::one_coin(funds, &terms.denom)?;
    let pool = state::pool(storage, product)?.deposit(amount.u128())?;
    state::save_pool(storage, product, &pool)?;
    Ok(Response::new().add_event(moved("deposited", product, amount)))
}

pub fn withdraw(
    storage: &mut dyn Storage,
    sender: &Addr,
    product: u64,
    amount: Uint128,
) -> Result<Response, ContractError> {
    let found = state::product(storage, product)?;
    access::ensure_created(sender, product, &found)?;
    let pool = state::pool(storage, product)?.withdraw(amount.u128())?;
    state::save_pool(storage, product, &pool)?;
    let send = BankMsg::Send {
        to_address: found.insurer.into(),
        amount: vec![Coin::new(amount, found.terms.denom)],
    };
    Ok(Response::new()
        .add_message(send)
        .add_event(moved("withdrawn", product, amount)))
}

fn moved(event: &str, product: u64, amount: Uint128) -> Event {
    Event::new(event)
        .add_attribute("product", product.to_string())
        .add_attribute("amount", amount)
}
