//! Policies that somebody else pays for: an employer, a parent.

use cosmwasm_std::{Addr, DepsMut, Env, Response};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::consent::record::PATIENTS;
use vitals_api::parse;
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::insurance::{Act, Life, Standing};

use super::policies::{
    bound, ensure_holder, ensure_none_live, ensure_on_sale, ensure_payee, ensure_policyholder,
    life_from, on_sale, unsold,
};
use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::funds::Funds;
use crate::policy::{ensure_allows, now_s};
use crate::state::{self, Policy};

/// 90 days: what an offer may hold the policyholder's money at the most.
const LONGEST_S: Seconds = 7_776_000;

/// A policy offered.
pub(crate) struct Offering {
    pub product: u64,
    pub version: u32,
    pub patient: u64,
    pub payee: Addr,
    pub until: Seconds,
}

pub(crate) fn offer(
    deps: DepsMut,
    env: &Env,
    funds: Funds,
    asked: Offering,
) -> Result<Response, ContractError> {
    let config = state::config(deps.storage)?;
    let consent = config.consent(deps.querier);
    let known = (asked.product, asked.version);
    let (product, terms) = on_sale(deps.storage, &consent, known, now_s(env))?;
    ensure_payee(deps.storage, env, &asked.payee)?;
    let until = ends_at(asked.until, now_s(env))?;
    funds.ensure_premium(&product.denom, terms.premium.payment())?;
    PATIENTS.load(&consent, &asked.patient)?;

    let number = state::next_policy(deps.storage)?;
    let policy = Policy {
        version: asked.version,
        life: Life {
            standing: Standing::Offered { until },
            bound_at: 0,
            payments: 0,
        },
        offered_at: Some(now_s(env)),
        ..unsold(asked.product, asked.patient, asked.payee, &funds.from)
    };
    state::list_policy(deps.storage, number, &policy)?;
    let mut account = PolicyAccount::open(deps.storage, number, policy, &product.denom, &terms)?;
    account.hold_premium(&funds.from)?;
    let event = ClaimsEvent::PolicyOffered {
        policy: number,
        product: asked.product,
        patient: asked.patient,
        until,
    };
    Ok(account.close(deps.storage)?.add_event(event))
}

fn ends_at(until: Seconds, now: Seconds) -> Result<Seconds, ContractError> {
    let until = parse::date("until", until, now)?;
    let latest = now.saturating_add(LONGEST_S);
    if until <= latest {
        return Ok(until);
    }
    Err(ContractError::OfferTooLong { until, latest })
}

/// Who offered it at any time; anybody once the patient's time is over.
pub(crate) fn withdraw(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    number: u64,
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        mut policy,
    } = Sold::load(deps.storage, number)?;
    let now = now_s(env);
    ensure_allows(number, &policy, &terms, Act::Withdraw, now)?;
    if !policy.life.state(&terms, now).allows(Act::WithdrawOver) {
        ensure_policyholder(number, &policy, sender)?;
    }
    policy.life.standing = Standing::Withdrawn;
    policy.ended_at = Some(now);
    let to = policy.policyholder().cloned();
    let mut account = PolicyAccount::open(deps.storage, number, policy, &product.denom, &terms)?;
    if let Some(to) = to {
        account.return_premium(&to)?;
    }
    let event = ClaimsEvent::OfferWithdrawn { policy: number };
    Ok(account.close(deps.storage)?.add_event(event))
}

/// On the terms that were offered, though newer ones may be on sale by now.
pub(crate) fn accept(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    number: u64,
    ground: GroundRef,
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        mut policy,
    } = Sold::load(deps.storage, number)?;
    let now = now_s(env);
    let config = state::config(deps.storage)?;
    let consent = config.consent(deps.querier);
    ensure_holder(&consent, sender, policy.patient, ground, now)?;
    ensure_allows(number, &policy, &terms, Act::Accept, now)?;
    ensure_on_sale(&consent, policy.product, &product, now)?;
    policy.used_until_ms = ensure_none_live(deps.storage, policy.patient, policy.product, now)?;

    policy.life = life_from(env);
    let mut account = PolicyAccount::open(deps.storage, number, policy, &product.denom, &terms)?;
    account.accept_premium()?;
    bound(deps.storage, number, account)
}
