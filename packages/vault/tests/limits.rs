//! Floods and tricks over real sockets do no harm.

mod fixture;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use fixture::chain::PATIENT;
use fixture::{header, refused, Running, Setup};
use vitals_core::decision::GroundRef;
use vitals_vault::Rates;

const TARGET: &str = "/v1/receipts/5?ground=patient";

fn with(change: impl Fn(&mut Rates) + Send + Sync + 'static) -> Running {
    Running::with(Setup::with(move |config| change(&mut config.rates)))
}

/// Whatever the server answers to these bytes.
fn exchange(vault: &Running, request: &[u8]) -> String {
    let address = vault.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    // a server that has read enough may close before the end
    let _ = stream.write_all(request);
    let mut answer = [0; 4_096];
    let read = stream.read(&mut answer).unwrap_or(0);
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

fn is_alive(vault: &Running) {
    let patient = vault.client(&vault.patient);
    let ground = GroundRef::Patient {};
    patient.receipts(PATIENT, &ground, None).unwrap();
}

#[test]
fn an_address_that_asks_too_often_is_told_so_before_its_signature_is_looked_at() {
    let vault = with(|rates| {
        rates.address_burst = 3;
        rates.address_per_s = 1;
    });
    let ask = || vault.raw("GET", TARGET, None, b"");
    for _ in 0..3 {
        assert_eq!(ask().0, 401);
    }
    assert_eq!(ask(), (429, "vault/rate".into()));
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!(ask().0, 401);
}

#[test]
fn an_account_that_asks_too_often_keeps_nobody_else_waiting() {
    let vault = with(|rates| {
        rates.account_burst = 2;
        rates.account_per_s = 1;
    });
    let ask = |who| vault.client(who).put_package(PATIENT, b"keys");
    assert_eq!(refused(ask(&vault.sealer)).0, 403);
    assert_eq!(refused(ask(&vault.sealer)).0, 403);
    assert_eq!(refused(ask(&vault.sealer)), (429, "vault/rate".into()));
    ask(&vault.patient).unwrap();
}

#[test]
fn nobody_uses_up_the_requests_of_an_account_whose_key_it_lacks() {
    let vault = with(|rates| {
        rates.account_burst = 1;
        rates.account_per_s = 1;
    });
    let payload = vault.payload(&vault.patient, "GET", TARGET, b"");
    for _ in 0..3 {
        let forged = header(&payload, &vault.sealer);
        assert_eq!(vault.raw("GET", TARGET, Some(&forged), b"").0, 401);
        let mut kept = payload.clone();
        kept.expires = 1;
        let kept = header(&kept, &vault.patient);
        assert_eq!(vault.raw("GET", TARGET, Some(&kept), b"").0, 401);
    }
    is_alive(&vault);
}

#[test]
fn behind_a_proxy_the_address_is_what_the_proxy_wrote_last() {
    let vault = Running::with(Setup::with(|config| {
        config.behind_proxy = true;
        config.rates.address_burst = 1;
        config.rates.address_per_s = 1;
    }));
    let ask = |forwarded: &str| {
        let head = format!("GET / HTTP/1.1\r\nhost: v\r\nx-forwarded-for: {forwarded}\r\n\r\n");
        exchange(&vault, head.as_bytes())[9..12].to_string()
    };
    assert_eq!(ask("192.0.2.1"), "204");
    assert_eq!(ask("198.51.100.7, 192.0.2.1"), "429");
    assert_eq!(ask("192.0.2.1, 192.0.2.2"), "204");
}

/// They share the proxy's own address: a proxy that forgets the header limits nobody otherwise.
#[test]
fn behind_a_proxy_requests_without_a_readable_address_are_limited_together() {
    let vault = Running::with(Setup::with(|config| {
        config.behind_proxy = true;
        config.rates.address_burst = 2;
        config.rates.address_per_s = 1;
    }));
    let ask = |header: &str| {
        let head = format!("GET / HTTP/1.1\r\nhost: v\r\n{header}\r\n");
        exchange(&vault, head.as_bytes())[9..12].to_string()
    };
    assert_eq!(ask(""), "204");
    assert_eq!(ask("x-forwarded-for: unknown\r\n"), "204");
    assert_eq!(ask(""), "429");
    assert_eq!(ask("x-forwarded-for: 192.0.2.1, unknown\r\n"), "429");
    assert_eq!(ask("x-forwarded-for: 192.0.2.1\r\n"), "204");
}

#[test]
fn whoever_asks_only_whether_a_vault_answers_is_told_so_without_a_signature() {
    let (status, body) = Running::start().raw("GET", "/", None, b"");
    assert_eq!((status, body.len()), (204, 0));
}

#[test]
fn lines_that_are_no_request_and_paths_that_lead_elsewhere_reach_no_file() {
    let vault = Running::start();
    let tricks: [&[u8]; 12] = [
        b"GET /../../etc/passwd HTTP/1.1\r\nhost: v\r\n\r\n",
        b"GET /v1/packages/5/..%2f..%2fdisclosures.jsonl HTTP/1.1\r\nhost: v\r\n\r\n",
        b"GET /v1/packages/%35/%2e%2e HTTP/1.1\r\nhost: v\r\n\r\n",
        b"GET /v1/packages//1 HTTP/1.1\r\nhost: v\r\n\r\n",
        b"GET /v1/packages/5\x00/1 HTTP/1.1\r\nhost: v\r\n\r\n",
        b"GET /v1/packages/5/1\\..\\x HTTP/1.1\r\nhost: v\r\n\r\n",
        "GET /v1/packages/\u{ff15}/1 HTTP/1.1\r\nhost: v\r\n\r\n".as_bytes(),
        b"GET //v1/packages/5/1 HTTP/1.1\r\nhost: v\r\n\r\n",
        b"GET http://elsewhere/v1/packages/5/1 HTTP/1.1\r\nhost: v\r\n\r\n",
        b"PUT /v1/packages/5/1 HTTP/1.1\r\nhost: v\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"PUT /v1/packages/5/1 HTTP/1.1\r\nhost: v\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ];
    for trick in tricks {
        let answer = exchange(&vault, trick);
        let status = answer.get(9..10).unwrap_or("4");
        let shown = String::from_utf8_lossy(trick);
        assert_eq!(status, "4", "{shown}: {answer}");
    }
    let objects = vault.dir.path().join("objects");
    assert_eq!(std::fs::read_dir(objects).unwrap().count(), 0);
    is_alive(&vault);
}

#[test]
fn headers_without_end_and_many_of_them_are_refused() {
    let vault = Running::start();
    let long = format!(
        "GET / HTTP/1.1\r\nhost: v\r\nx: {}\r\n\r\n",
        "a".repeat(1 << 20)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nhost: v\r\n{}\r\n",
        "x: y\r\n".repeat(1_000)
    );
    for flood in [long, many] {
        let answer = exchange(&vault, flood.as_bytes());
        assert!(
            answer.is_empty() || answer[9..].starts_with("431"),
            "{answer}"
        );
    }
    is_alive(&vault);
}

#[test]
fn one_address_that_holds_all_its_connections_gets_no_other_and_they_end() {
    let vault = with(|rates| rates.connections = 4);
    let address = vault.url.trim_start_matches("http://").to_string();
    let held: Vec<TcpStream> = (0..4)
        .map(|_| TcpStream::connect(&address).unwrap())
        .collect();
    assert_eq!(exchange(&vault, b"GET / HTTP/1.1\r\nhost: v\r\n\r\n"), "");
    drop(held);
    std::thread::sleep(Duration::from_millis(300));
    is_alive(&vault);
}

#[test]
fn a_body_that_comes_too_slowly_keeps_nobody_else_waiting() {
    let vault = Running::start();
    let digest = hex::encode(vitals_vault_client::digest(b"keys"));
    let target = format!("/v1/packages/5/{digest}");
    let payload = vault.payload(&vault.patient, "PUT", &target, b"keys");
    let head = format!(
        "PUT {target} HTTP/1.1\r\nhost: v\r\ncontent-length: 4\r\nauthorization: {}\r\n\r\nk",
        header(&payload, &vault.patient)
    );
    let address = vault.url.trim_start_matches("http://");
    let mut slow: Vec<TcpStream> = (0..8)
        .map(|_| TcpStream::connect(address).unwrap())
        .collect();
    for stream in &mut slow {
        stream.write_all(head.as_bytes()).unwrap();
    }
    is_alive(&vault);
}
