//! Who may send a message, and whether a pause stops it: one row a message, as data.
//!
//! Each contract has one table of rows, and checks a sender by its row before anything else is
//! done. The same tables are tried message by message and actor by actor in `vitals-testing`, and
//! rendered to `docs/message-access.md`.

use vitals_core::decision::{Action, Power, Role, Seconds};

use crate::admin::AdminMsg;
use crate::consent::read;
use crate::store::Source;
use crate::ApiError;

/// Somebody whom a row lets send a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anybody,
    /// Anybody, once the time of what it is about has run out.
    AnybodyOnceOver,
    Owner,
    /// Whom the owner proposed as the next one.
    ProposedOwner,
    /// The account that controls the patient in question.
    Patient,
    /// A guardian of that patient with a live power, unless the patient denies it everything: that
    /// stops all powers but to recover.
    Guardian(Power),
    /// Whoever the patient lets do this, by the ground the message names.
    Permitted(Action),
    /// Whoever holds a live credential.
    Holder(Role),
    /// An issuer the owner admitted for the role in question.
    Issuer,
    /// Who issued the credential in question.
    CredentialIssuer,
    TeamAdmin,
    /// Whom the team's admin proposed as the next one.
    ProposedTeamAdmin,
    /// Whom the team's admin invited.
    Invited,
    Member,
    /// Who opened the emergency in question.
    EmergencyResponder,
    /// The organisation that made the device in question, or lists the model; not suspended.
    Maker,
    /// Who registered the device in question.
    Registrant,
    /// A responder of a tier of the alert's ladder that was called.
    Called,
    /// Who acknowledged the alert.
    Acknowledger,
    /// Who wrote the plan in question, unless the patient denies it everything.
    PlanAuthor,
    /// Whose the product in question is, whatever credential it holds now.
    ProductInsurer,
    /// An account with a live credential as an insurer, or with a product, for itself.
    InsurerItself,
    /// Whom the insurer in question lets create and change its products.
    Underwriter,
    /// Whom that insurer lets award claims.
    Assessor,
    /// Whom that insurer lets withdraw to its account.
    Treasurer,
    /// Who offered the policy in question.
    Offerer,
    /// Who offered or bound the policy in question.
    Policyholder,
    /// Whom the terms of the policy in question name to decide appeals.
    PolicyArbiter,
    /// An account that something is owed to, of what could not be paid.
    Creditor,
    /// A token's contract that the owner admitted, now or before.
    AdmittedToken,
    /// The consent contract of this deployment.
    ConsentContract,
}

/// Whose signature a message's body must carry, whoever sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The device's current key.
    Device,
    /// The device's current key and the one that follows it.
    BothKeys,
    /// The device, and its maker for full assurance.
    DeviceAndMaker,
}

/// What a pause does to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paused {
    /// New business: refused while paused.
    Stops,
    GoesOn,
    /// Whatever it does to the message that was proposed, once this one carries it out.
    AsProposed,
}

/// One message of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its name in JSON; one inside another with a dot between.
    pub message: &'static str,
    /// Any one of these is enough.
    pub who: &'static [Who],
    pub signed: Option<Signer>,
    pub paused: Paused,
}

impl Row {
    /// New business, which a pause stops.
    pub const fn stops(message: &'static str, who: &'static [Who]) -> Self {
        Self {
            message,
            who,
            signed: None,
            paused: Paused::Stops,
        }
    }

    /// What a pause must not hold up.
    pub const fn goes_on(message: &'static str, who: &'static [Who]) -> Self {
        Self {
            message,
            who,
            signed: None,
            paused: Paused::GoesOn,
        }
    }

    /// What carries another message out.
    pub const fn as_proposed(message: &'static str, who: &'static [Who]) -> Self {
        Self {
            message,
            who,
            signed: None,
            paused: Paused::AsProposed,
        }
    }

    pub const fn signed_by(self, signer: Signer) -> Self {
        Self {
            signed: Some(signer),
            ..self
        }
    }

    /// What a guardian needs to send it; none where no guardian may.
    pub fn power(&self) -> Option<Power> {
        self.who.iter().find_map(|who| match who {
            Who::Guardian(power) => Some(*power),
            _ => None,
        })
    }

