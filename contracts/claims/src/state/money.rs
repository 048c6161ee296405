//! Denominations, tokens, and what could not be paid.

use cosmwasm_std::{Addr, Storage};
use serde::{Deserialize, Serialize};
use vitals_api::claims::DenomMsg;
use vitals_api::index::Listed;
use vitals_api::store::Key;
use vitals_core::decision::Seconds;
use vitals_core::insurance::Amount;

use super::keys::{ADMITTED, DENOMS, OWED, TOKENS};
use super::packed::packed;
use crate::error::ContractError;

/// Coins of the chain, or a cw20 token by its contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Denom {
    Native(String),
    Cw20(Addr),
}

impl Denom {
    pub fn text(&self) -> &str {
        match self {
            Self::Native(denom) => denom,
            Self::Cw20(token) => token.as_str(),
        }
    }
}

impl From<Denom> for DenomMsg {
    fn from(denom: Denom) -> Self {
        match denom {
            Denom::Native(denom) => Self::Native(denom),
            Denom::Cw20(token) => Self::Cw20(token.into()),
        }
    }
}

/// A token that was admitted, now or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    /// What all products should have of it here.
    pub kept: Amount,
}

/// What an account can collect, and since when all of it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Owed {
    pub amount: Amount,
    pub since: Seconds,
}

packed! { Token => "token", Owed => "owed amount" }

pub(crate) fn is_native_admitted(
    storage: &dyn Storage,
    denom: &str,
) -> Result<bool, ContractError> {
    Ok(DENOMS.may_load(&storage, &denom)?.is_some())
}

pub(crate) fn admit_native(storage: &mut dyn Storage, denom: &str) -> Result<(), ContractError> {
    Ok(DENOMS.save(storage, &denom, &Listed)?)
}

pub(crate) fn dismiss_native(storage: &mut dyn Storage, denom: &str) {
    DENOMS.remove(storage, &denom);
}

/// Admitted ones after `start_after`, in order.
pub(crate) fn denoms_native(
    storage: &dyn Storage,
    start_after: Option<&str>,
    limit: usize,
) -> Result<Vec<String>, ContractError> {
    let after = start_after.map(|denom| denom.flat());
    let page = DENOMS.page(storage, &[], after.as_deref(), limit)?;
    Ok(page.into_iter().map(|(key, _)| text(&key)).collect())
}

pub(crate) fn token(storage: &dyn Storage, contract: &str) -> Result<Option<Token>, ContractError> {
    Ok(TOKENS.may_load(&storage, &contract)?)
}

pub(crate) fn save_token(
    storage: &mut dyn Storage,
    contract: &str,
    token: &Token,
) -> Result<(), ContractError> {
    Ok(TOKENS.save(storage, &contract, token)?)
}

pub(crate) fn is_token_admitted(
    storage: &dyn Storage,
    contract: &str,
) -> Result<bool, ContractError> {
    Ok(ADMITTED.may_load(&storage, &contract)?.is_some())
}

/// What is kept of a token stays counted, admitted or not.
pub(crate) fn set_token_admitted(
    storage: &mut dyn Storage,
    contract: &str,
    admitted: bool,
) -> Result<(), ContractError> {
    if !admitted {
        ADMITTED.remove(storage, &contract);
        return Ok(());
    }
    ADMITTED.save(storage, &contract, &Listed)?;
    let token = token(storage, contract)?.unwrap_or(Token { kept: 0 });
    save_token(storage, contract, &token)
}

/// Contracts of tokens that are admitted, after `start_after`, in order.
pub(crate) fn tokens_admitted(
    storage: &dyn Storage,
    start_after: Option<&str>,
    limit: usize,
) -> Result<Vec<String>, ContractError> {
    let after = start_after.map(|contract| contract.flat());
    let page = ADMITTED.page(storage, &[], after.as_deref(), limit)?;
    Ok(page.into_iter().map(|(key, _)| text(&key)).collect())
}

pub(crate) fn owed(
    storage: &dyn Storage,
    product: u64,
    account: &str,
) -> Result<Option<Owed>, ContractError> {
    Ok(OWED.may_load(&storage, &(product, account))?)
}

/// None takes the entry away.
pub(crate) fn save_owed(
    storage: &mut dyn Storage,
    product: u64,
    account: &str,
    owed: Option<&Owed>,
) -> Result<(), ContractError> {
    match owed {
        Some(owed) => OWED.save(storage, &(product, account), owed)?,
        None => OWED.remove(storage, &(product, account)),
    }
    Ok(())
}

/// Keys are text that was checked when it was written.
pub(super) fn text(key: &[u8]) -> String {
    String::from_utf8_lossy(key).into_owned()
}
