//! Devices with ECDSA keys.

use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature, SigningKey};
use vitals_api::registry::ExecuteMsg;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::registration::{PairingAction, Registration};
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
        holder: None,
    }
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

/// What differs between the two curves of ECDSA.
trait Curve {
    const SCHEME: SignatureScheme;
    fn point() -> Vec<u8>;
    /// The signature with the lower S, and the one with the higher.
    fn sign(digest: &[u8; 32]) -> (Vec<u8>, Vec<u8>);
}

struct K1;
struct R1;

impl Curve for K1 {
    const SCHEME: SignatureScheme = SignatureScheme::Secp256k1;
    fn point() -> Vec<u8> {
        let key = SigningKey::from_slice(&[3; 32]).unwrap();
        key.verifying_key().to_encoded_point(true).as_bytes().into()
    }
    fn sign(digest: &[u8; 32]) -> (Vec<u8>, Vec<u8>) {
        let key = SigningKey::from_slice(&[3; 32]).unwrap();
        let made: Signature = key.sign_prehash(digest).unwrap();
        let low = made.normalize_s().unwrap_or(made);
        let (r, s) = low.split_scalars();
        let high = Signature::from_scalars(r, -s).unwrap();
        (low.to_bytes().to_vec(), high.to_bytes().to_vec())
    }
}

impl Curve for R1 {
    const SCHEME: SignatureScheme = SignatureScheme::Secp256r1;
    fn point() -> Vec<u8> {
        let key = p256::ecdsa::SigningKey::from_slice(&[3; 32]).unwrap();
        key.verifying_key().to_encoded_point(true).as_bytes().into()
    }
    fn sign(digest: &[u8; 32]) -> (Vec<u8>, Vec<u8>) {
        let key = p256::ecdsa::SigningKey::from_slice(&[3; 32]).unwrap();
        let made: p256::ecdsa::Signature = key.sign_prehash(digest).unwrap();
        let low = made.normalize_s().unwrap_or(made);
        let (r, s) = low.split_scalars();
        let high = p256::ecdsa::Signature::from_scalars(r, -s).unwrap();
        (low.to_bytes().to_vec(), high.to_bytes().to_vec())
    }
}

/// A device registered by its low S, everything else refused before.
fn registered<C: Curve>() -> Suite {
    let mut suite = Suite::new();
    let number = model(&mut suite, 0);
    let registrant = suite.actor("gateway");
    let body = Registration {
        key: PublicKey::new(C::SCHEME, &C::point()).unwrap(),
        ..TestDevice::new(1, suite.deployment).registration(number, registrant.as_str())
    };
    let digest = body.digest(Domain::Register, &suite.deployment).unwrap();
    let msg = |signature: Vec<u8>| ExecuteMsg::Register {
        body: body.to_bytes().unwrap().into(),
        possession: signature.into(),
        attestation: None,
        holder: None,
    };
    let (low, high) = C::sign(&digest);
    let r_of_s = [&low[32..], &low[..32]].concat();
    let no_s = [&low[..32], &[0; 32][..]].concat();
    for malleated in [high, r_of_s, no_s, vec![0; 64], vec![0xff; 64]] {
        let answer = run(&mut suite, "gateway", &msg(malleated));
        refused(answer, "registry/signature");
    }
    run(&mut suite, "gateway", &msg(low)).unwrap();
    suite
}

fn acts_with_low_s_only<C: Curve>() {
    let mut suite = registered::<C>();
    let patient = suite.enrol("patient");
    let pairing = PairingAction {
        device: 1,
        action: 1,
        patient,
    };
    let (low, high) = C::sign(&pairing.digest(Domain::Pair, &suite.deployment));
    let pair = |signature: Vec<u8>| ExecuteMsg::Pair {
        body: pairing.to_bytes().into(),
        signature: signature.into(),
    };
    let answer = run(&mut suite, "patient", &pair(high));
    refused(answer, "registry/signature");
    run(&mut suite, "patient", &pair(low)).unwrap();
}

#[test]
fn devices_with_keys_of_either_curve_act_with_low_s_only() {
    acts_with_low_s_only::<K1>();
    acts_with_low_s_only::<R1>();
}

#[test]
fn a_point_that_is_not_on_the_curve_signs_nothing() {
    let (mut suite, _, body) = setup();
    for scheme in [SignatureScheme::Secp256k1, SignatureScheme::Secp256r1] {
        let mut point = [0xff; 33];
        point[0] = 2;
        let body = Registration {
            key: PublicKey::new(scheme, &point).unwrap(),
            ..body.clone()
        };
        let msg = ExecuteMsg::Register {
            body: body.to_bytes().unwrap().into(),
            possession: vec![1; 64].into(),
            attestation: None,
            holder: None,
        };
        refused(run(&mut suite, "gateway", &msg), "registry/signature");
    }
}
