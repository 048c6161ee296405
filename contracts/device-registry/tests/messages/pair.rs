//! Pair.

use vitals_core::decision::Power;
use vitals_core::measure::Measure;
use vitals_testing::suite::number;
use vitals_testing::{Suite, TestDevice};

use crate::support::{appoint, device_info, lost, pair_next, pairing_info, refused, run};

fn setup() -> (Suite, TestDevice, u64) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let device = suite.registered_device(1, &[Measure::HeartRate]);
    (suite, device, patient)
}

#[test]
fn a_pairing_is_in_the_devices_record_and_in_its_history() {
    let (mut suite, mut device, patient) = setup();
    let done = run(&mut suite, "patient", &pair_next(&mut device, patient)).unwrap();
    assert_eq!(number(&done.events, "paired", "device"), device.device);
    assert_eq!(number(&done.events, "paired", "pairing"), 1);
    assert_eq!(number(&done.events, "paired", "patient"), patient);

    let info = device_info(&suite, device.device);
    assert_eq!(info.patient.map(|p| p.u64()), Some(patient));
    assert_eq!(info.paired_from_ms, Some(suite.now_ms()));
    assert_eq!((info.action.u64(), info.pairing), (1, 1));
    let pairing = pairing_info(&suite, device.device, 1).unwrap();
    assert_eq!(pairing.patient.u64(), patient);
    assert_eq!((pairing.from_ms, pairing.to_ms), (suite.now_ms(), None));
}

#[test]
fn a_paired_device_is_not_free_even_for_its_own_patient() {
    let (mut suite, mut device, patient) = setup();
    run(&mut suite, "patient", &pair_next(&mut device, patient)).unwrap();
    let again = pair_next(&mut device, patient);
    refused(
        run(&mut suite, "patient", &again),
        "registry/already_paired",
    );
    let other = suite.enrol("other");
    device.action -= 1;
    let taken = pair_next(&mut device, other);
    refused(run(&mut suite, "other", &taken), "registry/already_paired");
}

#[test]
fn a_lost_device_pairs_with_nobody() {
    let (mut suite, mut device, patient) = setup();
    run(&mut suite, "patient", &pair_next(&mut device, patient)).unwrap();
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&device, now)).unwrap();
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let again = pair_next(&mut device, patient);
    refused(run(&mut suite, "patient", &again), "registry/device_lost");
}

#[test]
fn action_numbers_have_no_holes() {
    let (mut suite, mut device, patient) = setup();
    device.action = 1;
    let skipped = pair_next(&mut device, patient);
    refused(
        run(&mut suite, "patient", &skipped),
        "registry/action_number",
    );
    device.action = 0;
    run(&mut suite, "patient", &pair_next(&mut device, patient)).unwrap();
}

#[test]
fn a_guardian_pairs_with_the_power_to_grant_while_it_lasts() {
    let (mut suite, mut device, patient) = setup();
    let pair = pair_next(&mut device, patient);
    let code = "consent/not_the_patient";
    refused(run(&mut suite, "guardian", &pair), code);
    appoint(&mut suite, patient, &[Power::Read, Power::Revoke]);
    refused(run(&mut suite, "guardian", &pair), "consent/power_needed");
    appoint(&mut suite, patient, &[Power::Grant]);
    suite.advance(3_600);
    refused(
        run(&mut suite, "guardian", &pair),
        "consent/guardian_expired",
    );
    appoint(&mut suite, patient, &[Power::Grant]);
    suite.advance(3_599);
    run(&mut suite, "guardian", &pair).unwrap();
}

#[test]
fn a_guardian_whom_the_patient_denies_pairs_nothing() {
    let (mut suite, mut device, patient) = setup();
    appoint(&mut suite, patient, &[Power::Grant]);
    let deny = vitals_api::consent::ExecuteMsg::Deny {
        patient: patient.into(),
        whom: vitals_api::consent::Party::Account(suite.actor("guardian").into()),
    };
    let consent = suite.at.consent.clone();
    suite.execute("patient", &consent, &deny).unwrap();
    let pair = pair_next(&mut device, patient);
    refused(run(&mut suite, "guardian", &pair), "consent/account_denied");
}

#[test]
fn an_unknown_device_or_patient_is_refused() {
    let (mut suite, mut device, patient) = setup();
    let nobody = pair_next(&mut device, patient ^ 1);
    refused(run(&mut suite, "patient", &nobody), "state/not_found");
    device.device = 99;
    let nothing = pair_next(&mut device, patient);
    refused(run(&mut suite, "patient", &nothing), "state/not_found");
}
