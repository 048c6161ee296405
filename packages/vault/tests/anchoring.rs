//! What was released is anchored by the vault itself, and the patient checks it.

mod fixture;

use std::sync::MutexGuard;
use std::time::{Duration, Instant};

use fixture::chain::{State, CONSENT, PATIENT};
use fixture::{ground, Running, Setup, GRANTED, READING, SEALED};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::receipt::proof::Head;
use vitals_vault_client::{Proof, Signer, SignerError, VaultClient, VaultLog};

const OPERATOR: &str = "wasm1operator";

/// A vault that anchors each second, or only as it stops.
fn vault(every_s: u64) -> Running {
    Running::with(Setup {
        own: Some(OPERATOR.into()),
        ..Setup::with(move |config| config.anchor_every_s = every_s)
    })
}

fn read(vault: &Running, times: u32) {
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let clinician = vault.client(&vault.clinician);
    for _ in 0..times {
        let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
        read.unwrap();
    }
}

fn wait(vault: &Running, until: impl Fn(MutexGuard<'_, State>) -> bool) {
    let began = Instant::now();
    while !until(vault.state()) {
        assert!(began.elapsed() < Duration::from_secs(20), "it did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn count(state: &State) -> Option<u32> {
    let own = state.heads.get(&(PATIENT, OPERATOR.to_string()));
    own.map(|head| head.count)
}

/// Receipts anchored, and in how many transactions.
fn so_far(vault: &Running) -> (Option<u32>, u32) {
    let state = vault.state();
    (count(&state), state.transactions)
}

fn log(vault: &Running) -> VaultLog {
    let patient = vault.client(&vault.patient);
    let ground = GroundRef::Patient {};
    VaultLog::read(&patient, vault.chain.as_ref(), CONSENT, PATIENT, &ground).unwrap()
}

fn proofs(log: &VaultLog) -> Vec<Proof> {
    log.releases.iter().map(|one| one.proof.clone()).collect()
}

#[test]
fn receipts_are_anchored_by_and_by_and_each_is_proved_to_the_patient() {
    let vault = vault(1);
    read(&vault, 3);
    wait(&vault, |state| count(&state) == Some(3));
    let shown = log(&vault);
    assert_eq!(shown.account.as_deref(), Some(OPERATOR));
    assert_eq!((shown.anchored, shown.withheld()), (3, 0));
    assert_eq!(
        proofs(&shown),
        [Proof::Proved, Proof::Proved, Proof::Proved]
    );
    assert_eq!(shown.releases[0].receipt.who, vault.clinician.address());
}

/// A patient before each of whose requests something is released, and anchored.
struct Busy<'a>(&'a Running);

impl Signer for Busy<'_> {
    fn address(&self) -> &str {
        self.0.patient.address()
    }

    fn public_key(&self) -> &[u8; 33] {
        self.0.patient.public_key()
    }

    fn sign(&self, bytes: &[u8]) -> Result<[u8; 64], SignerError> {
        let before = count(&self.0.state());
        read(self.0, 1);
        wait(self.0, |state| count(&state) > before);
        Signer::sign(&*self.0.patient, bytes)
    }
}

/// Each page comes when the chain has another head than before.
#[test]
fn a_log_that_is_anchored_while_it_is_listed_is_listed_to_its_end_and_proved() {
    let vault = vault(1);
    read(&vault, 65);
    wait(&vault, |state| count(&state) == Some(65));
    let patient = VaultClient::new(&vault.url, vault.setup.name(), Busy(&vault)).unwrap();
    let ground = GroundRef::Patient {};
    let shown = VaultLog::read(&patient, vault.chain.as_ref(), CONSENT, PATIENT, &ground);
    let shown = shown.unwrap();
    assert_eq!((shown.anchored, shown.withheld()), (66, 0));
    let (proved, newer) = shown.releases.split_at(66);
    assert!(proved.iter().all(|one| one.proof == Proof::Proved));
    assert!(newer.iter().all(|one| one.proof == Proof::NotAnchored));
}

#[test]
fn what_was_released_is_anchored_as_the_vault_stops_and_never_twice() {
    let mut vault = vault(3_600);
    read(&vault, 2);
    assert_eq!(
        proofs(&log(&vault)),
        [Proof::NotAnchored, Proof::NotAnchored]
    );
    vault.stop();
    assert_eq!(so_far(&vault), (Some(2), 1));
    vault.restart();
    vault.stop();
    assert_eq!(vault.state().transactions, 1, "nothing was new");
    vault.restart();
    read(&vault, 1);
    assert_eq!(
        proofs(&log(&vault)),
        [Proof::Proved, Proof::Proved, Proof::NotAnchored]
    );
    vault.stop();
    assert_eq!(so_far(&vault), (Some(3), 2));
}

#[test]
fn many_patients_are_anchored_thirty_a_transaction() {
    let mut vault = Running::with(Setup {
        own: Some(OPERATOR.into()),
        ..Setup::with(|config| config.anchor_every_s = 3_600)
    });
    let digest = vault.client(&vault.patient).put_package(PATIENT, b"keys");
    vault.state().grants[0].2 = Some(digest.unwrap());
    for patient in 1..=31 {
        let own = vault.client(&vault.patient);
        let digest = own.put_package(patient, b"keys").unwrap();
        own.read_own_package(patient, READING, &digest).unwrap();
    }
    vault.stop();
    let state = vault.state();
    assert_eq!((state.heads.len(), state.transactions), (31, 2));
}

#[test]
fn a_chain_that_does_not_answer_or_refuses_is_asked_again() {
    let vault = vault(1);
    read(&vault, 1);
    vault.state().refuses = true;
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(count(&vault.state()), None);
    vault.state().refuses = false;
    wait(&vault, |state| count(&state) == Some(1));
}

#[test]
fn a_log_that_is_not_the_one_anchored_is_left_and_its_receipts_are_shown_to_be_wrong() {
    let vault = vault(1);
    read(&vault, 2);
    wait(&vault, |state| count(&state) == Some(2));
    let foreign = Head {
        count: 2,
        root: [7; 32],
    };
    let key = (PATIENT, OPERATOR.to_string());
    vault.state().heads.insert(key.clone(), foreign);
    read(&vault, 1);
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(vault.state().heads[&key], foreign);
    let shown = proofs(&log(&vault));
    assert!(
        matches!(shown[..2], [Proof::Wrong(_), Proof::Wrong(_)]),
        "{shown:?}"
    );
    assert_eq!(shown[2], Proof::NotAnchored);
}

#[test]
fn receipts_that_a_restored_older_log_lacks_are_seen_to_be_withheld() {
    let mut vault = vault(3_600);
    read(&vault, 1);
    vault.stop();
    let path = vault.dir.path().join("disclosures.jsonl");
    let older = std::fs::read(&path).unwrap();
    vault.restart();
    read(&vault, 2);
    vault.stop();
    std::fs::write(&path, older).unwrap();
    vault.restart();
    let shown = log(&vault);
    assert_eq!((shown.anchored, shown.withheld()), (3, 2));
    assert!(matches!(shown.releases[0].proof, Proof::Wrong(_)));
    vault.stop();
    assert_eq!(
        vault.state().transactions,
        2,
        "an older log is not anchored"
    );
}

#[test]
fn a_vault_without_an_account_anchors_nothing_and_says_so() {
    let vault = Running::start();
    read(&vault, 1);
    let shown = log(&vault);
    assert_eq!((shown.account.as_deref(), shown.anchored), (None, 0));
    assert_eq!(proofs(&shown), [Proof::NotAnchored]);
}
