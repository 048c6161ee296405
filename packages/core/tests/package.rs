//! Key packages from outside: files of another age implementation, refusals, round trips.
#![cfg(feature = "package")]

use serde_json::Value;
use vitals_core::keytree::{Cover, GenerationSecret};
use vitals_core::measure::Category;
use vitals_core::package::{
    digest, KeyPackage, PackageEntry, PackageError, MAX_ENTRIES, MAX_FILE_BYTES, MAX_PACKAGE_BYTES,
};
use vitals_core::recipient::RecipientError;
use vitals_core::time::Window;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/package.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(text(value)).unwrap()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn category(value: &Value) -> Category {
    Category::ALL
        .into_iter()
        .find(|category| category.name() == text(value))
        .unwrap()
}

fn secret() -> GenerationSecret {
    GenerationSecret::from_bytes(core::array::from_fn(|i| i as u8))
}

fn entry(generation: u32, category: Category, from: u32, to: u32) -> PackageEntry {
    let window = Window::new(from, to).unwrap();
    PackageEntry {
        generation,
        category,
        cover: secret().cover(0x0123_4567_89ab_cdef, generation, category, window),
    }
}

fn vector_package() -> KeyPackage {
    let vectors = vectors();
    let entries = vectors["entries"].as_array().unwrap().iter().map(|e| {
        entry(
            number(&e["generation"]),
            category(&e["category"]),
            number(&e["from"]),
            number(&e["to"]),
        )
    });
    // Backwards, since the package orders them itself.
    let patient = text(&vectors["patient"]).parse().unwrap();
    KeyPackage::new(patient, entries.rev().collect()).unwrap()
}

fn refusal(result: Result<KeyPackage, PackageError>) -> PackageError {
    result.err().unwrap()
}

fn age_error(reason: &'static str) -> PackageError {
    PackageError::Age { reason }
}

#[test]
fn a_file_made_by_the_npm_library_opens() {
    let vectors = vectors();
    let file = bytes(&vectors["file"]);
    assert_eq!(digest(&file)[..], bytes(&vectors["digest"]));
    let package = KeyPackage::open(&file, text(&vectors["identity"])).unwrap();
    assert_eq!(*package.to_bytes().unwrap(), bytes(&vectors["plaintext"]));
    assert_eq!(package.patient(), 0x0123_4567_89ab_cdef);
    assert_eq!(package.entries().len(), 3);
}

#[test]
fn a_package_s_bytes_are_those_of_the_vectors() {
    let expected = bytes(&vectors()["plaintext"]);
    assert_eq!(*vector_package().to_bytes().unwrap(), expected);
}

#[test]
fn what_is_sealed_opens_to_the_keys_of_the_window_and_no_other() {
    let vectors = vectors();
    let file = vector_package().seal(text(&vectors["recipient"])).unwrap();
    let package = KeyPackage::open(&file, text(&vectors["identity"])).unwrap();
    let from_root = secret()
        .root(package.patient(), 3, Category::Cardiac)
        .epoch_key(495_100);
    let from_package = package.epoch_key(3, Category::Cardiac, 495_100).unwrap();
    assert_eq!(from_package.as_bytes(), from_root.as_bytes());
    assert!(package.epoch_key(3, Category::Cardiac, 495_168).is_none());
    assert!(package.epoch_key(4, Category::Cardiac, 495_168).is_some());
    assert!(package.cover(3, Category::Activity).is_none());
}

#[test]
fn each_sealing_is_another_file() {
    let vectors = vectors();
    let seal = || vector_package().seal(text(&vectors["recipient"])).unwrap();
    assert_ne!(digest(&seal()), digest(&seal()));
}

#[test]
fn another_identity_and_a_text_that_is_none_open_nothing() {
    let vectors = vectors();
    let file = bytes(&vectors["file"]);
    // 32 bytes of 0x42: an identity as good as any, and not the recipient's.
    let other = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    assert_eq!(
        refusal(KeyPackage::open(&file, other)),
        age_error("the identity does not open the file")
    );
    for text in ["", "AGE-SECRET-KEY-1QQ", text(&vectors["recipient"])] {
        assert_eq!(
            refusal(KeyPackage::open(&file, text)),
            PackageError::Identity
        );
    }
}

