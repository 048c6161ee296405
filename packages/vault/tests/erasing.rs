//! Erasure: what the patient no longer wants kept.

mod fixture;

use fixture::chain::PATIENT;
use fixture::{ground, place, refused, Running, GRANTED, READING, ROOM, SEALED, SEALING};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::Window;
use vitals_vault_client::Period;

const PATIENTS: GroundRef = GroundRef::Patient {};

/// Files of the store, whatever their names.
fn files(vault: &Running) -> Vec<String> {
    fn walk(dir: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).unwrap().flatten() {
            found.push(entry.path().display().to_string());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), found);
            }
        }
    }
    let mut found = Vec::new();
    walk(&vault.dir.path().join("objects"), &mut found);
    found.retain(|path| path.contains("/5"));
    found
}

#[test]
fn everything_goes_with_its_temporary_files_and_directories_and_the_report_names_it() {
    let vault = Running::start();
    let patient = vault.client(&vault.patient);
    let (_, blob) = vault.anchored(GRANTED.from, &SEALED);
    let package = patient.put_package(PATIENT, b"keys").unwrap();
    let share = patient.put_share(PATIENT, b"share").unwrap();
    let half = format!("objects/blobs/5/cardiac/100/{}#1", "0".repeat(64));
    std::fs::write(vault.dir.path().join(half), b"half").unwrap();
    let report = patient.erase(PATIENT, &Period::default()).unwrap();
    assert_eq!(
        (report.blobs, report.packages, report.shares, report.plans),
        (1, 1, 1, 0)
    );
    assert_eq!((report.leftovers, report.more), (1, false));
    assert_eq!(report.bytes.u64(), 64 + 4 + 5);
    assert_eq!(report.digests, [blob, package, share].map(hex::encode));
    assert_eq!(files(&vault), [""; 0]);
}

#[test]
fn what_was_erased_is_gone_for_all_and_its_receipts_stay() {
    let mut vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let read = |vault: &Running| {
        let clinician = vault.client(&vault.clinician);
        clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING))
    };
    read(&vault).unwrap();
    let patient = vault.client(&vault.patient);
    patient.erase(PATIENT, &Period::default()).unwrap();
    assert_eq!(refused(read(&vault)), (410, "vault/erased".into()));
    drop(patient);
    vault.restart();
    assert_eq!(refused(read(&vault)), (410, "vault/erased".into()));
    let patient = vault.client(&vault.patient);
    let page = patient.receipts(PATIENT, &PATIENTS, None).unwrap();
    assert_eq!(page.receipts.len(), 1);
}

#[test]
fn the_same_bytes_are_not_taken_again_and_other_bytes_of_the_same_hour_are() {
    let vault = Running::start();
    vault.anchored(GRANTED.from, &SEALED);
    let patient = vault.client(&vault.patient);
    patient.erase(PATIENT, &Period::default()).unwrap();
    let sealer = vault.client(&vault.sealer);
    let put = |bytes: &[u8]| sealer.put_blob(place(GRANTED.from), &ground(SEALING), bytes);
    assert_eq!(refused(put(&SEALED)), (410, "vault/erased".into()));
    put(&[8; 64]).unwrap();
    // The fake chain takes the same account for the control of every patient.
    let other = vitals_vault_client::Place {
        patient: 6,
        ..place(GRANTED.from)
    };
    patient.put_blob(other, &PATIENTS, &SEALED).unwrap();
}

#[test]
fn a_category_or_a_window_goes_alone_and_leaves_packages() {
    let vault = Running::start();
    let patient = vault.client(&vault.patient);
    patient.put_package(PATIENT, b"keys").unwrap();
    for (n, epoch) in [100, 101, 102].into_iter().enumerate() {
        let bytes = [n as u8; 64];
        patient.put_blob(place(epoch), &PATIENTS, &bytes).unwrap();
    }
    let erase = |category, window| {
        let period = Period { category, window };
        let report = patient.erase(PATIENT, &period).unwrap();
        (report.blobs, report.packages)
    };
    let window = |from, to| Some(Window::new(from, to).unwrap());
    assert_eq!(erase(Some(Category::Metabolic), None), (0, 0));
    assert_eq!(erase(None, window(103, 200)), (0, 0));
    assert_eq!(erase(Some(Category::Cardiac), window(101, 102)), (1, 0));
    assert_eq!(erase(None, window(0, 101)), (1, 0));
    assert_eq!(erase(Some(Category::Cardiac), None), (1, 0));
    assert_eq!(erase(None, None), (0, 1));
}

#[test]
fn room_is_given_back() {
    let vault = Running::start();
    let patient = vault.client(&vault.patient);
    let put = |n: u64| patient.put_package(PATIENT, &n.to_be_bytes());
    for n in 0..ROOM {
        put(n).unwrap();
    }
    assert_eq!(refused(put(ROOM)), (507, "vault/quota".into()));
    patient.erase(PATIENT, &Period::default()).unwrap();
    for n in ROOM..2 * ROOM {
        put(n).unwrap();
    }
    assert_eq!(refused(put(2 * ROOM)), (507, "vault/quota".into()));
}

#[test]
fn only_the_patient_erases() {
    let vault = Running::start();
    vault.anchored(GRANTED.from, &SEALED);
    for other in [&vault.clinician, &vault.sealer, &vault.guardian] {
        let got = vault.client(other).erase(PATIENT, &Period::default());
        assert_eq!(refused(got), (403, "consent/not_the_patient".into()));
    }
    assert!(!files(&vault).is_empty());
}

#[test]
fn an_erasure_that_was_interrupted_ends_at_the_next_start() {
    let mut vault = Running::start();
    let (_, digest) = vault.anchored(GRANTED.from, &SEALED);
    let at = format!("objects/blobs/5/cardiac/100/{}", hex::encode(digest));
    let at = vault.dir.path().join(at);
    let kept = std::fs::read(&at).unwrap();
    let patient = vault.client(&vault.patient);
    patient.erase(PATIENT, &Period::default()).unwrap();
    drop(patient);
    vault.stop();
    // As a kill between the entry in the log and the deletion leaves it.
    std::fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::fs::write(&at, kept).unwrap();
    vault.restart();
    // an answer comes only once it has taken stock
    let patient = vault.client(&vault.patient);
    patient.receipts(PATIENT, &PATIENTS, None).unwrap();
    assert_eq!(files(&vault), [""; 0]);
}
