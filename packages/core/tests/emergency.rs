//! Emergency shares: their bytes, a file of another age implementation, and whom they let read.
#![cfg(feature = "package")]

use serde_json::Value;
use vitals_core::emergency::{
    combine, EmergencyError, EmergencyShare, EMERGENCY_SHARE_BYTES, MAX_SHARE_FILE_BYTES,
};
use vitals_core::package::{KeyPackage, PackageError};
use vitals_core::shares::IdentitySecret;
use vitals_core::time::Window;
use zeroize::Zeroizing;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/emergency.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(text(value)).unwrap()
}

fn vector_shares() -> Vec<EmergencyShare> {
    let vectors = vectors();
    let shares = vectors["emergency"]["shares"].as_array().unwrap();
    shares
        .iter()
        .map(|share| EmergencyShare::from_bytes(&bytes(share)).unwrap())
        .collect()
}

fn made(byte: u8, threshold: u8, of: u8) -> Vec<EmergencyShare> {
    let seed = Zeroizing::new([byte ^ 0x55; 32]);
    IdentitySecret::from_bytes([byte; 32])
        .split(threshold, of, seed)
        .unwrap()
        .into_iter()
        .map(|share| EmergencyShare {
            patient: 5,
            generation: 1,
            window: Window::new(10, 20).unwrap(),
            share,
            package: [byte; 32],
        })
        .collect()
}

#[test]
fn bytes_are_those_of_the_vectors_and_come_back() {
    let vectors = &vectors()["emergency"];
    let shares = vector_shares();
    for (share, expected) in shares.iter().zip(vectors["shares"].as_array().unwrap()) {
        assert_eq!(share.to_bytes().len(), EMERGENCY_SHARE_BYTES);
        assert_eq!(*share.to_bytes(), bytes(expected));
    }
    assert_eq!(shares[0].patient.to_string(), text(&vectors["patient"]));
    assert_eq!(shares[0].generation, 7);
    assert_eq!(
        shares[0].window,
        Window {
            from: 495_000,
            to: 495_384
        }
    );
    assert_eq!(shares[0].package[..], bytes(&vectors["package"]));
}

#[test]
fn a_share_file_made_by_the_npm_library_opens() {
    let vectors = &vectors()["emergency"];
    let file = bytes(&vectors["file"]);
    assert!(file.len() < MAX_SHARE_FILE_BYTES);
    let share = EmergencyShare::open(&file, text(&vectors["custodian"])).unwrap();
    assert!(share == vector_shares()[0]);
}

#[test]
fn a_share_is_passed_on_to_the_responder_and_opens_for_nobody_else() {
    let vectors = vectors();
    let share = &vector_shares()[0];
    let file = share.seal(text(&vectors["recipient"])).unwrap();
    assert!(EmergencyShare::open(&file, text(&vectors["identity"])).unwrap() == *share);
    let other = EmergencyShare::open(&file, text(&vectors["emergency"]["custodian"])).err();
    assert!(matches!(other, Some(EmergencyError::File(_))));
}

#[test]
fn bytes_that_are_no_share_are_refused() {
    let vectors = &vectors()["emergency"];
    let cases = vectors["refused"].as_array().unwrap();
    assert!(cases.len() >= 7);
    for case in cases {
        let refused = EmergencyShare::from_bytes(&bytes(&case["bytes"])).err();
        assert!(matches!(refused, Some(EmergencyError::Format(_))), "{case}");
    }
}

#[test]
fn enough_shares_give_the_identity_and_say_which_package_it_opens() {
    let vectors = vectors();
    let shares = vector_shares();
    let key = combine(&shares[1..4]).unwrap();
    assert_eq!(*key.identity, text(&vectors["identity"]));
    assert_eq!(key.package, shares[0].package);
    assert_eq!((key.generation, key.window), (7, shares[0].window));
}

#[test]
fn fewer_shares_say_how_many_it_takes() {
    let shares = made(1, 3, 5);
    for got in 0..3 {
        let threshold = if got == 0 { 1 } else { 3 };
        let expected = EmergencyError::TooFew { got, threshold };
        assert_eq!(combine(&shares[..got]).err(), Some(expected));
    }
}

#[test]
fn a_lying_custodian_keeps_nobody_from_reading_where_enough_tell_the_truth() {
    let shares = made(1, 2, 3);
    let truth = combine(&shares[..2]).unwrap();
    // of another package, of the last package, with a wrong value
    let mut elsewhere = shares[2].clone();
    elsewhere.package = [9; 32];
    let mut wrong = shares[2].to_bytes();
    wrong[100] ^= 1;
    let wrong = EmergencyShare::from_bytes(&wrong).unwrap();
    for lie in [elsewhere, made(2, 2, 3).remove(0), wrong] {
        let got = [lie.clone(), shares[0].clone(), shares[1].clone()];
        assert_eq!(combine(&got).unwrap().identity, truth.identity);
        assert!(combine(&[lie, shares[0].clone()]).is_err());
    }
}

#[test]
fn a_package_for_several_opens_for_each_of_them_and_for_nobody_else() {
    let vectors = vectors();
    let package: Value =
        serde_json::from_str(include_str!("../../../testdata/vectors/package.json")).unwrap();
    let package = KeyPackage::from_bytes(&bytes(&package["plaintext"])).unwrap();
    let secret = |byte| IdentitySecret::from_bytes([byte; 32]);
    let recipients = [1, 2].map(|byte| secret(byte).recipient().unwrap());
    let file = package.seal_to_all(&recipients).unwrap();
    for byte in [1, 2] {
        assert!(KeyPackage::open(&file, &secret(byte).identity().unwrap()).is_ok());
    }
    assert!(KeyPackage::open(&file, text(&vectors["identity"])).is_err());
    let refused = package.seal_to_all::<String>(&[]);
    assert_eq!(refused, Err(PackageError::Recipients { got: 0 }));
}

#[test]
fn a_package_for_the_largest_team_still_opens() {
    let package: Value =
        serde_json::from_str(include_str!("../../../testdata/vectors/package.json")).unwrap();
    let package = KeyPackage::from_bytes(&bytes(&package["plaintext"])).unwrap();
    let member = IdentitySecret::from_bytes([3; 32]);
    let recipients = vec![member.recipient().unwrap(); 256];
    let file = package.seal_to_all(&recipients).unwrap();
    assert!(KeyPackage::open(&file, &member.identity().unwrap()).is_ok());
    let too_many = vec![member.recipient().unwrap(); 257];
    let refused = package.seal_to_all(&too_many);
    assert_eq!(refused, Err(PackageError::Recipients { got: 257 }));
}
