//! Money of a product's insurer, in and out.

use cosmwasm_std::{Addr, DepsMut, Env, Response, Uint128};
use vitals_api::claims::StaffPart;
use vitals_core::insurance::{MoneyError, MoveKind};

use super::two_people::{second_person_needed, Asked};
use crate::access;
use crate::error::ContractError;
use crate::funds::Funds;
use crate::ledger::{About, Ledger};
use crate::state::{self, Subject};

pub fn deposit(deps: DepsMut, funds: &Funds, product: u64) -> Result<Response, ContractError> {
    let denom = state::product(deps.storage, product)?.denom;
    let amount = funds.amount_of(&denom)?;
    let mut ledger = Ledger::open(deps.storage, product, &denom)?;
    let about = About::default().account(&funds.from);
    ledger.record(MoveKind::Deposit, amount, about)?;
    ledger.close(deps.storage)
}

pub fn withdraw(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    number: u64,
    amount: Uint128,
) -> Result<Response, ContractError> {
    let product = state::product(deps.storage, number)?;
    let insurer = &product.insurer;
    access::ensure_works_for(deps.storage, sender, insurer, StaffPart::Treasurer)?;
    let mut ledger = Ledger::open(deps.storage, number, &product.denom)?;
    let amount = amount.u128();
    if amount == 0 {
        return Err(MoneyError::Zero.into());
    }
    // what is not free is refused to the first person as to the second
    ledger.pay(MoveKind::Withdrawal, amount, insurer, About::default())?;
    let asked = Asked {
        product: number,
        subject: Subject::Withdrawal,
        amount,
        digest: None,
        by: sender,
        now: env.block.time.seconds(),
    };
    match second_person_needed(deps.storage, &product, &asked)? {
        Some(event) => Ok(Response::new().add_event(event)),
        None => ledger.close(deps.storage),
    }
}
