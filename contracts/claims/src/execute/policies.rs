//! Policies begin and end.

use cosmwasm_std::{Addr, Coin, DepsMut, Env, Event, MessageInfo, Response, Storage, Uint128};
use vitals_api::consent::read::authorize;
use vitals_api::parse;
use vitals_api::store::Remote;
use vitals_core::decision::{Action, GroundRef, Purpose, Request, Seconds};
use vitals_core::measure::Category;
use vitals_core::money::policy_lock;
use vitals_core::time::Window;

use crate::error::ContractError;
use crate::policy::{allows, ensure_allows, now_s, Act, Cover};
use crate::state::{self, Policy};
use crate::terms::Terms;

/// A policy asked for.
pub struct Binding {
    pub product: u64,
    pub patient: u64,
    pub ground: GroundRef,
    pub payee: Addr,
}

pub fn bind(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    asked: Binding,
) -> Result<Response, ContractError> {
    if asked.payee == env.contract.address {
        return Err(ContractError::PayeeIsTheContract);
    }
    let terms = state::product(deps.storage, asked.product)?.terms;
    ensure_premium(&info.funds, &terms)?;
    let config = state::config(deps.storage)?;
    let consent = config.consent(deps.querier);
    ensure_holder(&consent, &asked, &info.sender, now_s(env))?;
    ensure_none_live(deps.storage, &asked, &terms, now_s(env))?;

    let benefits = terms.benefits()?;
    let pool = state::pool(deps.storage, asked.product)?.sell(terms.premium, benefits)?;
    let cover = Cover::bound_at(env.block.time, &terms);
    let policy = Policy {
        product: asked.product,
        patient: asked.patient,
        payee: asked.payee,
        bound_at: now_s(env),
        covered_from: cover.from,
        covered_until: cover.until,
        file_until: cover.file_until,
        locked: policy_lock(terms.premium, benefits)?,
        paid: Vec::new(),
    };
    state::save_pool(deps.storage, asked.product, &pool)?;
    let number = state::add_policy(deps.storage, &policy)?;
    let event = Event::new("policy_bound")
        .add_attribute("policy", number.to_string())
        .add_attribute("product", policy.product.to_string())
        .add_attribute("patient", policy.patient.to_string());
    Ok(Response::new().add_event(event))
}

fn ensure_premium(funds: &[Coin], terms: &Terms) -> Result<(), ContractError> {
    let premium = Uint128::new(terms.premium);
    if premium.is_zero() {
        return Ok(parse::no_funds(funds)?);
    }
    let got = parse::one_coin(funds, &terms.denom)?;
    if got == premium {
        return Ok(());
    }
    Err(ContractError::WrongPremium { got, premium })
}

fn ensure_holder(
    consent: &Remote<'_>,
    asked: &Binding,
    sender: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    let request = Request {
        patient: asked.patient,
        who: sender.as_str(),
        purpose: Purpose::Payment,
        action: Action::Disclose,
        // neither control nor a guardian's power is limited to a category or a time
        category: Category::Cardiac,
        window: Window::one(0),
    };
    authorize(consent, &request, asked.ground, now)?;
    Ok(())
}

/// Terms do not change, so those of the product are those of the policy before.
fn ensure_none_live(
    storage: &dyn Storage,
    asked: &Binding,
    terms: &Terms,
    now: Seconds,
) -> Result<(), ContractError> {
    let Some(number) = state::last_bound(storage, asked.patient, asked.product)? else {
        return Ok(());
    };
    let state = state::policy(storage, number)?.state(terms, now);
    if allows(&state, Act::Rebind) {
        return Ok(());
    }
    Err(ContractError::PolicyLive {
        patient: asked.patient,
        product: asked.product,
        policy: number,
        state,
    })
}

pub fn expire(
    storage: &mut dyn Storage,
    env: &Env,
    number: u64,
) -> Result<Response, ContractError> {
    let mut policy = state::policy(storage, number)?;
    let terms = state::product(storage, policy.product)?.terms;
    ensure_allows(number, &policy, &terms, Act::Expire, now_s(env))?;

    let released = policy.locked;
    let pool = state::pool(storage, policy.product)?.release(released)?;
    policy.locked = 0;
    state::save_pool(storage, policy.product, &pool)?;
    state::save_policy(storage, number, &policy)?;
    let event = Event::new("policy_expired")
        .add_attribute("policy", number.to_string())
        .add_attribute("product", policy.product.to_string())
        .add_attribute("released", released.to_string());
    Ok(Response::new().add_event(event))
}
