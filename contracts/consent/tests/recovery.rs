//! ProposeRecovery, ApproveRecovery, VetoRecovery, CancelRecovery and CompleteRecovery.

use cosmwasm_std::Uint64;
use vitals_api::consent::recovery::RecoveryStage;
use vitals_api::consent::{ExecuteMsg, PatientsPage, QueryMsg, PROPOSAL_OPEN_S};
use vitals_core::decision::{GroundRef, Power};

use crate::common::*;
use crate::safety::*;

const DELAY_S: u64 = 3 * DAY_S;
const OVERRIDE_S: u64 = 7 * DAY_S;

fn cancel(contract: &mut Contract, patient: u64, guardian: &str) -> Acted {
    let patient = Uint64::new(patient);
    contract.act(guardian, ExecuteMsg::CancelRecovery { patient })
}

fn patients_of(contract: &Contract, account: &str) -> Vec<Uint64> {
    let ask = QueryMsg::PatientsOf {
        account: contract.addr(account).into(),
        start_after: None,
        limit: None,
    };
    contract.ask::<PatientsPage>(ask).unwrap().patients
}

/// Refused to the last second of the delay, and done in the next: the patient is the new account's.
fn completes_after(contract: &mut Contract, patient: u64, delay_s: u64) {
    contract.advance(delay_s - 1);
    let early = complete(contract, patient);
    assert_code(early, "consent/recovery_not_ready");
    contract.advance(1);
    complete(contract, patient).unwrap();
    assert_eq!(
        contract.info(patient).controller,
        contract.addr("new").as_str()
    );
}

#[test]
fn all_guardians_recover_where_no_quorum_is_set_and_only_after_the_delay() {
    let (mut contract, patient) = with_recoverers();
    agree(&mut contract, patient, &["b"]);
    assert_eq!(recovery(&contract, patient).votes.len(), 2);
    assert_code(complete(&mut contract, patient), "consent/recovery_stage");
    approve(&mut contract, patient, "c", "new").unwrap();
    completes_after(&mut contract, patient, DELAY_S);
}

#[test]
fn a_recovery_hands_the_patient_over_revokes_and_raises_and_keeps_denials() {
    let (mut contract, patient) = with_recoverers();
    let recipient = ExecuteMsg::SetRecipient {
        recipient: RECIPIENT.into(),
    };
    contract.act("patient", recipient).unwrap();
    let mut grant = contract.grant_msg("family");
    grant.valid_until += YEAR_S;
    grant.window.to += 24 * 30;
    let grant = contract.give(patient, grant);
    let deny = contract.deny_msg(patient, "stranger");
    contract.act("patient", deny.clone()).unwrap();
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(DELAY_S);
    let events = complete(&mut contract, patient).unwrap();
    assert_eq!(names(&events), ["recovered", "generation_raised"]);

    assert!(patients_of(&contract, "patient").is_empty());
    assert_eq!(patients_of(&contract, "new"), [Uint64::new(patient)]);
    let decided = contract.decide(patient, "family", Some(GroundRef::Grant { id: grant }));
    assert_eq!(refusal_code(&decided), "consent/grant_revoked");
    let old = contract.decide(patient, "patient", Some(GroundRef::Patient {}));
    assert_eq!(refusal_code(&old), "consent/not_the_patient");
    assert_code(contract.act("new", deny), "consent/already_denied");
    let ask = QueryMsg::Recipient {
        account: contract.info(patient).controller,
    };
    let info: vitals_api::consent::RecipientInfo = contract.ask(ask).unwrap();
    assert_eq!(info.recipient, None, "the new account publishes its own");
    contract.act("new", open_msg(patient, 2)).unwrap();
    assert_eq!(recovery(&contract, patient).stage, None);
}

#[test]
fn the_old_controller_acts_no_more() {
    let (mut contract, patient) = with_recoverers();
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(DELAY_S);
    complete(&mut contract, patient).unwrap();
    let grant = contract.grant_msg("family");
    for msg in [
        grant_of(patient, grant),
        contract.deny_msg(patient, "family"),
        open_msg(patient, 2),
        ExecuteMsg::VetoRecovery {
            patient: Uint64::new(patient),
        },
    ] {
        let refused = contract.act("patient", msg).unwrap_err();
        assert!(code(&refused).starts_with("consent/not_the_"), "{refused}");
    }
}

#[test]
fn a_quorum_is_enough_once_it_holds() {
    let (mut contract, patient) = with_recoverers();
    quorum(&mut contract, patient, Power::Recover, 2).unwrap();
    assert_eq!(recovery(&contract, patient).needed, 3);
    contract.advance(notice_s());
    assert_eq!(recovery(&contract, patient).needed, 2);
    agree(&mut contract, patient, &["b"]);
    let stage = recovery(&contract, patient).stage;
    assert!(matches!(stage, Some(RecoveryStage::Waiting { .. })));
}

