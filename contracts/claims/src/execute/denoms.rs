//! What products are sold in.

use cosmwasm_std::{Api, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::DenomMsg;
use vitals_api::parse;

use crate::error::ContractError;
use crate::funds;
use crate::state::{self, Denom};

pub fn admit(deps: DepsMut, env: &Env, denom: DenomMsg) -> Result<Response, ContractError> {
    let denom = parsed(deps.api, denom)?;
    match &denom {
        Denom::Native(denom) => state::admit_native(deps.storage, denom)?,
        Denom::Cw20(token) => {
            funds::balance(deps.querier, token, &env.contract.address)?;
            state::set_token_admitted(deps.storage, token.as_str(), true)?;
        }
    }
    let denom = denom.text();
    Ok(Response::new().add_event(ClaimsEvent::DenomAdmitted { denom }))
}

pub fn dismiss(deps: DepsMut, denom: DenomMsg) -> Result<Response, ContractError> {
    let denom = parsed(deps.api, denom)?;
    ensure_admitted(deps.storage, &denom)?;
    match &denom {
        Denom::Native(denom) => state::dismiss_native(deps.storage, denom),
        Denom::Cw20(token) => {
            state::set_token_admitted(deps.storage, token.as_str(), false)?;
        }
    }
    let denom = denom.text();
    Ok(Response::new().add_event(ClaimsEvent::DenomDismissed { denom }))
}

/// Refuses what new products cannot be sold in.
pub fn ensure_admitted(storage: &dyn Storage, denom: &Denom) -> Result<(), ContractError> {
    let admitted = match denom {
        Denom::Native(denom) => state::is_native_admitted(storage, denom)?,
        Denom::Cw20(token) => state::is_token_admitted(storage, token.as_str())?,
    };
    if admitted {
        return Ok(());
    }
    Err(ContractError::DenomNotAdmitted {
        denom: denom.text().into(),
    })
}

pub fn parsed(api: &dyn Api, denom: DenomMsg) -> Result<Denom, ContractError> {
    match denom {
        DenomMsg::Native(denom) => {
            check_native(&denom)?;
            Ok(Denom::Native(denom))
        }
        DenomMsg::Cw20(token) => Ok(Denom::Cw20(parse::address(api, &token)?)),
    }
}

/// As the bank of the Cosmos SDK has it: `[a-zA-Z][a-zA-Z0-9/:._-]{2,127}`.
fn check_native(denom: &str) -> Result<(), ContractError> {
    let within = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
    let begins = denom.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins && (3..=128).contains(&denom.len()) && denom.chars().all(within) {
        return Ok(());
    }
    Err(ContractError::Denom {
        got: denom.chars().take(128).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denomination_is_what_the_bank_takes() {
        let longest = format!("u{}", "x".repeat(127));
        for denom in [
            "abc",
            "uvital",
            "ibc/27394FB0",
            "factory/a.b:c_d-e",
            &longest,
        ] {
            assert_eq!(check_native(denom), Ok(()), "{denom}");
        }
        let too_long = format!("{longest}x");
        for denom in ["", "ab", "1abc", "-abc", "a b", "aé0", "ab\n", &too_long] {
            assert!(check_native(denom).is_err(), "{denom:?}");
        }
    }
}
