//! Policies end: early, for want of premium, or in time.

use cosmwasm_std::{Addr, Deps, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::insurance::{Act, Standing};

use super::{ensure_holder, ensure_policyholder, refund};
use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::policy::{ensure_allows, now_s};
use crate::state::{self, Cancelled, Policy};

pub(crate) fn cancel(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    number: u64,
    ground: Option<GroundRef>,
) -> Result<Response, ContractError> {
    let mut sold = Sold::load(deps.storage, number)?;
    let Sold { terms, policy, .. } = &mut sold;
    let now = now_s(env);
    ensure_may_cancel(deps.as_ref(), sender, number, policy, ground, now)?;
    ensure_allows(number, policy, terms, Act::Cancel, now)?;

    let refund = refund::due(policy, terms, now);
    // what is not paid for was not covered, whatever grace there is left
    let at = policy.life.next_due(terms).map_or(now, |due| due.min(now));
    let has_covered = at > policy.life.cover(terms, now).from;
    policy.life.standing = Standing::Cancelled { at };
    policy.cancelled = Some(Cancelled {
        at: now,
        by: sender.clone(),
        refund,
    });
    let cancelled = ClaimsEvent::PolicyCancelled {
        policy: number,
        refund,
    };
    // a claim may have been paid in the very second in which cover began
    if has_covered || policy.slots > 0 {
        state::save_policy(deps.storage, number, policy)?;
        return Ok(Response::new().add_event(cancelled));
    }
    let expired = expired(number, policy);
    let over = end(deps.storage, number, sold, now)?;
    Ok(over.add_event(cancelled).add_event(expired))
}

/// On a ground, whoever may claim for the patient; without one, who took the policy out.
fn ensure_may_cancel(
    deps: Deps<'_>,
    sender: &Addr,
    number: u64,
    policy: &Policy,
    ground: Option<GroundRef>,
    now: Seconds,
) -> Result<(), ContractError> {
    let Some(ground) = ground else {
        return ensure_policyholder(number, policy, sender);
    };
    let config = state::config(deps.storage)?;
    let consent = config.consent(deps.querier);
    ensure_holder(&consent, sender, policy.patient, ground, now)
}

pub(crate) fn lapse(deps: DepsMut, env: &Env, number: u64) -> Result<Response, ContractError> {
    let Sold {
        terms, mut policy, ..
    } = Sold::load(deps.storage, number)?;
    let now = now_s(env);
    ensure_allows(number, &policy, &terms, Act::Lapse, now)?;
    // the table lets a policy lapse only when it is overdue
    let at = policy.life.overdue_since(&terms, now).unwrap_or(now);
    policy.life.standing = Standing::Lapsed { at };
    policy.lapsed_at = Some(now);
    state::save_policy(deps.storage, number, &policy)?;
    let event = ClaimsEvent::PolicyLapsed { policy: number, at };
    Ok(Response::new().add_event(event))
}

pub(crate) fn expire(deps: DepsMut, env: &Env, number: u64) -> Result<Response, ContractError> {
    let sold = Sold::load(deps.storage, number)?;
    let now = now_s(env);
    let policy = &sold.policy;
    ensure_allows(number, policy, &sold.terms, Act::Expire, now)?;
    if policy.open > 0 {
        return Err(ContractError::ClaimsOpen {
            policy: number,
            open: policy.open,
        });
    }
    let expired = expired(number, policy);
    Ok(end(deps.storage, number, sold, now)?.add_event(expired))
}

/// Nothing can be claimed any more: what is due of the premium goes back, and the rest of the lock is
/// the insurer's.
fn end(
    storage: &mut dyn Storage,
    number: u64,
    sold: Sold,
    now: Seconds,
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        policy,
    } = sold;
    let refunds = refund::parts(storage, number, &policy)?;
    let mut account = PolicyAccount::open(storage, number, policy, &product.denom, &terms)?;
    for (to, amount) in &refunds {
        account.refund(*amount, to)?;
    }
    account.end(Standing::Expired, now)?;
    account.close(storage)
}

fn expired(number: u64, policy: &Policy) -> ClaimsEvent<'static> {
    ClaimsEvent::PolicyExpired {
        policy: number,
        product: policy.product,
    }
}
