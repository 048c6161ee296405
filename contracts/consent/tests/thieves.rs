//! Attacks on recovery: by a thief who holds the patient's account, and by guardians who would take
//! it over.

use cosmwasm_std::Uint64;
use vitals_api::consent::{ExecuteMsg, GuardianInfo, QueryMsg, MAX_GUARDIANS};
use vitals_core::decision::Power;

use crate::common::*;
use crate::safety::*;

/// Vetoed at the last second, overridden at once, completed when the second delay is over.
fn override_veto(contract: &mut Contract, patient: u64) {
    contract.advance(3 * DAY_S - 1);
    veto(contract, patient).unwrap();
    agree(contract, patient, &["b", "c"]);
    contract.advance(7 * DAY_S);
    complete(contract, patient).unwrap();
    assert_eq!(
        contract.info(patient).controller,
        contract.addr("new").as_str()
    );
}

#[test]
fn dishonest_guardians_who_are_not_all_are_stopped_by_a_veto() {
    let (mut contract, patient) = with_recoverers();
    quorum(&mut contract, patient, Power::Recover, 2).unwrap();
    contract.advance(notice_s());
    agree(&mut contract, patient, &["b"]);
    veto(&mut contract, patient).unwrap();
    agree(&mut contract, patient, &["b"]);
    contract.advance(8 * DAY_S);
    assert_code(complete(&mut contract, patient), "consent/recovery_stage");
    assert_eq!(
        contract.info(patient).controller,
        contract.addr("patient").as_str()
    );
}

#[test]
fn a_thief_who_dismisses_the_guardians_first_is_recovered_from_still() {
    let (mut contract, patient) = with_recoverers();
    for guardian in ["a", "b", "c"] {
        dismiss(&mut contract, patient, guardian).unwrap();
        let again = dismiss(&mut contract, patient, guardian);
        assert_code(again, "state/not_found");
    }
    agree(&mut contract, patient, &["b", "c"]);
    override_veto(&mut contract, patient);
}

#[test]
fn a_thief_who_appoints_them_anew_without_the_power_is_recovered_from_still() {
    let (mut contract, patient) = with_recoverers();
    for guardian in ["a", "b", "c"] {
        contract.appoint(patient, guardian, &[Power::Read]);
    }
    agree(&mut contract, patient, &["b", "c"]);
    override_veto(&mut contract, patient);
}

#[test]
fn a_thief_who_shortens_or_denies_the_guardians_is_recovered_from_still() {
    let (mut contract, patient) = with_recoverers();
    for guardian in ["a", "b", "c"] {
        contract.appoint(patient, guardian, &[Power::Recover]);
        let deny = contract.deny_msg(patient, guardian);
        contract.act("patient", deny).unwrap();
    }
    contract.advance(DAY_S);
    agree(&mut contract, patient, &["b", "c"]);
    override_veto(&mut contract, patient);
}

#[test]
fn a_thief_s_own_guardians_neither_vote_nor_are_waited_for() {
    let (mut contract, patient) = with_recoverers();
    for mule in ["m1", "m2"] {
        guard(&mut contract, patient, mule, &[Power::Recover]);
    }
    let refused = propose(&mut contract, patient, "m1", "thief");
    assert_code(refused, "consent/recovers_later");
    assert_eq!(recovery(&contract, patient).needed, 3);
    agree(&mut contract, patient, &["b", "c"]);
    override_veto(&mut contract, patient);
}

#[test]
fn a_thief_who_appoints_the_account_that_the_guardians_chose_does_not_stop_them() {
    let (mut contract, patient) = with_recoverers();
    let everything = [Power::Read, Power::Recover];
    guard(&mut contract, patient, "new", &everything);
    agree(&mut contract, patient, &["b", "c"]);
    dismiss(&mut contract, patient, "new").unwrap();
    guard(&mut contract, patient, "new", &everything);
    override_veto(&mut contract, patient);
    let dismissed = ExecuteMsg::DismissGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("new").into(),
    };
    let none = contract.act("new", dismissed);
    assert_code(none, "state/not_found");
}

#[test]
fn a_thief_s_quorum_comes_too_late() {
    let (mut contract, patient) = with_recoverers();
    quorum(&mut contract, patient, Power::Recover, 2).unwrap();
    contract.advance(notice_s());
    quorum(&mut contract, patient, Power::Recover, 3).unwrap();
    assert_eq!(recovery(&contract, patient).needed, 2);
    agree(&mut contract, patient, &["b"]);
    override_veto(&mut contract, patient);
}

#[test]
fn a_dismissed_guardian_recovers_to_the_last_second_of_its_notice() {
    for (elapsed, recovers) in [(notice_s() - 1, true), (notice_s(), false)] {
        let (mut contract, patient) = with_recoverers();
        dismiss(&mut contract, patient, "a").unwrap();
        contract.advance(elapsed);
        let proposed = propose(&mut contract, patient, "a", "new");
        assert_eq!(proposed.is_ok(), recovers, "{elapsed}");
    }
}

