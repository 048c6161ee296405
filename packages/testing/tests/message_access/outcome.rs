//! What a contract answers whom it does not let.

use vitals_testing::access::Attempt;

/// The code of new business while it is paused.
pub const PAUSED: &str = "admin/paused";

/// Codes that say: not you. Any other refusal, of a message that is right but for its sender, is
/// about something else, and leaves open whether the sender was looked at.
const NOT_YOU: &[&str] = &[
    "admin/not_owner",
    "admin/not_pending_owner",
    "care/not_called",
    "care/not_consent",
    "care/not_yours",
    "claims/not_an_insurer",
    "claims/not_staff",
    "claims/not_the_arbiter",
    "claims/not_the_holder",
    "claims/not_the_insurer",
    "claims/not_the_policyholder",
    "claims/nothing_owed",
    "claims/token_not_admitted",
    "consent/account_denied",
    "consent/action_not_granted",
    "consent/credential_missing",
    "consent/emergency_holds",
    "consent/emergency_rejected",
    "consent/grant_revoked",
    "consent/guardian_expired",
    "consent/no_ground",
    "consent/not_a_guardians_action",
    "consent/not_a_holder",
    "consent/not_a_member",
    "consent/not_admitted",
    "consent/not_invited",
    "consent/not_the_grantee",
    "consent/not_the_guardian",
    "consent/not_the_issuer",
    "consent/not_the_patient",
    "consent/not_the_proposed_admin",
    "consent/not_the_proposer",
    "consent/not_the_responder",
    "consent/not_the_team_admin",
    "consent/power_missing",
    "consent/power_needed",
    "consent/purpose_not_granted",
    "consent/quorum_needed",
    "registry/maker_suspended",
    "registry/not_a_maker",
    "registry/not_the_maker",
    "registry/not_the_registrant",
];

/// The one of a refusal, or `ok`.
pub fn code(attempt: &Attempt) -> String {
    match &attempt.result {
        Ok(_) => "ok".into(),
        Err(refused) => refused.split(':').next().unwrap_or_default().to_string(),
    }
}

/// What is wrong with it, where it should have been let or not.
pub fn wrong(attempt: &Attempt, let_through: bool, paused: bool) -> Option<String> {
    let code = code(attempt);
    match &attempt.result {
        Ok(_) if let_through => None,
        Ok(_) => Some("was let through".into()),
        Err(refused) if let_through => Some(format!("was refused: {refused}")),
        Err(_) if attempt.changed => Some("was refused, and something changed".into()),
        Err(_) if paused && code == PAUSED => None,
        Err(_) if NOT_YOU.contains(&code.as_str()) => None,
        Err(refused) => Some(format!("was refused for something else: {refused}")),
    }
}

/// The same of a message about a patient whom it does not fit: what it names may not be there.
pub fn wrong_elsewhere(attempt: &Attempt) -> Option<String> {
    if code(attempt) == "state/not_found" && !attempt.changed {
        return None;
    }
    wrong(attempt, false, false)
}
