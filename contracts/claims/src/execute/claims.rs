//! A claim: who may make it, what it shows, and its payment.

use cosmwasm_std::{Addr, BankMsg, Coin, DepsMut, Env, Event, Response, Storage, Uint128};
use vitals_api::claims::EvidenceMsg;
use vitals_core::decision::GroundRef;
use vitals_core::money::unlock;

use super::evidence::{self, Exhibit};
use crate::error::ContractError;
use crate::policy::{ensure_allows, now_ms, now_s, Act};
use crate::state::{self, Claim, Policy};
use crate::terms::Terms;

pub fn claim(
    deps: DepsMut,
    env: &Env,
    claimant: &Addr,
    number: u64,
    ground: GroundRef,
    evidence: &[EvidenceMsg],
) -> Result<Response, ContractError> {
    let policy = state::policy(deps.storage, number)?;
    let terms = state::product(deps.storage, policy.product)?.terms;
    ensure_allows(number, &policy, &terms, Act::Claim, now_s(env))?;

    let config = state::config(deps.storage)?;
    let exhibits = Exhibit::parse_all(evidence, policy.patient)?;
    let consent = config.consent(deps.querier);
    evidence::ensure_may_disclose(&consent, &exhibits, claimant, ground, now_s(env))?;

    let anchor = config.anchor(deps.querier);
    let registry = config.registry(deps.querier);
    let shown = evidence::open_all(&anchor, &registry, &exhibits, &terms.rule, policy.bound_at)?;
    let window = terms.rule.evaluate(&shown)?;
    policy.ensure_claimable(&terms, window, now_ms(env))?;
    let paid = Claim {
        claimant: claimant.clone(),
        amount: terms.benefit,
        window,
        paid_at: now_s(env),
    };
    settle(deps.storage, number, policy, &terms, &paid)
}

/// Records the claim, then pays it. The last claim ends the policy: its premium is earned.
fn settle(
    storage: &mut dyn Storage,
    number: u64,
    mut policy: Policy,
    terms: &Terms,
    claim: &Claim,
) -> Result<Response, ContractError> {
    let mut pool = state::pool(storage, policy.product)?.pay(claim.amount)?;
    policy.locked = unlock(policy.locked, claim.amount)?;
    // what a claim uses up is time
    policy.paid.push(claim.window);
    let paid = policy.claims_paid();
    if paid >= terms.max_claims {
        pool = pool.release(policy.locked)?;
        policy.locked = 0;
    }
    state::save_pool(storage, policy.product, &pool)?;
    state::save_policy(storage, number, &policy)?;
    state::save_claim(storage, number, paid, claim)?;

    let amount = Uint128::new(claim.amount);
    let event = Event::new("claim_paid")
        .add_attribute("policy", number.to_string())
        .add_attribute("claim", paid.to_string())
        .add_attribute("amount", amount)
        .add_attribute("payee", &policy.payee);
    let send = BankMsg::Send {
        to_address: policy.payee.into(),
        amount: vec![Coin::new(amount, &terms.denom)],
    };
    Ok(Response::new().add_message(send).add_event(event))
}
