//! A scene in which each message can succeed, and who may send it there.

use cosmwasm_std::Uint64;
use vitals_api::admin::AdminMsg;
use vitals_api::consent::{ExecuteMsg, PackageMsg};
use vitals_core::decision::{Power, Role};

use crate::common::*;

pub const ACTORS: [&str; 11] = [
    "owner", "board", "patient", "full", "reader", "expired", "stranger", "admin", "next",
    "member", "invited",
];

/// A patient with: grant 1 to the clinician, `denied` denied, a pending generation, a guardian with
/// every power (`full`), one that may only read (`reader`), one with every power whose time is
/// over (`expired`), and `board`, which attested that the clinician is one. And team 1: `admin`
/// made it and proposed `next`, `member` is in it, `invited` has yet to accept.
pub fn scene() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "expired", &ALL_POWERS);
    contract.advance(DAY_S);
    contract.appoint(patient, "full", &ALL_POWERS);
    contract.appoint(patient, "reader", &[Power::Read]);
    contract.credential("clinician", Role::Clinician);
    let grants = [contract.grant_msg("clinician"), contract.grant_msg("other")];
    let given = grants.map(|grant| contract.give(patient, grant));
    contract
        .act("patient", revoke_msg(patient, given[1]))
        .unwrap();
    let deny = contract.deny_msg(patient, "denied");
    contract.act("patient", deny).unwrap();
    contract.team("admin", &["member"]);
    let next = contract.addr("next").to_string();
    contract
        .act("admin", invite_msg(&contract, 1, "invited"))
        .unwrap();
    contract.act("admin", propose_msg(1, next)).unwrap();
    (contract, patient)
}

/// The scene as one row of the table needs it: key packages are put while no generation is pending.
pub fn scene_for(row: usize) -> (Contract, u64) {
    let (mut contract, patient) = scene();
    let (msg, _) = table(&contract, patient).swap_remove(row);
    if matches!(msg, ExecuteMsg::PutPackages { .. }) {
        contract.act("patient", open_msg(patient, 2)).unwrap();
    }
    (contract, patient)
}

const ALL_POWERS: [Power; 6] = [
    Power::Read,
    Power::Grant,
    Power::Revoke,
    Power::Acknowledge,
    Power::Claim,
    Power::Recover,
];

/// Each message, in a form that succeeds, and who may send it.
pub fn table(contract: &Contract, patient: u64) -> Vec<Row> {
    let mut rows = people(contract, patient);
    rows.extend(grants(contract, patient));
    rows.extend(teams(contract));
    rows
}

type Row = (ExecuteMsg, &'static [&'static str]);

fn people(contract: &Contract, patient: u64) -> Vec<Row> {
    let number = Uint64::new(patient);
    let at = |name: &str| contract.addr(name).to_string();
    let until = contract.now() + 60;
    let role = Role::Clinician;
    vec![
        (ExecuteMsg::Admin(AdminMsg::Pause {}), &["owner"]),
        (ExecuteMsg::Enrol {}, &ACTORS),
        (
            ExecuteMsg::SetRecipient {
                recipient: RECIPIENT.into(),
            },
            &ACTORS,
        ),
        (
            ExecuteMsg::AdmitIssuer {
                issuer: at("other"),
                roles: vec![role],
            },
            &["owner"],
        ),
        (
            ExecuteMsg::RemoveIssuer {
                issuer: at("board"),
            },
            &["owner"],
        ),
        (
            ExecuteMsg::IssueCredential {
                account: at("other"),
                role,
                until,
            },
            &["board"],
        ),
        (
            ExecuteMsg::WithdrawCredential {
                account: at("clinician"),
                role,
            },
            &["owner", "board"],
        ),
        (
            ExecuteMsg::AppointGuardian {
                patient: number,
                guardian: at("other"),
                powers: vec![Power::Read],
                until,
            },
            &["patient"],
        ),
        (
            ExecuteMsg::DismissGuardian {
                patient: number,
                guardian: at("reader"),
            },
            &["patient"],
        ),
    ]
}

fn grants(contract: &Contract, patient: u64) -> Vec<Row> {
    let mut grant = contract.grant_msg("other");
    grant.valid_until = contract.now() + 60;
    vec![
        (grant_of(patient, grant), &["patient", "full"]),
        (
            ExecuteMsg::PutPackages {
                patient: Uint64::new(patient),
                packages: vec![PackageMsg {
                    grant: Uint64::one(),
                    package: package(1),
                }],
            },
            &["patient"],
        ),
        (revoke_msg(patient, 1), &["patient", "full"]),
        (contract.deny_msg(patient, "other"), &["patient", "full"]),
        (contract.allow_msg(patient, "denied"), &["patient"]),
        (open_msg(patient, 2), &["patient"]),
    ]
}

fn teams(contract: &Contract) -> Vec<Row> {
    let other = contract.addr("other").to_string();
    let team = Uint64::one();
    vec![
        (ExecuteMsg::CreateTeam {}, &ACTORS),
        (invite_msg(contract, 1, "other"), &["admin"]),
        (ExecuteMsg::JoinTeam { team }, &["invited"]),
        (ExecuteMsg::LeaveTeam { team }, &["member", "invited"]),
        (
            ExecuteMsg::RemoveMember {
                team,
                account: contract.addr("member").into(),
            },
            &["admin"],
        ),
        (propose_msg(1, other), &["admin"]),
        (ExecuteMsg::AcceptTeamAdmin { team }, &["next"]),
    ]
}
