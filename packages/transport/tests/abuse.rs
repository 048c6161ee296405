//! Clients that err, stall or attack: each ends alone.

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use support::*;

fn raw(edge: &Edge) -> TcpStream {
    let stream = TcpStream::connect(edge.outbox.address().unwrap()).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    stream
}

/// A CONNECT of MQTT 3.1.1 with a clean session and this keep-alive.
fn connect(device: u64, keep_alive: u8) -> Vec<u8> {
    let text = |text: &str| {
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        [&length[..], text.as_bytes()].concat()
    };
    let head = [0, 4, b'M', b'Q', b'T', b'T', 4, 0xc2, 0, keep_alive];
    let names = [
        text("raw"),
        text(&device.to_string()),
        text(&password(device)),
    ]
    .concat();
    let body = [&head[..], &names].concat();
    [&[0x10, u8::try_from(body.len()).unwrap()][..], &body].concat()
}

fn welcomed(edge: &Edge, keep_alive: u8) -> TcpStream {
    let mut stream = raw(edge);
    stream.write_all(&connect(1, keep_alive)).unwrap();
    let mut ack = [0; 4];
    stream.read_exact(&mut ack).unwrap();
    assert_eq!(ack, [0x20, 2, 0, 0]);
    stream
}

fn closes(mut stream: TcpStream) {
    let mut rest = Vec::new();
    // A reset is an end as well.
    let _how = stream.read_to_end(&mut rest);
    assert!(!matches!(stream.read(&mut [0]), Ok(1..)));
}

fn goes_on(edge: &Edge) {
    let device = edge.device(2);
    device.publish(&up(2), "x");
    edge.next().ack.done();
    device.stored();
}

#[test]
fn bytes_that_are_no_mqtt_end_their_connection_and_nothing_else() {
    let edge = Edge::start();
    let five = b"\x10\x10\x00\x04MQTT\x05\x02\x00\x0a\xff\xff\xff\xff\x7f\x00";
    for bytes in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"\x16\x03\x01\x00\xa5\x01",
        b"\x00\x00",
        b"\xff\xff\xff\xff\xff",
        b"\x10\xff\xff\xff\x7f",
        b"\x30\x03\x00\x01a",
        five,
        b"\x10\x06\x00\x04MQTT",
    ] {
        let mut stream = raw(&edge);
        stream.write_all(bytes).unwrap();
        let _half = stream.shutdown(std::net::Shutdown::Write);
        closes(stream);
    }
    for bytes in [
        &b"\xf0\x00"[..],
        b"\x32\x02\x00\x09",
        b"\x36\x05\x00\x01a\x00\x01",
        b"\x82\x02\x00\x01",
        b"\x20\x02\x00\x00",
        &connect(1, 9),
    ] {
        let mut stream = welcomed(&edge, 60);
        stream.write_all(bytes).unwrap();
        closes(stream);
    }
    goes_on(&edge);
}

#[test]
fn a_packet_that_is_too_large_is_refused_at_its_head() {
    let edge = Edge::with(|config, _| config.limits.packet_bytes = 1024);
    let mut stream = welcomed(&edge, 60);
    stream.write_all(b"\x30\x81\x08").unwrap();
    closes(stream);
    goes_on(&edge);
    edge.nothing_comes();
}

#[test]
fn more_lines_than_a_message_may_have_are_refused_as_a_whole() {
    let edge = Edge::with(|config, _| config.limits.lines = 3);
    let device = edge.device(1);
    device.publish(&up(1), "a\nb\nc\nd");
    device.ended();
    edge.nothing_comes();
}

#[test]
fn who_says_nothing_or_dribbles_is_put_out_in_time() {
    let edge = Edge::with(|config, _| config.limits.greeting = Duration::from_millis(300));
    let silent = raw(&edge);
    let mut slow = raw(&edge);
    let begun = Instant::now();
    for byte in connect(1, 60) {
        if slow.write_all(&[byte]).is_err() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    closes(slow);
    closes(silent);
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_device_that_falls_silent_is_put_out_after_one_and_a_half_times_its_keep_alive() {
    let edge = Edge::start();
    let mut stream = welcomed(&edge, 1);
    let begun = Instant::now();
    stream.write_all(b"\x30\x05").unwrap();
    closes(stream);
    let after = begun.elapsed();
    assert!(
        after > Duration::from_millis(1400) && after < Duration::from_secs(8),
        "{after:?}"
    );
}

#[test]
fn connections_without_a_word_keep_nobody_out() {
    let edge = Edge::with(|config, _| config.limits.strangers = 8);
    let idle: Vec<TcpStream> = (0..200).map(|_| raw(&edge)).collect();
    goes_on(&edge);
    drop(idle);
}

#[test]
fn a_client_that_does_not_read_is_put_out_and_holds_nobody_up() {
    let edge = Edge::with(|config, _| config.limits.write = Duration::from_millis(500));
    let mut stream = welcomed(&edge, 60);
    stream.set_nonblocking(true).unwrap();
    let pings = [0xc0, 0].repeat(32 * 1024);
    let due = Instant::now() + LONG;
    loop {
        assert!(Instant::now() < due, "it was never put out");
        match stream.write(&pings) {
            Ok(_) => {}
            Err(full) if full.kind() == std::io::ErrorKind::WouldBlock => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(_ended) => break,
        }
    }
    goes_on(&edge);
}

#[test]
fn a_flood_of_one_device_leaves_another_its_turn() {
    let edge = Edge::start();
    let mut flood = welcomed(&edge, 60);
    let body = [&b"\x30\x11\x00\x0e"[..], b"vitals/v1/1/up", b"x"].concat();
    std::thread::spawn(move || while flood.write_all(&body.repeat(1000)).is_ok() {});
    let device = Device::start(edge.options(2));
    let mut others = 0;
    let begun = Instant::now();
    loop {
        let received = edge.next();
        if received.from == Some(2) {
            break received.ack.done();
        }
        others += 1;
        if others == 100 {
            device.publish(&up(2), "between");
        }
        received.ack.done();
        assert!(begun.elapsed() < LONG, "it never came to its turn");
    }
    device.stored();
}

#[test]
fn wrong_passwords_in_number_do_not_keep_a_known_device_out() {
    let edge = Edge::start();
    drop(edge.device(1));
    let guesses: Vec<Device> = (0..12)
        .map(|_| Device::start(options(edge.port(), "1", "wrong wrong wrong")))
        .collect();
    let begun = Instant::now();
    edge.device(1);
    assert!(begun.elapsed() < Duration::from_secs(5));
    for guess in &guesses {
        assert!(guess.ended().contains("BadUserNamePassword"));
    }
}
