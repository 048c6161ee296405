//! Policies as they are now.

use cosmwasm_std::{Deps, Storage, Uint64};
use vitals_api::claims::{DaysPage, PoliciesPage, PolicyInfo};
use vitals_api::page::page_limit;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Act, Cover, EvidenceTerms, PolicyState, Standing, Terms};

use super::cut;
use crate::error::ContractError;
use crate::state::{self, Policy};

pub(super) fn policy(deps: Deps, number: u64, now: Seconds) -> Result<PolicyInfo, ContractError> {
    found(deps.storage, number, now)
}

fn found(storage: &dyn Storage, number: u64, now: Seconds) -> Result<PolicyInfo, ContractError> {
    let policy = state::policy(storage, number)?;
    let terms = state::terms(storage, policy.product, policy.version)?;
    Ok(info(number, policy, &terms, now))
}

pub(super) fn of_patient(
    deps: Deps,
    patient: u64,
    start_after: Option<Uint64>,
    limit: Option<u32>,
    now: Seconds,
) -> Result<PoliciesPage, ContractError> {
    let after = start_after.map(|number| number.u64());
    let numbers = |limit| state::policies_of_patient(deps.storage, patient, after, limit);
    page(deps.storage, numbers, limit, None, now)
}

pub(super) fn of_product(
    deps: Deps,
    product: u64,
    state: Option<PolicyState>,
    start_after: Option<Uint64>,
    limit: Option<u32>,
    now: Seconds,
) -> Result<PoliciesPage, ContractError> {
    let after = start_after.map(|number| number.u64());
    let numbers = |limit| state::policies_of_product(deps.storage, product, after, limit);
    page(deps.storage, numbers, limit, state, now)
}

pub(super) fn reward_days(
    deps: Deps,
    policy: u64,
    start_after: Option<u16>,
    limit: Option<u32>,
) -> Result<DaysPage, ContractError> {
    let days = state::counted_days(deps.storage, policy, start_after, page_limit(limit))?;
    Ok(DaysPage { days })
}

fn page(
    storage: &dyn Storage,
    numbers: impl Fn(usize) -> Result<Vec<u64>, ContractError>,
    limit: Option<u32>,
    state: Option<PolicyState>,
    now: Seconds,
) -> Result<PoliciesPage, ContractError> {
    let limit = page_limit(limit);
    // one more tells whether the list goes on
    let (numbers, goes_on) = cut(numbers(limit.saturating_add(1))?, limit);
    let next = numbers
        .last()
        .filter(|_| goes_on)
        .map(|last| (*last).into());
    let mut policies = Vec::with_capacity(numbers.len());
    for number in numbers {
        let info = found(storage, number, now)?;
        if state.is_none_or(|asked| asked == info.state) {
            policies.push(info);
        }
    }
    Ok(PoliciesPage { policies, next })
}

fn info(number: u64, policy: Policy, terms: &Terms, now: Seconds) -> PolicyInfo {
    let life = policy.life;
    let (offered_until, cover) = match life.standing {
        Standing::Offered { until } => (Some(until), None),
        _ => (
            None,
            (life.bound_at > 0).then(|| cover(&policy, terms, now)),
        ),
    };
    let cover = cover.unwrap_or(Cover {
        from: 0,
        until: 0,
        file_until: 0,
    });
    let state = life.state(terms, now);
    let is_payable = state.allows(Act::PayPremium);
    let next_due = life.next_due(terms).filter(|_| is_payable);
    PolicyInfo {
        policy: number.into(),
        product: policy.product.into(),
        version: policy.version,
        patient: policy.patient.into(),
        policyholder: policy.policyholder().map(ToString::to_string),
        state,
        offered_until,
        bound_at: life.bound_at,
        covered_from: cover.from,
        covered_until: cover.until,
        file_until: cover.file_until,
        premium_paid: policy.premium_paid.into(),
        next_due,
        next_amount: next_due.map_or(0, |_| terms.premium.payment()).into(),
        claims_paid: policy.slots.saturating_sub(policy.open),
        claims_most: terms.benefit.most(),
        claims_open: policy.open,
        used_until_ms: policy.used_until_ms,
        reward_days: policy.reward_days,
        rebated: policy.rebated_at.is_some(),
        locked: policy.locked.into(),
        arbiter: arbiter(terms),
        payee: policy.payee.into(),
    }
}

/// Once a policy is over, what ended its cover early still says when it ended.
fn cover(policy: &Policy, terms: &Terms, now: Seconds) -> Cover {
    let life = policy.life;
    let cover = life.cover(terms, now);
    let exhausted_at = match life.standing {
        Standing::Expired => None,
        Standing::Exhausted => policy.ended_at,
        _ => return cover,
    };
    let unpaid = terms
        .premium
        .due(life.bound_at, life.payments, terms.term_s);
    let cancelled_at = policy.cancelled.as_ref().map(|it| it.at);
    let ends = [unpaid, cancelled_at, exhausted_at];
    let earliest = ends.into_iter().flatten().min();
    earliest.map_or(cover, |at| cover.ended(at, terms))
}

fn arbiter(terms: &Terms) -> Option<String> {
    match &terms.evidence {
        EvidenceTerms::Invoice(terms) => Some(terms.arbiter.clone()),
        EvidenceTerms::Disclosed { .. } => None,
    }
}
