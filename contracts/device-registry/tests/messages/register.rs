//! Register.

use vitals_core::key::Signer;
use vitals_core::measure::Category;
use vitals_core::registration::Registration;
use vitals_core::rule::Assurance;
use vitals_testing::suite::number;
use vitals_testing::{Suite, TestDevice};

use crate::support::{attest, device_info, key_msg, maker_signer, model, refused, register, run};

fn setup(lowest_firmware: u32) -> (Suite, TestDevice, Registration) {
    let mut suite = Suite::new();
    let number = model(&mut suite, lowest_firmware);
    let device = TestDevice::new(1, suite.deployment);
    let body = device.registration(number, suite.actor("gateway").as_str());
    (suite, device, body)
}

#[test]
fn an_attested_device_has_the_makers_assurance_and_its_models_categories() {
    let (mut suite, device, body) = setup(0);
    let attestation = attest(&suite, &maker_signer(), &body);
    let msg = register(&device, &body, Some(attestation));
    let done = run(&mut suite, "gateway", &msg).unwrap();
    assert_eq!(number(&done.events, "registered", "device"), 1);

    let info = device_info(&suite, 1);
    assert_eq!(info.assurance, Assurance::Maker);
    assert_eq!(info.categories, [Category::Cardiac]);
    assert_eq!(info.key, key_msg(&device.signer.public_key()));
    assert_eq!(info.registrant, suite.actor("gateway").as_str());
    assert_eq!(info.serial_commitment.as_slice(), [7; 32]);
    assert_eq!(
        (info.action.u64(), info.pairing, info.patient),
        (0, 0, None)
    );
}

#[test]
fn without_attestation_a_device_declares_itself() {
    let (mut suite, device, body) = setup(0);
    run(&mut suite, "gateway", &register(&device, &body, None)).unwrap();
    assert_eq!(device_info(&suite, 1).assurance, Assurance::SelfDeclared);
}

#[test]
fn a_key_held_by_a_gateway_counts_least_attested_or_not() {
    let (mut suite, device, body) = setup(0);
    let body = Registration {
        held_by_gateway: true,
        ..body
    };
    let attestation = attest(&suite, &maker_signer(), &body);
    let msg = register(&device, &body, Some(attestation));
    run(&mut suite, "gateway", &msg).unwrap();
    assert_eq!(device_info(&suite, 1).assurance, Assurance::Gateway);
}

#[test]
fn devices_are_numbered_in_sequence_from_1() {
    let (mut suite, _, body) = setup(0);
    for seed in 1..=3u8 {
        let device = TestDevice::new(seed, suite.deployment);
        let body = Registration {
            key: device.signer.public_key(),
            ..body.clone()
        };
        let done = run(&mut suite, "gateway", &register(&device, &body, None)).unwrap();
        let got = number(&done.events, "registered", "device");
        assert_eq!(got, u64::from(seed));
    }
}

#[test]
fn firmware_is_at_least_the_models_lowest() {
    let (mut suite, device, body) = setup(0x0100_0001);
    let msg = register(&device, &body, None);
    refused(
        run(&mut suite, "gateway", &msg),
        "registry/firmware_too_low",
    );
    let body = Registration {
        firmware: 0x0100_0001,
        ..body
    };
    run(&mut suite, "gateway", &register(&device, &body, None)).unwrap();
}

#[test]
fn a_model_nobody_listed_is_refused() {
    let (mut suite, device, body) = setup(0);
    let body = Registration { model: 99, ..body };
    let msg = register(&device, &body, None);
    refused(run(&mut suite, "gateway", &msg), "state/not_found");
}

#[test]
fn a_key_registers_once() {
    let (mut suite, device, body) = setup(0);
    run(&mut suite, "gateway", &register(&device, &body, None)).unwrap();
    let other_serial = Registration {
        serial_commitment: [8; 32],
        ..body
    };
    let msg = register(&device, &other_serial, None);
    refused(run(&mut suite, "gateway", &msg), "registry/key_registered");
}

#[test]
fn only_the_registrant_the_body_names_may_send_it() {
    let (mut suite, device, body) = setup(0);
    let msg = register(&device, &body, None);
    let code = "registry/not_the_registrant";
    refused(run(&mut suite, "stranger", &msg), code);
    let shouting = Registration {
        registrant: body.registrant.to_uppercase(),
        ..body
    };
    let msg = register(&device, &shouting, None);
    refused(run(&mut suite, "gateway", &msg), code);
}
