//! Claims on readings: shown, judged and paid in one message.

use cosmwasm_std::{Addr, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::{EvidenceMsg, MAX_FILED};
use vitals_core::decision::GroundRef;
use vitals_core::insurance::{Act, EvidenceTerms, Terms};
use vitals_core::rule::{ClaimWindow, MAX_READINGS};

use super::evidence::{show, Claimant, Wanted};
use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::policy::{ensure_allows, now_ms, now_s};
use crate::state::{self, Claim, ClaimEvidence, Policy};

pub(crate) fn claim(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    number: u64,
    ground: GroundRef,
    evidence: &[EvidenceMsg],
) -> Result<Response, ContractError> {
    let sold = Sold::load(deps.storage, number)?;
    let (policy, terms) = (&sold.policy, &sold.terms);
    ensure_allows(number, policy, terms, Act::Claim, now_s(env))?;
    let EvidenceTerms::Disclosed { rule, models } = &terms.evidence else {
        return Err(ContractError::ClaimedByInvoice { policy: number });
    };
    policy.ensure_slot(number, terms)?;

    let claimant = Claimant {
        account: sender,
        patient: policy.patient,
        ground,
    };
    let wanted = Wanted {
        bound_at: policy.life.bound_at,
        models,
        most: rule.conditions.len().saturating_mul(MAX_READINGS.into()),
    };
    let shown = show(deps.as_ref(), &claimant, &wanted, evidence, now_s(env))?;
    let window = rule.evaluate(&shown)?;
    policy.ensure_filed_in_time(terms, window, now_ms(env))?;
    pay(deps.storage, env, sender, number, sold, window)
}

/// Records the claim, then pays it.
fn pay(
    storage: &mut dyn Storage,
    env: &Env,
    claimant: &Addr,
    number: u64,
    sold: Sold,
    window: ClaimWindow,
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        mut policy,
    } = sold;
    let amount = terms.benefit.amount();
    let claim = next_claim(number, &mut policy)?;
    use_up(storage, number, claim, &mut policy, &terms, window)?;
    let record = Claim {
        claimant: claimant.clone(),
        filed_at: now_s(env),
        evidence: ClaimEvidence::Disclosed {
            window,
            paid: amount,
        },
    };
    state::save_claim(storage, policy.product, number, claim, &record)?;

    let payee = policy.payee.clone();
    let mut account = PolicyAccount::open(storage, number, policy, &product.denom, &terms)?;
    account.pay_benefit(claim, amount)?;
    account.count_paid();
    let exhausted = account.exhaust_if_done(now_s(env))?;
    let event = ClaimsEvent::ClaimPaid {
        policy: number,
        claim,
        amount,
        payee: payee.as_str(),
    };
    Ok(account
        .close(storage)?
        .add_event(event)
        .add_events(exhausted))
}

/// The next claim's number, which it uses up.
pub(super) fn next_claim(number: u64, policy: &mut Policy) -> Result<u16, ContractError> {
    if policy.last_claim >= MAX_FILED {
        return Err(ContractError::TooManyFiled {
            policy: number,
            most: MAX_FILED,
        });
    }
    policy.last_claim = policy.last_claim.saturating_add(1);
    Ok(policy.last_claim)
}

/// What a claim uses up is time: its day, or its window.
fn use_up(
    storage: &mut dyn Storage,
    number: u64,
    claim: u16,
    policy: &mut Policy,
    terms: &Terms,
    window: ClaimWindow,
) -> Result<(), ContractError> {
    if !terms.benefit.is_per_day() {
        policy.ensure_unused(terms, window)?;
        policy.paid.push(window);
        return Ok(());
    }
    let day = policy.day_of(window)?;
    if state::is_day_paid(storage, number, day)? {
        return Err(ContractError::DayPaid {
            policy: number,
            day,
        });
    }
    policy.use_day(terms, day)?;
    state::mark_day_paid(storage, number, day, claim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execute::policies::unsold;

    #[test]
    fn a_policy_takes_so_many_claims_and_no_more() {
        let payee = Addr::unchecked("payee");
        let mut policy = unsold(1, 2, payee.clone(), &payee);
        for number in 1..=MAX_FILED {
            assert_eq!(next_claim(7, &mut policy), Ok(number));
        }
        let none = ContractError::TooManyFiled {
            policy: 7,
            most: MAX_FILED,
        };
        assert_eq!(next_claim(7, &mut policy), Err(none));
    }
}
