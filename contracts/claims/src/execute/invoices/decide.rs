//! Assessor, claimant and arbiter in turn; and what their silence means.

use cosmwasm_std::{Addr, Binary, DepsMut, Env, Event, Response, Uint128};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::StaffPart;
use vitals_api::parse;
use vitals_core::decision::GroundRef;
use vitals_core::insurance::{ClaimAct, Stage};

use super::case::Case;
use crate::access;
use crate::error::ContractError;
use crate::execute::evidence::Claimant;
use crate::execute::two_people::{second_person_needed, Asked};
use crate::policy::now_s;
use crate::state::{self, Appeal, Subject, Verdict};

pub(crate) fn assess(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    policy: u64,
    claim: u16,
    award: Uint128,
    reason: Option<Binary>,
) -> Result<Response, ContractError> {
    let mut case = Case::load(deps.storage, policy, claim)?;
    let insurer = &case.sold.product.insurer;
    access::ensure_works_for(deps.storage, sender, insurer, StaffPart::Assessor)?;
    case.ensure_no_party(sender, &[Some(&case.claimant)])?;
    let reason = reason.map(|it| parse::bytes("reason", &it)).transpose()?;
    let (award, now) = (award.u128(), now_s(env));
    let reasoned = reason.is_some();
    let outcome = case.step(ClaimAct::Assess { award, reasoned }, now)?;

    let asked = Asked {
        product: case.sold.policy.product,
        subject: Subject::Award { policy, claim },
        amount: award,
        digest: reason,
        by: sender,
        now,
    };
    if let Some(event) = second_person_needed(deps.storage, &case.sold.product, &asked)? {
        return Ok(Response::new().add_event(event));
    }
    case.invoice.assessed = Some(Verdict {
        award,
        by: sender.clone(),
        at: now,
        reason,
    });
    let event = ClaimsEvent::ClaimAssessed {
        policy,
        claim,
        award,
        reason,
    };
    let done = case.record(deps.storage, &outcome, now)?;
    Ok(done.add_event(event))
}

pub(crate) fn appeal(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    policy: u64,
    claim: u16,
    ground: GroundRef,
    reason: &Binary,
) -> Result<Response, ContractError> {
    let mut case = Case::load(deps.storage, policy, claim)?;
    let now = now_s(env);
    let claimant = Claimant {
        account: sender,
        patient: case.sold.policy.patient,
        ground,
    };
    let config = state::config(deps.storage)?;
    let asked = [(case.terms.category, case.served_epochs())];
    claimant.ensure_may_disclose(&config.consent(deps.querier), &asked, now)?;
    let insurer = &case.sold.product.insurer;
    claimant.ensure_no_judge(deps.storage, insurer, &case.terms.arbiter)?;
    let reason = parse::bytes("reason", reason)?;
    let outcome = case.step(ClaimAct::Appeal, now)?;

    case.invoice.appealed = Some(Appeal {
        at: now,
        by: Some(sender.clone()),
        reason: Some(reason),
    });
    let event = ClaimsEvent::ClaimAppealed {
        policy,
        claim,
        deadline: outcome.dispute.deadline().unwrap_or(now),
    };
    let done = case.record(deps.storage, &outcome, now)?;
    Ok(done.add_event(event))
}

pub(crate) fn arbitrate(
    deps: DepsMut,
    env: &Env,
    sender: &Addr,
    policy: u64,
    claim: u16,
    award: Uint128,
    reason: &Binary,
) -> Result<Response, ContractError> {
    let mut case = Case::load(deps.storage, policy, claim)?;
    ensure_arbiter(&case, sender)?;
    case.ensure_no_party(sender, &case.insured())?;
    let reason = parse::bytes("reason", reason)?;
    let (award, now) = (award.u128(), now_s(env));
    let outcome = case.step(ClaimAct::Arbitrate { award }, now)?;

    case.invoice.arbitrated = Some(Verdict {
        award,
        by: sender.clone(),
        at: now,
        reason: Some(reason),
    });
    let event = ClaimsEvent::ClaimArbitrated {
        policy,
        claim,
        award,
        reason,
    };
    let done = case.record(deps.storage, &outcome, now)?;
    Ok(done.add_event(event))
}

fn ensure_arbiter(case: &Case, sender: &Addr) -> Result<(), ContractError> {
    if case.terms.arbiter == sender.as_str() {
        return Ok(());
    }
    Err(ContractError::NotTheArbiter {
        sender: sender.to_string(),
        arbiter: case.terms.arbiter.clone(),
        policy: case.policy,
    })
}

pub(crate) fn settle(
    deps: DepsMut,
    env: &Env,
    policy: u64,
    claim: u16,
) -> Result<Response, ContractError> {
    let mut case = Case::load(deps.storage, policy, claim)?;
    let now = now_s(env);
    let outcome = case.step(ClaimAct::Settle, now)?;
    case.forget_waiting(deps.storage);
    let event: Event = match outcome.dispute.stage {
        Stage::Appealed { until } => {
            case.invoice.appealed = Some(Appeal {
                at: now,
                by: None,
                reason: None,
            });
            ClaimsEvent::ClaimAppealed {
                policy,
                claim,
                deadline: until,
            }
            .into()
        }
        _ => ClaimsEvent::ClaimSettled {
            policy,
            claim,
            award: outcome.dispute.paid,
        }
        .into(),
    };
    let done = case.record(deps.storage, &outcome, now)?;
    Ok(done.add_event(event))
}
