//! Rewards: days of steps or doses, shown like a claim, and the rebate they earn.

use cosmwasm_std::{Addr, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::{EvidenceMsg, MAX_EVIDENCE};
use vitals_core::decision::GroundRef;
use vitals_core::insurance::{Act, Reward};
use vitals_core::rule::{ClaimWindow, MAX_READINGS};

use super::evidence::{show, Claimant, Wanted};
use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::policy::{ensure_allows, now_ms, now_s};
use crate::state::{self, Policy};

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
    let reward = unpaid_reward(number, &sold)?;

    let claimant = Claimant {
        account: sender,
        patient: policy.patient,
        ground,
    };
    let wanted = Wanted {
        bound_at: policy.life.bound_at,
        models: &[],
        most: MAX_EVIDENCE.saturating_mul(MAX_READINGS.into()),
    };
    let shown = show(deps.as_ref(), &claimant, &wanted, evidence, now_s(env))?;
    // days may lie apart: each reading is in time, not the last alone
    for item in &shown {
        let (from_ms, to_ms) = (item.at_ms, item.at_ms);
        policy.ensure_filed_in_time(terms, ClaimWindow { from_ms, to_ms }, now_ms(env))?;
    }
    let days = reward.days_shown(&shown, policy.life.bound_at)?;
    count(deps.storage, env, number, sold, &days)
}

fn unpaid_reward(number: u64, sold: &Sold) -> Result<&Reward, ContractError> {
    if sold.policy.rebated_at.is_some() {
        return Err(ContractError::Rebated { policy: number });
    }
    let reward = sold.terms.reward.as_ref();
    reward.ok_or(ContractError::NoReward { policy: number })
}

fn count(
    storage: &mut dyn Storage,
    env: &Env,
    number: u64,
    sold: Sold,
    days: &[u16],
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        mut policy,
    } = sold;
    for day in days {
        count_day(storage, number, &mut policy, *day)?;
    }
    let event = ClaimsEvent::RewardShown {
        policy: number,
        days: policy.reward_days,
    };
    let mut account = PolicyAccount::open(storage, number, policy, &product.denom, &terms)?;
    let rebated = account.rebate_if_earned(now_s(env))?;
    let exhausted = account.exhaust_if_done(now_s(env))?;
    Ok(account
        .close(storage)?
        .add_event(event)
        .add_events(rebated.into_iter().chain(exhausted)))
}

fn count_day(
    storage: &mut dyn Storage,
    number: u64,
    policy: &mut Policy,
    day: u16,
) -> Result<(), ContractError> {
    if state::is_day_counted(storage, number, day)? {
        return Err(ContractError::DayCounted {
            policy: number,
            day,
        });
    }
    policy.reward_days = policy.reward_days.saturating_add(1);
    state::mark_day_counted(storage, number, day)
}
