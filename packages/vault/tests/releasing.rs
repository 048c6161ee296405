//! What is released, to whom, and what is said otherwise.

mod fixture;

use fixture::chain::PATIENT;
use fixture::{batch_id, ground, header, refused, Running, GRANTED, READING, SEALED};
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::receipt::Receipt;
use vitals_vault_client::{ProvedReceipt, VaultError};

fn forbidden(code: &str) -> (u16, String) {
    (403, code.into())
}

#[test]
fn a_grantee_reads_its_window_and_a_receipt_tells_the_patient() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let clinician = vault.client(&vault.clinician);
    let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    assert_eq!(read.unwrap(), SEALED);
    let page = vault
        .client(&vault.patient)
        .receipts(PATIENT, &GroundRef::Patient {}, None)
        .unwrap();
    let [receipt] = &page.receipts[..] else {
        panic!("{page:?}");
    };
    let receipt = opened(receipt);
    assert_eq!(receipt.who, vault.clinician.address());
    assert_eq!((receipt.ground, receipt.digest), (ground(READING), digest));
    assert_eq!(receipt.purpose, Some(Purpose::Treatment));
    assert_eq!(receipt.category, Some(Category::Cardiac));
    assert_ne!(receipt.salt, [0; 16]);
}

fn opened(proved: &ProvedReceipt) -> Receipt {
    Receipt::from_bytes(&proved.receipt).unwrap()
}

#[test]
fn what_is_outside_the_grant_is_refused_by_the_contract_s_code_before_it_is_looked_for() {
    let vault = Running::start();
    let clinician = vault.client(&vault.clinician);
    let read =
        |id: &_, purpose| refused(clinician.read_batch(id, &[0; 32], purpose, &ground(READING)));
    let inside = batch_id(GRANTED.from);
    let mut other_category = inside.clone();
    other_category.category = Category::Metabolic;
    let code = read(&other_category, Purpose::Treatment);
    assert_eq!(code, forbidden("consent/category_not_granted"));
    let code = read(&batch_id(GRANTED.to), Purpose::Treatment);
    assert_eq!(code, forbidden("consent/window_not_granted"));
    let code = read(&batch_id(GRANTED.from - 1), Purpose::Treatment);
    assert_eq!(code, forbidden("consent/window_not_granted"));
    let code = read(&inside, Purpose::Research);
    assert_eq!(code, forbidden("consent/purpose_not_granted"));
    assert!(!vault.state().queries.contains(&"batch".to_string()));
    assert_eq!(read(&inside, Purpose::Treatment).1, "state/not_found");
}

#[test]
fn a_revoked_grant_stops_at_once() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    vault.state().grants[0].1.revoked = true;
    let clinician = vault.client(&vault.clinician);
    let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    assert_eq!(refused(read), forbidden("consent/grant_revoked"));
    let receipts = vault.client(&vault.patient);
    let page = receipts
        .receipts(PATIENT, &GroundRef::Patient {}, None)
        .unwrap();
    assert!(page.receipts.is_empty(), "nothing was released");
}

#[test]
fn an_account_that_is_not_the_grantee_is_refused() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let sealer = vault.client(&vault.sealer);
    let read = sealer.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    assert_eq!(refused(read), forbidden("consent/not_the_grantee"));
}

#[test]
fn a_batch_of_one_patient_that_points_to_another_s_ciphertext_finds_nothing() {
    let vault = Running::start();
    let (_, digest) = vault.anchored(GRANTED.from, &SEALED);
    let mut own = batch_id(GRANTED.from);
    own.patient = 6u64.into();
    vault.state().batches.push((own.clone(), digest));
    // The fake chain takes the same account for the control of every patient.
    let patient = vault.client(&vault.patient);
    let read = patient.read_batch(&own, &digest, Purpose::Treatment, &GroundRef::Patient {});
    assert_eq!(refused(read), (404, "vault/not_found".into()));
}

#[test]
fn a_batch_that_was_shredded_is_gone_for_good_and_writes_no_receipt() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    vault.state().shredded.push(id.clone());
    let clinician = vault.client(&vault.clinician);
    let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    assert_eq!(refused(read), (410, "vault/shredded".into()));
    // who may not read it is not told
    let research = clinician.read_batch(&id, &digest, Purpose::Research, &ground(READING));
    let code = refused(research);
    assert_eq!(code, forbidden("consent/purpose_not_granted"));
    let patient = vault.client(&vault.patient);
    let page = patient.receipts(PATIENT, &GroundRef::Patient {}, None);
    assert!(page.unwrap().receipts.is_empty());
}

#[test]
fn a_package_goes_to_its_grantee_while_the_grant_lives() {
    let vault = Running::start();
    let digest = vault
        .client(&vault.patient)
        .put_package(PATIENT, b"keys")
        .unwrap();
    vault.state().grants[0].2 = Some(digest);
    let clinician = vault.client(&vault.clinician);
    assert_eq!(
        clinician.read_package(PATIENT, READING, &digest).unwrap(),
        b"keys"
    );
    let stranger = vault
        .client(&vault.sealer)
        .read_package(PATIENT, READING, &digest);
    assert_eq!(refused(stranger), forbidden("consent/not_the_grantee"));
    vault.state().grants[0].1.valid_until = 1;
    let late = clinician.read_package(PATIENT, READING, &digest);
    assert_eq!(refused(late), forbidden("consent/grant_expired"));
    let own = vault.client(&vault.patient);
    let again = own.read_own_package(PATIENT, READING, &digest);
    assert_eq!(again.unwrap(), b"keys", "to bring it to another vault");
    let other = vault.client(&vault.sealer);
    let other = other.read_own_package(PATIENT, READING, &digest);
    assert_eq!(refused(other), forbidden("consent/not_the_patient"));
    let none = clinician.read_package(PATIENT, 9, &digest);
    assert_eq!(refused(none), (404, "state/not_found".into()));
}

