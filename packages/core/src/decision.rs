//! The consent decision: may this account do this, with that kind of data, for that purpose, over
//! that window? One pure function, called by contract, vault and web app.
//!
//! A request names the ground it rests on, so deciding costs the same however many grants a
//! patient has: the ground, the denial of the account, the denials of at most [`MAX_TEAMS`] teams.

use serde::{Deserialize, Serialize};

use crate::measure::Category;
use crate::set::{Member, Set};
use crate::time::Window;

mod refusal;

pub use refusal::Refusal;

/// Block time, in seconds since 1970 UTC.
pub type Seconds = u64;

/// How many teams an account may belong to; bounds the denials a decision looks at.
pub const MAX_TEAMS: usize = 8;

macro_rules! members {
    ($ty:ident, $name:literal, $($variant:ident = $bit:literal),+ $(,)?) => {
        impl Member for $ty {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const NAME: &'static str = $name;
            fn bit(self) -> u16 {
                match self { $(Self::$variant => $bit),+ }
            }
        }
    };
}

/// Why data is used (HL7 v3 PurposeOfUse).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
pub enum Purpose {
    /// treatment
    #[serde(rename = "TREAT")]
    Treatment,
    /// emergency treatment
    #[serde(rename = "ETREAT")]
    Emergency,
    /// healthcare payment
    #[serde(rename = "HPAYMT")]
    Payment,
    /// healthcare research
    #[serde(rename = "HRESCH")]
    Research,
    /// family requested
    #[serde(rename = "FAMRQT")]
    Family,
}
members!(
    Purpose,
    "purposes",
    Treatment = 1,
    Emergency = 2,
    Payment = 4,
    Research = 8,
    Family = 16
);

/// What is done under a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Fetch keys and ciphertext.
    Read,
    /// Publish readings in a claim.
    Disclose,
    WritePlan,
    ReceiveAlerts,
    /// Seal batches and send them to the chain.
    Seal,
}
members!(
    Action,
    "actions",
    Read = 1,
    Disclose = 2,
    WritePlan = 4,
    ReceiveAlerts = 8,
    Seal = 16
);

/// What an issuer can attest of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Clinician,
    Insurer,
    EmergencyResponder,
    Custodian,
    VaultOperator,
    VerifiedPerson,
}
members!(
    Role,
    "roles",
    Clinician = 1,
    Insurer = 2,
    EmergencyResponder = 4,
    Custodian = 8,
    VaultOperator = 16,
    VerifiedPerson = 32
);

/// What a guardian may do for a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    Read,
    Grant,
    Revoke,
    Acknowledge,
    Claim,
    Recover,
}
members!(
    Power,
    "powers",
    Read = 1,
    Grant = 2,
    Revoke = 4,
    Acknowledge = 8,
    Claim = 16,
    Recover = 32
);

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    pub patient: u64,
    pub who: &'a str,
    pub purpose: Purpose,
    pub category: Category,
    pub action: Action,
    pub window: Window,
}

/// A consent as the decision sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantTerms {
    pub purposes: Set<Purpose>,
    pub categories: Set<Category>,
    pub actions: Set<Action>,
    /// Measured epochs it reaches.
    pub window: Window,
    pub valid_from: Seconds,
    pub valid_until: Seconds,
    pub revoked: bool,
}

/// Why the requester is who the grant names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The grant names the account.
    Grantee,
    /// The grant names a team that the account is a member of.
    Member { team: u64 },
    /// Neither.
    Stranger,
}

/// What a request rests on, with the facts the decision needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground<'a> {
    Patient {
        controller: &'a str,
    },
    Grant {
        id: u64,
        terms: &'a GrantTerms,
        standing: Standing,
        /// Roles that hold at the time of asking.
        live_roles: Set<Role>,
    },
    Guardian {
        account: &'a str,
        powers: Set<Power>,
        until: Seconds,
    },
    Emergency {
        id: u64,
        responder: &'a str,
        window: Window,
        until: Seconds,
    },
}

/// Denials of the requester by this patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Denials {
    pub account: bool,
    /// One of the requester's teams.
    pub team: Option<u64>,
}

/// What a request names as its ground, and what a permission cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum GroundRef {
    Patient {},
    Grant { id: u64 },
    Guardian {},
    Emergency { id: u64 },
}

/// The decision.
pub fn decide(
    request: &Request<'_>,
    ground: &Ground<'_>,
    denials: &Denials,
    now: Seconds,
) -> Result<GroundRef, Refusal> {
    if let Ground::Patient { controller } = ground {
        return decide_patient(request, controller);
    }
    if denials.account {
        return Err(Refusal::AccountDenied {
            who: request.who.into(),
        });
    }
    if let Ground::Emergency {
        id,
        responder,
        window,
        until,
    } = ground
    {
        // a denial of a team does not beat an emergency
        return decide_emergency(request, *id, responder, window, *until, now);
    }
    if let Some(team) = denials.team {
        return Err(Refusal::TeamDenied { team });
    }
    match ground {
        Ground::Grant {
            id,
            terms,
            standing,
            live_roles,
        } => decide_grant(request, *id, terms, *standing, *live_roles, now),
        Ground::Guardian {
            account,
            powers,
            until,
        } => decide_guardian(request, account, *powers, *until, now),
        Ground::Patient { .. } | Ground::Emergency { .. } => Err(Refusal::NoGround {
            who: request.who.into(),
        }),
    }
}

fn decide_patient(request: &Request<'_>, controller: &str) -> Result<GroundRef, Refusal> {
    if request.who != controller {
        return Err(Refusal::NotThePatient {
            who: request.who.into(),
            patient: request.patient,
        });
    }
    Ok(GroundRef::Patient {})
}

fn decide_grant(
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

fn decide_guardian(
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
    let power = match request.action {
        Action::Read => Power::Read,
        Action::Disclose => Power::Claim,
        Action::ReceiveAlerts => Power::Acknowledge,
        action @ (Action::WritePlan | Action::Seal) => {
            return Err(Refusal::NotAGuardiansAction { action })
        }
    };
    if !powers.contains(power) {
        return Err(Refusal::PowerMissing {
            action: request.action,
            power,
        });
    }
    Ok(GroundRef::Guardian {})
}

fn decide_emergency(
    request: &Request<'_>,
    id: u64,
    responder: &str,
    window: &Window,
    until: Seconds,
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

#[cfg(test)]
mod tests;
