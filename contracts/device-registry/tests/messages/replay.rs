//! Signatures put to another use than the device made them for.

use cosmwasm_std::Binary;
use vitals_api::registry::{ExecuteMsg, SignedBody};
use vitals_core::key::{SignatureScheme, Signer};
use vitals_core::registration::{PairingAction, Retiring};
use vitals_core::signing::Domain;
use vitals_testing::{Suite, TestDevice};

use crate::support::{
    approve, device_info, of, pair_next, paired, refused, register, run, signed_pair, IMAGE,
};

const FIRST: u32 = 0x0100_0000;

/// One signature of the device's next action for each domain there is, over one body.
fn signatures(device: &TestDevice, digest: impl Fn(Domain) -> [u8; 32]) -> Vec<(Domain, Binary)> {
    [
        Domain::Register,
        Domain::Attest,
        Domain::Hold,
        Domain::Pair,
        Domain::Unpair,
        Domain::Transfer,
        Domain::UpdateFirmware,
        Domain::RotateKey,
        Domain::Retire,
        Domain::Anchor,
        Domain::Gap,
        Domain::Alert,
        Domain::Frame,
    ]
    .map(|domain| {
        let signature = device.signer.sign(&digest(domain));
        (domain, signature.to_vec().into())
    })
    .into()
}

fn with_signature(msg: &ExecuteMsg, signature: Binary) -> ExecuteMsg {
    match msg.clone() {
        ExecuteMsg::Pair { body, .. } => ExecuteMsg::Pair { body, signature },
        ExecuteMsg::Transfer { body, .. } => ExecuteMsg::Transfer { body, signature },
        ExecuteMsg::UpdateFirmware { body, .. } => ExecuteMsg::UpdateFirmware { body, signature },
        ExecuteMsg::RotateKey {
            body,
            new_signature,
            ..
        } => ExecuteMsg::RotateKey {
            body,
            old_signature: signature,
            new_signature,
        },
        ExecuteMsg::Unpair { device, signed } => ExecuteMsg::Unpair {
            device,
            signed: signed.map(|signed| SignedBody {
                signature,
                ..signed
            }),
        },
        ExecuteMsg::Retire { device, signed } => ExecuteMsg::Retire {
            device,
            signed: signed.map(|signed| SignedBody {
                signature,
                ..signed
            }),
        },
        other => other,
    }
}

fn body_of(msg: &ExecuteMsg) -> Binary {
    match msg {
        ExecuteMsg::Pair { body, .. }
        | ExecuteMsg::Transfer { body, .. }
        | ExecuteMsg::UpdateFirmware { body, .. }
        | ExecuteMsg::RotateKey { body, .. } => body.clone(),
        ExecuteMsg::Unpair { signed, .. } | ExecuteMsg::Retire { signed, .. } => {
            signed.clone().unwrap().body
        }
        _ => unreachable!("no other message has one signed body"),
    }
}

/// Every signed message of a paired device, with its own domain and the device's action number.
fn signed_messages(device: &mut TestDevice, patient: u64, other: u64) -> Vec<(Domain, ExecuteMsg)> {
    let number = device.action;
    let mut numbered = |make: &dyn Fn(&mut TestDevice) -> ExecuteMsg| {
        // the device takes the next one
        device.action = number.wrapping_sub(1);
        let msg = make(device);
        device.action = number;
        msg
    };
    vec![
        (Domain::Unpair, numbered(&|d| d.unpair_signed(patient))),
        (Domain::Transfer, numbered(&|d| d.transfer(patient, other))),
        (
            Domain::UpdateFirmware,
            numbered(&|d| d.update_firmware(FIRST + 1, IMAGE)),
        ),
        (Domain::RotateKey, numbered(&|d| d.rotate_key(50, 1))),
        (Domain::Retire, numbered(&|d| d.retire())),
    ]
}

fn setup() -> (Suite, TestDevice, u64, u64) {
    let (mut suite, device, patient) = paired();
    let other = suite.enrol("other");
    approve(&mut suite, FIRST + 1).unwrap();
    (suite, device, patient, other)
}

