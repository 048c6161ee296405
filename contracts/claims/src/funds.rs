//! Money that came with a message: coins sent along, or tokens a cw20 says were sent.

use cosmwasm_std::{Addr, Coin, QuerierWrapper, Storage, Uint128};
use vitals_api::claims::cw20::{TokenBalance, TokenQueryMsg};
use vitals_api::{parse, ApiError};
use vitals_core::insurance::{Amount, MoneyError};

use crate::error::ContractError;
use crate::state::{self, Denom, Token};

/// What came, and from whom: the sender, or who sent the tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Funds {
    pub from: Addr,
    came: Came,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Came {
    Coins(Vec<Coin>),
    Tokens { token: Addr, amount: Uint128 },
}

impl Funds {
    pub fn coins(from: Addr, coins: Vec<Coin>) -> Self {
        let came = Came::Coins(coins);
        Self { from, came }
    }

    /// Tokens that have arrived.
    pub fn tokens(from: Addr, token: Addr, amount: Uint128) -> Self {
        let came = Came::Tokens { token, amount };
        Self { from, came }
    }

    /// Exactly this denomination, above zero; what amount is right is the caller's rule.
    pub fn amount_of(&self, denom: &Denom) -> Result<Amount, ContractError> {
        match (&self.came, denom) {
            (Came::Coins(coins), Denom::Native(denom)) => Ok(parse::one_coin(coins, denom)?.u128()),
            (Came::Tokens { token, amount }, Denom::Cw20(asked)) if token == asked => {
                Ok(amount.u128())
            }
            _ => Err(self.unexpected(format!("one amount of {}", denom.text()))),
        }
    }

    /// A payment of premium; nothing where it is zero.
    pub fn ensure_premium(&self, denom: &Denom, premium: Amount) -> Result<(), ContractError> {
        let got = self.exactly(denom, premium)?;
        let premium = Uint128::new(premium);
        got.map_or(Ok(()), |got| {
            Err(ContractError::WrongPremium { got, premium })
        })
    }

    /// The deposit of a claim; nothing where it is zero.
    pub fn ensure_deposit(&self, denom: &Denom, deposit: Amount) -> Result<(), ContractError> {
        let got = self.exactly(denom, deposit)?;
        let deposit = Uint128::new(deposit);
        got.map_or(Ok(()), |got| {
            Err(ContractError::WrongDeposit { got, deposit })
        })
    }

    /// What came, where it is another amount than is due.
    fn exactly(&self, denom: &Denom, due: Amount) -> Result<Option<Uint128>, ContractError> {
        let got = if due == 0 {
            self.ensure_none()?;
            0
        } else {
            self.amount_of(denom)?
        };
        Ok((got != due).then_some(Uint128::new(got)))
    }

    fn ensure_none(&self) -> Result<(), ContractError> {
        match &self.came {
            Came::Coins(coins) => Ok(parse::no_funds(coins)?),
            Came::Tokens { .. } => Err(self.unexpected("no funds".into())),
        }
    }

    fn unexpected(&self, expected: String) -> ContractError {
        let got = match &self.came {
            Came::Coins(coins) => parse::listed(coins),
            Came::Tokens { token, amount } => format!("{amount} of {token}"),
        };
        ApiError::Funds { expected, got }.into()
    }
}

/// How a token's count of what is kept here changes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    More(Amount),
    Less(Amount),
}

/// Counts tokens that came or leave. Coins of the chain need no count: nobody lies about them.
pub(crate) fn keep(
    storage: &mut dyn Storage,
    denom: &Denom,
    change: Kept,
) -> Result<(), ContractError> {
    let Denom::Cw20(contract) = denom else {
        return Ok(());
    };
    let token = known_token(storage, contract)?;
    let kept = match change {
        Kept::More(amount) => token.kept.checked_add(amount),
        Kept::Less(amount) => token.kept.checked_sub(amount),
    };
    let kept = kept.ok_or(MoneyError::TooLarge)?;
    state::save_token(storage, contract.as_str(), &Token { kept })
}

/// One that was admitted, whether or not it still is.
pub(crate) fn known_token(storage: &dyn Storage, contract: &Addr) -> Result<Token, ContractError> {
    state::token(storage, contract.as_str())?.ok_or_else(|| ContractError::TokenNotAdmitted {
        token: contract.to_string(),
    })
}

/// What a token's contract says that an account has.
pub(crate) fn balance(
    querier: QuerierWrapper<'_>,
    token: &Addr,
    account: &Addr,
) -> Result<Amount, ContractError> {
    let address = account.to_string();
    let balance: TokenBalance = querier
        .query_wasm_smart(token, &TokenQueryMsg::Balance { address })
        .map_err(|cause| ContractError::NotAToken {
            token: token.to_string(),
            cause: parse::innermost(&cause.to_string()),
        })?;
    Ok(balance.balance.u128())
}

/// A token says that it sent this much here. It counts only if the token's own books have it, over
/// what was kept here before: one that takes a fee or lies is refused.
pub(crate) fn receive(
    storage: &mut dyn Storage,
    querier: QuerierWrapper<'_>,
    own: &Addr,
    token: &Addr,
    amount: Uint128,
) -> Result<(), ContractError> {
    if amount.is_zero() {
        return Err(MoneyError::Zero.into());
    }
    let denom = Denom::Cw20(token.clone());
    keep(storage, &denom, Kept::More(amount.u128()))?;
    let kept = known_token(storage, token)?.kept;
    let has = balance(querier, token, own)?;
    if has < kept {
        return Err(ContractError::TokensNotArrived {
            token: token.to_string(),
            amount,
            has: has.into(),
            kept: kept.into(),
        });
    }
    Ok(())
}
