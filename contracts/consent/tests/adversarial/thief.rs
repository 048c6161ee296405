//! A thief who holds the patient's account for a while, and what it leaves behind. How the account is
//! taken back from one is in `thieves.rs`.

use cosmwasm_std::Uint64;
use vitals_api::consent::recovery::GuardiansPage;
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::{GroundRef, Power};

use crate::common::*;
use crate::safety::*;

fn recovered(contract: &mut Contract, patient: u64) {
    agree(contract, patient, &["b", "c"]);
    contract.advance(3 * DAY_S);
    complete(contract, patient).unwrap();
}

fn guardians(contract: &Contract, patient: u64) -> Vec<String> {
    let ask = QueryMsg::Guardians {
        patient: Uint64::new(patient),
        start_after: None,
        limit: None,
    };
    let page: GuardiansPage = contract.ask(ask).unwrap();
    page.guardians.into_iter().map(|g| g.guardian).collect()
}

/// While it holds the account, the thief grants to an accomplice, opens a generation by a secret of
/// its own, and denies the account that the guardians will choose. What it granted ends with the
/// recovery, its secret opens nothing measured since, and the denial does not touch who controls the
/// patient, and is lifted by it.
#[test]
fn what_a_thief_granted_denied_and_opened_ends_with_the_recovery() {
    let (mut contract, patient) = with_recoverers();
    let grant = contract.grant_msg("accomplice");
    let ground = GroundRef::Grant {
        id: contract.give(patient, grant),
    };
    contract.act("patient", revoke_msg(patient, 1)).unwrap();
    contract.act("patient", open_msg(patient, 2)).unwrap();
    let again = contract.grant_msg("accomplice");
    contract.give(patient, again);
    let deny = contract.deny_msg(patient, "new");
    contract.act("patient", deny).unwrap();
    recovered(&mut contract, patient);
    assert_eq!(
        refusal_code(&contract.decide(patient, "accomplice", Some(ground))),
        "consent/grant_revoked"
    );
    let searched = contract.decide(patient, "accomplice", None);
    assert_eq!(refusal_code(&searched), "consent/grant_revoked");
    assert!(contract.pending(patient));
    assert_eq!(
        contract.decide(patient, "new", None),
        permit(GroundRef::Patient {})
    );
    let lift = contract.allow_msg(patient, "new");
    contract.act("new", lift).unwrap();
    contract.act("new", open_msg(patient, 3)).unwrap();
    let thief = contract.grant_msg("accomplice");
    let refused = contract.act("patient", grant_of(patient, thief));
    assert_code(refused, "consent/not_the_patient");
}

/// The thief appoints an accomplice, whose powers but to recover count at once, and outlast the
/// recovery: guardians stay. The new controller finds it in the list and dismisses it, and the
/// generation that the recovery raised is not opened before.
#[test]
fn a_thief_s_guardian_is_found_and_dismissed_before_there_are_keys_for_it() {
    let (mut contract, patient) = with_recoverers();
    guard(
        &mut contract,
        patient,
        "accomplice",
        &[Power::Read, Power::Recover],
    );
    recovered(&mut contract, patient);
    let accomplice = contract.addr("accomplice").to_string();
    assert!(guardians(&contract, patient).contains(&accomplice));
    let read = contract.decide(patient, "accomplice", None);
    assert_eq!(
        read,
        permit(GroundRef::Guardian {}),
        "until it is dismissed"
    );
    assert!(contract.pending(patient));
    let dismiss = ExecuteMsg::DismissGuardian {
        patient: Uint64::new(patient),
        guardian: accomplice.clone(),
    };
    contract.act("new", dismiss).unwrap();
    assert!(!guardians(&contract, patient).contains(&accomplice));
    let read = contract.decide(patient, "accomplice", None);
    assert_eq!(refusal_code(&read), "consent/no_ground");
}
