//! Policies begin, and end.

use cosmwasm_std::{Addr, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::consent::read::authorize;
use vitals_api::store::Remote;
use vitals_core::decision::{Action, GroundRef, Purpose, Request, Seconds};
use vitals_core::insurance::{Act, Life, Standing, Terms};
use vitals_core::measure::Category;
use vitals_core::time::{Millis, Window};

use crate::access;
use crate::account::PolicyAccount;
use crate::error::ContractError;
use crate::funds::Funds;
use crate::policy::{now_s, whole_second_from};
use crate::state::{self, Policy, Policyholder, Product};

mod end;
mod refund;

pub(crate) use end::{cancel, expire, lapse};

/// A policy asked for.
pub(crate) struct Binding {
    pub product: u64,
    pub version: u32,
    pub patient: u64,
    pub ground: GroundRef,
    pub payee: Addr,
}

pub(crate) fn bind(
    deps: DepsMut,
    env: &Env,
    funds: Funds,
    asked: Binding,
) -> Result<Response, ContractError> {
    let consent = state::config(deps.storage)?;
    let consent = consent.consent(deps.querier);
    let known = (asked.product, asked.version);
    let (product, terms) = on_sale(deps.storage, &consent, known, now_s(env))?;
    ensure_payee(deps.storage, env, &asked.payee)?;
    funds.ensure_premium(&product.denom, terms.premium.payment())?;
    ensure_holder(
        &consent,
        &funds.from,
        asked.patient,
        asked.ground,
        now_s(env),
    )?;
    let used_until_ms = ensure_none_live(deps.storage, asked.patient, asked.product, now_s(env))?;

    let number = state::next_policy(deps.storage)?;
    let policy = Policy {
        version: asked.version,
        life: life_from(env),
        used_until_ms,
        ..unsold(asked.product, asked.patient, asked.payee, &funds.from)
    };
    state::list_policy(deps.storage, number, &policy)?;
    let mut account = PolicyAccount::open(deps.storage, number, policy, &product.denom, &terms)?;
    account.take_premium(&funds.from)?;
    bound(deps.storage, number, account)
}

/// The end of every sale: what the policy may have to pay is locked, and it is its patient's one
/// policy of the product.
pub(super) fn bound(
    storage: &mut dyn Storage,
    number: u64,
    mut account: PolicyAccount<'_>,
) -> Result<Response, ContractError> {
    account.lock_benefits()?;
    state::save_bound(storage, number, &account.policy)?;
    let (product, patient) = (account.policy.product, account.policy.patient);
    let event = ClaimsEvent::PolicyBound {
        policy: number,
        product,
        patient,
    };
    Ok(account.close(storage)?.add_event(event))
}

/// Live from now, with the first payment made.
pub(super) fn life_from(env: &Env) -> Life {
    Life {
        standing: Standing::Live,
        bound_at: whole_second_from(env.block.time),
        payments: 1,
    }
}

/// Of the first version, and with nothing paid or locked yet.
pub(super) fn unsold(product: u64, patient: u64, payee: Addr, policyholder: &Addr) -> Policy {
    Policy {
        product,
        version: 1,
        patient,
        policyholder: Policyholder::of(policyholder, &payee),
        payee,
        life: Life {
            standing: Standing::Withdrawn,
            bound_at: 0,
            payments: 0,
        },
        premium_paid: 0,
        slots: 0,
        open: 0,
        last_claim: 0,
        locked: 0,
        paid: Vec::new(),
        used_until_ms: None,
        reward_days: 0,
        rebated_at: None,
        offered_at: None,
        cancelled: None,
        lapsed_at: None,
        ended_at: None,
    }
}

/// A product with its latest terms, which the buyer knows.
pub(super) fn on_sale(
    storage: &dyn Storage,
    consent: &Remote<'_>,
    (number, known): (u64, u32),
    now: Seconds,
) -> Result<(Product, Terms), ContractError> {
    let product = state::product(storage, number)?;
    ensure_on_sale(consent, number, &product, now)?;
    if product.latest != known {
        return Err(ContractError::TermsChanged {
            product: number,
            latest: product.latest,
            known,
        });
    }
    let terms = state::terms(storage, number, known)?;
    Ok((product, terms))
}

/// By its insurer, who is one still.
pub(super) fn ensure_on_sale(
    consent: &Remote<'_>,
    number: u64,
    product: &Product,
    now: Seconds,
) -> Result<(), ContractError> {
    if !product.on_sale {
        return Err(ContractError::NotOnSale { product: number });
    }
    access::ensure_insurer(consent, &product.insurer, now)
}

/// Neither this contract nor a token's, which could not move what they are paid.
pub(super) fn ensure_payee(
    storage: &dyn Storage,
    env: &Env,
    payee: &Addr,
) -> Result<(), ContractError> {
    if *payee == env.contract.address {
        return Err(ContractError::PayeeIsTheContract);
    }
    if state::token(storage, payee.as_str())?.is_none() {
        return Ok(());
    }
    Err(ContractError::PayeeIsAToken {
        payee: payee.to_string(),
    })
}

/// The patient, or a guardian with the power to claim.
pub(super) fn ensure_holder(
    consent: &Remote<'_>,
    sender: &Addr,
    patient: u64,
    ground: GroundRef,
    now: Seconds,
) -> Result<(), ContractError> {
    let request = Request {
        patient,
        who: sender.as_str(),
        purpose: Purpose::Payment,
        action: Action::Disclose,
        // neither control nor a guardian's power is limited to a category or a time
        category: Category::Cardiac,
        window: Window::one(0),
    };
    authorize(consent, &request, ground, now)?;
    Ok(())
}

/// Gives the last instant that the patient's policies of the product used up.
pub(super) fn ensure_none_live(
    storage: &dyn Storage,
    patient: u64,
    product: u64,
    now: Seconds,
) -> Result<Option<Millis>, ContractError> {
    let Some(number) = state::last_bound(storage, patient, product)? else {
        return Ok(None);
    };
    let policy = state::policy(storage, number)?;
    let terms = state::terms(storage, product, policy.version)?;
    let state = policy.life.state(&terms, now);
    if state.allows(Act::Rebind) {
        return Ok(policy.last_used_ms());
    }
    Err(ContractError::PolicyLive {
        patient,
        product,
        policy: number,
        state,
    })
}

pub(super) fn ensure_policyholder(
    number: u64,
    policy: &Policy,
    sender: &Addr,
) -> Result<(), ContractError> {
    if policy.policyholder() == Some(sender) {
        return Ok(());
    }
    Err(ContractError::NotThePolicyholder {
        sender: sender.to_string(),
        policy: number,
    })
}
