//! The decision as it is asked of the contract.

use cosmwasm_std::Uint64;
use vitals_api::consent::{DecideMsg, Decision, QueryMsg};
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use crate::common::*;

#[test]
fn the_patient_may_do_all_without_a_grant() {
    let (contract, patient) = Contract::with_patient();
    let by = GroundRef::Patient {};
    for ground in [None, Some(by)] {
        assert_eq!(contract.decide(patient, "patient", ground), permit(by));
    }
    let decision = contract.decide(patient, "stranger", Some(by));
    assert_eq!(refusal_code(&decision), "consent/not_the_patient");
}

#[test]
fn a_search_tries_a_guardian_s_power_before_grants() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("guardian");
    let id = contract.give(patient, grant);
    contract.appoint(patient, "guardian", &[Power::Read]);
    let decision = contract.decide(patient, "guardian", None);
    assert_eq!(decision, permit(GroundRef::Guardian {}));
    contract.appoint(patient, "guardian", &[Power::Grant]);
    let decision = contract.decide(patient, "guardian", None);
    assert_eq!(decision, permit(GroundRef::Grant { id }));
}

#[test]
fn a_search_finds_the_newest_grant_that_permits() {
    let (mut contract, patient) = Contract::with_patient();
    let good = contract.grant_msg("clinician");
    let mut narrow = good.clone();
    narrow.categories = vec![Category::Activity];
    let others = contract.grant_msg("other");
    for grant in [good.clone(), good, narrow, others] {
        contract.give(patient, grant);
    }
    let decision = contract.decide(patient, "clinician", None);
    assert_eq!(decision, permit(GroundRef::Grant { id: 2 }));
}

#[test]
fn a_search_goes_back_sixty_four_grants() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("clinician");
    contract.give(patient, grant);
    let newer = contract.grant_msg("other");
    for _ in 0..63 {
        contract.give(patient, newer.clone());
    }
    let by = GroundRef::Grant { id: 1 };
    assert_eq!(contract.decide(patient, "clinician", None), permit(by));
    contract.give(patient, newer);
    let decision = contract.decide(patient, "clinician", None);
    assert_eq!(refusal_code(&decision), "consent/no_ground");
    assert_eq!(contract.decide(patient, "clinician", Some(by)), permit(by));
}

#[test]
fn a_search_in_vain_tells_what_the_newest_grant_lacks() {
    let (mut contract, patient) = Contract::with_patient();
    let told = |contract: &Contract| {
        let decision = contract.decide(patient, "clinician", None);
        refusal_code(&decision).to_string()
    };
    assert_eq!(told(&contract), "consent/no_ground");
    contract.appoint(patient, "clinician", &[Power::Grant]);
    assert_eq!(told(&contract), "consent/power_missing");
    let base = contract.grant_msg("clinician");
    let mut past = base.clone();
    past.window = Window { from: 0, to: 1 };
    contract.give(patient, past);
    assert_eq!(told(&contract), "consent/window_not_granted");
    let mut narrow = base.clone();
    narrow.categories = vec![Category::Activity];
    contract.give(patient, narrow);
    assert_eq!(told(&contract), "consent/category_not_granted");
    let elsewhere = contract.grant_msg("other");
    contract.give(patient, elsewhere);
    assert_eq!(told(&contract), "consent/category_not_granted");
    let id = contract.give(patient, base);
    contract.act("patient", revoke_msg(patient, id)).unwrap();
    assert_eq!(told(&contract), "consent/grant_revoked");
}

#[test]
fn a_grant_holds_for_its_time_purpose_category_action_and_window_alone() {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    grant.valid_from = Some(contract.now() + 10);
    let id = contract.give(patient, grant);
    let ground = Some(GroundRef::Grant { id });
    let told = |contract: &Contract, change: fn(&mut DecideMsg)| {
        let mut msg = contract.decide_msg(patient, "clinician", ground);
        change(&mut msg);
        refusal_code(&contract.decide_on(msg)).to_string()
    };
    assert_eq!(told(&contract, |_| {}), "consent/grant_not_yet_valid");
    contract.advance(10);
    for (change, expected) in [
        ((|_| {}) as fn(&mut DecideMsg), "permitted"),
        (
            |m| m.purpose = Purpose::Research,
            "consent/purpose_not_granted",
        ),
        (
            |m| m.category = Category::Activity,
            "consent/category_not_granted",
        ),
        (
            |m| m.action = Action::Disclose,
            "consent/action_not_granted",
        ),
        (|m| m.window.to += 24, "consent/window_not_granted"),
        (|m| m.window.from -= 1, "consent/window_not_granted"),
    ] {
        assert_eq!(told(&contract, change), expected);
    }
    let others = contract.decide(patient, "other", ground);
    assert_eq!(refusal_code(&others), "consent/not_the_grantee");
    contract.advance(DAY_S - 10);
    assert_eq!(told(&contract, |_| {}), "consent/grant_expired");
}

#[test]
fn a_treatment_grant_counts_only_while_its_grantee_is_a_clinician() {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("clinician");
    grant.purposes = vec![Purpose::Treatment];
    grant.valid_until += 2 * DAY_S;
    grant.window.to += 72;
    let id = contract.give(patient, grant);
    let told = |contract: &Contract| {
        let mut msg = contract.decide_msg(patient, "clinician", Some(GroundRef::Grant { id }));
        msg.purpose = Purpose::Treatment;
        refusal_code(&contract.decide_on(msg)).to_string()
    };
    assert_eq!(told(&contract), "consent/credential_missing");
    contract.credential("clinician", Role::Insurer);
    assert_eq!(told(&contract), "consent/credential_missing");
    contract.credential("clinician", Role::Clinician);
    assert_eq!(told(&contract), "permitted");
    contract.advance(DAY_S);
    assert_eq!(told(&contract), "consent/credential_missing");
}

#[test]
fn a_refusal_says_why_in_words() {
    let (contract, patient) = Contract::with_patient();
    match contract.decide(patient, "stranger", None) {
        Decision::Refuse { code, reason } => {
            assert!(reason.starts_with(&format!("{code}: ")), "{reason}");
            assert!(reason.contains(contract.addr("stranger").as_str()));
        }
        permitted => panic!("{permitted:?}"),
    }
}

#[test]
fn what_cannot_be_decided_is_an_error() {
    let (contract, patient) = Contract::with_patient();
    let asked = |change: &dyn Fn(&mut DecideMsg)| {
        let mut msg = contract.decide_msg(patient, "clinician", None);
        change(&mut msg);
        contract.ask::<Decision>(QueryMsg::Decide(msg))
    };
    let nobody = Uint64::new(patient.wrapping_add(1));
    assert_code(asked(&|m| m.patient = nobody), "state/not_found");
    assert_code(asked(&|m| m.window.to = m.window.from), "format/value");
    assert_code(asked(&|m| m.who = m.who.to_uppercase()), "input/address");
    for unknown in [GroundRef::Grant { id: 1 }, GroundRef::Emergency { id: 1 }] {
        assert_code(asked(&|m| m.ground = Some(unknown)), "state/not_found");
    }
}