#[test]
fn a_file_altered_cut_or_lengthened_is_refused() {
    let vectors = vectors();
    let file = bytes(&vectors["file"]);
    let identity = text(&vectors["identity"]);
    for at in 0..file.len() {
        let mut altered = file.clone();
        altered[at] ^= 1;
        assert!(KeyPackage::open(&altered, identity).is_err(), "byte {at}");
        assert!(KeyPackage::open(&file[..at], identity).is_err(), "cut {at}");
    }
    let longer = [&file[..], &[0]].concat();
    assert_eq!(
        refusal(KeyPackage::open(&longer, identity)),
        age_error("the file was altered or cut")
    );
}

#[test]
fn a_file_too_large_is_refused_unread_and_one_that_unpacks_too_large_after_the_cap() {
    let vectors = vectors();
    let identity = text(&vectors["identity"]);
    let max = MAX_FILE_BYTES;
    let got = max + 1;
    assert_eq!(
        refusal(KeyPackage::open(&vec![0; got], identity)),
        PackageError::TooLarge { got, max }
    );
    let recipient: age::x25519::Recipient = text(&vectors["recipient"]).parse().unwrap();
    let max = MAX_PACKAGE_BYTES;
    let file = age::encrypt(&recipient, &vec![1; max + 100]).unwrap();
    assert_eq!(
        refusal(KeyPackage::open(&file, identity)),
        PackageError::TooLarge { got: max + 1, max }
    );
}

#[test]
fn recipients_that_would_share_with_the_world_are_refused() {
    let seal = |recipient: &str| vector_package().seal(recipient).err().unwrap();
    let hrp = bech32::Hrp::parse("age").unwrap();
    let zero = bech32::encode_lower::<bech32::Bech32>(hrp, &[0; 32]).unwrap();
    assert_eq!(
        seal(&zero),
        PackageError::Recipient(RecipientError::LowOrder)
    );
    assert_eq!(
        seal("age1"),
        PackageError::Recipient(RecipientError::Length { got: 4 })
    );
}

#[test]
fn bytes_that_are_no_canonical_package_are_refused_by_name() {
    let vectors = vectors();
    let cases = vectors["refused"].as_array().unwrap();
    assert!(cases.len() >= 10);
    for case in cases {
        let error = refusal(KeyPackage::from_bytes(&bytes(&case["bytes"])));
        let code = format!("package/{}:", case["code"].as_str().unwrap());
        assert!(error.to_string().starts_with(&code), "{case}: {error}");
    }
}

#[test]
fn a_package_with_no_entry_too_many_or_one_twice_cannot_be_made() {
    let new = |entries| refusal(KeyPackage::new(1, entries));
    let one = |generation| entry(generation, Category::Cardiac, 1, 2);
    assert_eq!(new(vec![]), PackageError::Entries { got: 0 });
    let got = MAX_ENTRIES + 1;
    let many = (0..got as u32).map(one).collect();
    assert_eq!(new(many), PackageError::Entries { got });
    assert_eq!(
        new(vec![one(1), one(2), one(1)]),
        PackageError::Order { index: 1 }
    );
    let nothing = PackageEntry {
        cover: Cover::from_bytes(&[1]).unwrap(),
        ..one(2)
    };
    assert_eq!(
        new(vec![one(1), nothing]),
        PackageError::EmptyCover { index: 1 }
    );
}

#[test]
fn a_package_larger_than_can_be_opened_is_not_sealed() {
    // Every second hour kept: a node each, 37 bytes; 300 hours in each of 200 generations.
    let holed = |generation| {
        let mut whole = entry(generation, Category::Cardiac, 0, 600);
        for hour in (1..600).step_by(2) {
            whole.cover = whole.cover.without(Window::one(hour));
        }
        whole
    };
    let first = holed(0).cover.to_bytes();
    let entries = (0..200).map(|generation| PackageEntry {
        generation,
        category: Category::Cardiac,
        cover: Cover::from_bytes(&first).unwrap(),
    });
    let package = KeyPackage::new(1, entries.collect()).unwrap();
    assert!(matches!(
        package.to_bytes(),
        Err(PackageError::TooLarge { .. })
    ));
}
