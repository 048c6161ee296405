//! Who may call what: one table, and its check.

use cosmwasm_std::{Addr, QuerierWrapper, Timestamp};
use vitals_api::access::{self, Row, Signer, Who};
use vitals_api::anchor::ExecuteMsg;
use vitals_api::consent::read::authorize;
use vitals_api::consent::record::Patient;
use vitals_api::store::{Remote, Source};
use vitals_api::ApiError;
use vitals_core::decision::{Action, GroundRef, Purpose, Request, Seconds};
use vitals_core::measured::Measured;
use vitals_core::time::Window;

use crate::record::Config;

const SEALS: Action = Action::Seal;

/// One row a message; `vitals_api::access::ADMIN_ROWS` has those of `Admin`.
pub const TABLE: &[Row] = &[
    Row::stops("anchor", &[Who::Patient, Who::Permitted(SEALS)]).signed_by(Signer::Device),
    Row::goes_on("note_gap", &[Who::Anybody]).signed_by(Signer::Device),
    Row::goes_on("shred", &[Who::Patient]),
];

fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::Admin(msg) => access::admin_name(msg),
        ExecuteMsg::Anchor { .. } => "anchor",
        ExecuteMsg::NoteGap { .. } => "note_gap",
        ExecuteMsg::Shred { .. } => "shred",
    }
}

/// Refuses a message that is paused, and a sender its row does not name. Whose a batch is only its
/// pairing tells, so that `Anchor` asks [`seal`] for each.
pub fn check(
    config: &Config,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    now: Timestamp,
    msg: &ExecuteMsg,
) -> Result<(), ApiError> {
    let row = access::unpaused(TABLE, name(msg), || config.ensure_running())?;
    if let ExecuteMsg::Shred { patient, .. } = msg {
        let consent = Remote {
            querier,
            contract: &config.consent,
        };
        let now = now.seconds();
        row.ensure_acts_for(&consent, sender.as_str(), patient.u64(), now)?;
    }
    Ok(())
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

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        vitals_testing::schema::assert_rows::<ExecuteMsg>(TABLE);
    }
}
