//! Products, and versions of their terms.

use cosmwasm_std::{Addr, Deps, DepsMut, Env, Response, Storage, Uint128};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::{ProductMsg, StaffPart, TermsMsg};
use vitals_api::parse;
use vitals_api::registry::record::MODELS;
use vitals_core::insurance::{EvidenceTerms, InvoiceTerms, Terms};
use vitals_core::measure::Measure;
use vitals_core::rule::Rule;
use vitals_core::set::Set;

use super::denoms;
use super::two_people::{second_person_needed, Asked};
use crate::access;
use crate::error::ContractError;
use crate::state::{self, Product, Subject};
use crate::terms::parse_terms;

/// The insurer has a live credential, and the sender works for it: that is checked before.
pub fn create(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    insurer: Option<String>,
    msg: &ProductMsg,
) -> Result<Response, ContractError> {
    let insurer = match insurer {
        Some(insurer) => parse::address(deps.api, &insurer)?,
        None => sender.clone(),
    };
    let denom = denoms::parsed(deps.api, msg.denom.clone())?;
    denoms::ensure_admitted(deps.storage, &denom)?;
    let terms = checked(deps.as_ref(), env, &insurer, &msg.terms)?;
    note_arbiter(deps.storage, &insurer, &terms)?;
    let product = Product {
        insurer,
        denom,
        latest: 1,
        on_sale: true,
        two_people_above: None,
    };
    let number = state::add_product(deps.storage, &product, &terms)?;
    Ok(Response::new().add_event(ClaimsEvent::ProductCreated {
        product: number,
        insurer: product.insurer.as_str(),
    }))
}

/// Policies that were bound keep their version.
pub fn amend(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    number: u64,
    msg: &TermsMsg,
) -> Result<Response, ContractError> {
    let mut product = state::product(deps.storage, number)?;
    let insurer = &product.insurer;
    access::ensure_works_for(deps.storage, sender, insurer, StaffPart::Underwriter)?;
    let now = env.block.time.seconds();
    access::ensure_credential(deps.storage, deps.querier, insurer, now)?;
    let terms = checked(deps.as_ref(), env, insurer, msg)?;
    let asked = Asked {
        product: number,
        subject: Subject::Terms,
        amount: terms.lock()?,
        digest: Some(state::terms_digest(&terms)?),
        by: sender,
        now,
    };
    if let Some(event) = second_person_needed(deps.storage, &product, &asked)? {
        return Ok(Response::new().add_event(event));
    }
    note_arbiter(deps.storage, insurer, &terms)?;
    let version = product.latest.checked_add(1);
    product.latest = version.ok_or(ContractError::NumbersUsedUp)?;
    state::add_terms(deps.storage, number, product.latest, &terms)?;
    state::save_product(deps.storage, number, &product)?;
    Ok(Response::new().add_event(ClaimsEvent::ProductAmended {
        product: number,
        version: product.latest,
    }))
}

pub fn set_on_sale(
    deps: DepsMut,
    sender: &Addr,
    number: u64,
    on_sale: bool,
) -> Result<Response, ContractError> {
    let mut product = state::product(deps.storage, number)?;
    let insurer = &product.insurer;
    access::ensure_works_for(deps.storage, sender, insurer, StaffPart::Underwriter)?;
    product.on_sale = on_sale;
    state::save_product(deps.storage, number, &product)?;
    Ok(Response::new().add_event(ClaimsEvent::SaleChanged {
        product: number,
        on_sale,
    }))
}

pub fn set_two_people_above(
    deps: DepsMut,
    sender: &Addr,
    number: u64,
    amount: Option<Uint128>,
) -> Result<Response, ContractError> {
    let mut product = state::product(deps.storage, number)?;
    access::ensure_created(sender, number, &product)?;
    product.two_people_above = amount.map(|amount| amount.u128());
    // asked for under another limit; an award that waits ends with its claim
    for subject in [Subject::Withdrawal, Subject::Terms] {
        state::forget_waiting(deps.storage, number, subject);
    }
    state::save_product(deps.storage, number, &product)?;
    Ok(Response::new().add_event(ClaimsEvent::TwoPeopleSet {
        product: number,
        above: product.two_people_above,
    }))
}

/// Terms that can be met, by the rules of the core and by what the chain knows.
fn checked(deps: Deps, env: &Env, insurer: &Addr, msg: &TermsMsg) -> Result<Terms, ContractError> {
    let terms = parse_terms(deps.api, msg)?;
    match &terms.evidence {
        EvidenceTerms::Disclosed { rule, models } => ensure_measured(deps, rule, models)?,
        EvidenceTerms::Invoice(invoice) => {
            let arbiter = Addr::unchecked(&invoice.arbiter);
            let is_party = arbiter == env.contract.address
                || access::is_of_insurer(deps.storage, &arbiter, insurer)?;
            if is_party {
                let arbiter = arbiter.into();
                return Err(ContractError::Arbiter { arbiter });
            }
            ensure_time_to_decide(deps.storage, invoice)?;
        }
    }
    Ok(terms)
}

/// Whoever is to decide has a time that a person can keep.
fn ensure_time_to_decide(storage: &dyn Storage, terms: &InvoiceTerms) -> Result<(), ContractError> {
    let least = state::config(storage)?.least_deadline_s;
    let deadlines = [
        ("assess_within_s", terms.assess_within_s),
        ("appeal_within_s", terms.appeal_within_s),
        ("arbitrate_within_s", terms.arbitrate_within_s),
    ];
    match deadlines.into_iter().find(|(_, within)| *within < least) {
        Some((field, seconds)) => Err(ContractError::DeadlineTooShort {
            field,
            seconds,
            least,
        }),
        None => Ok(()),
    }
}

fn note_arbiter(
    storage: &mut dyn Storage,
    insurer: &Addr,
    terms: &Terms,
) -> Result<(), ContractError> {
    match &terms.evidence {
        EvidenceTerms::Invoice(invoice) => {
            state::note_arbiter(storage, insurer.as_str(), &invoice.arbiter)
        }
        EvidenceTerms::Disclosed { .. } => Ok(()),
    }
}

/// Each condition's measure is one of a listed model at the least; without a list any model's.
fn ensure_measured(deps: Deps, rule: &Rule, models: &[u32]) -> Result<(), ContractError> {
    if models.is_empty() {
        return Ok(());
    }
    let config = state::config(deps.storage)?;
    let registry = config.registry(deps.querier);
    let mut measured: Vec<Set<Measure>> = Vec::with_capacity(models.len());
    for model in models {
        measured.push(MODELS.load(&registry, model)?.measures);
    }
    let missing = rule
        .conditions
        .iter()
        .map(|condition| condition.measure)
        .find(|measure| !measured.iter().any(|set| set.contains(*measure)));
    match missing {
        Some(measure) => Err(ContractError::NoModelMeasures { measure }),
        None => Ok(()),
    }
}
