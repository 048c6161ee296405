//! Key files against the committed vectors, which a browser opens too.

use serde_json::Value;
use vitals_core::measure::Category;
use vitals_keyring::{KeyringError, Keys, Lock};

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn base64(value: &Value) -> Vec<u8> {
    let bytes: cosmwasm_std::Binary = serde_json::from_value(value.clone()).unwrap();
    bytes.to_vec()
}

fn lock(passphrase: &str) -> Lock {
    Lock::passphrase(passphrase).with_work_factor(4).unwrap()
}

#[test]
fn both_versions_of_the_vector_open_and_give_the_key_tree_s_commitment() {
    let file = vectors(include_str!("../../../testdata/vectors/key_file.json"));
    let tree = vectors(include_str!("../../../testdata/vectors/keytree.json"));
    let lock = Lock::passphrase(file["passphrase"].as_str().unwrap());
    for version in ["1", "2"] {
        let keys = Keys::unlock(&base64(&file["files"][version]), &lock, "vector").unwrap();
        assert_eq!(keys.patient().to_string(), file["patient"]);
        assert_eq!(keys.recipient(), file["recipient"]);
        let commitment = hex::encode(keys.commitment(3).unwrap());
        assert_eq!(commitment, tree["derivation"]["commitment"]);
        let first = &tree["derivation"]["epoch_keys"][0];
        let epoch = first["epoch"].as_u64().unwrap() as u32;
        let key = keys.epoch_key(3, Category::Cardiac, epoch).unwrap();
        assert_eq!(hex::encode(key.as_bytes()), first["key"]);
    }
}

#[test]
fn keys_come_back_from_their_file_with_revision_erasures_and_recovery() {
    let mut keys = Keys::create(5, 3).unwrap();
    keys.add_generation(100).unwrap();
    keys.share_recovery(2, 3).unwrap();
    keys.next_revision();
    let window = vitals_core::time::Window::one(9);
    keys.erase(&[Category::Cardiac], window);
    let file = keys.lock(&lock("words"), "file").unwrap();
    let again = Keys::unlock(&file, &lock("words"), "file").unwrap();
    assert_eq!(
        (again.latest(), again.erasures(), again.revision()),
        (4, 1, 1)
    );
    assert_eq!(again.recovery(), keys.recovery());
    assert!(again.generations().eq([(3, false), (4, false)]));
    let erased = again.epoch_key(3, Category::Cardiac, 9).err();
    assert!(matches!(erased, Some(KeyringError::Erased { .. })));
}

#[test]
fn what_is_wrong_in_an_altered_file_is_not_quoted() {
    let plain = r#"{"version":2,"patient":"AGE-SECRET-KEY-1X","identity":5,"generations":[]}"#;
    let file = lock("words").wrap("file", plain.as_bytes()).unwrap();
    let refused = Keys::unlock(&file, &lock("words"), "file").err().unwrap();
    let told = refused.to_string();
    assert!(told.starts_with("keys/altered: file"), "{told}");
    assert!(!told.contains("SECRET"), "{told}");
}

#[test]
fn work_beyond_the_most_is_refused_before_it_is_done() {
    for work_factor in [0, 23, 64, 255] {
        let refused = Lock::passphrase("words").with_work_factor(work_factor);
        assert!(matches!(
            refused.err(),
            Some(KeyringError::WorkFactor { .. })
        ));
    }
}
