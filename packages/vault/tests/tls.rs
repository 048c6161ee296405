//! TLS of the vault's own.

mod fixture;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use fixture::chain::PATIENT;
use fixture::{Running, Setup, NAME};
use vitals_core::decision::GroundRef;
use vitals_vault::tls;
use vitals_vault_client::{VaultClient, VaultError};

/// Certificate and key for localhost in files.
fn certificate(dir: &Path) -> (PathBuf, PathBuf, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".into()]).unwrap();
    let (chain, key) = (dir.join("vault.pem"), dir.join("vault.key"));
    let pem = made.cert.pem();
    std::fs::write(&chain, &pem).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (chain, key, pem)
}

#[test]
fn a_vault_with_a_certificate_is_reached_over_tls_by_who_trusts_it_and_not_in_clear() {
    let dir = tempfile::tempdir().unwrap();
    let (chain, key, pem) = certificate(dir.path());
    let config = tls(&chain, &key).unwrap();
    let vault = Running::with(Setup::with(move |own| own.tls = Some(config.clone())));
    let url = vault.url.replace("http://127.0.0.1", "https://localhost");
    let client = VaultClient::new(&url, NAME, &*vault.patient).unwrap();
    let ask = |client: &VaultClient<&vitals_chain_client::Wallet>| {
        client.receipts(PATIENT, &GroundRef::Patient {}, None)
    };
    let unknown = ask(&client);
    assert!(
        matches!(unknown, Err(VaultError::Unreachable { .. })),
        "{unknown:?}"
    );
    ask(&client.trusting(pem.as_bytes()).unwrap()).unwrap();
    let mut plain = TcpStream::connect(vault.url.trim_start_matches("http://")).unwrap();
    plain
        .write_all(b"GET / HTTP/1.1\r\nhost: v\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[test]
fn files_that_are_no_certificate_or_not_its_key_are_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let (chain, key, _) = certificate(dir.path());
    let other = tempfile::tempdir().unwrap();
    let (_, stranger, _) = certificate(other.path());
    let empty = dir.path().join("empty");
    std::fs::write(&empty, "").unwrap();
    let none = dir.path().join("none");
    for (chain, key) in [
        (&empty, &key),
        (&none, &key),
        (&chain, &empty),
        (&chain, &none),
        (&chain, &stranger),
    ] {
        let refused = tls(chain, key).unwrap_err().to_string();
        assert!(refused.starts_with("vault/tls: "), "{refused}");
    }
}
