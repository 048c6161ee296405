//! A session reads in its account's name, where and while the account said so, and does nothing else.

mod fixture;

use fixture::chain::now_s;
use fixture::{batch_id, ground, header, Running, Setup, READING, SEALED};
use vitals_api::anchor::BatchId;
use vitals_chain_client::Wallet;
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::key::{Ed25519Signer, Signer as _};
use vitals_core::receipt::Receipt;
use vitals_vault_client::{
    session_digest, session_id, Delegated, Delegation, Payload, ProvedReceipt, SessionRequest,
    SignedRequest, MAX_SESSION_S, SESSION_AHEAD_S,
};

const RECEIPTS: &str = "/v1/receipts/5?ground=patient";
const EPOCH: u32 = 100;

fn key() -> Ed25519Signer {
    Ed25519Signer::from_seed(&[7; 32])
}

/// Of the vaults of these tests, from now on.
fn delegation(account: &Wallet) -> Delegation {
    Delegation {
        chain_id: "fake-1".into(),
        account: account.address().into(),
        vaults: vec!["vault-a".into(), "vault-b".into()],
        key: key().public_key().bytes().try_into().unwrap(),
        from: now_s(),
        until: now_s() + MAX_SESSION_S,
    }
}

fn delegated(account: &Wallet) -> Delegated {
    Delegated::sign(&delegation(account), &account).unwrap()
}

fn by_session(payload: &Payload, delegated: &Delegated) -> String {
    let request = SessionRequest::sign(payload, delegated, &key());
    request.unwrap().to_header()
}

/// Asks for receipts as the patient, by what the change makes of a good delegation: status and code.
fn with(vault: &Running, change: impl FnOnce(&mut Delegation)) -> (u16, String) {
    let mut delegation = delegation(&vault.patient);
    change(&mut delegation);
    let delegated = Delegated::sign(&delegation, &vault.patient).unwrap();
    ask(vault, &delegated)
}

fn ask(vault: &Running, delegated: &Delegated) -> (u16, String) {
    let payload = vault.payload(&vault.patient, "GET", RECEIPTS, b"");
    vault.raw("GET", RECEIPTS, Some(&by_session(&payload, delegated)), b"")
}

/// The batch of these tests, for the clinician.
fn batch() -> String {
    let BatchId {
        patient,
        device,
        sequence,
        ..
    } = batch_id(EPOCH);
    let of = format!("{patient}/cardiac/{EPOCH}/{device}/{sequence}");
    format!("/v1/batches/{of}?purpose=TREAT&ground=grant:{READING}")
}

fn code(status: u16, code: &str) -> (u16, String) {
    (status, code.into())
}

#[test]
fn what_an_account_signed_once_reads_many_times_and_each_request_once() {
    let vault = Running::start();
    let delegated = delegated(&vault.patient);
    for _ in 0..5 {
        assert_eq!(ask(&vault, &delegated).0, 200);
    }
    let payload = vault.payload(&vault.patient, "GET", RECEIPTS, b"");
    let header = by_session(&payload, &delegated);
    assert_eq!(vault.raw("GET", RECEIPTS, Some(&header), b"").0, 200);
    let replayed = vault.raw("GET", RECEIPTS, Some(&header), b"");
    assert_eq!(replayed, code(401, "vault/replayed"));
}

#[test]
fn a_request_that_was_served_is_used_up_for_every_session_and_for_the_account() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", RECEIPTS, b"");
    let (first, mut second) = (delegated(&vault.patient), delegation(&vault.patient));
    second.vaults.pop();
    let second = Delegated::sign(&second, &vault.patient).unwrap();
    let ask = |header: String| vault.raw("GET", RECEIPTS, Some(&header), b"");
    assert_eq!(ask(by_session(&payload, &first)).0, 200);
    assert_eq!(
        ask(by_session(&payload, &second)),
        code(401, "vault/replayed")
    );
    assert_eq!(
        ask(header(&payload, &vault.patient)),
        code(401, "vault/replayed")
    );
}