#[test]
fn a_vote_counts_once_and_for_the_account_it_names() {
    let (mut contract, patient) = with_recoverers();
    propose(&mut contract, patient, "a", "new").unwrap();
    let twice = approve(&mut contract, patient, "a", "new");
    assert_code(twice, "consent/already_voted");
    let other = approve(&mut contract, patient, "b", "thief");
    assert_code(other, "consent/recovery_not_proposed");
    propose(&mut contract, patient, "b", "thief").unwrap();
    approve(&mut contract, patient, "c", "new").unwrap();
    assert_eq!(recovery(&contract, patient).votes.len(), 3);
    let stage = recovery(&contract, patient).stage;
    assert_eq!(stage, Some(RecoveryStage::Collecting {}));
    approve(&mut contract, patient, "b", "new").unwrap();
    let stage = recovery(&contract, patient).stage.unwrap();
    let expected = RecoveryStage::Waiting {
        account: contract.addr("new").into(),
        ready_at: contract.now() + DELAY_S,
    };
    assert_eq!(stage, expected);
}

#[test]
fn votes_and_decisions_lapse_after_seven_days() {
    let (mut contract, patient) = with_recoverers();
    propose(&mut contract, patient, "a", "new").unwrap();
    contract.advance(PROPOSAL_OPEN_S);
    assert_eq!(recovery(&contract, patient).stage, None);
    let late = approve(&mut contract, patient, "b", "new");
    assert_code(late, "consent/recovery_stage");
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(DELAY_S + PROPOSAL_OPEN_S);
    assert_code(complete(&mut contract, patient), "consent/recovery_stage");
}

#[test]
fn neither_the_controller_nor_a_guardian_becomes_the_account() {
    let (mut contract, patient) = with_recoverers();
    let same = propose(&mut contract, patient, "a", "patient");
    assert_code(same, "consent/is_the_patient");
    for guardian in ["a", "b"] {
        let refused = propose(&mut contract, patient, "a", guardian);
        assert_code(refused, "consent/recover_to_guardian");
    }
    agree(&mut contract, patient, &["b", "c"]);
    guard(&mut contract, patient, "new", &[Power::Read]);
    contract.advance(DELAY_S);
    complete(&mut contract, patient).unwrap();
    let ask = QueryMsg::Guardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("new").into(),
    };
    let info: vitals_api::consent::GuardianInfo = contract.ask(ask).unwrap();
    assert!(!info.live, "nobody guards itself");
}

#[test]
fn a_former_guardian_becomes_the_account_once_its_notice_is_over() {
    let (mut contract, patient) = with_recoverers();
    dismiss(&mut contract, patient, "c").unwrap();
    contract.advance(notice_s() - 1);
    let refused = propose(&mut contract, patient, "a", "c");
    assert_code(refused, "consent/recover_to_guardian");
    contract.advance(1);
    propose(&mut contract, patient, "a", "c").unwrap();
}

#[test]
fn a_vote_is_taken_back_by_its_guardian_until_enough_agreed() {
    let (mut contract, patient) = with_recoverers();
    propose(&mut contract, patient, "a", "new").unwrap();
    let refused = cancel(&mut contract, patient, "b");
    assert_code(refused, "consent/not_the_proposer");
    cancel(&mut contract, patient, "a").unwrap();
    assert_eq!(recovery(&contract, patient).stage, None);
    for veto_first in [true, false] {
        agree(&mut contract, patient, &["b", "c"]);
        for guardian in ["a", "b", "c"] {
            let refused = cancel(&mut contract, patient, guardian);
            assert_code(refused, "consent/recovery_stage");
        }
        if veto_first {
            veto(&mut contract, patient).unwrap();
            propose(&mut contract, patient, "a", "new").unwrap();
            cancel(&mut contract, patient, "a").unwrap();
        }
    }
    completes_after(&mut contract, patient, OVERRIDE_S);
}

#[test]
fn every_guardian_together_overrides_a_veto_and_then_none_holds() {
    let (mut contract, patient) = with_recoverers();
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(DELAY_S);
    veto(&mut contract, patient).unwrap();
    assert_code(complete(&mut contract, patient), "consent/recovery_stage");
    agree(&mut contract, patient, &["b"]);
    let stage = recovery(&contract, patient).stage;
    assert!(matches!(stage, Some(RecoveryStage::Vetoed { .. })));
    approve(&mut contract, patient, "c", "new").unwrap();
    assert_code(veto(&mut contract, patient), "consent/recovery_stage");
    completes_after(&mut contract, patient, OVERRIDE_S);
}

#[test]
fn a_pause_does_not_hold_a_recovery_up() {
    let (mut contract, patient) = with_recoverers();
    let pause = ExecuteMsg::Admin(vitals_api::admin::AdminMsg::Pause {});
    contract.act("owner", pause).unwrap();
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(DELAY_S);
    complete(&mut contract, patient).unwrap();
}
