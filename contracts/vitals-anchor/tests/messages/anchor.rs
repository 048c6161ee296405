//! Anchor, when all is well, and when one batch of many is not.

use cosmwasm_std::Binary;
use vitals_api::anchor::record::{BatchKey, BATCHES};
use vitals_api::anchor::{BatchInfo, MAX_SEALED, MIN_SEALED};
use vitals_api::registry;
use vitals_api::store::Remote;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{Measured, Seal, BATCH_SIMULATED};
use vitals_core::rule::Assurance;
use vitals_core::set::Set;

use crate::support::{
    batch_info, beat, head, id, refused, send, setup, signed_as, with_seal, PATIENT,
};

#[test]
fn what_is_kept_of_a_batch_is_what_was_signed_how_it_was_sealed_and_what_the_chain_knows() {
    let (mut suite, mut device, patient) = setup();
    suite.advance(30);
    let until = suite.now_s() + 60;
    let calibrate = registry::ExecuteMsg::Calibrate {
        device: device.device.into(),
        from: None,
        until,
    };
    crate::support::registry(&mut suite, "maker", &calibrate);
    let from = suite.now_ms();
    let batch = device.measure(Measure::HeartRate, from + 5, &[700, 710, 720]);
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();

    let expected = BatchInfo {
        id: id(&batch, patient),
        pairing: 1,
        root: batch.measured().root.to_vec().into(),
        private_root: None,
        digest: vec![9; 32].into(),
        length: 4_096,
        count: 3,
        first_at_ms: from + 5,
        last_at_ms: from + 2_005,
        generation: 1,
        assurance: Assurance::Maker,
        measures: vec![Measure::HeartRate],
        calibrated: true,
        simulated: false,
        anchored_at_ms: suite.now_ms(),
        shredded: None,
    };
    assert_eq!(batch_info(&suite, &batch, patient), Ok(expected));
    let head = head(&suite, device.device);
    assert_eq!(head.sequence.u64(), 1);
    assert_eq!(head.last.len(), 1);
    assert_eq!(head.last[0].category, Category::Cardiac);
    assert_eq!(head.last[0].at_ms, from + 2_005);
}

#[test]
fn another_contract_reads_the_record_by_raw_key() {
    let (mut suite, mut device, patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let anchor = Remote {
        querier: suite.app.wrap(),
        contract: &suite.at.anchor,
    };
    let key = BatchKey::from(&id(&batch, patient));
    let record = BATCHES.load(&anchor, &key).unwrap();
    assert_eq!(record.pointer().unwrap().root, batch.measured().root);
    assert_eq!(record.measures, Set::of(&[Measure::HeartRate]));
}

#[test]
fn what_the_device_says_of_itself_is_kept_simulation_and_private_root() {
    let (mut suite, mut device, patient) = setup();
    let plain = beat(&mut device, suite.now_ms());
    let measured = Measured {
        flags: BATCH_SIMULATED,
        private_root: Some([5; 32]),
        ..plain.measured().clone()
    };
    let batch = signed_as(&device, &plain, measured);
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let info = batch_info(&suite, &batch, patient).unwrap();
    assert!(info.simulated && !info.calibrated);
    assert_eq!(info.private_root, Some(Binary::new(vec![5; 32])));
}

#[test]
fn each_batch_has_an_event_with_its_number_and_pointer_and_nothing_of_the_patient() {
    let (mut suite, mut device, patient) = setup();
    let now = suite.now_ms();
    let (first, second) = (beat(&mut device, now), beat(&mut device, now + 1));
    let done = send(&mut suite, "patient", PATIENT, &[&first, &second]).unwrap();
    let anchored: Vec<_> = done
        .events
        .iter()
        .filter(|e| e.ty == "wasm-anchored")
        .collect();
    assert_eq!(anchored.len(), 2);
    let shown: Vec<_> = anchored[1]
        .attributes
        .iter()
        .filter(|a| a.key != "_contract_address")
        .map(|a| (a.key.as_str(), a.value.clone()))
        .collect();
    let digest = Binary::new(vec![9; 32]).to_base64();
    let device = device.device.to_string();
    let expected = [
        ("device", device),
        ("sequence", "2".into()),
        ("digest", digest),
    ];
    assert_eq!(shown, expected);
    assert!(!format!("{anchored:?}").contains(&patient.to_string()));
}

#[test]
fn sixty_four_batches_of_several_devices_go_in_one_message() {
    let (mut suite, mut first, patient) = setup();
    let mut second = suite.paired_device(2, &[Measure::Glucose], "patient", patient);
    let now = suite.now_ms();
    let batches: Vec<_> = (0..32)
        .flat_map(|i| {
            [
                beat(&mut first, now + i),
                second.measure(Measure::Glucose, now + i, &[55]),
            ]
        })
        .collect();
    let all: Vec<_> = batches.iter().collect();
    send(&mut suite, "patient", PATIENT, &all).unwrap();
    for device in [&first, &second] {
        assert_eq!(head(&suite, device.device).sequence.u64(), 32);
    }
    assert!(batch_info(&suite, &batches[63], patient).is_ok());
}

#[test]
fn a_bad_batch_leaves_nothing_of_the_good_ones_beside_it() {
    let (mut suite, mut device, patient) = setup();
    let now = suite.now_ms();
    let (good, mut bad) = (beat(&mut device, now), beat(&mut device, now + 1));
    bad.sealed.signature[0] ^= 1;
    let answer = send(&mut suite, "patient", PATIENT, &[&good, &bad]);
    refused(answer, "anchor/signature");
    assert!(batch_info(&suite, &good, patient).is_err());
    assert_eq!(head(&suite, device.device).sequence.u64(), 0);
    send(&mut suite, "patient", PATIENT, &[&good]).unwrap();
}

#[test]
fn a_sealed_payload_has_64_bytes_to_4_mebibytes() {
    let (mut suite, mut device, _) = setup();
    let now = suite.now_ms();
    let sealed = |batch: &_, length| {
        let digest = [9; 32];
        with_seal(
            batch,
            Seal {
                generation: 1,
                digest,
                length,
            },
        )
    };
    let batch = beat(&mut device, now);
    for length in [0, MIN_SEALED - 1, MAX_SEALED + 1, u32::MAX] {
        let answer = send(&mut suite, "patient", PATIENT, &[&sealed(&batch, length)]);
        refused(answer, "anchor/seal_length");
    }
    let next = beat(&mut device, now + 1);
    let both = [&sealed(&batch, MIN_SEALED), &sealed(&next, MAX_SEALED)];
    send(&mut suite, "patient", PATIENT, &both).unwrap();
}