#[test]
fn a_request_signed_under_one_delegation_is_none_under_another_of_the_same_key() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", RECEIPTS, b"");
    let mut other = delegation(&vault.patient);
    other.vaults.pop();
    let moved = SessionRequest {
        delegated: Delegated::sign(&other, &vault.patient).unwrap(),
        ..SessionRequest::sign(&payload, &delegated(&vault.patient), &key()).unwrap()
    };
    let got = vault.raw("GET", RECEIPTS, Some(&moved.to_header()), b"");
    assert_eq!(got, code(401, "vault/signature"));
}

#[test]
fn a_session_is_for_its_chain_its_vaults_and_its_time() {
    let vault = Running::start();
    type Change = fn(&mut Delegation);
    let cases: [(Change, &str); 5] = [
        (|d| d.chain_id = "fake-2".into(), "vault/session_chain"),
        (|d| d.vaults = vec!["vault-b".into()], "vault/session_vault"),
        (
            |d| (d.from, d.until) = (d.from - 600, d.from - 1),
            "vault/session_expired",
        ),
        (
            |d| (d.from, d.until) = (d.from - 9_000, d.from - 8_000),
            "vault/session_expired",
        ),
        (
            |d| {
                (d.from, d.until) = (
                    d.from + SESSION_AHEAD_S + 60,
                    d.until + SESSION_AHEAD_S + 60,
                )
            },
            "vault/session_early",
        ),
    ];
    for (change, expected) in cases {
        assert_eq!(with(&vault, change), code(401, expected));
    }
    assert_eq!(with(&vault, |_| {}).0, 200);
}

#[test]
fn a_vault_that_shortens_sessions_ends_them_sooner() {
    let short = Running::with(Setup::with(|config| config.session_s = 60));
    let begun = |ago| move |d: &mut Delegation| (d.from, d.until) = (d.from - ago, d.until - ago);
    assert_eq!(with(&short, begun(30)).0, 200);
    assert_eq!(with(&short, begun(90)), code(401, "vault/session_expired"));
    assert_eq!(with(&Running::start(), begun(90)).0, 200);
}

#[test]
fn a_session_of_one_account_asks_for_no_other() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", RECEIPTS, b"");
    let own = by_session(&payload, &delegated(&vault.clinician));
    let got = vault.raw("GET", RECEIPTS, Some(&own), b"");
    assert_eq!(got, code(401, "vault/session_account"));
    // nor does an account begin one for another
    let of_patient = delegation(&vault.patient);
    let signed = Delegated::sign(&of_patient, &vault.clinician).unwrap();
    assert_eq!(ask(&vault, &signed), code(401, "vault/account"));
    let swapped = Delegated {
        public_key: vault.patient.public_key().to_vec(),
        ..signed
    };
    assert_eq!(ask(&vault, &swapped), code(401, "vault/signature"));
}

#[test]
fn the_text_that_was_signed_is_the_one_that_counts() {
    let vault = Running::start();
    let mut longer = delegated(&vault.patient);
    let text = String::from_utf8(longer.text).unwrap();
    longer.text = text
        .replace("Vault: vault-b", "Vault: vault-c")
        .into_bytes();
    assert_eq!(ask(&vault, &longer), code(401, "vault/signature"));
    longer.text = format!("{text}\n").into_bytes();
    assert_eq!(ask(&vault, &longer), code(401, "vault/session_form"));
}

#[test]
fn another_key_than_the_session_s_signs_nothing() {
    let vault = Running::start();
    let payload = vault.payload(&vault.patient, "GET", RECEIPTS, b"");
    let delegated = delegated(&vault.patient);
    let good = SessionRequest::sign(&payload, &delegated, &key()).unwrap();
    let stranger = Ed25519Signer::from_seed(&[8; 32]);
    let by_account = SignedRequest::sign(&payload, &vault.patient).unwrap();
    let bare = key().sign(&session_digest(&session_id(b"other"), &good.payload));
    for signature in [
        SessionRequest::sign(&payload, &delegated, &stranger)
            .unwrap()
            .signature,
        by_account.signature,
        delegated.signature.clone(),
        bare.to_vec(),
        Vec::new(),
        vec![0; 64],
        [good.signature.clone(), vec![0]].concat(),
    ] {
        let bad = SessionRequest {
            signature,
            ..good.clone()
        };
        let got = vault.raw("GET", RECEIPTS, Some(&bad.to_header()), b"");
        assert_eq!(got, code(401, "vault/signature"));
    }
}