#[test]
fn a_new_guardian_recovers_from_the_first_second_after_its_notice() {
    for (elapsed, recovers) in [(notice_s() - 1, false), (notice_s(), true)] {
        let (mut contract, patient) = Contract::with_patient();
        guard(&mut contract, patient, "a", &[Power::Recover]);
        contract.advance(elapsed);
        let proposed = propose(&mut contract, patient, "a", "new");
        assert_eq!(proposed.is_ok(), recovers, "{elapsed}");
    }
}

#[test]
fn a_guardian_dismissed_before_it_counted_never_counts() {
    let (mut contract, patient) = Contract::with_patient();
    guard(&mut contract, patient, "a", &[Power::Recover]);
    contract.advance(notice_s() - 1);
    dismiss(&mut contract, patient, "a").unwrap();
    contract.advance(1);
    let refused = propose(&mut contract, patient, "a", "new");
    assert_code(refused, "consent/not_the_patient");
}

#[test]
fn a_power_that_would_have_ended_sooner_ends_no_later_for_a_dismissal() {
    let (mut contract, patient) = with_recoverers();
    contract.advance(YEAR_S - notice_s() - 10);
    dismiss(&mut contract, patient, "a").unwrap();
    let ask = QueryMsg::Guardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("a").into(),
    };
    let info: GuardianInfo = contract.ask(ask).unwrap();
    assert_eq!(info.recovers_until, Some(contract.now() + 10));
}

#[test]
fn guardians_are_at_most_eight_and_a_thief_cannot_push_the_old_ones_out() {
    let (mut contract, patient) = with_recoverers();
    for n in 3..MAX_GUARDIANS {
        guard(&mut contract, patient, &format!("m{n}"), &[Power::Recover]);
    }
    let ninth = |contract: &Contract| ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("ninth").into(),
        powers: vec![Power::Read],
        until: contract.now() + DAY_S,
    };
    let msg = ninth(&contract);
    assert_code(contract.act("patient", msg), "consent/too_many_guardians");
    dismiss(&mut contract, patient, "a").unwrap();
    let msg = ninth(&contract);
    assert_code(contract.act("patient", msg), "consent/too_many_guardians");
    contract.advance(notice_s());
    let msg = ninth(&contract);
    contract.act("patient", msg).unwrap();
}

#[test]
fn a_veto_against_nothing_is_refused_and_one_that_nobody_overrode_passes() {
    let (mut contract, patient) = with_recoverers();
    assert_code(veto(&mut contract, patient), "consent/recovery_stage");
    propose(&mut contract, patient, "a", "new").unwrap();
    veto(&mut contract, patient).unwrap();
    contract.advance(7 * DAY_S);
    assert_eq!(recovery(&contract, patient).stage, None);
}

#[test]
fn a_veto_never_lets_fewer_guardians_recover_than_the_quorum() {
    let (mut contract, patient) = with_recoverers();
    quorum(&mut contract, patient, Power::Recover, 2).unwrap();
    for guardian in ["b", "c"] {
        dismiss(&mut contract, patient, guardian).unwrap();
    }
    contract.advance(notice_s());
    propose(&mut contract, patient, "a", "new").unwrap();
    veto(&mut contract, patient).unwrap();
    propose(&mut contract, patient, "a", "new").unwrap();
    let open = recovery(&contract, patient);
    assert_eq!((open.needed, open.votes.len()), (2, 1));
    let early = complete(&mut contract, patient);
    assert_code(early, "consent/recovery_stage");
}

/// The thief's own guardian and quorum come to count while the honest guardians override its veto.
/// They count for nothing once the account is recovered, or the thief would take it back by them.
#[test]
fn a_thief_does_not_take_the_account_back_by_a_guardian_it_appointed_before() {
    let (mut contract, patient) = with_recoverers();
    guard(&mut contract, patient, "mule", &[Power::Recover]);
    quorum(&mut contract, patient, Power::Recover, 1).unwrap();
    for guardian in ["a", "b", "c"] {
        dismiss(&mut contract, patient, guardian).unwrap();
    }
    contract.advance(1);
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(3 * DAY_S - 1);
    veto(&mut contract, patient).unwrap();
    agree(&mut contract, patient, &["b", "c"]);
    contract.advance(7 * DAY_S);
    quorum(&mut contract, patient, Power::Recover, 1).unwrap();
    complete(&mut contract, patient).unwrap();
    let back = propose(&mut contract, patient, "mule", "patient");
    assert_code(back, "consent/not_the_patient");
    let new = contract.addr("new");
    assert_eq!(contract.info(patient).controller, new.as_str());
}