    /// Refuses whom the row does not let act for a patient: it names the patient, and perhaps
    /// guardians with a power.
    pub fn ensure_acts_for(
        &self,
        consent: &impl Source,
        who: &str,
        patient: u64,
        now: Seconds,
    ) -> Result<(), ApiError> {
        match self.power() {
            None => read::ensure_patient(consent, who, patient)?,
            Some(power) => read::ensure_acts_for(consent, who, patient, power, now)?,
        };
        Ok(())
    }
}

/// Rows of the housekeeping that all contracts share; `admin::execute` checks them itself.
pub const ADMIN_ROWS: [Row; 4] = [
    Row::goes_on("admin.propose_owner", &[Who::Owner]),
    Row::goes_on("admin.accept_owner", &[Who::ProposedOwner]),
    Row::goes_on("admin.pause", &[Who::Owner]),
    Row::goes_on("admin.resume", &[Who::Owner]),
];

/// How the rows of the housekeeping name a message.
pub fn admin_name(msg: &AdminMsg) -> &'static str {
    match msg {
        AdminMsg::ProposeOwner { .. } => "admin.propose_owner",
        AdminMsg::AcceptOwner {} => "admin.accept_owner",
        AdminMsg::Pause {} => "admin.pause",
        AdminMsg::Resume {} => "admin.resume",
    }
}

/// The row of a message, of a contract's own or of the housekeeping. A message that a pause stops is
/// refused where `ensure_running` does; a message without a row always.
pub fn unpaused(
    table: &'static [Row],
    message: &'static str,
    ensure_running: impl FnOnce() -> Result<(), ApiError>,
) -> Result<&'static Row, ApiError> {
    let mut rows = table.iter().chain(&ADMIN_ROWS);
    let row = rows.find(|row| row.message == message);
    let row = row.ok_or(ApiError::NotInTable { message })?;
    if row.paused == Paused::Stops {
        ensure_running()?;
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Row] = &[
        Row::stops("begin", &[Who::Anybody]),
        Row::goes_on("end", &[Who::Patient, Who::Guardian(Power::Revoke)]),
        Row::as_proposed("carry_out", &[Who::Guardian(Power::Grant)]),
    ];

    fn paused() -> Result<(), ApiError> {
        Err(ApiError::Paused)
    }

    #[test]
    fn a_pause_stops_new_business_and_nothing_else() {
        assert_eq!(unpaused(TABLE, "begin", paused), Err(ApiError::Paused));
        assert_eq!(unpaused(TABLE, "begin", || Ok(())), Ok(&TABLE[0]));
        for (message, row) in [("end", &TABLE[1]), ("carry_out", &TABLE[2])] {
            assert_eq!(unpaused(TABLE, message, paused), Ok(row));
        }
    }

    #[test]
    fn housekeeping_has_its_rows_beside_every_table() {
        let messages = [
            AdminMsg::ProposeOwner { owner: "a".into() },
            AdminMsg::AcceptOwner {},
            AdminMsg::Pause {},
            AdminMsg::Resume {},
        ];
        for (msg, row) in messages.iter().zip(&ADMIN_ROWS) {
            assert_eq!(unpaused(TABLE, admin_name(msg), paused), Ok(row));
        }
    }

    #[test]
    fn a_message_without_a_row_is_refused() {
        let message = "other";
        let refused = unpaused(TABLE, message, || Ok(()));
        assert_eq!(refused, Err(ApiError::NotInTable { message }));
    }

    /// As the contracts' tables are made before they run.
    #[test]
    fn a_row_says_what_it_was_made_to_say() {
        let who = &[Who::Patient];
        let made = [
            (Row::stops("m", who), Paused::Stops),
            (Row::goes_on("m", who), Paused::GoesOn),
            (Row::as_proposed("m", who), Paused::AsProposed),
        ];
        for (row, paused) in made {
            assert_eq!((row.message, row.who, row.paused), ("m", &who[..], paused));
            assert_eq!(row.signed, None);
            let signed = row.signed_by(Signer::Device);
            assert_eq!(signed.signed, Some(Signer::Device));
            assert_eq!(signed.paused, paused);
        }
        assert_eq!(TABLE[1].power(), Some(Power::Revoke));
        assert_eq!(TABLE[0].power(), None);
    }
}
