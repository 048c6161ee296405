//! ReportLost.

use vitals_core::decision::Power;
use vitals_core::measure::Measure;
use vitals_testing::{Suite, TestDevice};

use crate::support::{appoint, device_info, lost, refused, run, unpair};

/// Paired for a minute.
fn setup() -> (Suite, TestDevice, u64) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    suite.advance(60);
    (suite, device, patient)
}

#[test]
fn a_device_is_lost_from_between_its_pairings_start_and_now_both_included() {
    let (mut suite, device, _) = setup();
    let now = suite.now_ms();
    let start = now - 60_000;
    for outside in [0, start - 1, now + 1, u64::MAX] {
        let answer = run(&mut suite, "patient", &lost(&device, outside));
        refused(answer, "registry/lost_time");
    }
    run(&mut suite, "patient", &lost(&device, now)).unwrap();
    run(&mut suite, "patient", &lost(&device, start)).unwrap();
    let info = device_info(&suite, device.device);
    assert_eq!(info.lost_from_ms, Some(start));
}

#[test]
fn a_later_report_moves_it_earlier_only() {
    let (mut suite, device, _) = setup();
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&device, now - 10)).unwrap();
    for later in [now - 10, now - 9, now] {
        let answer = run(&mut suite, "patient", &lost(&device, later));
        refused(answer, "registry/lost_not_earlier");
    }
    run(&mut suite, "patient", &lost(&device, now - 11)).unwrap();
}

#[test]
fn only_the_patient_or_a_guardian_with_the_power_to_revoke_reports() {
    let (mut suite, device, patient) = setup();
    let now = suite.now_ms();
    for sender in ["stranger", "maker", "owner", "guardian"] {
        let answer = run(&mut suite, sender, &lost(&device, now));
        refused(answer, "consent/not_the_patient");
    }
    for others in [&[Power::Grant][..], &[Power::Read, Power::Acknowledge]] {
        appoint(&mut suite, patient, others);
        let answer = run(&mut suite, "guardian", &lost(&device, now));
        refused(answer, "consent/power_needed");
    }
    appoint(&mut suite, patient, &[Power::Revoke]);
    run(&mut suite, "guardian", &lost(&device, now)).unwrap();
}

#[test]
fn a_device_that_is_with_nobody_is_not_lost_by_anybody() {
    let (mut suite, device, _) = setup();
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    let now = suite.now_ms();
    let answer = run(&mut suite, "patient", &lost(&device, now));
    refused(answer, "registry/not_paired");
}
