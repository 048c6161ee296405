use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream as Client};
use std::time::Instant;

use axum::routing::get;

use super::*;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: ops\r\n\r\n";

const LONG: Duration = Duration::from_secs(60);

const LIMITS: Limits = Limits {
    connections: 8,
    headers: LONG,
    lifetime: LONG,
    ending: Duration::from_millis(100),
    stopping: LONG,
};

/// A server whose answer is larger than what sockets buffer.
fn start(limits: Limits) -> (SocketAddr, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/", get(async || "served"))
        .route("/large", get(async || vec![7u8; 64 << 20]));
    runtime.spawn(accept(listener, router, limits, std::future::pending()));
    (address, runtime)
}

fn connect(address: SocketAddr, wait: Duration) -> Client {
    let client = Client::connect(address).unwrap();
    client.set_read_timeout(Some(wait)).unwrap();
    client
}

/// Whether the server closes the connection, after whatever it still sends.
fn is_closed(mut client: &Client) -> bool {
    let mut rest = Vec::new();
    match client.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[test]
fn a_connection_whose_headers_do_not_come_is_closed() {
    let headers = Duration::from_millis(300);
    let (address, _runtime) = start(Limits { headers, ..LIMITS });
    let silent = connect(address, LONG / 6);
    let mut slow = connect(address, LONG / 6);
    let began = Instant::now();
    while began.elapsed() < 3 * headers && slow.write_all(b"G").is_ok() {
        std::thread::sleep(headers / 10);
    }
    assert!(is_closed(&slow));
    assert!(is_closed(&silent));
}

#[test]
fn one_connection_more_than_the_most_waits_for_another_to_end() {
    let (address, _runtime) = start(Limits {
        connections: 1,
        ..LIMITS
    });
    let first = connect(address, LONG);
    let mut second = connect(address, Duration::from_millis(300));
    second.write_all(REQUEST).unwrap();
    let mut answer = [0; 12];
    second.read_exact(&mut answer).unwrap_err();
    drop(first);
    second.set_read_timeout(Some(LONG / 6)).unwrap();
    second.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
}

#[test]
fn a_connection_ends_though_its_client_goes_on_asking_or_does_not_read() {
    let (address, _runtime) = start(Limits {
        connections: 2,
        lifetime: Duration::from_millis(300),
        ..LIMITS
    });
    let mut asking = connect(address, LONG / 6);
    let mut unread = connect(address, LONG / 6);
    unread
        .write_all(b"GET /large HTTP/1.1\r\nhost: ops\r\n\r\n")
        .unwrap();
    asking.write_all(REQUEST).unwrap();
    assert!(is_closed(&asking));
    // Both slots are free again, the second by force.
    let others = [(); 2].map(|()| connect(address, LONG / 6));
    for mut other in others.iter() {
        other.write_all(REQUEST).unwrap();
        other.read_exact(&mut [0; 12]).unwrap();
    }
}
