//! A patient that was recovered: what was granted before is revoked, without a loop, in every place
//! that asks.

use cosmwasm_std::{Storage, Uint64};
use vitals_api::consent::record::PATIENTS;
use vitals_api::consent::{ExecuteMsg, GrantInfo, GrantsPage, PackageMsg, QueryMsg};
use vitals_core::decision::{GroundRef, Power};

use crate::common::*;

/// Grants 1 (by the patient), 2 (by a guardian), a recovery, then grant 3 (by the patient); each to
/// an account of its own.
fn recovered() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    let first = contract.grant_msg("clinician");
    contract.give(patient, first);
    contract.appoint(patient, "guardian", &[Power::Read, Power::Grant]);
    let second = contract.grant_msg("other");
    contract.act("guardian", grant_of(patient, second)).unwrap();
    let storage = &mut contract.deps.storage;
    let held: &dyn Storage = storage;
    let mut record = PATIENTS.load(&held, &patient).unwrap();
    record.recovered_through = record.grants;
    PATIENTS.save(storage, &patient, &record).unwrap();
    let third = contract.grant_msg("stranger");
    contract.give(patient, third);
    (contract, patient)
}

fn one(contract: &Contract, patient: u64, grant: u64) -> GrantInfo {
    let ask = QueryMsg::Grant {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    };
    contract.ask(ask).unwrap()
}

fn put(contract: &mut Contract, patient: u64, grant: u64) -> Acted {
    let msg = ExecuteMsg::PutPackages {
        patient: Uint64::new(patient),
        packages: vec![PackageMsg {
            grant: Uint64::new(grant),
            package: package(1),
        }],
    };
    contract.act("patient", msg)
}

#[test]
fn the_decision_holds_every_old_grant_for_revoked_and_no_newer_one() {
    let (contract, patient) = recovered();
    for (who, grant) in [("clinician", 1), ("other", 2), ("stranger", 3)] {
        let ground = GroundRef::Grant { id: grant };
        for named in [None, Some(ground)] {
            let decision = contract.decide(patient, who, named);
            match grant {
                1 | 2 => assert_eq!(refusal_code(&decision), "consent/grant_revoked"),
                _ => assert_eq!(decision, permit(ground)),
            }
        }
    }
}

#[test]
fn queries_show_it_revoked_and_who_gave_each_grant() {
    let (contract, patient) = recovered();
    let ask = QueryMsg::Grants {
        patient: Uint64::new(patient),
        start_after: None,
        limit: None,
    };
    let page: GrantsPage = contract.ask(ask).unwrap();
    let revoked: Vec<bool> = page.grants.iter().map(|grant| grant.revoked).collect();
    assert_eq!(revoked, [true, true, false]);
    let by: Vec<_> = page.grants.iter().map(|grant| grant.by.clone()).collect();
    assert_eq!(by, [None, Some(contract.addr("guardian").into()), None]);
    for grant in page.grants {
        assert_eq!(one(&contract, patient, grant.grant.u64()), grant);
    }
}

#[test]
fn it_takes_no_keys_and_is_not_revoked_again() {
    let (mut contract, patient) = recovered();
    assert_code(put(&mut contract, patient, 1), "consent/grant_revoked");
    let refused = contract.act("patient", revoke_msg(patient, 1));
    assert_code(refused, "consent/grant_revoked");
    assert_code(put(&mut contract, patient, 2), "consent/grant_revoked");
    put(&mut contract, patient, 3).unwrap();
}

#[test]
fn denying_its_grantee_raises_nothing_since_the_recovery_did() {
    let (mut contract, patient) = recovered();
    let deny = contract.deny_msg(patient, "clinician");
    contract.act("patient", deny).unwrap();
    assert!(!contract.pending(patient));
    let deny = contract.deny_msg(patient, "stranger");
    contract.act("patient", deny).unwrap();
    assert!(contract.pending(patient));
}
