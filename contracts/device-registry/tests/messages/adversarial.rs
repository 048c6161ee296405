//! Those who would have a device counted as what it is not, or as theirs.

mod makers;
mod pages;
mod thieves;

use cosmwasm_std::{coin, Binary};
use vitals_api::registry::{ExecuteMsg, InstantiateMsg};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_core::registration::{PairingAction, Registration};
use vitals_core::signing::Domain;
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    attest, device_info, maker_signer, model, pair_next, refused, register, run, signed_pair,
    unpair,
};

fn unregistered() -> (Suite, TestDevice, Registration) {
    let mut suite = Suite::new();
    let number = model(&mut suite, 0);
    let device = TestDevice::new(1, suite.deployment);
    let body = device.registration(number, suite.actor("gateway").as_str());
    (suite, device, body)
}

fn with_possession(body: &Registration, possession: impl Into<Binary>) -> ExecuteMsg {
    ExecuteMsg::Register {
        body: body.to_bytes().unwrap().into(),
        possession: possession.into(),
        attestation: None,
        holder: None,
    }
}

#[test]
fn possession_is_shown_by_nobody_elses_signature_and_for_no_other_action_or_deployment() {
    let (mut suite, device, body) = unregistered();
    let foreign = Ed25519Signer::from_seed(&[99; 32]);
    let here = suite.deployment;
    let digest = |domain, deployment| body.digest(domain, &deployment).unwrap();
    let wrong = [
        foreign.sign(&digest(Domain::Register, here)),
        device.signer.sign(&digest(Domain::Attest, here)),
        device.signer.sign(&digest(Domain::Pair, here)),
        device.signer.sign(&digest(Domain::Register, [1; 32])),
        [0; 64],
        [0xff; 64],
    ];
    for signature in wrong {
        let msg = with_possession(&body, signature.to_vec());
        refused(run(&mut suite, "gateway", &msg), "registry/signature");
    }
    for length in [0, 63, 65] {
        let msg = with_possession(&body, vec![1; length]);
        refused(run(&mut suite, "gateway", &msg), "input/length");
    }
}

#[test]
fn attestation_is_by_the_models_maker_for_this_body_only() {
    let (mut suite, device, body) = unregistered();
    let other = Registration {
        serial_commitment: [1; 32],
        ..body.clone()
    };
    let possession = device.sign_registration(&body);
    let wrong = [
        attest(&suite, &device.signer, &body),
        attest(&suite, &maker_signer(), &other),
        maker_signer()
            .sign(&body.digest(Domain::Register, &suite.deployment).unwrap())
            .to_vec()
            .into(),
        possession,
    ];
    for attestation in wrong {
        let msg = register(&device, &body, Some(attestation));
        refused(run(&mut suite, "gateway", &msg), "registry/signature");
    }
}

#[test]
fn every_changed_bit_of_a_registration_is_refused() {
    let (mut suite, device, body) = unregistered();
    let attestation = attest(&suite, &maker_signer(), &body);
    let good = body.to_bytes().unwrap();
    for bit in 0..good.len() * 8 {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let msg = ExecuteMsg::Register {
            body: bytes.into(),
            possession: device.sign_registration(&body),
            attestation: Some(attestation.clone()),
            holder: None,
        };
        assert!(run(&mut suite, "gateway", &msg).is_err(), "bit {bit}");
    }
    let msg = register(&device, &body, Some(attestation));
    run(&mut suite, "gateway", &msg).unwrap();
}

#[test]
fn a_small_order_key_that_verifies_what_nobody_signed_is_refused() {
    let (mut suite, _, body) = unregistered();
    let mut bytes = body.to_bytes().unwrap();
    // the key follows version, scheme and length
    bytes[3..35].copy_from_slice(&[0; 32]);
    let msg = ExecuteMsg::Register {
        body: bytes.into(),
        possession: vec![0; 64].into(),
        attestation: None,
        holder: None,
    };
    refused(run(&mut suite, "gateway", &msg), "format/encoding");
}

#[test]
fn malformed_bodies_are_refused() {
    let (mut suite, device, body) = unregistered();
    let good = body.to_bytes().unwrap();
    for cut in 0..good.len() {
        let msg = ExecuteMsg::Register {
            body: good[..cut].to_vec().into(),
            possession: device.sign_registration(&body),
            attestation: None,
            holder: None,
        };
        assert!(run(&mut suite, "gateway", &msg).is_err(), "{cut}");
    }
    let msg = ExecuteMsg::Pair {
        body: vec![1; 26].into(),
        signature: vec![0; 64].into(),
    };
    refused(run(&mut suite, "patient", &msg), "format/length");
}

#[test]
fn a_device_is_paired_only_under_its_own_signature_to_pair() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let device = suite.registered_device(1, &[Measure::HeartRate]);
    let foreign = suite.registered_device(2, &[Measure::HeartRate]);
    let body = PairingAction {
        device: device.device,
        action: 1,
        patient,
    };
    let elsewhere = TestDevice::new(1, [1; 32]);
    let wrong = [
        signed_pair(&device, &body, Domain::Unpair),
        signed_pair(&device, &body, Domain::Register),
        signed_pair(&foreign, &body, Domain::Pair),
        signed_pair(&elsewhere, &body, Domain::Pair),
    ];
    for msg in wrong {
        refused(run(&mut suite, "patient", &msg), "registry/signature");
    }
    assert_eq!(device_info(&suite, device.device).action.u64(), 0);
}

#[test]
fn an_old_pairing_signature_never_works_twice() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let mut device = suite.registered_device(1, &[Measure::HeartRate]);
    let pair = pair_next(&mut device, patient);
    run(&mut suite, "patient", &pair).unwrap();
    run(&mut suite, "patient", &unpair(&device)).unwrap();
    refused(run(&mut suite, "patient", &pair), "registry/action_number");
}

#[test]
fn a_signature_for_one_patient_pairs_with_no_other() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    suite.enrol("other");
    let mut device = suite.registered_device(1, &[Measure::HeartRate]);
    let pair = pair_next(&mut device, patient);
    for sender in ["other", "stranger", "maker"] {
        refused(run(&mut suite, sender, &pair), "consent/not_the_patient");
    }
}

#[test]
fn stray_coins_are_refused() {
    let mut suite = Suite::new();
    let registry = suite.at.registry.clone();
    let maker = suite.actor("maker").to_string();
    let msg = ExecuteMsg::SuspendMaker { maker };
    for denom in ["uvital", "uother"] {
        let answer = suite.execute_with("owner", &registry, &msg, &[coin(1, denom)]);
        refused(answer, "input/funds");
    }
}

#[test]
fn upper_case_and_foreign_addresses_are_refused() {
    let mut suite = Suite::new();
    let shouting = suite.actor("maker").to_string().to_uppercase();
    for maker in [shouting, "osmo1maker".into(), String::new()] {
        let msg = ExecuteMsg::SuspendMaker { maker };
        refused(run(&mut suite, "owner", &msg), "input/address");
    }
}

#[test]
fn an_instance_with_a_consent_that_is_no_address_is_not_made() {
    use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    let msg = InstantiateMsg {
        owner: owner.to_string(),
        consent: owner.to_string().to_uppercase(),
    };
    let info = message_info(&owner, &[]);
    let refused =
        device_registry::contract::instantiate(deps.as_mut(), mock_env(), info, msg).unwrap_err();
    assert!(refused.to_string().starts_with("input/address"));
}
