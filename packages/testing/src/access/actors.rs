//! Who there is, and all that a row of a table may call each of them.

use vitals_api::access::Who;
use vitals_core::decision::{Action, Power, Role};

/// The ground that an actor names where a message asks for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestsOn {
    /// That it controls the patient, though only the patient does: it has no better ground.
    Control,
    Guardianship,
    /// The grant that [`crate::access::World`] keeps under this name.
    Grant(&'static str),
    /// The emergency that lasts in the world.
    Emergency,
}

#[derive(Debug)]
pub struct Actor {
    pub name: &'static str,
    /// Whom it is, of everybody a row may name: the patient, device, team, alert in question are
    /// those of the world.
    pub is: &'static [Who],
    pub rests_on: RestsOn,
}

impl Actor {
    pub fn is_one_of(&self, who: &[Who]) -> bool {
        let anybody = [Who::Anybody, Who::AnybodyOnceOver];
        who.iter().any(|one| anybody.contains(one)) || self.is.iter().any(|one| who.contains(one))
    }
}

/// The actor of this name.
///
/// # Panics
/// Where there is none.
pub fn actor(name: &str) -> &'static Actor {
    ACTORS
        .iter()
        .find(|actor| actor.name == name)
        .unwrap_or_else(|| panic!("nobody is called {name}"))
}

const fn of(name: &'static str, is: &'static [Who]) -> Actor {
    Actor {
        name,
        is,
        rests_on: RestsOn::Control,
    }
}

const fn guardian(name: &'static str, is: &'static [Who]) -> Actor {
    Actor {
        name,
        is,
        rests_on: RestsOn::Guardianship,
    }
}

const fn grantee(name: &'static str, is: &'static [Who]) -> Actor {
    Actor {
        name,
        is,
        rests_on: RestsOn::Grant(name),
    }
}

const CLINICIAN: Who = Who::Holder(Role::Clinician);
const INSURER: Who = Who::Holder(Role::Insurer);
const RESPONDER: Who = Who::Holder(Role::EmergencyResponder);
const HEARS_ALERTS: Who = Who::Permitted(Action::ReceiveAlerts);
const SEALS: Who = Who::Permitted(Action::Seal);

pub const ACTORS: &[Actor] = &[
    of("owner", &[Who::Owner]),
    of("proposed owner", &[Who::ProposedOwner]),
    of("patient", &[Who::Patient]),
    guardian("guardian to read", &[Who::Guardian(Power::Read)]),
    // who may not read cannot grant either
    guardian(
        "guardian to grant",
        &[Who::Guardian(Power::Read), Who::Guardian(Power::Grant)],
    ),
    guardian("guardian to revoke", &[Who::Guardian(Power::Revoke)]),
    guardian(
        "guardian to acknowledge",
        &[Who::Guardian(Power::Acknowledge)],
    ),
    guardian("guardian to claim", &[Who::Guardian(Power::Claim)]),
    guardian("guardian to recover", &[Who::Guardian(Power::Recover)]),
    // with every power
    guardian("expired guardian", &[]),
    // with every power, of which a denial does not touch the one to recover
    guardian("denied guardian", &[Who::Guardian(Power::Recover)]),
    grantee("clinician", &[CLINICIAN, Who::Permitted(Action::Read)]),
    grantee(
        "plan writer",
        &[CLINICIAN, Who::Permitted(Action::WritePlan)],
    ),
    // the grant is revoked since
    grantee("plan author", &[CLINICIAN, Who::PlanAuthor]),
    // wrote a plan too, with a grant that holds
    grantee("denied author", &[CLINICIAN]),
    // with a grant to write plans, and a credential that was withdrawn
    grantee("former clinician", &[]),
    grantee("called responder", &[Who::Called, HEARS_ALERTS]),
    // of a tier that is not called yet
    grantee("waiting responder", &[HEARS_ALERTS]),
    grantee(
        "acknowledger",
        &[Who::Called, Who::Acknowledger, HEARS_ALERTS],
    ),
    grantee("sealer", &[SEALS]),
    // the grant is revoked
    grantee("former sealer", &[]),
    // with a grant that holds
    grantee("denied sealer", &[]),
    of(
        "insurer",
        &[INSURER, Who::InsurerItself, Who::ProductInsurer],
    ),
    grantee(
        "claimant",
        &[
            INSURER,
            Who::InsurerItself,
            Who::Permitted(Action::Disclose),
        ],
    ),
    // with a grant to disclose, a product, and a credential that was withdrawn
    grantee("former insurer", &[Who::InsurerItself]),
    of("underwriter", &[Who::Underwriter]),
    of("assessor", &[Who::Assessor]),
    of("treasurer", &[Who::Treasurer]),
    of("arbiter", &[Who::PolicyArbiter]),
    // offered the policy that the patient accepted, or is to accept
    of("employer", &[Who::Offerer, Who::Policyholder]),
    of("creditor", &[Who::Creditor]),
    of("maker", &[Who::Maker]),
    // of other models
    of("other maker", &[]),
    of("suspended maker", &[]),
    of("registrant", &[Who::Registrant]),
    of("issuer", &[Who::Issuer]),
    of("issuer of another role", &[]),
    // removed, after it issued the credentials in question
    of("former issuer", &[Who::CredentialIssuer]),
    of("responder", &[RESPONDER]),
    Actor {
        name: "responder in an emergency",
        is: &[RESPONDER, Who::EmergencyResponder],
        rests_on: RestsOn::Emergency,
    },
    // whose emergency was found not to be one
    of("rejected responder", &[]),
    of("custodian", &[Who::Holder(Role::Custodian)]),
    of("vault", &[Who::Holder(Role::VaultOperator)]),
    of("team admin", &[Who::TeamAdmin]),
    of("proposed admin", &[Who::ProposedTeamAdmin]),
    Actor {
        name: "invited",
        is: &[Who::Invited],
        rests_on: RestsOn::Grant("member"),
    },
    // the team is let seal
    grantee("member", &[Who::Member, SEALS]),
    of("other patient", &[]),
    of("stranger", &[]),
    // the consent contract of another deployment
    of("other contract", &[]),
    of("consent contract", &[Who::ConsentContract]),
    of("token", &[Who::AdmittedToken]),
    of("other token", &[]),
];
