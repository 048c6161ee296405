//! Who may anchor: the patient, and a sealer by a live grant for that category and time.

use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::{Category, Measure};
use vitals_testing::device::TestBatch;
use vitals_testing::Suite;

use crate::support::{batch_info, beat, refused, send, setup, take_back, PATIENT};

/// A batch, and a grant to the gateway for these categories and actions.
fn with_grant(categories: &[Category], actions: &[Action]) -> (Suite, TestBatch, u64, GroundRef) {
    let (mut suite, mut device, patient) = setup();
    let treat = Purpose::Treatment;
    let id = suite.grant("patient", patient, "gateway", treat, categories, actions);
    let batch = beat(&mut device, suite.now_ms());
    (suite, batch, patient, GroundRef::Grant { id })
}

fn deny(suite: &mut Suite, patient: u64, account: &str) {
    let deny = ExecuteMsg::Deny {
        patient: patient.into(),
        whom: vitals_api::consent::Party::Account(suite.actor(account).into()),
    };
    let consent = suite.at.consent.clone();
    suite.execute("patient", &consent, &deny).unwrap();
}

#[test]
fn a_sealer_anchors_by_its_grant() {
    let (mut suite, batch, patient, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    send(&mut suite, "gateway", ground, &[&batch]).unwrap();
    assert!(batch_info(&suite, &batch, patient).is_ok());
}

#[test]
fn a_grant_is_for_its_grantee_and_the_patients_ground_for_the_patient() {
    let (mut suite, batch, _, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    for sender in ["stranger", "patient", "maker"] {
        let answer = send(&mut suite, sender, ground, &[&batch]);
        refused(answer, "consent/not_the_grantee");
    }
    for sender in ["stranger", "gateway", "maker", "owner"] {
        let answer = send(&mut suite, sender, PATIENT, &[&batch]);
        refused(answer, "consent/not_the_patient");
    }
    let unknown = GroundRef::Grant { id: 99 };
    let answer = send(&mut suite, "gateway", unknown, &[&batch]);
    refused(answer, "state/not_found");
}

#[test]
fn a_grant_of_another_category_seals_nothing_of_this_one() {
    let (mut suite, batch, _, ground) = with_grant(&[Category::Metabolic], &[Action::Seal]);
    let answer = send(&mut suite, "gateway", ground, &[&batch]);
    refused(answer, "consent/category_not_granted");
}

#[test]
fn a_grant_to_read_is_no_grant_to_seal() {
    let (mut suite, batch, _, ground) = with_grant(&[Category::Cardiac], &[Action::Read]);
    let answer = send(&mut suite, "gateway", ground, &[&batch]);
    refused(answer, "consent/action_not_granted");
}

#[test]
fn a_second_batch_is_judged_by_its_own_category() {
    let (mut suite, first, patient, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    let mut other = suite.paired_device(2, &[Measure::Glucose], "patient", patient);
    let second = other.measure(Measure::Glucose, suite.now_ms(), &[55]);
    let answer = send(&mut suite, "gateway", ground, &[&first, &second]);
    refused(answer, "consent/category_not_granted");
}

#[test]
fn a_grant_seals_until_the_second_before_it_expires() {
    let (mut suite, batch, _, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    suite.advance(86_400);
    let answer = send(&mut suite, "gateway", ground, &[&batch]);
    refused(answer, "consent/grant_expired");
    let (mut suite, batch, _, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    suite.advance(86_399);
    send(&mut suite, "gateway", ground, &[&batch]).unwrap();
}

#[test]
fn a_grant_seals_within_its_measured_window_only() {
    let (mut suite, mut device, patient) = setup();
    suite.advance(3_600);
    let seal = [Action::Seal];
    let cardiac = [Category::Cardiac];
    let treat = Purpose::Treatment;
    let id = suite.grant("patient", patient, "gateway", treat, &cardiac, &seal);
    let hour_before = beat(&mut device, suite.now_ms() - 1);
    let ground = GroundRef::Grant { id };
    let answer = send(&mut suite, "gateway", ground, &[&hour_before]);
    refused(answer, "consent/window_not_granted");
    take_back(&mut device);
    let its_first_hour = beat(&mut device, suite.now_ms());
    send(&mut suite, "gateway", ground, &[&its_first_hour]).unwrap();
    // its last hour is the 24th
    suite.advance(24 * 3_600 - 1);
    let last_hour = beat(&mut device, suite.now_ms());
    send(&mut suite, "gateway", ground, &[&last_hour]).unwrap();
    let hour_after = beat(&mut device, suite.now_ms() + 1_000);
    let answer = send(&mut suite, "gateway", ground, &[&hour_after]);
    refused(answer, "consent/window_not_granted");
}

#[test]
fn a_revoked_grant_and_a_denied_account_seal_nothing() {
    let (mut suite, batch, patient, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    deny(&mut suite, patient, "gateway");
    let answer = send(&mut suite, "gateway", ground, &[&batch]);
    refused(answer, "consent/account_denied");

    let (mut suite, batch, patient, ground) = with_grant(&[Category::Cardiac], &[Action::Seal]);
    let GroundRef::Grant { id } = ground else {
        panic!("a grant")
    };
    let revoke = ExecuteMsg::Revoke {
        patient: patient.into(),
        grant: id.into(),
    };
    let consent = suite.at.consent.clone();
    suite.execute("patient", &consent, &revoke).unwrap();
    let answer = send(&mut suite, "gateway", ground, &[&batch]);
    refused(answer, "consent/grant_revoked");
}

#[test]
fn no_guardians_power_and_no_emergency_covers_sealing() {
    let (mut suite, mut device, patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    let appoint = ExecuteMsg::AppointGuardian {
        patient: patient.into(),
        guardian: suite.actor("guardian").into(),
        powers: vec![Power::Grant, Power::Read],
        until: suite.now_s() + 60,
    };
    let consent = suite.at.consent.clone();
    suite.execute("patient", &consent, &appoint).unwrap();
    let answer = send(&mut suite, "guardian", GroundRef::Guardian {}, &[&batch]);
    refused(answer, "consent/not_a_guardians_action");
    suite.credential("clinician", Role::EmergencyResponder);
    let open = ExecuteMsg::OpenEmergency {
        patient: patient.into(),
        reason: vec![1; 32].into(),
        hours_back: 1,
        for_s: 3_600,
    };
    suite.execute("clinician", &consent, &open).unwrap();
    let emergency = GroundRef::Emergency { id: 1 };
    let answer = send(&mut suite, "clinician", emergency, &[&batch]);
    refused(answer, "consent/purpose_not_granted");
}