#[test]
fn no_signature_is_good_for_another_action_or_deployment() {
    let (mut suite, mut device, patient, other) = setup();
    device.action = 2;
    for (own, msg) in signed_messages(&mut device, patient, other) {
        let body = body_of(&msg);
        let here = |domain| {
            vitals_core::signing::signing_digest(domain, &device.deployment, body.as_slice())
        };
        for (domain, signature) in signatures(&device, here) {
            if domain == own {
                continue;
            }
            let replayed = with_signature(&msg, signature);
            let answer = run(&mut suite, "patient", &replayed);
            refused(answer, "registry/signature");
        }
        let elsewhere = vitals_core::signing::signing_digest(own, &[1; 32], body.as_slice());
        let signature = device.signer.sign(&elsewhere).to_vec().into();
        let answer = run(&mut suite, "patient", &with_signature(&msg, signature));
        refused(answer, "registry/signature");
    }
    assert_eq!(device_info(&suite, 1).action.u64(), 1, "nothing changed");
}

#[test]
fn an_action_number_is_exactly_the_next() {
    let (mut suite, mut device, patient, other) = setup();
    // the last was 1
    for got in [0, 1, 3, u64::MAX] {
        device.action = got;
        for (_, msg) in signed_messages(&mut device, patient, other) {
            let answer = run(&mut suite, "patient", &msg);
            refused(answer, "registry/action_number");
        }
    }
    assert_eq!(device_info(&suite, 1).action.u64(), 1);
}

#[test]
fn a_signed_action_works_once() {
    let (mut suite, mut device, patient, other) = setup();
    let offer = device.transfer(patient, other);
    run(&mut suite, "patient", &offer).unwrap();
    refused(run(&mut suite, "patient", &offer), "registry/action_number");
    let update = device.update_firmware(FIRST + 1, IMAGE);
    run(&mut suite, "patient", &update).unwrap();
    let answer = run(&mut suite, "patient", &update);
    refused(answer, "registry/action_number");
    let unpair = device.unpair_signed(patient);
    run(&mut suite, "patient", &unpair).unwrap();
    let pair = pair_next(&mut device, patient);
    run(&mut suite, "patient", &pair).unwrap();
    let answer = run(&mut suite, "patient", &unpair);
    refused(answer, "registry/action_number");
}

#[test]
fn what_the_device_signed_before_it_was_unpaired_without_it_is_of_no_use() {
    let (mut suite, mut device, patient, _) = setup();
    let kept_back = pair_next(&mut device, patient);
    device.action -= 1;
    let unpair = device.unpair_unsigned();
    run(&mut suite, "patient", &unpair).unwrap();
    let answer = run(&mut suite, "patient", &kept_back);
    refused(answer, "registry/action_number");
}

#[test]
fn a_body_for_one_message_that_reads_as_another_is_still_refused() {
    let (mut suite, device, patient, _) = setup();
    let pairing = PairingAction {
        device: 1,
        action: 2,
        patient,
    };
    let retiring = Retiring::from_bytes(&pairing.to_bytes()).unwrap();
    assert_eq!(retiring.last_sequence, patient, "the bytes are the same");
    let ExecuteMsg::Pair { body, signature } = signed_pair(&device, &pairing, Domain::Unpair)
    else {
        unreachable!("that is what it made")
    };
    let msg = ExecuteMsg::Retire {
        device: of(&device),
        signed: Some(SignedBody { body, signature }),
    };
    refused(run(&mut suite, "patient", &msg), "registry/signature");
}

/// The order of ed25519's group, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn an_ed25519_signature_with_the_order_added_to_s_is_no_signature() {
    let mut suite = Suite::new();
    crate::support::model(&mut suite, 0);
    let device = TestDevice::new(1, suite.deployment);
    let body = device.registration(1, suite.actor("gateway").as_str());
    assert_eq!(body.key.scheme(), SignatureScheme::Ed25519);
    let mut signature = device.sign_registration(&body).to_vec();
    let mut carry = 0u16;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        carry += u16::from(*byte) + u16::from(order);
        *byte = u8::try_from(carry & 0xff).unwrap();
        carry >>= 8;
    }
    let ExecuteMsg::Register { body: bytes, .. } = register(&device, &body, None) else {
        unreachable!("that is what it made")
    };
    let msg = ExecuteMsg::Register {
        body: bytes,
        possession: signature.into(),
        attestation: None,
        holder: None,
    };
    refused(run(&mut suite, "gateway", &msg), "registry/signature");
    let msg = register(&device, &body, None);
    run(&mut suite, "gateway", &msg).unwrap();
}

#[test]
fn a_body_longer_than_any_can_be_is_not_read() {
    let (mut suite, _, _, _) = setup();
    for (length, code) in [(0, "input/length"), (333, "format/"), (334, "input/length")] {
        let msg = ExecuteMsg::Pair {
            body: vec![1; length].into(),
            signature: vec![0; 64].into(),
        };
        let text = run(&mut suite, "patient", &msg).unwrap_err();
        assert!(text.contains(code), "{length}: {text}");
    }
}
