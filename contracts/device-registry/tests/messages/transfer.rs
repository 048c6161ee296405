//! Transfer, AcceptTransfer and WithdrawTransfer.

use vitals_api::registry::{ExecuteMsg, QueryMsg, TransferInfo};
use vitals_core::decision::Power;
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    appoint, device_info, lost, mark, of, paired, pairing_info, recall, refused, run,
};

fn accept(device: &TestDevice) -> ExecuteMsg {
    let device = of(device);
    ExecuteMsg::AcceptTransfer { device }
}

fn withdraw(device: &TestDevice) -> ExecuteMsg {
    let device = of(device);
    ExecuteMsg::WithdrawTransfer { device }
}

/// Offered by `patient` to `other`.
fn offered() -> (Suite, TestDevice, u64, u64) {
    let (mut suite, mut device, patient) = paired();
    let other = suite.enrol("other");
    suite.advance(60);
    let offer = device.transfer(patient, other);
    run(&mut suite, "patient", &offer).unwrap();
    (suite, device, patient, other)
}

#[test]
fn one_pairing_ends_where_the_next_begins() {
    let (mut suite, device, patient, other) = offered();
    let info = device_info(&suite, device.device);
    assert_eq!(info.patient.map(|p| p.u64()), Some(patient), "offered only");
    let query = QueryMsg::Transfer {
        device: of(&device),
    };
    let found: TransferInfo = suite.query(&suite.at.registry, &query).unwrap();
    let both = (found.from_patient.u64(), found.to_patient.u64());
    assert_eq!(both, (patient, other));

    suite.advance(60);
    run(&mut suite, "other", &accept(&device)).unwrap();
    let now = suite.now_ms();
    let first = pairing_info(&suite, device.device, 1).unwrap();
    let second = pairing_info(&suite, device.device, 2).unwrap();
    assert_eq!((first.patient.u64(), first.to_ms), (patient, Some(now)));
    assert_eq!((second.patient.u64(), second.from_ms), (other, now));
    assert_eq!(second.to_ms, None);
    refused(
        run(&mut suite, "other", &accept(&device)),
        "state/not_found",
    );
    let gone = suite.query::<TransferInfo>(&suite.at.registry, &query);
    refused(gone, "state/not_found");
}

#[test]
fn only_the_next_patient_or_its_guardian_accepts() {
    let (mut suite, device, patient, _) = offered();
    appoint(&mut suite, patient, &[Power::Grant]);
    for sender in ["patient", "guardian", "maker", "owner", "stranger"] {
        let answer = run(&mut suite, sender, &accept(&device));
        refused(answer, "consent/not_the_patient");
    }
}

#[test]
fn only_the_present_patient_or_its_guardian_offers_and_withdraws() {
    let (mut suite, mut device, patient, other) = offered();
    let offer = device.transfer(patient, other);
    for sender in ["other", "maker", "stranger", "guardian"] {
        let code = "consent/not_the_patient";
        refused(run(&mut suite, sender, &offer), code);
        refused(run(&mut suite, sender, &withdraw(&device)), code);
    }
    appoint(&mut suite, patient, &[Power::Grant]);
    run(&mut suite, "guardian", &offer).unwrap();
    run(&mut suite, "guardian", &withdraw(&device)).unwrap();
    let code = "state/not_found";
    refused(run(&mut suite, "other", &accept(&device)), code);
    refused(run(&mut suite, "patient", &withdraw(&device)), code);
}

#[test]
fn any_later_action_of_the_device_makes_an_offer_void() {
    let (mut suite, mut device, _, _) = offered();
    let rotate = device.rotate_key(50, 1);
    run(&mut suite, "patient", &rotate).unwrap();
    let answer = run(&mut suite, "other", &accept(&device));
    refused(answer, "state/not_found");

    let (mut suite, mut device, patient, _) = offered();
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let answer = run(&mut suite, "other", &accept(&device));
    refused(answer, "state/not_found");
    let (body, signature) = device.pairing_action(patient);
    run(&mut suite, "patient", &ExecuteMsg::Pair { body, signature }).unwrap();
    let answer = run(&mut suite, "other", &accept(&device));
    refused(answer, "state/not_found");
}

#[test]
fn the_body_names_both_patients() {
    let (mut suite, mut device, patient, other) = offered();
    for (from, to, code) in [
        (other, patient, "registry/body_names"),
        (patient, patient, "registry/same_patient"),
    ] {
        let offer = device.transfer(from, to);
        refused(run(&mut suite, "patient", &offer), code);
        device.action -= 1;
    }
    let nobody = device.transfer(patient, other ^ 1);
    run(&mut suite, "patient", &nobody).unwrap();
    let answer = run(&mut suite, "other", &accept(&device));
    refused(answer, "state/not_found");
}

#[test]
fn a_device_that_cannot_be_paired_is_not_transferred() {
    let suspend = |d: &TestDevice| ExecuteMsg::Suspend { device: of(d) };
    let (mut suite, device, _, _) = offered();
    run(&mut suite, "patient", &suspend(&device)).unwrap();
    let answer = run(&mut suite, "other", &accept(&device));
    refused(answer, "registry/device_suspended");

    let (mut suite, device, _, _) = offered();
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&device, now)).unwrap();
    let answer = run(&mut suite, "other", &accept(&device));
    refused(answer, "registry/device_lost");

    let (mut suite, device, _, _) = offered();
    run(&mut suite, "maker", &recall(0, u32::MAX)).unwrap();
    let code = "registry/firmware_recalled";
    refused(run(&mut suite, "other", &accept(&device)), code);
    run(&mut suite, "stranger", &mark(&device)).unwrap();
    refused(run(&mut suite, "other", &accept(&device)), code);
}

#[test]
fn a_device_with_nobody_is_offered_by_nobody_and_no_offer_is_withdrawn() {
    let (mut suite, mut device, patient, other) = offered();
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let offer = device.transfer(patient, other);
    let answer = run(&mut suite, "patient", &offer);
    refused(answer, "registry/not_paired");
    let answer = run(&mut suite, "patient", &withdraw(&device));
    refused(answer, "registry/not_paired");
}
