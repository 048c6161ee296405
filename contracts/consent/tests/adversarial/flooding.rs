//! Those who would make a patient's or an account's records useless or dear by piling things up.

use cosmwasm_std::Uint64;
use vitals_api::consent::{ExecuteMsg, Party, MAX_SEARCH};
use vitals_core::decision::{GroundRef, Power};

use crate::common::*;
use crate::custodians::{put, with_custodians};
use crate::safety::*;

/// A hostile guardian grants to an accomplice again and again, so that the search without a ground
/// never comes to what the patient gave its family. Whoever names its ground is decided as before:
/// the decision reads that grant and no other.
#[test]
fn a_guardian_who_piles_grants_up_hides_none_that_is_named() {
    let (mut contract, patient) = Contract::with_patient();
    let family = contract.grant_msg("family");
    let given = contract.give(patient, family);
    guard(
        &mut contract,
        patient,
        "guardian",
        &[Power::Read, Power::Grant],
    );
    for _ in 0..MAX_SEARCH {
        let grant = contract.grant_msg("accomplice");
        contract.act("guardian", grant_of(patient, grant)).unwrap();
    }
    let ground = GroundRef::Grant { id: given };
    let searched = contract.decide(patient, "family", None);
    assert_eq!(refusal_code(&searched), "consent/no_ground");
    assert_eq!(
        contract.decide(patient, "family", Some(ground)),
        permit(ground)
    );
}

/// Strangers make teams and invite a clinician to all of them, to use up the eight it may be in or
/// to be read at each of its requests. An invitation takes no place of its own until it is accepted.
#[test]
fn invitations_of_strangers_take_no_place_and_open_nothing() {
    let (mut contract, patient) = Contract::with_patient();
    for _ in 0..20 {
        let team = contract.team("spammer", &[]);
        let invite = invite_msg(&contract, team, "clinician");
        contract.act("spammer", invite).unwrap();
    }
    let ward = contract.team("admin", &["clinician"]);
    let mut grant = contract.grant_msg("other");
    grant.grantee = Party::Team(Uint64::new(ward));
    let ground = GroundRef::Grant {
        id: contract.give(patient, grant),
    };
    assert_eq!(contract.decide(patient, "clinician", None), permit(ground));
    let mut foreign = contract.grant_msg("other");
    foreign.grantee = Party::Team(Uint64::one());
    let foreign = GroundRef::Grant {
        id: contract.give(patient, foreign),
    };
    let invited_only = contract.decide(patient, "clinician", Some(foreign));
    assert_eq!(refusal_code(&invited_only), "consent/not_the_grantee");
}

/// A hostile guardian denies a hundred accounts, so that each decision of the patient looks for
/// denials among them. Who is not denied is permitted, the patient keeps all its rights, and lifts
/// each denial by its name.
#[test]
fn a_guardian_who_denies_everybody_shuts_out_nobody_else() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("family");
    let ground = GroundRef::Grant {
        id: contract.give(patient, grant),
    };
    guard(&mut contract, patient, "guardian", &[Power::Revoke]);
    for n in 0..100 {
        let deny = contract.deny_msg(patient, &format!("stranger {n}"));
        contract.act("guardian", deny).unwrap();
    }
    assert_eq!(
        contract.decide(patient, "family", Some(ground)),
        permit(ground)
    );
    let of_patient = contract.deny_msg(patient, "patient");
    let turned = contract.act("guardian", of_patient);
    assert_code(turned, "consent/is_the_patient");
    for n in 0..100 {
        let allow = contract.allow_msg(patient, &format!("stranger {n}"));
        contract.act("patient", allow).unwrap();
    }
    let twice = contract.allow_msg(patient, "stranger 0");
    assert_code(contract.act("patient", twice), "state/not_found");
}

/// A stranger keeps emergencies that are over and that nobody ended, and ends one after another, each
/// time the patient has made new keys: nothing of the patient's could be anchored in between. Shares
/// that their responders got are of a generation before, so only the first raises it.
#[test]
fn old_emergencies_ended_one_by_one_raise_the_generation_once() {
    let (mut contract, patient) = with_responder();
    with_custodians(&mut contract, patient);
    put(&mut contract, patient, &["x", "y"], 96).unwrap();
    for _ in 0..3 {
        open_emergency(&mut contract, patient).unwrap();
        contract.advance(EPOCH_S);
    }
    end(&mut contract, "stranger", patient, 1).unwrap();
    assert!(contract.pending(patient));
    for emergency in [2, 3] {
        let next = contract.info(patient).generation + 1;
        if contract.pending(patient) {
            contract.act("patient", open_msg(patient, next)).unwrap();
        }
        put(&mut contract, patient, &["x", "y"], 96).unwrap();
        end(&mut contract, "stranger", patient, emergency).unwrap();
        assert!(!contract.pending(patient), "{emergency}");
    }
}

/// The same while one of them lasts: that one's responder may have new shares, so its end raises.
#[test]
fn an_emergency_that_outlasts_a_raise_raises_again_when_it_ends() {
    let (mut contract, patient) = with_responder();
    with_custodians(&mut contract, patient);
    open_emergency(&mut contract, patient).unwrap();
    put(&mut contract, patient, &["x", "y"], 96).unwrap();
    guard(&mut contract, patient, "reader", &[Power::Read]);
    dismiss(&mut contract, patient, "reader").unwrap();
    contract.act("patient", open_msg(patient, 2)).unwrap();
    put(&mut contract, patient, &["x", "y"], 96).unwrap();
    contract.advance(EPOCH_S);
    end(&mut contract, "stranger", patient, 1).unwrap();
    assert!(contract.pending(patient));
}

/// Guardians under a quorum propose what nobody wants, up to all the places there are. The patient
/// clears them, and what it does itself waits for nobody.
#[test]
fn guardians_who_fill_the_proposals_hold_the_patient_up_in_nothing() {
    let (mut contract, patient) = Contract::with_patient();
    let hostile = ["a", "b", "c", "d"];
    for guardian in hostile {
        guard(&mut contract, patient, guardian, &[Power::Revoke]);
    }
    quorum(&mut contract, patient, Power::Revoke, 4).unwrap();
    for guardian in hostile {
        for _ in 0..2 {
            let deny = contract.deny_msg(patient, "clinician");
            contract.act(guardian, deny).unwrap();
        }
    }
    let deny = contract.deny_msg(patient, "thief");
    contract.act("patient", deny).unwrap();
    for proposal in 1..=8 {
        let cancel = ExecuteMsg::Cancel {
            patient: Uint64::new(patient),
            proposal: Uint64::new(proposal),
        };
        contract.act("patient", cancel).unwrap();
    }
    let again = contract.deny_msg(patient, "clinician");
    assert_eq!(names(&contract.act("a", again).unwrap()), ["proposed"]);
}
