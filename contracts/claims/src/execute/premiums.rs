//! Premium that is paid by instalments.

use cosmwasm_std::{DepsMut, Env, Response};
use vitals_api::claims::event::ClaimsEvent;
use vitals_core::insurance::Act;

use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::funds::Funds;
use crate::policy::{ensure_allows, now_s};
use crate::state::{self, Payment};

pub(crate) fn pay(
    deps: DepsMut,
    env: &Env,
    funds: Funds,
    number: u64,
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        mut policy,
    } = Sold::load(deps.storage, number)?;
    let now = now_s(env);
    ensure_allows(number, &policy, &terms, Act::PayPremium, now)?;
    if policy.life.next_due(&terms).is_none() {
        return Err(ContractError::PremiumsPaid { policy: number });
    }
    let amount = terms.premium.payment();
    funds.ensure_premium(&product.denom, amount)?;

    let instalment = policy.life.payments.saturating_add(1);
    policy.life.payments = instalment;
    let payment = Payment {
        at: now,
        by: funds.from.clone(),
        amount,
    };
    state::save_payment(deps.storage, number, instalment, &payment)?;
    let mut account = PolicyAccount::open(deps.storage, number, policy, &product.denom, &terms)?;
    account.take_premium(&funds.from)?;
    // it may be what a rebate waited for, and a rebate what a policy did
    let rebated = account.rebate_if_earned(now)?;
    let exhausted = account.exhaust_if_done(now)?;
    let event = ClaimsEvent::PremiumPaid {
        policy: number,
        instalment,
    };
    Ok(account
        .close(deps.storage)?
        .add_event(event)
        .add_events(rebated.into_iter().chain(exhausted)))
}
