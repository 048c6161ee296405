//! Thieves: with the device alone, or with the account alone.

use vitals_api::registry::ExecuteMsg;
use vitals_testing::TestDevice;

use crate::support::{
    device_info, lost, of, pair_next, paired, pairing_info, refused, register, run, unpair,
};

/// A thief has the device, which signs whatever it is asked, and an account and patient of its own.
/// While the owner of the device has not noticed, the thief pairs, moves, re-keys and retires
/// nothing: each takes the word of the patient who has it, too.
#[test]
fn a_thief_with_the_device_alone_moves_nothing() {
    let (mut suite, mut device, patient) = paired();
    let theirs = suite.enrol("stranger");
    let pair = pair_next(&mut device, theirs);
    refused(
        run(&mut suite, "stranger", &pair),
        "registry/already_paired",
    );
    device.action -= 1;
    let signed: [fn(&mut TestDevice, u64, u64) -> ExecuteMsg; 4] = [
        |device, from, to| device.transfer(from, to),
        |device, _, _| device.rotate_key(60, 1),
        |device, from, _| device.unpair_signed(from),
        |device, _, _| device.retire(),
    ];
    for sign in signed {
        let msg = sign(&mut device, patient, theirs);
        refused(run(&mut suite, "stranger", &msg), "consent/not_the_patient");
        device.action -= 1;
    }
    assert_eq!(device_info(&suite, device.device).action.u64(), 1);
}

/// The patient reports the loss and ends the pairing. The thief pairs the device with a patient of
/// its own, registers the same key anew, or re-keys it: a lost device is never found.
#[test]
fn a_device_lost_and_then_used_stays_lost() {
    let (mut suite, mut device, _) = paired();
    suite.advance(60);
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&device, now)).unwrap();
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    device.action += 1;
    let theirs = suite.enrol("stranger");
    let pair = pair_next(&mut device, theirs);
    refused(run(&mut suite, "stranger", &pair), "registry/device_lost");
    let anew = TestDevice::new(1, suite.deployment);
    let body = anew.registration(1, suite.actor("stranger").as_str());
    let msg = register(&anew, &body, None);
    refused(run(&mut suite, "stranger", &msg), "registry/key_registered");
    device.action -= 1;
    let rotate = device.rotate_key(60, 1);
    refused(run(&mut suite, "maker", &rotate), "registry/device_lost");
}

/// A thief has the patient's account, and not the device. It ends the pairing, since a patient must be
/// able to do that with a broken device; but it brings the device to no other patient, and what was
/// measured in the pairing stays what it was.
#[test]
fn a_thief_with_the_account_alone_takes_no_device_along() {
    let (mut suite, mut device, patient) = paired();
    let theirs = suite.enrol("stranger");
    let mut forged = TestDevice::new(9, suite.deployment);
    forged.device = device.device;
    forged.action = device.action;
    let transfer = forged.transfer(patient, theirs);
    refused(run(&mut suite, "patient", &transfer), "registry/signature");
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    device.action += 1;
    forged.action = device.action;
    let pair = pair_next(&mut forged, theirs);
    refused(run(&mut suite, "stranger", &pair), "registry/signature");
    let ended = pairing_info(&suite, device.device, 1).unwrap();
    assert_eq!(ended.patient.u64(), patient);
    assert_eq!(ended.to_ms, Some(suite.now_ms()));
}

/// A thief with the account dates the loss back to before the device came, to unmake what another
/// patient measured with it. A loss begins no earlier than the pairing that lasts.
#[test]
fn a_loss_is_not_dated_back_into_somebody_elses_pairing() {
    let (mut suite, mut device, _) = paired();
    suite.advance(60);
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    device.action += 1;
    let other = suite.enrol("other");
    let pair = pair_next(&mut device, other);
    run(&mut suite, "other", &pair).unwrap();
    let began = suite.now_ms();
    refused(
        run(&mut suite, "other", &lost(&device, began - 1)),
        "registry/lost_time",
    );
    run(&mut suite, "other", &lost(&device, began)).unwrap();
}

/// Between the unpairing and the next pairing in one block nothing is with anybody, and a stranger
/// steps in between. The device has to sign for the stranger's patient, and signed for another.
#[test]
fn nobody_steps_in_between_two_pairings_of_one_block() {
    let (mut suite, mut device, _) = paired();
    let other = suite.enrol("other");
    let theirs = suite.enrol("stranger");
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    device.action += 1;
    let pair = pair_next(&mut device, other);
    refused(
        run(&mut suite, "stranger", &pair),
        "consent/not_the_patient",
    );
    run(&mut suite, "other", &pair).unwrap();
    device.action -= 1;
    let late = pair_next(&mut device, theirs);
    refused(run(&mut suite, "stranger", &late), "registry/action_number");
    let unpair = ExecuteMsg::Unpair {
        device: of(&device),
        signed: None,
    };
    refused(
        run(&mut suite, "patient", &unpair),
        "consent/not_the_patient",
    );
}
