//! Devices with ECDSA keys.

use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature, SigningKey};
use vitals_api::registry::ExecuteMsg;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::registration::Registration;
use vitals_core::signing::Domain;
use vitals_testing::{Suite, TestDevice};

use crate::support::{model, refused, run};

fn setup() -> (Suite, SigningKey, Registration) {
    let mut suite = Suite::new();
    let number = model(&mut suite, 0);
    let signer = SigningKey::from_slice(&[3; 32]).unwrap();
    let point = signer.verifying_key().to_encoded_point(true);
    let registrant = suite.actor("gateway");
    let body = Registration {
        key: PublicKey::new(SignatureScheme::Secp256k1, point.as_bytes()).unwrap(),
        ..TestDevice::new(1, suite.deployment).registration(number, registrant.as_str())
    };
    (suite, signer, body)
}

fn register(body: &Registration, signature: &Signature) -> ExecuteMsg {
    ExecuteMsg::Register {
        body: body.to_bytes().unwrap().into(),
        possession: signature.to_bytes().to_vec().into(),
        attestation: None,
    }
}

#[test]
fn of_the_two_signatures_over_a_body_only_the_one_with_low_s_is_good() {
    let (mut suite, signer, body) = setup();
    let digest = body.digest(Domain::Register, &suite.deployment).unwrap();
    let low: Signature = signer.sign_prehash(&digest).unwrap();
    let low = low.normalize_s().unwrap_or(low);
    let (r, s) = low.split_scalars();
    let high = Signature::from_scalars(r, -s).unwrap();

    let answer = run(&mut suite, "gateway", &register(&body, &high));
    refused(answer, "registry/signature");
    run(&mut suite, "gateway", &register(&body, &low)).unwrap();
}

#[test]
fn the_same_bytes_under_another_curve_are_another_key() {
    let (mut suite, signer, body) = setup();
    let other_curve = Registration {
        key: PublicKey::new(SignatureScheme::Secp256r1, body.key.bytes()).unwrap(),
        ..body
    };
    let digest = other_curve
        .digest(Domain::Register, &suite.deployment)
        .unwrap();
    let signature: Signature = signer.sign_prehash(&digest).unwrap();
    let answer = run(&mut suite, "gateway", &register(&other_curve, &signature));
    refused(answer, "registry/signature");
}
