//! A vault that takes connections and answers none, beside one that answers.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use vitals_chain_client::Wallet;
use vitals_vault_client::{digest, first, VaultClient, VaultError};

const WAIT: Duration = Duration::from_millis(300);
const BLOB: &[u8] = b"ciphertext";

type Vault = VaultClient<Arc<Wallet>>;

const ALL: usize = usize::MAX;
const NONE: (&str, &[u8]) = (
    "404 Not Found",
    br#"{"code":"vault/not_found","reason":"none"}"#,
);
const GIVES: (&str, &[u8]) = ("200 OK", BLOB);

/// Leaves so many requests unanswered; and how many it had.
fn vault(
    name: &str,
    unanswered: usize,
    (status, body): (&'static str, &'static [u8]),
) -> (Vault, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            if counted.fetch_add(1, Ordering::Relaxed) < unanswered {
                open.push(stream);
                continue;
            }
            let _request = stream.read(&mut [0; 4_096]).unwrap();
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
            );
            stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        }
    });
    let wallet = Arc::new(Wallet::generate("wasm").unwrap().0);
    let client = VaultClient::new(&url, name, wallet).unwrap();
    (client.answering_within(WAIT), asked)
}

fn read(vault: &Vault) -> Result<Vec<u8>, VaultError> {
    vault.read_package(1, 2, &digest(BLOB))
}

#[test]
fn a_hung_vault_is_waited_for_once_however_much_is_read() {
    let (hung, asked) = vault("hung", ALL, GIVES);
    let (there, _) = vault("there", 0, GIVES);
    let vaults = [hung, there];
    let began = Instant::now();
    for _batch in 0..341 {
        let (given, by) = first(&vaults, read).unwrap();
        assert_eq!((given.as_slice(), by.vault()), (BLOB, "there"));
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    assert!(began.elapsed() < Duration::from_secs(20));
}

/// Clones of a client, as those that are asked for shares are, wait once for all of them.
#[test]
fn where_no_other_has_it_a_hung_vault_is_tried_twice_and_then_rests() {
    let (hung, asked) = vault("hung", ALL, GIVES);
    let (lacking, _) = vault("lacking", 0, NONE);
    let began = Instant::now();
    for _batch in 0..50 {
        let vaults = [hung.clone(), lacking.clone()];
        let refused = first(&vaults, read).unwrap_err().to_string();
        assert!(refused.contains("vault/not_found: none (vault lacking)"));
        assert!(refused.contains("vault/unreachable: "), "{refused}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    assert!(began.elapsed() < Duration::from_secs(20));
    let error = read(&hung).unwrap_err();
    assert!(error.to_string().contains("twice in a row"), "{error}");
}

#[test]
fn the_only_vault_there_is_is_asked_again_where_it_was_busy_once() {
    let (busy, asked) = vault("busy", 1, GIVES);
    let vaults = [busy];
    for _batch in 0..3 {
        assert_eq!(first(&vaults, read).unwrap().0, BLOB);
    }
    assert_eq!(asked.load(Ordering::Relaxed), 4);
}
