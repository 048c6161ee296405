//! Consent taken back is enforced by keys: what is measured from then on is sealed under new ones.

use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{Action, Purpose};
use vitals_core::measure::{Category, Measure};
use vitals_testing::{Suite, TestDevice};

use crate::support::{beat, consent, refused, sealed_under, send, setup, take_back, PATIENT};

const STALE: &str = "anchor/generation_stale";

/// A clinician could read; the patient took it back after a minute, just now.
fn revoked() -> (Suite, TestDevice, u64) {
    let (mut suite, device, patient) = setup();
    let cardiac = [Category::Cardiac];
    let read = [Action::Read];
    let treat = Purpose::Treatment;
    let grant = suite.grant("patient", patient, "clinician", treat, &cardiac, &read);
    suite.advance(60);
    let revoke = ExecuteMsg::Revoke {
        patient: patient.into(),
        grant: grant.into(),
    };
    consent(&mut suite, "patient", &revoke);
    (suite, device, patient)
}

fn open_second(suite: &mut Suite, patient: u64) {
    let open = ExecuteMsg::OpenGeneration {
        patient: patient.into(),
        generation: 2,
        commitment: vec![1; 32].into(),
    };
    consent(suite, "patient", &open);
}

#[test]
fn while_the_next_generation_is_pending_nothing_measured_since_is_anchored() {
    let (mut suite, mut device, _) = revoked();
    let raised_at = suite.now_ms();
    suite.advance(60);
    for at in [raised_at, raised_at + 1] {
        let batch = beat(&mut device, at);
        for generation in [0, 1, 2] {
            let sealed = sealed_under(&batch, generation);
            refused(send(&mut suite, "patient", PATIENT, &[&sealed]), STALE);
        }
        take_back(&mut device);
    }
}

#[test]
fn what_was_measured_before_the_raise_is_anchored_under_the_old_generation_meanwhile() {
    let (mut suite, mut device, _) = revoked();
    let raised_at = suite.now_ms();
    let across = device.measure(Measure::HeartRate, raised_at - 1_000, &[700, 710]);
    refused(send(&mut suite, "patient", PATIENT, &[&across]), STALE);
    take_back(&mut device);
    let before = device.measure(Measure::HeartRate, raised_at - 1_001, &[700, 710]);
    send(&mut suite, "patient", PATIENT, &[&before]).unwrap();
}

#[test]
fn once_open_the_new_generation_takes_all_and_the_old_only_what_came_before() {
    let (mut suite, mut device, patient) = revoked();
    let raised_at = suite.now_ms();
    open_second(&mut suite, patient);
    let old = beat(&mut device, raised_at - 2);
    send(&mut suite, "patient", PATIENT, &[&old]).unwrap();
    let resealed = sealed_under(&beat(&mut device, raised_at - 1), 2);
    send(&mut suite, "patient", PATIENT, &[&resealed]).unwrap();

    let after = beat(&mut device, raised_at);
    for generation in [0, 1, 3, u32::MAX] {
        let sealed = sealed_under(&after, generation);
        refused(send(&mut suite, "patient", PATIENT, &[&sealed]), STALE);
    }
    let sealed = sealed_under(&after, 2);
    send(&mut suite, "patient", PATIENT, &[&sealed]).unwrap();
}

#[test]
fn a_stale_seal_is_told_which_generation_is_open_since_when() {
    let (mut suite, mut device, patient) = revoked();
    let raised_at = suite.now_ms();
    let batch = beat(&mut device, raised_at);
    let pending = send(&mut suite, "patient", PATIENT, &[&batch]).unwrap_err();
    let named = format!("generation 1, 1 is open, raised at {raised_at} ms, the next is pending");
    assert!(pending.contains(&named), "{pending}");
    open_second(&mut suite, patient);
    let opened = send(&mut suite, "patient", PATIENT, &[&batch]).unwrap_err();
    let named = format!("generation 1, 2 is open, raised at {raised_at} ms");
    assert!(opened.contains(&named), "{opened}");
}