/// `s` replaced by the order of secp256k1 (SEC 2, 2.4.1) less `s`, which plain ECDSA takes too.
fn high_s(signature: &[u8]) -> Vec<u8> {
    let order = hex::decode("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    let (mut twin, mut borrow) = (signature.to_vec(), 0i16);
    for (index, digit) in order.unwrap().into_iter().enumerate().rev() {
        let left = i16::from(digit) - i16::from(signature[32 + index]) - borrow;
        borrow = i16::from(left < 0);
        twin[32 + index] = left.rem_euclid(256) as u8;
    }
    twin
}

#[test]
fn a_delegation_has_one_signature_of_its_account() {
    let vault = Running::start();
    let mut delegated = delegated(&vault.patient);
    delegated.signature = high_s(&delegated.signature);
    assert_eq!(ask(&vault, &delegated), code(401, "vault/signature"));
    delegated.signature = high_s(&delegated.signature);
    assert_eq!(ask(&vault, &delegated).0, 200, "twice is the first again");
}

#[test]
fn a_session_stores_and_erases_nothing() {
    let vault = Running::start();
    let delegated = delegated(&vault.patient);
    let package = format!("/v1/packages/5/{}", "0".repeat(64));
    for (method, target) in [("PUT", package.as_str()), ("POST", "/v1/erase/5")] {
        let payload = vault.payload(&vault.patient, method, target, b"");
        let by_session = by_session(&payload, &delegated);
        let got = vault.raw(method, target, Some(&by_session), b"");
        assert_eq!(got, code(403, "vault/session_reads_only"));
        // a payload that says it reads is none for another method
        let payload = vault.payload(&vault.patient, "GET", target, b"");
        let got = vault.raw(
            method,
            target,
            Some(&self::by_session(&payload, &delegated)),
            b"",
        );
        assert_eq!(got, code(401, "vault/target"));
    }
}

#[test]
fn what_the_chain_refuses_the_account_it_refuses_the_session() {
    let vault = Running::start();
    vault.anchored(EPOCH, &SEALED);
    let delegated = delegated(&vault.clinician);
    let target = batch();
    let ask = || {
        let payload = vault.payload(&vault.clinician, "GET", &target, b"");
        vault.raw("GET", &target, Some(&by_session(&payload, &delegated)), b"")
    };
    assert_eq!(ask().0, 200);
    vault.state().grants[READING as usize - 1].1.revoked = true;
    assert_eq!(ask(), code(403, "consent/grant_revoked"));
}

#[test]
fn a_receipt_names_the_account_and_says_that_it_was_by_a_session() {
    let mut vault = Running::start();
    let (id, digest) = vault.anchored(EPOCH, &SEALED);
    let grant = ground(READING);
    let own = vault.client(&vault.clinician);
    own.read_batch(&id, &digest, Purpose::Treatment, &grant)
        .unwrap();
    let delegated = delegated(&vault.clinician);
    let target = batch();
    let payload = vault.payload(&vault.clinician, "GET", &target, b"");
    let header = by_session(&payload, &delegated);
    assert_eq!(vault.raw("GET", &target, Some(&header), b"").0, 200);
    vault.restart();
    let page = vault
        .client(&vault.patient)
        .receipts(5, &GroundRef::Patient {}, None);
    let [by_account, by_session]: [ProvedReceipt; 2] = page.unwrap().receipts.try_into().unwrap();
    assert_eq!(by_account.by_session, None);
    let receipt = Receipt::from_bytes(&by_session.receipt).unwrap();
    assert_eq!(receipt.who, vault.clinician.address());
    let mark = by_session.by_session.unwrap();
    assert_eq!(mark.session.as_slice(), session_id(&delegated.text));
    assert!(mark.is_of(&receipt), "the receipt's salt is made of it");
    let other = Receipt::from_bytes(&by_account.receipt).unwrap();
    assert!(
        !mark.is_of(&other),
        "so it cannot be said of another receipt"
    );
}
