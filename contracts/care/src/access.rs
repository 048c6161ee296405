//! Who may send what: one row a message, and what is checked of it before anything else.

use cosmwasm_std::Storage;
use vitals_api::access::{Paused, Row, Signer, Who, ADMIN_ROWS};
use vitals_api::admin::{self, AdminMsg};
use vitals_api::care::ExecuteMsg;
use vitals_api::consent::read;
use vitals_core::decision::{Action, GroundRef, Power, Refusal};

use crate::authority::ensure_patient;
use crate::error::ContractError;
use crate::execute::Call;
use crate::state;

const SET_LADDER: Row = Row::stops("set_ladder", &[Who::Patient]);
const RAISE_ALERT: Row = Row::goes_on("raise_alert", &[Who::Patient, Who::Permitted(Action::Seal)])
    .signed_by(Signer::Device);
/// A responder who was called must also be let receive alerts by the ground it names.
const ACKNOWLEDGE: Row = Row::goes_on(
    "acknowledge",
    &[Who::Patient, Who::Guardian(Power::Acknowledge), Who::Called],
);
const RESOLVE: Row = Row::goes_on("resolve", &[Who::Patient, Who::Acknowledger]);
const ESCALATE: Row = Row::goes_on("escalate", &[Who::Anybody]);
const CONSENT_HOOK: Row = Row::goes_on("consent_hook", &[Who::ConsentContract]);
const WRITE_PLAN: Row = Row::stops("write_plan", &[Who::Permitted(Action::WritePlan)]);
const ACKNOWLEDGE_PLAN: Row = Row::goes_on(
    "acknowledge_plan",
    &[Who::Patient, Who::Guardian(Power::Acknowledge)],
);
const WITHDRAW_PLAN: Row = Row::goes_on("withdraw_plan", &[Who::Patient, Who::PlanAuthor]);
const RECORD_ADHERENCE: Row = Row::stops("record_adherence", &[Who::Permitted(Action::WritePlan)]);

/// Every message, once.
pub const TABLE: &[Row] = &[
    ADMIN_ROWS[0],
    ADMIN_ROWS[1],
    ADMIN_ROWS[2],
    ADMIN_ROWS[3],
    SET_LADDER,
    RAISE_ALERT,
    ACKNOWLEDGE,
    RESOLVE,
    ESCALATE,
    CONSENT_HOOK,
    WRITE_PLAN,
    ACKNOWLEDGE_PLAN,
    WITHDRAW_PLAN,
    RECORD_ADHERENCE,
];

fn row(msg: &ExecuteMsg) -> &'static Row {
    match msg {
        ExecuteMsg::Admin(AdminMsg::ProposeOwner { .. }) => &ADMIN_ROWS[0],
        ExecuteMsg::Admin(AdminMsg::AcceptOwner {}) => &ADMIN_ROWS[1],
        ExecuteMsg::Admin(AdminMsg::Pause {}) => &ADMIN_ROWS[2],
        ExecuteMsg::Admin(AdminMsg::Resume {}) => &ADMIN_ROWS[3],
        ExecuteMsg::SetLadder { .. } => &SET_LADDER,
        ExecuteMsg::RaiseAlert { .. } => &RAISE_ALERT,
        ExecuteMsg::Acknowledge { .. } => &ACKNOWLEDGE,
        ExecuteMsg::Resolve { .. } => &RESOLVE,
        ExecuteMsg::Escalate { .. } => &ESCALATE,
        ExecuteMsg::ConsentHook(_) => &CONSENT_HOOK,
        ExecuteMsg::WritePlan { .. } => &WRITE_PLAN,
        ExecuteMsg::AcknowledgePlan { .. } => &ACKNOWLEDGE_PLAN,
        ExecuteMsg::WithdrawPlan { .. } => &WITHDRAW_PLAN,
        ExecuteMsg::RecordAdherence { .. } => &RECORD_ADHERENCE,
    }
}

/// Refuses what a pause stops, a ground of a kind that the row does not name, and a sender whose
/// right the message itself tells. Whether the ground holds, and who has an alert or wrote a plan,
/// the handler asks of records that it loads anyway.
pub fn check(storage: &dyn Storage, call: &Call, msg: &ExecuteMsg) -> Result<(), ContractError> {
    let row = row(msg);
    if row.paused == Paused::Stops {
        admin::ensure_running(storage)?;
    }
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
    match power(row) {
        None => ensure_patient(&consent, patient, call.sender),
        Some(power) => {
            read::ensure_acts_for(&consent, call.sender.as_str(), patient, power, call.now_s())?;
            Ok(())
        }
    }
}

fn power(row: &Row) -> Option<Power> {
    row.who.iter().find_map(|who| match who {
        Who::Guardian(power) => Some(*power),
        _ => None,
    })
}

fn ensure_kind(call: &Call, row: &Row, ground: GroundRef) -> Result<(), ContractError> {
    let named = match ground {
        GroundRef::Patient {} => row.who.contains(&Who::Patient),
        GroundRef::Guardian {} => power(row).is_some(),
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
    use cosmwasm_schema::schema_for;
    use serde_json::Value;

    use super::*;

    /// The variants of a message, as its schema has them.
    fn variants(schema: &Value) -> Vec<String> {
        let alternatives = schema["oneOf"].as_array().unwrap();
        let names = alternatives.iter().flat_map(|one| {
            let plain = one["enum"].as_array().into_iter().flatten();
            let carrying = one["required"].as_array().into_iter().flatten();
            plain.chain(carrying)
        });
        names.map(|name| name.as_str().unwrap().into()).collect()
    }

    #[test]
    fn every_message_of_the_schema_has_exactly_one_row_and_no_other_has() {
        let of = |schema| variants(&serde_json::to_value(schema).unwrap());
        let own = of(schema_for!(ExecuteMsg));
        let admin = of(schema_for!(AdminMsg));
        let mut expected: Vec<String> = own.into_iter().filter(|name| name != "admin").collect();
        expected.extend(admin.iter().map(|name| format!("admin.{name}")));
        let mut rows: Vec<&str> = TABLE.iter().map(|row| row.message).collect();
        expected.sort_unstable();
        rows.sort_unstable();
        assert_eq!(rows, expected);
    }
}
