//! What consent announces. Numbers, accounts and digests only; the chain puts `wasm-` before the
//! names.

use cosmwasm_std::{Event, HexBinary};
use vitals_core::decision::{Role, Seconds};
use vitals_core::set::Member;

use super::Party;

mod emergency;
mod recovery;

pub use emergency::EmergencyEvent;
pub use recovery::RecoveryEvent;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentEvent<'a> {
    Enrolled {
        patient: u64,
    },
    RecipientSet {
        account: &'a str,
    },
    IssuerAdmitted {
        issuer: &'a str,
    },
    IssuerRemoved {
        issuer: &'a str,
    },
    /// `role` is the role's bit.
    CredentialIssued {
        account: &'a str,
        role: Role,
        until: Seconds,
    },
    CredentialWithdrawn {
        account: &'a str,
        role: Role,
    },
    GuardianAppointed {
        patient: u64,
        guardian: &'a str,
        until: Seconds,
    },
    GuardianDismissed {
        patient: u64,
        guardian: &'a str,
    },
    Granted {
        patient: u64,
        grant: u64,
        grantee: &'a Party,
    },
    PackagePut {
        patient: u64,
        grant: u64,
        digest: [u8; 32],
    },
    Revoked {
        patient: u64,
        grant: u64,
    },
    Denied {
        patient: u64,
        whom: &'a Party,
    },
    Allowed {
        patient: u64,
        whom: &'a Party,
    },
    /// `generation` is the one that now waits for its commitment.
    GenerationRaised {
        patient: u64,
        generation: u32,
    },
    GenerationOpened {
        patient: u64,
        generation: u32,
        commitment: [u8; 32],
    },
    TeamCreated {
        team: u64,
        admin: &'a str,
    },
    MemberInvited {
        team: u64,
        account: &'a str,
    },
    MemberJoined {
        team: u64,
        account: &'a str,
    },
    /// A member left or was removed, or an invitation was declined or withdrawn.
    MemberLeft {
        team: u64,
        account: &'a str,
    },
    TeamAdminProposed {
        team: u64,
        admin: &'a str,
    },
    TeamAdminAccepted {
        team: u64,
        admin: &'a str,
    },
}

impl From<ConsentEvent<'_>> for Event {
    fn from(event: ConsentEvent<'_>) -> Event {
        use ConsentEvent::*;
        match event {
            Enrolled { patient } => of_patient("enrolled", patient),
            RecipientSet { account } => of_account("recipient_set", account),
            IssuerAdmitted { issuer } => {
                Event::new("issuer_admitted").add_attribute("issuer", issuer)
            }
            IssuerRemoved { issuer } => {
                Event::new("issuer_removed").add_attribute("issuer", issuer)
            }
            CredentialIssued {
                account,
                role,
                until,
            } => of_role("credential_issued", account, role)
                .add_attribute("until", until.to_string()),
            CredentialWithdrawn { account, role } => of_role("credential_withdrawn", account, role),
            GuardianAppointed {
                patient,
                guardian,
                until,
            } => of_patient("guardian_appointed", patient)
                .add_attribute("guardian", guardian)
                .add_attribute("until", until.to_string()),
            GuardianDismissed { patient, guardian } => {
                of_patient("guardian_dismissed", patient).add_attribute("guardian", guardian)
            }
            Granted {
                patient,
                grant,
                grantee,
            } => with_party(of_grant("granted", patient, grant), "grantee", grantee),
            PackagePut {
                patient,
                grant,
                digest,
            } => of_grant("package_put", patient, grant).add_attribute("digest", hex(digest)),
            Revoked { patient, grant } => of_grant("revoked", patient, grant),
            Denied { patient, whom } => with_party(of_patient("denied", patient), "account", whom),
            Allowed { patient, whom } => {
                with_party(of_patient("allowed", patient), "account", whom)
            }
            GenerationRaised {
                patient,
                generation,
            } => of_generation("generation_raised", patient, generation),
            GenerationOpened {
                patient,
                generation,
                commitment,
            } => of_generation("generation_opened", patient, generation)
                .add_attribute("commitment", hex(commitment)),
            TeamCreated { team, admin } => {
                of_team("team_created", team).add_attribute("admin", admin)
            }
            MemberInvited { team, account } => of_member("member_invited", team, account),
            MemberJoined { team, account } => of_member("member_joined", team, account),
            MemberLeft { team, account } => of_member("member_left", team, account),
            TeamAdminProposed { team, admin } => {
                of_team("team_admin_proposed", team).add_attribute("admin", admin)
            }
            TeamAdminAccepted { team, admin } => {
                of_team("team_admin_accepted", team).add_attribute("admin", admin)
            }
        }
    }
}

fn of_patient(name: &str, patient: u64) -> Event {
    Event::new(name).add_attribute("patient", patient.to_string())
}

fn of_grant(name: &str, patient: u64, grant: u64) -> Event {
    of_patient(name, patient).add_attribute("grant", grant.to_string())
}

fn of_generation(name: &str, patient: u64, generation: u32) -> Event {
    of_patient(name, patient).add_attribute("generation", generation.to_string())
}

fn of_team(name: &str, team: u64) -> Event {
    Event::new(name).add_attribute("team", team.to_string())
}

fn of_member(name: &str, team: u64, account: &str) -> Event {
    of_team(name, team).add_attribute("account", account)
}

/// An account under its own key, a team under `team`: which of the two is told by which is there.
fn with_party(event: Event, account_key: &str, party: &Party) -> Event {
    match party {
        Party::Account(account) => event.add_attribute(account_key, account),
        Party::Team(team) => event.add_attribute("team", *team),
    }
}

fn of_account(name: &str, account: &str) -> Event {
    Event::new(name).add_attribute("account", account)
}

fn of_role(name: &str, account: &str, role: Role) -> Event {
    of_account(name, account).add_attribute("role", role.bit().to_string())
}

fn hex(digest: [u8; 32]) -> String {
    HexBinary::from(digest).to_hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_after_what_happened_and_carries_numbers_and_digests_as_text() {
        let event = Event::from(ConsentEvent::GenerationOpened {
            patient: u64::MAX,
            generation: 2,
            commitment: [0xab; 32],
        });
        let expected = Event::new("generation_opened")
            .add_attribute("patient", "18446744073709551615")
            .add_attribute("generation", "2")
            .add_attribute("commitment", "ab".repeat(32));
        assert_eq!(event, expected);
    }

    #[test]
    fn an_account_and_a_team_are_told_apart_by_the_attribute() {
        let denied = |whom: &Party| Event::from(ConsentEvent::Denied { patient: 7, whom });
        let account = Event::new("denied")
            .add_attribute("patient", "7")
            .add_attribute("account", "cosmos1x");
        assert_eq!(denied(&Party::Account("cosmos1x".into())), account);
        let team = Event::new("denied")
            .add_attribute("patient", "7")
            .add_attribute("team", "5");
        assert_eq!(denied(&Party::Team(5u64.into())), team);
    }
}
