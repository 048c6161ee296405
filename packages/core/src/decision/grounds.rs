//! What each ground permits, once no denial stands in its way.

use super::{
    Action, GrantTerms, GroundRef, Power, Purpose, Refusal, Request, Role, Seconds, Standing,
};
use crate::set::Set;
use crate::time::Window;

pub(super) fn decide_patient(
    request: &Request<'_>,
    controller: &str,
) -> Result<GroundRef, Refusal> {
    if request.who != controller {
        return Err(Refusal::NotThePatient {
            who: request.who.into(),
            patient: request.patient,
        });
    }
    Ok(GroundRef::Patient {})
}

pub(super) fn decide_grant(
    request: &Request<'_>,
    id: u64,
    terms: &GrantTerms,
    standing: Standing,
    live_roles: Set<Role>,
    now: Seconds,
) -> Result<GroundRef, Refusal> {
    if standing == Standing::Stranger {
        return Err(Refusal::NotTheGrantee {
            id,
            who: request.who.into(),
        });
    }
    if terms.revoked {
        return Err(Refusal::GrantRevoked { id });
    }
    if now < terms.valid_from {
        return Err(Refusal::GrantNotYetValid {
            id,
            from: terms.valid_from,
            now,
        });
    }
    if now >= terms.valid_until {
        return Err(Refusal::GrantExpired {
            id,
            until: terms.valid_until,
            now,
        });
    }
    check_terms(request, terms)?;
    check_credential(request, live_roles)?;
    Ok(GroundRef::Grant { id })
}

fn check_terms(request: &Request<'_>, terms: &GrantTerms) -> Result<(), Refusal> {
    if !terms.categories.contains(request.category) {
        return Err(Refusal::CategoryNotGranted {
            category: request.category,
        });
    }
    if !terms.purposes.contains(request.purpose) {
        return Err(Refusal::PurposeNotGranted {
            purpose: request.purpose,
        });
    }
    if !terms.actions.contains(request.action) {
        return Err(Refusal::ActionNotGranted {
            action: request.action,
        });
    }
    check_window(&request.window, &terms.window)
}

fn check_window(asked: &Window, granted: &Window) -> Result<(), Refusal> {
    if granted.contains(asked) {
        return Ok(());
    }
    Err(Refusal::WindowNotGranted {
        asked: *asked,
        granted: *granted,
    })
}

/// The roles of which one must be live for a grant to count, none where no role is needed.
/// Whoever reads for treatment is a clinician; whoever reads or discloses for payment is an
/// insurer or the clinician who treated. A sealer or a receiver of alerts needs none.
pub fn roles_for(purpose: Purpose, action: Action) -> &'static [Role] {
    match (purpose, action) {
        (_, Action::Seal | Action::ReceiveAlerts) => &[],
        (Purpose::Treatment, _) => &[Role::Clinician],
        (Purpose::Payment, _) => &[Role::Insurer, Role::Clinician],
        (Purpose::Emergency | Purpose::Research | Purpose::Family, _) => &[],
    }
}

fn check_credential(request: &Request<'_>, live: Set<Role>) -> Result<(), Refusal> {
    let needed = roles_for(request.purpose, request.action);
    match needed.first() {
        Some(role) if !needed.iter().any(|r| live.contains(*r)) => {
            Err(Refusal::CredentialMissing {
                purpose: request.purpose,
                role: *role,
            })
        }
        _ => Ok(()),
    }
}

/// The power by which a guardian does something, and hands it on.
pub fn guardians_power(action: Action) -> Result<Power, Refusal> {
    match action {
        Action::Read => Ok(Power::Read),
        Action::Disclose => Ok(Power::Claim),
        Action::ReceiveAlerts => Ok(Power::Acknowledge),
        Action::WritePlan | Action::Seal => Err(Refusal::NotAGuardiansAction { action }),
    }
}

pub(super) fn decide_guardian(
    request: &Request<'_>,
    account: &str,
    powers: Set<Power>,
    until: Seconds,
    now: Seconds,
) -> Result<GroundRef, Refusal> {
    if request.who != account {
        return Err(Refusal::NotTheGuardian {
            who: request.who.into(),
        });
    }
    if now >= until {
        return Err(Refusal::GuardianExpired { until, now });
    }
    let power = guardians_power(request.action)?;
    if !powers.contains(power) {
        return Err(Refusal::PowerMissing {
            action: request.action,
            power,
        });
    }
    Ok(GroundRef::Guardian {})
}

pub(super) fn decide_emergency(
    request: &Request<'_>,
    id: u64,
    responder: &str,
    (window, until): (&Window, Seconds),
    live: bool,
    now: Seconds,
) -> Result<GroundRef, Refusal> {
    if request.who != responder {
        return Err(Refusal::NotTheResponder {
            id,
            who: request.who.into(),
        });
    }
    if now >= until {
        return Err(Refusal::EmergencyOver { id, until, now });
    }
    // to withdraw the credential stops an emergency that runs
    if !live {
        return Err(Refusal::CredentialMissing {
            purpose: Purpose::Emergency,
            role: Role::EmergencyResponder,
        });
    }
    if request.purpose != Purpose::Emergency {
        return Err(Refusal::PurposeNotGranted {
            purpose: request.purpose,
        });
    }
    if request.action != Action::Read {
        return Err(Refusal::ActionNotGranted {
            action: request.action,
        });
    }
    check_window(&request.window, window)?;
    Ok(GroundRef::Emergency { id })
}
