//! What is taken in, from whom, and what is not.

mod fixture;

use fixture::chain::PATIENT;
use fixture::{ground, header, place, refused, Running, GRANTED, READING, ROOM, SEALED, SEALING};
use vitals_core::decision::GroundRef;
use vitals_vault_client::digest;

fn blob_target(digest: &str) -> String {
    format!("/v1/blobs/5/cardiac/100/{digest}?ground=grant:2")
}

/// Signs for the target as the sealer and sends the body.
fn put(vault: &Running, target: &str, body: &[u8]) -> (u16, String) {
    let payload = vault.payload(&vault.sealer, "PUT", target, body);
    vault.raw("PUT", target, Some(&header(&payload, &vault.sealer)), body)
}

#[test]
fn storing_the_same_bytes_again_changes_nothing() {
    let vault = Running::start();
    let target = blob_target(&hex::encode(digest(&SEALED)));
    assert_eq!(put(&vault, &target, &SEALED).0, 201);
    assert_eq!(put(&vault, &target, &SEALED).0, 200);
}

#[test]
fn bytes_of_another_digest_are_refused() {
    let vault = Running::start();
    let target = blob_target(&hex::encode(digest(&SEALED)));
    assert_eq!(put(&vault, &target, &[8; 64]), (400, "vault/digest".into()));
}

#[test]
fn more_bytes_than_the_limit_are_refused() {
    let vault = Running::start();
    let most = vec![7; 1_000];
    let over = vec![7; 1_001];
    let target = |bytes: &[u8]| blob_target(&hex::encode(digest(bytes)));
    assert_eq!(put(&vault, &target(&most), &most).0, 201);
    let got = put(&vault, &target(&over), &over);
    assert_eq!(got, (413, "vault/too_large".into()));
}

#[test]
fn fewer_bytes_than_a_sealed_payload_has_are_refused() {
    let vault = Running::start();
    let short = &SEALED[1..];
    let got = put(&vault, &blob_target(&hex::encode(digest(short))), short);
    assert_eq!(got, (400, "vault/too_short".into()));
}

#[test]
fn a_patient_s_quota_holds_through_a_restart_and_stored_objects_can_be_put_again() {
    let mut vault = Running::start();
    let store = |vault: &Running, number: u64| {
        let bytes = [number as u8; 64];
        put(vault, &blob_target(&hex::encode(digest(&bytes))), &bytes)
    };
    for number in 0..ROOM {
        assert_eq!(store(&vault, number).0, 201);
    }
    assert_eq!(store(&vault, ROOM), (507, "vault/quota".into()));
    let package = vault.client(&vault.patient).put_package(PATIENT, b"keys");
    assert_eq!(refused(package), (507, "vault/quota".into()));
    vault.restart();
    assert_eq!(store(&vault, ROOM), (507, "vault/quota".into()));
    assert_eq!(store(&vault, 0).0, 200);
    // The fake chain takes the same account for the control of every patient.
    let other = vault.client(&vault.patient).put_package(6, b"keys");
    other.unwrap();
}

#[test]
fn only_the_patient_and_its_sealers_store_ciphertext_and_only_where_they_may_seal() {
    let vault = Running::start();
    let patient = vault.client(&vault.patient);
    patient
        .put_blob(place(1), &GroundRef::Patient {}, &SEALED)
        .unwrap();
    let reader = vault.client(&vault.clinician);
    let got = reader.put_blob(place(GRANTED.from), &ground(READING), b"x");
    assert_eq!(refused(got), (403, "consent/action_not_granted".into()));
    let sealer = vault.client(&vault.sealer);
    let got = sealer.put_blob(place(GRANTED.to), &ground(SEALING), b"x");
    assert_eq!(refused(got), (403, "consent/window_not_granted".into()));
    vault.state().grants[1].1.revoked = true;
    let got = sealer.put_blob(place(GRANTED.from), &ground(SEALING), b"x");
    assert_eq!(refused(got), (403, "consent/grant_revoked".into()));
}

#[test]
fn only_the_patient_stores_key_packages() {
    let vault = Running::start();
    let got = vault.client(&vault.sealer).put_package(PATIENT, b"keys");
    assert_eq!(refused(got), (403, "consent/not_the_patient".into()));
    let got = vault.client(&vault.guardian).put_package(PATIENT, b"keys");
    assert_eq!(refused(got), (403, "consent/not_the_patient".into()));
}

#[test]
fn paths_that_lead_elsewhere_are_refused_before_any_file_is_touched() {
    let vault = Running::start();
    let long = "0".repeat(65);
    let upper = hex::encode(digest(b"x")).to_uppercase();
    let bad = [
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "0",
        "%00",
        "%ff%fe",
        &long,
        &upper,
        "0x00",
    ];
    for digest in bad {
        let (status, code) = put(&vault, &blob_target(digest), b"x");
        assert_eq!((status, code.as_str()), (400, "vault/path"), "{digest}");
    }
    for target in [
        "/v1/blobs/-1/cardiac/100/00",
        "/v1/blobs/18446744073709551616/cardiac/100/00",
        "/v1/blobs/+5/cardiac/100/00",
        "/v1/blobs/05/cardiac/100/00",
        "/v1/blobs/5/cardiac/0100/00",
        "/v1/packages/05/00",
        "/v1/blobs/5/CARDIAC/100/00",
        "/v1/blobs/5/..%2fx/100/00",
        "/v1/blobs/5/cardiac/4294967296/00",
    ] {
        assert_eq!(put(&vault, target, b"x").1, "vault/path", "{target}");
    }
    assert_eq!(
        std::fs::read_dir(vault.dir.path().join("objects"))
            .unwrap()
            .count(),
        0
    );
}

#[test]
fn unknown_paths_methods_and_queries_are_refused_by_their_own_codes() {
    let vault = Running::start();
    assert_eq!(
        vault.raw("GET", "/v1/nothing", None, b""),
        (404, "vault/not_found".into())
    );
    assert_eq!(vault.raw("GET", "/", None, b"").0, 204, "it is there");
    assert_eq!(
        vault.raw("PUT", "/v1/receipts/5", None, b""),
        (405, "vault/method".into())
    );
    for target in [
        "/v1/receipts/5",
        "/v1/packages/5/1",
        "/v1/batches/5/cardiac/1/3/1",
    ] {
        assert_eq!(vault.raw("HEAD", target, None, b"").0, 405, "{target}");
    }
    let digest = hex::encode(digest(b"x"));
    for query in [
        "ground=team:1",
        "ground=grant:",
        "purpose=treat",
        "more=1",
        "ground=patient&ground=patient",
    ] {
        let target = format!("/v1/blobs/5/cardiac/100/{digest}?{query}");
        assert_eq!(
            put(&vault, &target, b"x"),
            (400, "vault/query".into()),
            "{query}"
        );
    }
}
