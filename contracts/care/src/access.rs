//! Who may send what: one row a message, and what is checked of it before anything else.

use cosmwasm_std::Storage;
use vitals_api::access::{self, Row, Signer, Who};
use vitals_api::admin;
use vitals_api::care::ExecuteMsg;
use vitals_core::decision::{Action, GroundRef, Power, Refusal};

use crate::error::ContractError;
use crate::execute::Call;
use crate::state;

/// One row a message; `vitals_api::access::ADMIN_ROWS` has those of `Admin`.
pub const TABLE: &[Row] = &[
    Row::stops("set_ladder", &[Who::Patient]),
    Row::goes_on("raise_alert", &[Who::Patient, Who::Permitted(Action::Seal)])
        .signed_by(Signer::Device),
    // a responder who was called must also be let receive alerts by the ground it names
    Row::goes_on(
        "acknowledge",
        &[Who::Patient, Who::Guardian(Power::Acknowledge), Who::Called],
    ),
    Row::goes_on("resolve", &[Who::Patient, Who::Acknowledger]),
    Row::goes_on("escalate", &[Who::Anybody]),
    Row::goes_on("consent_hook", &[Who::ConsentContract]),
    Row::stops("write_plan", &[Who::Permitted(Action::WritePlan)]),
    Row::goes_on(
        "acknowledge_plan",
        &[Who::Patient, Who::Guardian(Power::Acknowledge)],
    ),
    Row::goes_on("withdraw_plan", &[Who::Patient, Who::PlanAuthor]),
    Row::stops("record_adherence", &[Who::Permitted(Action::WritePlan)]),
];

fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::Admin(msg) => access::admin_name(msg),
        ExecuteMsg::SetLadder { .. } => "set_ladder",
        ExecuteMsg::RaiseAlert { .. } => "raise_alert",
        ExecuteMsg::Acknowledge { .. } => "acknowledge",
        ExecuteMsg::Resolve { .. } => "resolve",
        ExecuteMsg::Escalate { .. } => "escalate",
        ExecuteMsg::ConsentHook(_) => "consent_hook",
        ExecuteMsg::WritePlan { .. } => "write_plan",
        ExecuteMsg::AcknowledgePlan { .. } => "acknowledge_plan",
        ExecuteMsg::WithdrawPlan { .. } => "withdraw_plan",
        ExecuteMsg::RecordAdherence { .. } => "record_adherence",
    }
}

/// Refuses what a pause stops, a ground of a kind that the row does not name, and a sender whose
/// right the message itself tells. Whether the ground holds, and who has an alert or wrote a plan,
/// the handler asks of records that it loads anyway.
pub fn check(storage: &dyn Storage, call: &Call, msg: &ExecuteMsg) -> Result<(), ContractError> {
    let row = access::unpaused(TABLE, name(msg), || admin::ensure_running(storage))?;
    match msg {
        ExecuteMsg::SetLadder { patient, .. } | ExecuteMsg::AcknowledgePlan { patient, .. } => {
            ensure_acts_for(storage, call, row, patient.u64())
        }
        ExecuteMsg::RaiseAlert { ground, .. }
        | ExecuteMsg::Acknowledge { ground, .. }
        | ExecuteMsg::WritePlan { ground, .. }
        | ExecuteMsg::RecordAdherence { ground, .. } => ensure_kind(call, row, *ground),
        ExecuteMsg::ConsentHook(_) => ensure_consent(storage, call),
        ExecuteMsg::Admin(_)
        | ExecuteMsg::Resolve { .. }
        | ExecuteMsg::Escalate { .. }
        | ExecuteMsg::WithdrawPlan { .. } => Ok(()),
    }
}

/// As the patient, or as a guardian where the row names a power.
fn ensure_acts_for(
    storage: &dyn Storage,
    call: &Call,
    row: &Row,
    patient: u64,
) -> Result<(), ContractError> {
    let config = state::config(storage)?;
    let consent = config.consent(call.querier);
    let (who, now) = (call.sender.as_str(), call.now_s());
    Ok(row.ensure_acts_for(&consent, who, patient, now)?)
}

fn ensure_kind(call: &Call, row: &Row, ground: GroundRef) -> Result<(), ContractError> {
    let named = match ground {
        GroundRef::Patient {} => row.who.contains(&Who::Patient),
        GroundRef::Guardian {} => row.power().is_some(),
        GroundRef::Grant { .. } | GroundRef::Emergency { .. } => row
            .who
            .iter()
            .any(|who| matches!(who, Who::Permitted(_) | Who::Called)),
    };
    if named {
        return Ok(());
    }
    Err(ContractError::from(Refusal::NoGround {
        who: call.sender.to_string(),
    }))
}

fn ensure_consent(storage: &dyn Storage, call: &Call) -> Result<(), ContractError> {
    let consent = state::config(storage)?.consent;
    if *call.sender == consent {
        return Ok(());
    }
    Err(ContractError::NotConsent {
        sender: call.sender.to_string(),
        consent: consent.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        vitals_testing::schema::assert_rows::<ExecuteMsg>(TABLE);
    }
}
