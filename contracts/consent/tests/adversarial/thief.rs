//! A thief who holds the patient's account for a while, and what it leaves behind. How the account is
//! taken back from one is in `thieves.rs`.

use cosmwasm_std::Uint64;
use vitals_api::consent::recovery::GuardiansPage;
use vitals_api::consent::{ExecuteMsg, GuardianInfo, QueryMsg};
use vitals_core::decision::{GroundRef, Power};
use vitals_testing::suite::START_S;

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

fn guardian(contract: &Contract, patient: u64, account: &str) -> GuardianInfo {
    let ask = QueryMsg::Guardian {
        patient: Uint64::new(patient),
        guardian: contract.addr(account).into(),
    };
    contract.ask(ask).unwrap()
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

/// The thief appoints an accomplice, whose powers but to recover count at once. They end with the
/// recovery, by themselves, and the patient's key agent is told.
#[test]
fn a_thief_s_guardian_ends_with_the_recovery() {
    let (mut contract, patient) = with_recoverers();
    let powers = [Power::Read, Power::Grant, Power::Claim, Power::Recover];
    guard(&mut contract, patient, "accomplice", &powers);
    let reads = |contract: &Contract| contract.decide(patient, "accomplice", None);
    assert_eq!(reads(&contract), permit(GroundRef::Guardian {}));
    agree(&mut contract, patient, &["b", "c"]);
    guard(&mut contract, patient, "another", &powers);
    contract.advance(3 * DAY_S);
    let events = complete(&mut contract, patient).unwrap();
    let told = ["guardian_dismissed"; 2];
    assert_eq!(names(&events)[2..], told);
    assert_eq!(refusal_code(&reads(&contract)), "consent/no_ground");
    let left = guardians(&contract, patient);
    assert_eq!(left.len(), 3, "{left:?}");
    for accomplice in ["accomplice", "another"] {
        assert!(!left.contains(&contract.addr(accomplice).to_string()));
        let grant = contract.grant_msg("thief");
        let grants = contract.act(accomplice, grant_of(patient, grant));
        assert_code(grants, "consent/not_the_patient");
    }
}

/// A guardian sides with the thief, who gives it more, or more time. What it was given ends, and what
/// it had with it; its power to recover counted before, so it stays until the new account dismisses
/// it.
#[test]
fn what_a_thief_adds_to_a_guardian_ends_with_the_recovery() {
    for (powers, longer_s) in [
        (&[Power::Recover, Power::Read][..], 0),
        (&[Power::Recover], 1),
    ] {
        let (mut contract, patient) = with_recoverers();
        let msg = ExecuteMsg::AppointGuardian {
            patient: Uint64::new(patient),
            guardian: contract.addr("c").into(),
            powers: powers.to_vec(),
            until: contract.now() - notice_s() + YEAR_S + longer_s,
        };
        contract.act("patient", msg).unwrap();
        recovered(&mut contract, patient);
        let info = guardian(&contract, patient, "c");
        assert!(!info.live && info.powers.is_empty(), "{info:?}");
        assert_eq!(info.recovers_until, Some(START_S + YEAR_S + longer_s));
    }
}

/// A thief takes powers of a guardian away, or shortens them, so that the recovery ends it: what a
/// guardian keeps it had before.
#[test]
fn a_guardian_from_whom_a_thief_took_something_keeps_the_rest() {
    let (mut contract, patient) = Contract::with_patient();
    let powers = [Power::Read, Power::Claim, Power::Recover];
    for account in ["a", "b", "c"] {
        guard(&mut contract, patient, account, &powers);
    }
    contract.advance(notice_s());
    let msg = ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: contract.addr("c").into(),
        powers: vec![Power::Read],
        until: contract.now() + 30 * DAY_S,
    };
    contract.act("patient", msg).unwrap();
    recovered(&mut contract, patient);
    let info = guardian(&contract, patient, "c");
    assert_eq!((info.live, info.powers), (true, vec![Power::Read]));
}

/// The watch reaches as far back as notice from the first vote, to the second; how long the others
/// took to agree, or a veto, gives the thief's guardian no time.
#[test]
fn a_guardian_stays_that_was_appointed_notice_before_the_first_vote() {
    for (before_s, stays) in [(notice_s(), true), (notice_s() - 1, false)] {
        for vetoed in [false, true] {
            let (mut contract, patient) = with_recoverers();
            quorum(&mut contract, patient, Power::Recover, 2).unwrap();
            contract.advance(notice_s());
            guard(&mut contract, patient, "last", &[Power::Read]);
            contract.advance(before_s);
            propose(&mut contract, patient, "a", "new").unwrap();
            contract.advance(2 * DAY_S);
            approve(&mut contract, patient, "b", "new").unwrap();
            if vetoed {
                veto(&mut contract, patient).unwrap();
                contract.advance(DAY_S);
                agree(&mut contract, patient, &["b", "c"]);
            }
            contract.advance(7 * DAY_S);
            complete(&mut contract, patient).unwrap();
            let info = guardian(&contract, patient, "last");
            assert_eq!(info.live, stays, "{before_s} {vetoed}");
        }
    }
}
