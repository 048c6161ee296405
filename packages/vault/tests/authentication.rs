//! Who asks is shown by a signature over this very request, or nothing is served.

mod fixture;

use fixture::chain::now_s;
use fixture::{header, Running};
use vitals_chain_client::Wallet;
use vitals_vault_client::{Payload, SignedRequest};

const TARGET: &str = "/v1/receipts/5?ground=patient";

/// Sends what the change makes of a good request: status and code.
fn with(change: impl FnOnce(&mut Payload)) -> (u16, String) {
    let vault = Running::start();
    let mut payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    change(&mut payload);
    vault.raw("GET", TARGET, Some(&header(&payload, &vault.patient)), b"")
}

fn unauthenticated(code: &str) -> (u16, String) {
    (401, code.into())
}

#[test]
fn a_good_request_is_served_once_and_its_replay_refused() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    let header = header(&payload, &vault.patient);
    assert_eq!(vault.raw("GET", TARGET, Some(&header), b"").0, 200);
    let replayed = vault.raw("GET", TARGET, Some(&header), b"");
    assert_eq!(replayed, unauthenticated("vault/replayed"));
}

#[test]
fn a_request_served_before_a_restart_is_not_served_again_after_it() {
    let mut vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    let header = header(&payload, &vault.patient);
    assert_eq!(vault.raw("GET", TARGET, Some(&header), b"").0, 200);
    vault.restart();
    let replayed = vault.raw("GET", TARGET, Some(&header), b"");
    assert_eq!(replayed, unauthenticated("vault/replayed"));
}

#[test]
fn of_copies_sent_at_once_one_is_served() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    let header = header(&payload, &vault.patient);
    let served = std::thread::scope(|scope| {
        [(); 8]
            .map(|()| scope.spawn(|| vault.raw("GET", TARGET, Some(&header), b"").0))
            .map(|copy| copy.join().unwrap())
    });
    assert_eq!(served.iter().filter(|status| **status == 200).count(), 1);
    assert_eq!(served.iter().filter(|status| **status == 401).count(), 7);
}

#[test]
fn a_request_that_is_not_permitted_is_decided_anew_and_takes_no_memory() {
    let vault = Running::start();
    let (stranger, _) = Wallet::generate("wasm").unwrap();
    let payload = vault.payload(&stranger, "GET", TARGET, b"");
    let header = header(&payload, &stranger);
    let ask = || vault.raw("GET", TARGET, Some(&header), b"");
    let refused = (403, "consent/not_the_patient".to_string());
    assert_eq!([ask(), ask()], [refused.clone(), refused]);
    vault.state().controller = stranger.address().into();
    assert_eq!(ask().0, 200);
    assert_eq!(ask(), unauthenticated("vault/replayed"));
}

#[test]
fn a_request_for_another_vault_is_refused() {
    let got = with(|payload| payload.vault = "vault-b".into());
    assert_eq!(got, unauthenticated("vault/wrong_vault"));
}

#[test]
fn a_request_is_refused_after_its_end_and_too_long_before_it() {
    let expired = with(|payload| payload.expires = now_s() - 1);
    assert_eq!(expired, unauthenticated("vault/expired"));
    let ahead = with(|payload| payload.expires = now_s() + 302);
    assert_eq!(ahead, unauthenticated("vault/too_far_ahead"));
    let never = with(|payload| payload.expires = u64::MAX);
    assert_eq!(never, unauthenticated("vault/too_far_ahead"));
    assert_eq!(with(|payload| payload.expires = now_s() + 299).0, 200);
}

#[test]
fn a_signature_is_good_for_its_own_method_path_and_query_only() {
    let vault = Running::start();
    for signed in [
        "/v1/receipts/6?ground=patient",
        "/v1/receipts/5",
        "/v1/receipts/5?ground=patient&limit=1",
    ] {
        let payload = vault.payload(&vault.patient, "GET", signed, b"");
        let header = header(&payload, &vault.patient);
        let got = vault.raw("GET", TARGET, Some(&header), b"");
        assert_eq!(got, unauthenticated("vault/target"), "{signed}");
    }
    let payload = vault.payload(&vault.patient, "PUT", TARGET, b"");
    let got = vault.raw("GET", TARGET, Some(&header(&payload, &vault.patient)), b"");
    assert_eq!(got, unauthenticated("vault/target"));
}

#[test]
fn another_key_than_the_account_s_is_refused() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    let got = vault.raw("GET", TARGET, Some(&header(&payload, &vault.guardian)), b"");
    assert_eq!(got, unauthenticated("vault/account"));
}

#[test]
fn a_signature_by_another_key_or_over_another_payload_is_refused() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    let good = SignedRequest::sign(&payload, &&vault.patient).unwrap();
    let other = SignedRequest::sign(&payload, &&vault.guardian).unwrap();
    let swapped = SignedRequest {
        signature: other.signature,
        ..good.clone()
    };
    let mut altered = good.clone();
    altered.payload = String::from_utf8(good.payload)
        .unwrap()
        .replace("\"version\":1", "\"version\": 1")
        .into_bytes();
    for bad in [swapped, altered] {
        let got = vault.raw("GET", TARGET, Some(&bad.to_header()), b"");
        assert_eq!(got, unauthenticated("vault/signature"));
    }
}

#[test]
fn the_upper_case_form_of_an_address_is_refused() {
    let got = with(|payload| payload.account = payload.account.to_uppercase());
    assert_eq!(got, unauthenticated("vault/address_form"));
}

#[test]
fn an_address_of_another_chain_is_refused() {
    let vault = Running::start();
    let (foreign, _) = Wallet::generate("cosmos").unwrap();
    let payload = vault.payload(&foreign, "GET", TARGET, b"");
    let got = vault.raw("GET", TARGET, Some(&header(&payload, &foreign)), b"");
    assert_eq!(got, unauthenticated("vault/account"));
}

#[test]
fn headers_that_are_missing_or_malformed_are_refused_without_an_error_of_ours() {
    let vault = Running::start();
    let long = format!("Vitals {}", "A".repeat(20_000));
    let bad = [
        None,
        Some(""),
        Some("Bearer x"),
        Some("Vitals a.b"),
        Some("Vitals .."),
        Some("Vitals e30.e30.e30"),
        Some(long.as_str()),
    ];
    for header in bad {
        let got = vault.raw("GET", TARGET, header, b"");
        assert_eq!(got, unauthenticated("vault/authorization"), "{header:?}");
    }
    let got = with(|payload| payload.nonce = "00".into());
    assert_eq!(got, unauthenticated("vault/authorization"));
    let got = with(|payload| payload.version = 2);
    assert_eq!(got, unauthenticated("vault/authorization"));
}

#[test]
fn a_body_that_was_not_signed_for_is_refused() {
    let vault = Running::start();
    let digest = "0".repeat(64);
    let target = format!("/v1/packages/5/{digest}");
    let payload = vault.payload(&vault.patient, "PUT", &target, b"one");
    let got = vault.raw(
        "PUT",
        &target,
        Some(&header(&payload, &vault.patient)),
        b"two",
    );
    assert_eq!(got, unauthenticated("vault/body"));
    let got = with(|payload| payload.body_digest = digest);
    assert_eq!(got, unauthenticated("vault/body"));
}
