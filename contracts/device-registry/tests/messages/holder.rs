//! Register, of a sensor whose key a gateway keeps.

use vitals_api::registry::{ExecuteMsg, HolderMsg};
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_core::registration::Registration;
use vitals_core::signing::Domain;
use vitals_testing::{Suite, TestDevice};

use crate::support::{device_info, lost, of, paired, refused, register, run};

/// A registered gateway, a sensor whose key it keeps, and that sensor's registration.
fn setup() -> (Suite, TestDevice, TestDevice, Registration) {
    let mut suite = Suite::new();
    let gateway = suite.registered_device(1, &[Measure::HeartRate]);
    let sensor = TestDevice::new(2, suite.deployment);
    let body = Registration {
        held_by_gateway: true,
        ..sensor.registration(1, suite.actor("gateway").as_str())
    };
    (suite, gateway, sensor, body)
}

fn held(
    gateway: &TestDevice,
    sensor: &TestDevice,
    body: &Registration,
    domain: Domain,
) -> ExecuteMsg {
    let digest = body.digest(domain, &gateway.deployment).unwrap();
    let ExecuteMsg::Register {
        body, possession, ..
    } = register(sensor, body, None)
    else {
        unreachable!("that is what it made")
    };
    ExecuteMsg::Register {
        body,
        possession,
        attestation: None,
        holder: Some(HolderMsg {
            gateway: of(gateway),
            signature: gateway.signer.sign(&digest).to_vec().into(),
        }),
    }
}

#[test]
fn a_sensor_that_cannot_sign_says_which_gateway_keeps_its_key() {
    let (mut suite, gateway, sensor, body) = setup();
    let msg = held(&gateway, &sensor, &body, Domain::Hold);
    run(&mut suite, "gateway", &msg).unwrap();
    let info = device_info(&suite, 2);
    assert_eq!(info.gateway, Some(of(&gateway)));
    assert_eq!(device_info(&suite, 1).gateway, None);
}

#[test]
fn the_gateway_signs_for_it_and_for_nothing_else() {
    let (mut suite, gateway, sensor, body) = setup();
    for domain in [Domain::Register, Domain::Attest, Domain::Pair] {
        let msg = held(&gateway, &sensor, &body, domain);
        refused(run(&mut suite, "gateway", &msg), "registry/signature");
    }
    let impostor = TestDevice {
        device: gateway.device,
        ..TestDevice::new(9, suite.deployment)
    };
    let msg = held(&impostor, &sensor, &body, Domain::Hold);
    refused(run(&mut suite, "gateway", &msg), "registry/signature");
}

#[test]
fn a_device_with_a_key_of_its_own_has_no_holder() {
    let (mut suite, gateway, sensor, body) = setup();
    let own = Registration {
        held_by_gateway: false,
        ..body
    };
    let msg = held(&gateway, &sensor, &own, Domain::Hold);
    refused(run(&mut suite, "gateway", &msg), "registry/not_a_holder");
}

#[test]
fn a_holder_is_a_device_in_use_with_a_key_of_its_own() {
    let (mut suite, mut gateway, sensor, body) = setup();
    let msg = held(&gateway, &sensor, &body, Domain::Hold);
    let retire = gateway.retire();
    run(&mut suite, "maker", &retire).unwrap();
    refused(run(&mut suite, "gateway", &msg), "registry/not_a_holder");
    gateway.device = 99;
    let msg = held(&gateway, &sensor, &body, Domain::Hold);
    refused(run(&mut suite, "gateway", &msg), "state/not_found");

    let (mut suite, gateway, sensor, body) = setup();
    let msg = held(&gateway, &sensor, &body, Domain::Hold);
    run(&mut suite, "gateway", &msg).unwrap();
    let (held_one, another) = (sensor, TestDevice::new(3, suite.deployment));
    let held_one = TestDevice {
        device: 2,
        ..held_one
    };
    let body = Registration {
        key: another.signer.public_key(),
        ..body
    };
    let msg = held(&held_one, &another, &body, Domain::Hold);
    refused(run(&mut suite, "gateway", &msg), "registry/not_a_holder");
}

#[test]
fn a_lost_gateway_holds_nothing_more() {
    let (mut suite, gateway, _) = paired();
    let now = suite.now_ms();
    run(&mut suite, "patient", &lost(&gateway, now)).unwrap();
    let sensor = TestDevice::new(2, suite.deployment);
    let body = Registration {
        held_by_gateway: true,
        ..sensor.registration(1, suite.actor("gateway").as_str())
    };
    let msg = held(&gateway, &sensor, &body, Domain::Hold);
    refused(run(&mut suite, "gateway", &msg), "registry/device_lost");
}
