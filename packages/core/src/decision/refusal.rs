//! Why the decision says no.

use alloc::string::String;

use super::{Action, Power, Purpose, Role, Seconds};
use crate::measure::Category;
use crate::time::Window;

/// Why something is not permitted. The code before the colon is stable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("consent/no_ground: nothing permits {who} this")]
    NoGround { who: String },
    #[error("consent/account_denied: the patient denies {who} all access")]
    AccountDenied { who: String },
    #[error("consent/team_denied: the patient denies team {team} all access")]
    TeamDenied { team: u64 },
    #[error("consent/not_the_patient: {who} does not control patient {patient}")]
    NotThePatient { who: String, patient: u64 },
    #[error("consent/not_the_grantee: grant {id} is not for {who}")]
    NotTheGrantee { id: u64, who: String },
    #[error("consent/grant_revoked: grant {id} is revoked")]
    GrantRevoked { id: u64 },
    #[error("consent/grant_not_yet_valid: grant {id} holds from {from}, now is {now}")]
    GrantNotYetValid {
        id: u64,
        from: Seconds,
        now: Seconds,
    },
    #[error("consent/grant_expired: grant {id} held until {until}, now is {now}")]
    GrantExpired {
        id: u64,
        until: Seconds,
        now: Seconds,
    },
    #[error("consent/purpose_not_granted: {purpose:?} is outside what is granted")]
    PurposeNotGranted { purpose: Purpose },
    #[error("consent/category_not_granted: {} is outside what is granted", category.name())]
    CategoryNotGranted { category: Category },
    #[error("consent/action_not_granted: {action:?} is outside what is granted")]
    ActionNotGranted { action: Action },
    #[error("consent/window_not_granted: epochs {}..{} reach outside {}..{}", asked.from, asked.to, granted.from, granted.to)]
    WindowNotGranted { asked: Window, granted: Window },
    #[error("consent/credential_missing: {purpose:?} takes a live credential as {role:?}")]
    CredentialMissing { purpose: Purpose, role: Role },
    #[error("consent/not_the_guardian: {who} is not this guardian")]
    NotTheGuardian { who: String },
    #[error("consent/guardian_expired: the guardian's powers held until {until}, now is {now}")]
    GuardianExpired { until: Seconds, now: Seconds },
    #[error("consent/power_missing: {action:?} takes the power {power:?}")]
    PowerMissing { action: Action, power: Power },
    #[error("consent/power_needed: {who} takes a guardian's power {power:?} for this")]
    PowerNeeded { who: String, power: Power },
    #[error(
        "consent/recovers_later: the guardian's power to recover counts from {from}, now is {now}"
    )]
    RecoversLater { from: Seconds, now: Seconds },
    #[error("consent/quorum_needed: {who} does not act alone: it takes {of} guardians with the power {power:?}")]
    QuorumNeeded { who: String, power: Power, of: u8 },
    #[error("consent/not_a_guardians_action: no guardian's power covers {action:?}")]
    NotAGuardiansAction { action: Action },
    #[error("consent/not_the_responder: emergency {id} is not for {who}")]
    NotTheResponder { id: u64, who: String },
    #[error("consent/emergency_over: emergency {id} ended at {until}, now is {now}")]
    EmergencyOver {
        id: u64,
        until: Seconds,
        now: Seconds,
    },
}

impl Refusal {
    /// The stable code: what stands before the colon.
    pub fn code(&self) -> String {
        let text = alloc::string::ToString::to_string(self);
        text.split(':').next().unwrap_or_default().into()
    }
}
