//! Who may send a message, and whether a pause stops it: one row a message, as data.
//!
//! Each contract has one table of rows, and checks a sender by its row before anything else is
//! done. The same tables are tried message by message and actor by actor in `vitals-testing`, and
//! rendered to `docs/message-access.md`.

use vitals_core::decision::{Action, Power, Role};

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
    /// Who created the product in question, whatever credential it holds now.
    ProductInsurer,
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
}

/// Rows of the housekeeping that all contracts share; `admin::execute` checks them itself.
pub const ADMIN_ROWS: [Row; 4] = [
    Row::goes_on("admin.propose_owner", &[Who::Owner]),
    Row::goes_on("admin.accept_owner", &[Who::ProposedOwner]),
    Row::goes_on("admin.pause", &[Who::Owner]),
    Row::goes_on("admin.resume", &[Who::Owner]),
];
