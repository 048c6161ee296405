//! What could not be paid when it was due.

use cosmwasm_std::{Addr, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::UNCLAIMED_AFTER_S;
use vitals_api::parse;
use vitals_core::decision::Seconds;
use vitals_core::insurance::MoveKind;

use super::policies;
use crate::error::ContractError;
use crate::ledger::{About, Ledger};
use crate::payout;
use crate::state::{self, Owed};

/// Fails whole where this payment fails too.
pub fn collect(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    product: u64,
    to: Option<String>,
) -> Result<Response, ContractError> {
    let owed = owed(deps.storage, product, sender)?;
    let to = match to {
        Some(to) => parse::address(deps.api, &to)?,
        None => sender.clone(),
    };
    policies::ensure_payee(deps.storage, env, &to)?;
    let denom = state::product(deps.storage, product)?.denom;
    let mut books = state::books(deps.storage, product)?;
    books.pool = books.pool.settle_owed(owed.amount)?;
    state::save_books(deps.storage, product, &books)?;
    state::save_owed(deps.storage, product, sender.as_str(), None)?;
    let message = payout::transfer(deps.storage, &denom, &to, owed.amount)?;
    let collected = ClaimsEvent::Collected {
        product,
        account: sender.as_str(),
        amount: owed.amount,
    };
    Ok(Response::new().add_message(message).add_event(collected))
}

pub fn reclaim(
    deps: DepsMut,
    env: &Env,
    product: u64,
    account: &str,
) -> Result<Response, ContractError> {
    let account = parse::address(deps.api, account)?;
    let owed = owed(deps.storage, product, &account)?;
    let (from, now) = (reclaimable_from(&owed), env.block.time.seconds());
    if now < from {
        return Err(ContractError::NotYetUnclaimed {
            account: account.into(),
            from,
            now,
        });
    }
    let denom = state::product(deps.storage, product)?.denom;
    let mut ledger = Ledger::open(deps.storage, product, &denom)?;
    ledger.books.pool = ledger.books.pool.settle_owed(owed.amount)?;
    let about = About::default().account(&account);
    ledger.record(MoveKind::Unclaimed, owed.amount, about)?;
    state::save_owed(deps.storage, product, account.as_str(), None)?;
    ledger.close(deps.storage)
}

pub(crate) fn reclaimable_from(owed: &Owed) -> Seconds {
    owed.since.saturating_add(UNCLAIMED_AFTER_S.into())
}

fn owed(storage: &dyn Storage, product: u64, account: &Addr) -> Result<Owed, ContractError> {
    state::owed(storage, product, account.as_str())?.ok_or_else(|| ContractError::NothingOwed {
        product,
        account: account.to_string(),
    })
}
