//! Who may write a plan signs off a report of the doses taken against it.

use cosmwasm_std::{Event, Storage};
use vitals_api::care::{AdherenceMsg, MAX_PERIOD};
use vitals_api::parse;
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::time::{Epoch, Window};
use vitals_core::FormatError;

use super::write_plan::ensure_may_write;
use super::Call;
use crate::adherence::Adherence;
use crate::authority::epoch;
use crate::error::ContractError;
use crate::plan::Plan;
use crate::{events, state};

pub fn record_adherence(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    ground: GroundRef,
    msg: &AdherenceMsg,
) -> Result<Event, ContractError> {
    let report = parse_report(call, msg)?;
    let plan = state::plan(storage, patient, report.plan)?;
    ensure_may_write(storage, call, patient, ground, plan.categories)?;
    ensure_over(report.period, call)?;
    ensure_held(&plan, report.period, report.plan)?;
    let number = state::add_adherence(storage, patient, &report)?;
    Ok(events::adherence_recorded(patient, number, &report))
}

fn parse_report(call: &Call, msg: &AdherenceMsg) -> Result<Adherence, ContractError> {
    let period = msg.period.checked()?;
    let epochs = period.to.saturating_sub(period.from);
    if epochs > MAX_PERIOD {
        return Err(ContractError::LongPeriod {
            epochs,
            most: MAX_PERIOD,
        });
    }
    Ok(Adherence {
        plan: msg.plan,
        period,
        digest: parse::bytes("digest", &msg.digest)?,
        by: call.sender.to_string(),
        at: call.now_s(),
    })
}

fn ensure_over(period: Window, call: &Call) -> Result<(), ContractError> {
    let now = epoch(call.now_ms())?;
    if period.to <= now {
        return Ok(());
    }
    Err(ContractError::PeriodNotOver { to: period.to, now })
}

/// The plan had been acknowledged when the period began, and was not withdrawn before it ended;
/// the epochs of either are inside.
fn ensure_held(plan: &Plan, period: Window, version: u32) -> Result<(), ContractError> {
    let Some(acknowledged) = plan.life.acknowledged() else {
        return Err(ContractError::PlanNotHeld { version, period });
    };
    let from = epoch_of_s(acknowledged.at)?;
    let withdrawn = plan.life.withdrawn().map(|by| epoch_of_s(by.at));
    let last = withdrawn.transpose()?;
    if from <= period.from && last.is_none_or(|last| period.to <= last.saturating_add(1)) {
        return Ok(());
    }
    Err(ContractError::PlanNotHeld { version, period })
}

fn epoch_of_s(at: Seconds) -> Result<Epoch, FormatError> {
    epoch(at.saturating_mul(1_000))
}