#[test]
fn receipts_are_for_the_patient_and_a_reading_guardian_only() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let clinician = vault.client(&vault.clinician);
    for _ in 0..3 {
        let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
        read.unwrap();
    }
    let by_grant = clinician.receipts(PATIENT, &ground(READING), None);
    assert_eq!(refused(by_grant), forbidden("vault/ground"));
    let as_patient = clinician.receipts(PATIENT, &GroundRef::Patient {}, None);
    assert_eq!(refused(as_patient), forbidden("consent/not_the_patient"));
    let guardian = vault.client(&vault.guardian);
    let page = guardian
        .receipts(PATIENT, &GroundRef::Guardian {}, Some(0))
        .unwrap();
    let numbers: Vec<u32> = page.receipts.iter().map(|r| r.index).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn nothing_is_decided_on_a_node_that_fell_behind_or_does_not_answer() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let clinician = vault.client(&vault.clinician);
    let read = || clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    vault.state().behind_s = 40;
    assert_eq!(refused(read()), (503, "vault/stale_node".into()));
    let put = vault.client(&vault.patient).put_package(PATIENT, b"keys");
    assert_eq!(refused(put), (503, "vault/stale_node".into()));
    vault.state().behind_s = 0;
    vault.state().down = true;
    assert_eq!(refused(read()), (503, "vault/chain".into()));
    vault.state().down = false;
    assert_eq!(read().unwrap(), SEALED);
}

#[test]
fn a_client_does_not_take_other_bytes_than_the_chain_points_to() {
    let vault = Running::start();
    let (id, _) = vault.anchored(GRANTED.from, &SEALED);
    let clinician = vault.client(&vault.clinician);
    let read = clinician.read_batch(&id, &[7; 32], Purpose::Treatment, &ground(READING));
    assert!(matches!(read, Err(VaultError::Digest { .. })), "{read:?}");
}

#[test]
fn a_restart_keeps_blobs_and_receipts_and_an_altered_log_is_not_opened() {
    let mut vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let read = |vault: &Running| {
        let clinician = vault.client(&vault.clinician);
        clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING))
    };
    read(&vault).unwrap();
    vault.restart();
    read(&vault).unwrap();
    let patient = vault.client(&vault.patient);
    let page = patient
        .receipts(PATIENT, &GroundRef::Patient {}, None)
        .unwrap();
    assert_eq!(page.receipts.len(), 2);
    let salts = [0, 1].map(|place| opened(&page.receipts[place]).salt);
    assert_ne!(salts[0], salts[1]);
    drop(patient);
    vault.stop();
    let path = vault.dir.path().join("disclosures.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let hour = hex::encode(digest);
    std::fs::write(&path, text.replacen(&hour, &"0".repeat(64), 1)).unwrap();
    assert!(vitals_vault::DisclosureLog::open(&path).is_err());
}

#[test]
fn asking_for_the_head_of_a_batch_releases_nothing_and_writes_no_receipt() {
    let vault = Running::start();
    vault.anchored(GRANTED.from, &SEALED);
    let target = "/v1/batches/5/cardiac/100/3/1?purpose=TREAT&ground=grant:1";
    let payload = vault.payload(&vault.clinician, "HEAD", target, b"");
    let header = header(&payload, &vault.clinician);
    assert_eq!(vault.raw("HEAD", target, Some(&header), b"").0, 405);
    let patient = vault.client(&vault.patient);
    let page = patient.receipts(PATIENT, &GroundRef::Patient {}, None);
    assert!(page.unwrap().receipts.is_empty());
}

#[test]
fn numbers_in_a_path_have_one_spelling() {
    let vault = Running::start();
    vault.anchored(GRANTED.from, &SEALED);
    let read = |path: &str| {
        let target = format!("/v1/batches/{path}?purpose=TREAT&ground=grant:1");
        let payload = vault.payload(&vault.clinician, "GET", &target, b"");
        let header = header(&payload, &vault.clinician);
        vault.raw("GET", &target, Some(&header), b"")
    };
    for path in [
        "+5/cardiac/100/3/1",
        "05/cardiac/100/3/1",
        "5/cardiac/+100/3/1",
        "5/cardiac/100/03/1",
        "5/cardiac/100/3/+1",
    ] {
        assert_eq!(read(path), (400, "vault/path".into()), "{path}");
    }
    assert_eq!(read("5/cardiac/100/3/1").0, 200);
}

#[test]
fn a_copy_that_was_damaged_on_disk_is_never_served_and_writes_no_receipt() {
    let vault = Running::start();
    let (id, digest) = vault.anchored(GRANTED.from, &SEALED);
    let file = format!("objects/blobs/5/cardiac/100/{}", hex::encode(digest));
    let path = vault.dir.path().join(file);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[9] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let clinician = vault.client(&vault.clinician);
    let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    assert_eq!(refused(read), (500, "vault/altered".into()));
    let patient = vault.client(&vault.patient);
    let page = patient.receipts(PATIENT, &GroundRef::Patient {}, None);
    assert!(page.unwrap().receipts.is_empty());
}
