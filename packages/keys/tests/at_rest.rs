//! The key file.

mod fixture;

use std::os::unix::fs::PermissionsExt;

use fixture::{lock, PATIENT};
use vitals_core::measure::Category;
use vitals_core::time::Window;
use vitals_keys::{Agent, KeyringError, Keys, KeysError, Lock};

fn epoch_key(agent: &Agent) -> [u8; 32] {
    let cover = agent
        .keys()
        .cover_for(3, Category::Cardiac, Window::one(9))
        .unwrap();
    *cover.epoch_key(9).unwrap().as_bytes()
}

#[test]
fn keys_come_back_from_their_file_which_only_its_owner_reads() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let made = Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let opened = Agent::open(&path, lock()).unwrap();
    assert_eq!(opened.keys().patient(), PATIENT);
    assert_eq!(opened.keys().recipient(), made.keys().recipient());
    assert_eq!(epoch_key(&opened), epoch_key(&made));
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_file_shows_neither_identity_nor_secret() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let file = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    assert!(file.starts_with("age-encryption.org/v1\n-> scrypt "));
    assert!(!file.contains("AGE-SECRET-KEY") && !file.contains("secret"));
}

#[test]
fn a_wrong_passphrase_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let error = Agent::open(&path, Lock::passphrase("wrong")).err().unwrap();
    assert!(
        matches!(
            error,
            KeysError::Keyring(KeyringError::WrongPassphrase { .. })
        ),
        "{error}"
    );
}

#[test]
fn an_identity_kept_elsewhere_locks_and_opens_and_another_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let own = Keys::create(0, 0).unwrap();
    let text = format!("# created by age-keygen\n\n{}\n", own.identity());
    Agent::create(&path, Lock::identity(&text).unwrap(), PATIENT, 3).unwrap();
    assert!(Agent::open(&path, Lock::identity(&text).unwrap()).is_ok());
    let other = Keys::create(0, 0).unwrap();
    let error = Agent::open(&path, Lock::identity(other.identity()).unwrap()).err();
    assert!(matches!(
        error,
        Some(KeysError::Keyring(KeyringError::WrongIdentity { .. }))
    ));
    assert!(matches!(
        Lock::identity("age1x"),
        Err(KeyringError::Identity)
    ));
}

#[test]
fn an_altered_file_is_refused_and_an_existing_one_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let again = Agent::create(&path, lock(), PATIENT, 3).err();
    assert!(matches!(again, Some(KeysError::Exists { .. })));
    let mut file = std::fs::read(&path).unwrap();
    *file.last_mut().unwrap() ^= 1;
    std::fs::write(&path, file).unwrap();
    assert!(Agent::open(&path, lock()).is_err());
    std::fs::write(&path, b"not age").unwrap();
    let error = Agent::open(&path, lock()).err();
    assert!(matches!(
        error,
        Some(KeysError::Keyring(KeyringError::Altered { .. }))
    ));
}

#[test]
fn a_file_that_another_program_changed_meanwhile_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let mut first = Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let mut second = Agent::open(&path, lock()).unwrap();
    first.share_recovery(1, 1).unwrap();
    let kept = std::fs::read(&path).unwrap();
    let refused = second.share_recovery(1, 1).err();
    assert!(matches!(refused, Some(KeysError::Changed { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), kept);
}

#[test]
fn a_file_of_the_first_version_opens_and_one_that_mixes_versions_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let own = Keys::create(0, 0).unwrap();
    let secret = "11".repeat(32);
    let file = |version: u8, more: &str| {
        let plain = format!(
            r#"{{"version":{version},"patient":5,"identity":"{}","generations":[{{"number":3,"secret":"{secret}","until":null}}]{more}}}"#,
            own.identity()
        );
        let recipient: age::x25519::Recipient = own.recipient().parse().unwrap();
        let path = dir.path().join("old");
        std::fs::write(&path, age::encrypt(&recipient, plain.as_bytes()).unwrap()).unwrap();
        Agent::open(&path, Lock::identity(own.identity()).unwrap())
    };
    assert_eq!(file(1, "").unwrap().keys().latest(), 3);
    assert!(file(1, r#","erasures":1"#).is_err());
    assert!(file(2, r#","erasures":1"#).is_ok());
    assert!(file(3, "").is_err());
    assert!(file(2, r#","unknown":1"#).is_err());
}
