//! Every message by every actor: who gets past permission.

use consent::access::{access, Access};
use consent::ContractError;
use cosmwasm_std::Uint64;
use vitals_api::admin::AdminMsg;
use vitals_api::consent::{ExecuteMsg, PackageMsg};
use vitals_api::ApiError;
use vitals_core::decision::{Power, Refusal, Role};

use crate::common::*;

const ACTORS: [&str; 7] = [
    "owner", "board", "patient", "full", "reader", "expired", "stranger",
];

/// A patient with: grant 1 to the clinician, `denied` denied, a pending generation, a guardian with
/// every power (`full`), one that may only read (`reader`), one with every power whose time is
/// over (`expired`), and `board`, which attested that the clinician is one.
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
pub fn table(contract: &Contract, patient: u64) -> Vec<(ExecuteMsg, &'static [&'static str])> {
    let number = Uint64::new(patient);
    let at = |name: &str| contract.addr(name).to_string();
    let until = contract.now() + 60;
    let role = Role::Clinician;
    let mut grant = contract.grant_msg("other");
    grant.valid_until = until;
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
        (grant_of(patient, grant), &["patient", "full"]),
        (
            ExecuteMsg::PutPackages {
                patient: number,
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

/// Exhaustive, so that a message cannot be added without a row in the table.
fn index(msg: &ExecuteMsg) -> usize {
    match msg {
        ExecuteMsg::Admin(_) => 0,
        ExecuteMsg::Enrol {} => 1,
        ExecuteMsg::SetRecipient { .. } => 2,
        ExecuteMsg::AdmitIssuer { .. } => 3,
        ExecuteMsg::RemoveIssuer { .. } => 4,
        ExecuteMsg::IssueCredential { .. } => 5,
        ExecuteMsg::WithdrawCredential { .. } => 6,
        ExecuteMsg::AppointGuardian { .. } => 7,
        ExecuteMsg::DismissGuardian { .. } => 8,
        ExecuteMsg::Grant { .. } => 9,
        ExecuteMsg::PutPackages { .. } => 10,
        ExecuteMsg::Revoke { .. } => 11,
        ExecuteMsg::Deny { .. } => 12,
        ExecuteMsg::Allow { .. } => 13,
        ExecuteMsg::OpenGeneration { .. } => 14,
    }
}

/// What somebody is told who may not.
const NOT_ALLOWED: [&str; 8] = [
    "admin/not_owner",
    "consent/not_admitted",
    "consent/not_the_issuer",
    "consent/not_the_patient",
    "consent/power_needed",
    "consent/guardian_expired",
    "consent/account_denied",
    "consent/not_the_guardian",
];

#[test]
fn every_message_is_open_to_whom_the_table_names_and_to_no_one_else() {
    let (contract, patient) = scene();
    let rows = table(&contract, patient).len();
    for row in 0..rows {
        for actor in ACTORS {
            let (mut contract, patient) = scene_for(row);
            let (msg, may) = table(&contract, patient).swap_remove(row);
            assert_eq!(index(&msg), row, "the table follows the messages");
            let result = contract.act(actor, msg.clone());
            match result {
                Ok(_) => assert!(may.contains(&actor), "{actor} sent {msg:?}"),
                Err(error) => {
                    assert!(!may.contains(&actor), "{actor}: {msg:?}: {error}");
                    assert!(NOT_ALLOWED.contains(&code(&error).as_str()), "{error}");
                }
            }
        }
    }
}

#[test]
fn a_patient_has_no_power_over_another_patient() {
    let (mut contract, first) = scene();
    contract.enrol("other");
    for (msg, _) in table(&contract, first) {
        if matches!(
            access(&msg),
            Access::Patient(_) | Access::PatientOrGuardian(..)
        ) {
            assert_eq!(
                contract.act("other", msg),
                Err(Refusal::NotThePatient {
                    who: contract.addr("other").into(),
                    patient: first
                }
                .into())
            );
        }
    }
}

#[test]
fn a_patient_that_does_not_exist_is_not_found_by_any_message() {
    let (mut contract, patient) = scene();
    let nobody = patient.wrapping_add(1);
    for (msg, _) in table(&contract, nobody) {
        if matches!(
            access(&msg),
            Access::Patient(_) | Access::PatientOrGuardian(..)
        ) {
            assert_eq!(
                contract.act("patient", msg),
                Err(ContractError::Api(ApiError::NotFound {
                    what: "patient",
                    key: nobody.to_string()
                }))
            );
        }
    }
}

#[test]
fn a_denied_guardian_has_no_power_left() {
    let (mut contract, patient) = scene();
    let deny = contract.deny_msg(patient, "full");
    contract.act("patient", deny).unwrap();
    assert_eq!(
        contract.act("full", revoke_msg(patient, 1)),
        Err(Refusal::AccountDenied {
            who: contract.addr("full").into()
        }
        .into())
    );
    let allow = contract.allow_msg(patient, "full");
    contract.act("patient", allow).unwrap();
    contract.act("full", revoke_msg(patient, 1)).unwrap();
}

#[test]
fn a_guardian_s_powers_end_on_the_second_they_were_given_until() {
    let (mut contract, patient) = scene();
    contract.advance(DAY_S - 1);
    let deny = contract.deny_msg(patient, "stranger");
    contract.act("full", deny).unwrap();
    contract.advance(1);
    let now = contract.now();
    let deny = contract.deny_msg(patient, "other");
    assert_eq!(
        contract.act("full", deny),
        Err(Refusal::GuardianExpired { until: now, now }.into())
    );
}
