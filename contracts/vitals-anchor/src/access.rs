//! Who may call what: one table, and its check.

use cosmwasm_std::{Addr, QuerierWrapper};
use vitals_api::access::{Paused, Row, Signer, Who};
use vitals_api::anchor::ExecuteMsg;
use vitals_api::consent::read::{authorize, ensure_patient};
use vitals_api::consent::record::Patient;
use vitals_api::store::{Remote, Source};
use vitals_api::ApiError;
use vitals_core::decision::{Action, GroundRef, Purpose, Request, Seconds};
use vitals_core::measured::Measured;
use vitals_core::time::Window;

use crate::record::Config;

const SEALS: Action = Action::Seal;

const ANCHOR: Row =
    Row::stops("anchor", &[Who::Patient, Who::Permitted(SEALS)]).signed_by(Signer::Device);
const NOTE_GAP: Row = Row::goes_on("note_gap", &[Who::Anybody]).signed_by(Signer::Device);
const SHRED: Row = Row::goes_on("shred", &[Who::Patient]);

/// One row a message; `vitals_api::access::ADMIN_ROWS` has those of `Admin`.
pub const TABLE: &[Row] = &[ANCHOR, NOTE_GAP, SHRED];

/// Refuses a message that is paused, and a sender its row does not name. Whose a batch is only its
/// pairing tells, so that `Anchor` asks [`seal`] for each.
pub fn check(
    config: &Config,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    msg: &ExecuteMsg,
) -> Result<(), ApiError> {
    let Some(row) = row(msg) else {
        // `admin::execute` checks its own
        return Ok(());
    };
    if row.paused == Paused::Stops && config.paused {
        return Err(ApiError::Paused);
    }
    if let ExecuteMsg::Shred { patient, .. } = msg {
        let consent = Remote {
            querier,
            contract: &config.consent,
        };
        ensure_patient(&consent, sender.as_str(), patient.u64())?;
    }
    Ok(())
}

fn row(msg: &ExecuteMsg) -> Option<&'static Row> {
    match msg {
        ExecuteMsg::Admin(_) => None,
        ExecuteMsg::Anchor { .. } => Some(&ANCHOR),
        ExecuteMsg::NoteGap { .. } => Some(&NOTE_GAP),
        ExecuteMsg::Shred { .. } => Some(&SHRED),
    }
}

/// Who sends batches, and what that rests on.
#[derive(Clone, Copy)]
pub struct Sealer<'a> {
    pub account: &'a str,
    pub ground: GroundRef,
}

/// Whether the sender may seal this batch for this patient, whose record it returns.
pub fn seal(
    consent: &impl Source,
    sealer: Sealer<'_>,
    patient: u64,
    measured: &Measured,
    now: Seconds,
) -> Result<Patient, ApiError> {
    let request = Request {
        patient,
        who: sealer.account,
        purpose: Purpose::Treatment,
        category: measured.category,
        action: SEALS,
        window: Window::one(measured.epoch),
    };
    let (_, patient) = authorize(consent, &request, sealer.ground, now)?;
    Ok(patient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use cosmwasm_schema::schemars::schema_for;

    /// The names of an enumeration's variants in JSON.
    fn variants(schema: serde_json::Value) -> BTreeSet<String> {
        let one_of = schema["oneOf"].as_array().unwrap();
        let name = |v: &serde_json::Value| v["required"][0].as_str().unwrap().to_string();
        one_of.iter().map(name).collect()
    }

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        let schema = serde_json::to_value(schema_for!(ExecuteMsg)).unwrap();
        let mut messages = variants(schema);
        assert!(messages.remove("admin"), "its rows are ADMIN_ROWS");
        let rows: Vec<String> = TABLE.iter().map(|row| row.message.to_string()).collect();
        assert_eq!(rows.len(), messages.len());
        assert_eq!(rows.into_iter().collect::<BTreeSet<_>>(), messages);
    }
}
