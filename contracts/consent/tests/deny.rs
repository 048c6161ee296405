//! Deny and Allow.

use consent::ContractError;
use vitals_api::consent::record::PATIENTS;
use vitals_core::decision::{Action, GroundRef, Power};
use vitals_core::time::Window;

use crate::common::*;

fn denials(contract: &Contract, patient: u64) -> u32 {
    let storage: &dyn cosmwasm_std::Storage = &contract.deps.storage;
    PATIENTS.load(&storage, &patient).unwrap().denials
}

fn deny(contract: &mut Contract, patient: u64, account: &str) -> Acted {
    let msg = contract.deny_msg(patient, account);
    contract.act("patient", msg)
}

fn allow(contract: &mut Contract, patient: u64, account: &str) -> Acted {
    let msg = contract.allow_msg(patient, account);
    contract.act("patient", msg)
}

#[test]
fn a_denied_account_is_refused_on_every_ground_until_it_is_allowed_again() {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "guardian", &[Power::Read]);
    let grant = contract.grant_msg("guardian");
    let id = contract.give(patient, grant);
    deny(&mut contract, patient, "guardian").unwrap();
    let grounds = [GroundRef::Guardian {}, GroundRef::Grant { id }];
    for ground in [None, Some(grounds[0]), Some(grounds[1])] {
        let decision = contract.decide(patient, "guardian", ground);
        assert_eq!(refusal_code(&decision), "consent/account_denied");
    }
    allow(&mut contract, patient, "guardian").unwrap();
    for by in grounds {
        assert_eq!(contract.decide(patient, "guardian", Some(by)), permit(by));
    }
}

#[test]
fn a_denial_is_of_one_account_by_one_patient() {
    let mut contract = Contract::new();
    let (first, second) = (contract.enrol("patient"), contract.enrol("patient"));
    for (patient, account) in [
        (first, "clinician"),
        (first, "other"),
        (second, "clinician"),
    ] {
        let grant = contract.grant_msg(account);
        contract.give(patient, grant);
    }
    deny(&mut contract, first, "clinician").unwrap();
    let by = permit(GroundRef::Grant { id: 1 });
    assert_eq!(contract.decide(second, "clinician", None), by);
    let by = permit(GroundRef::Grant { id: 2 });
    assert_eq!(contract.decide(first, "other", None), by);
}

#[test]
fn denials_are_counted_and_never_below_none() {
    let (mut contract, patient) = Contract::with_patient();
    for account in ["clinician", "other"] {
        deny(&mut contract, patient, account).unwrap();
    }
    assert_eq!(denials(&contract, patient), 2);
    assert_eq!(
        deny(&mut contract, patient, "other"),
        Err(ContractError::AlreadyDenied {
            whom: contract.addr("other").into(),
            patient
        })
    );
    assert_eq!(denials(&contract, patient), 2);
    for account in ["clinician", "other"] {
        allow(&mut contract, patient, account).unwrap();
    }
    assert_code(allow(&mut contract, patient, "other"), "state/not_found");
    assert_eq!(denials(&contract, patient), 0);
}

#[test]
fn allowing_one_account_lifts_no_other_s_denial() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    contract.give(patient, grant);
    deny(&mut contract, patient, "clinician").unwrap();
    assert_code(allow(&mut contract, patient, "other"), "state/not_found");
    let decision = contract.decide(patient, "clinician", None);
    assert_eq!(refusal_code(&decision), "consent/account_denied");
}

#[test]
fn nobody_denies_the_patient_itself() {
    let (mut contract, patient) = Contract::with_patient();
    contract.appoint(patient, "guardian", &[Power::Revoke]);
    for sender in ["patient", "guardian"] {
        let msg = contract.deny_msg(patient, "patient");
        assert_eq!(
            contract.act(sender, msg),
            Err(ContractError::IsThePatient {
                account: contract.addr("patient").into(),
                patient
            })
        );
    }
}

#[test]
fn denying_a_guardian_raises_the_generation_where_it_could_ever_read() {
    for (powers, elapsed, raises) in [
        ([Power::Read], 0, true),
        ([Power::Read], DAY_S, true),
        ([Power::Revoke], 0, false),
    ] {
        let (mut contract, patient) = Contract::with_patient();
        contract.appoint(patient, "guardian", &powers);
        contract.advance(elapsed);
        deny(&mut contract, patient, "guardian").unwrap();
        assert_eq!(contract.pending(patient), raises, "{powers:?} {elapsed}");
    }
}

#[test]
fn denying_a_grantee_raises_the_generation_where_revoking_its_grant_would() {
    let (mut contract, patient) = Contract::with_patient();
    let this = contract.epoch();
    let base = contract.grant_msg("clinician");
    let mut past = base.clone();
    past.window = Window { from: 0, to: this };
    let mut keyless = base.clone();
    keyless.actions = vec![Action::ReceiveAlerts];
    for grant in [past, keyless] {
        contract.give(patient, grant);
    }
    let revoked = contract.give(patient, base.clone());
    contract
        .act("patient", revoke_msg(patient, revoked))
        .unwrap();
    contract.act("patient", open_msg(patient, 2)).unwrap();
    let elsewhere = contract.grant_msg("other");
    contract.give(patient, elsewhere);

    let events = deny(&mut contract, patient, "clinician").unwrap();
    assert_eq!(names(&events), ["denied"]);
    allow(&mut contract, patient, "clinician").unwrap();
    contract.give(patient, base);
    let events = deny(&mut contract, patient, "clinician").unwrap();
    assert_eq!(names(&events), ["denied", "generation_raised"]);
}

#[test]
fn denying_a_stranger_raises_nothing_until_there_are_more_grants_than_are_looked_through() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    for _ in 0..64 {
        contract.give(patient, grant.clone());
    }
    deny(&mut contract, patient, "stranger").unwrap();
    assert!(!contract.pending(patient));
    contract.give(patient, grant);
    deny(&mut contract, patient, "other").unwrap();
    assert!(contract.pending(patient), "an older grant may be for it");
}
