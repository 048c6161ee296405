//! TLS of the vault's own.

mod fixture;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use fixture::chain::PATIENT;
use fixture::{Running, Setup, NAME};
use tokio::sync::watch;
use vitals_core::decision::GroundRef;
use vitals_vault::tls;
use vitals_vault_client::{ReceiptsPage, VaultClient, VaultError};

/// Certificate and key for localhost in files.
fn certificate(dir: &Path) -> (PathBuf, PathBuf, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".into()]).unwrap();
    let (chain, key) = (dir.join("vault.pem"), dir.join("vault.key"));
    let pem = made.cert.pem();
    std::fs::write(&chain, &pem).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (chain, key, pem)
}

/// By a connection of its own, with this authority alone where one is given.
fn ask(vault: &Running, authority: Option<&str>) -> Result<ReceiptsPage, VaultError> {
    let url = vault.url.replace("http://127.0.0.1", "https://localhost");
    let mut client = VaultClient::new(&url, NAME, &*vault.patient).unwrap();
    if let Some(pem) = authority {
        client = client.trusting(pem.as_bytes()).unwrap();
    }
    client.receipts(PATIENT, &GroundRef::Patient {}, None)
}

#[test]
fn a_vault_with_a_certificate_is_reached_over_tls_by_who_trusts_it_and_not_in_clear() {
    let dir = tempfile::tempdir().unwrap();
    let (chain, key, pem) = certificate(dir.path());
    let (_renew, config) = watch::channel(tls(&chain, &key).unwrap());
    let vault = Running::with(Setup::with(move |own| own.tls = Some(config.clone())));
    let unknown = ask(&vault, None);
    assert!(
        matches!(unknown, Err(VaultError::Unreachable { .. })),
        "{unknown:?}"
    );
    ask(&vault, Some(&pem)).unwrap();
    let mut plain = TcpStream::connect(vault.url.trim_start_matches("http://")).unwrap();
    plain
        .write_all(b"GET / HTTP/1.1\r\nhost: v\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[test]
fn a_renewed_certificate_holds_without_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (chain, key, old) = certificate(dir.path());
    let (renew, config) = watch::channel(tls(&chain, &key).unwrap());
    let vault = Running::with(Setup::with(move |own| own.tls = Some(config.clone())));
    ask(&vault, Some(&old)).unwrap();
    let (chain, key, renewed) = certificate(dir.path());
    renew.send_replace(tls(&chain, &key).unwrap());
    ask(&vault, Some(&renewed)).unwrap();
    ask(&vault, Some(&old)).unwrap_err();
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
