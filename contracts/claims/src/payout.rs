//! Payments out. One that fails does not stop what it was paid for: it is owed, and collected.

use cosmwasm_std::{
    from_json, to_json_binary, Addr, BankMsg, Coin, CosmosMsg, Reply, Response, Storage, SubMsg,
    SubMsgResult, Uint128, WasmMsg,
};
use serde::{Deserialize, Serialize};
use vitals_api::claims::cw20::TokenExecuteMsg;
use vitals_api::claims::event::ClaimsEvent;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Amount, MoneyError};

use crate::error::{unreadable, ContractError};
use crate::funds::{self, Kept};
use crate::state::{self, Denom, Owed};

/// The reply of a payment that failed.
pub(crate) const PAYMENT_FAILED: u64 = 1;

/// What a payment may burn: a token that never ends fails like one that refuses. A transfer takes
/// some 150,000.
const PAYMENT_GAS: u64 = 1_000_000;

/// Of a product's money, to an account; also what the reply is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub product: u64,
    pub account: Addr,
    pub amount: Amount,
}

/// Payments that may fail, each on its own.
pub(crate) fn send_all(
    storage: &mut dyn Storage,
    denom: &Denom,
    payments: &[Payment],
) -> Result<Vec<SubMsg>, ContractError> {
    let mut messages = Vec::with_capacity(payments.len());
    for payment in payments {
        let payload = to_json_binary(payment).map_err(unreadable("payment"))?;
        let message = transfer(storage, denom, &payment.account, payment.amount)?;
        let message = SubMsg::reply_on_error(message, PAYMENT_FAILED)
            .with_gas_limit(PAYMENT_GAS)
            .with_payload(payload);
        messages.push(message);
    }
    Ok(messages)
}

/// Money leaves: the message that moves it, and a token's count without it.
pub(crate) fn transfer(
    storage: &mut dyn Storage,
    denom: &Denom,
    to: &Addr,
    amount: Amount,
) -> Result<CosmosMsg, ContractError> {
    funds::keep(storage, denom, Kept::Less(amount))?;
    let amount = Uint128::new(amount);
    Ok(match denom {
        Denom::Native(denom) => CosmosMsg::Bank(BankMsg::Send {
            to_address: to.to_string(),
            amount: vec![Coin::new(amount, denom)],
        }),
        Denom::Cw20(token) => {
            let recipient = to.to_string();
            let transfer = TokenExecuteMsg::Transfer { recipient, amount };
            CosmosMsg::Wasm(WasmMsg::Execute {
                contract_addr: token.to_string(),
                msg: to_json_binary(&transfer).map_err(unreadable("payment"))?,
                funds: vec![],
            })
        }
    })
}

/// What was paid to somebody whom it did not reach is owed to them.
pub(crate) fn failed(
    storage: &mut dyn Storage,
    now: Seconds,
    reply: &Reply,
) -> Result<Response, ContractError> {
    match (reply.id, &reply.result) {
        (PAYMENT_FAILED, SubMsgResult::Err(_)) => {
            let payment = from_json(&reply.payload).map_err(unreadable("payment"))?;
            owe(storage, now, &payment)
        }
        _ => Err(ContractError::UnknownReply { id: reply.id }),
    }
}

fn owe(
    storage: &mut dyn Storage,
    now: Seconds,
    payment: &Payment,
) -> Result<Response, ContractError> {
    let (product, account, amount) = (payment.product, &payment.account, payment.amount);
    let denom = state::product(storage, product)?.denom;
    funds::keep(storage, &denom, Kept::More(amount))?;
    let mut books = state::books(storage, product)?;
    books.pool = books.pool.owe(amount)?;
    state::save_books(storage, product, &books)?;
    // of several, the last one's time: none goes back to the pool early
    let before = state::owed(storage, product, account.as_str())?;
    let before = before.map_or(0, |owed| owed.amount);
    let amount_owed = before.checked_add(amount).ok_or(MoneyError::TooLarge)?;
    let owed = Owed {
        amount: amount_owed,
        since: now,
    };
    state::save_owed(storage, product, account.as_str(), Some(&owed))?;
    let failed = ClaimsEvent::PaymentFailed {
        product,
        account: account.as_str(),
        amount,
    };
    Ok(Response::new().add_event(failed))
}

#[cfg(test)]
mod tests;
