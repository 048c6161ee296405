//! Unpair.

use vitals_core::decision::Power;
use vitals_core::measure::Measure;
use vitals_testing::{Suite, TestDevice};

use crate::support::{appoint, device_info, pair_next, pairing_info, refused, run, unpair};

fn setup() -> (Suite, TestDevice, u64) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    (suite, device, patient)
}

#[test]
fn a_pairing_ends_now_and_its_record_stays() {
    let (mut suite, device, patient) = setup();
    let from_ms = suite.now_ms();
    suite.advance(60);
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    let info = device_info(&suite, device.device);
    assert_eq!(
        (info.patient, info.paired_from_ms, info.pairing),
        (None, None, 1)
    );
    let pairing = pairing_info(&suite, device.device, 1).unwrap();
    assert_eq!(pairing.patient.u64(), patient);
    assert_eq!(pairing.from_ms, from_ms);
    assert_eq!(pairing.to_ms, Some(suite.now_ms()));
    refused(
        run(&mut suite, "patient", &unpair(&device)),
        "registry/not_paired",
    );
}

#[test]
fn the_next_pairing_has_the_next_number_and_leaves_the_first_as_it_was() {
    let (mut suite, mut device, _) = setup();
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let first = pairing_info(&suite, device.device, 1).unwrap();
    let other = suite.enrol("other");
    run(&mut suite, "other", &pair_next(&mut device, other)).unwrap();
    let second = pairing_info(&suite, device.device, 2).unwrap();
    assert_eq!(second.patient.u64(), other);
    assert_eq!(pairing_info(&suite, device.device, 1).unwrap(), first);
    assert!(pairing_info(&suite, device.device, 3).is_err());
}

#[test]
fn only_the_patient_or_a_guardian_with_the_power_to_grant_unpairs() {
    let (mut suite, device, patient) = setup();
    suite.enrol("other");
    for sender in ["other", "stranger", "maker", "owner", "guardian"] {
        let code = "consent/not_the_patient";
        refused(run(&mut suite, sender, &unpair(&device)), code);
    }
    appoint(&mut suite, patient, &[Power::Grant]);
    run(&mut suite, "guardian", &unpair(&device)).unwrap();
}
