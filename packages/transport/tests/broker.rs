//! The gateway as a client of a broker; the broker here is a script of bytes, so that it can err.
//! Against mosquitto: `mosquitto.rs`.

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{sync_channel, Receiver};

use support::*;
use vitals_transport::broker::{self, Config};
use vitals_transport::{Outbox, Plain, Received};

struct Broker {
    listener: TcpListener,
    outbox: Outbox,
    received: Receiver<Received>,
}

impl Broker {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("mqtt://{}", listener.local_addr().unwrap());
        let mut config = Config::new(&url, "gateway-1");
        config.login = Some(("gateway".into(), "password".into()));
        config.message_bytes = 64;
        let (tx, received) = sync_channel(16);
        let outbox = broker::start(config, tx).unwrap();
        Self {
            listener,
            outbox,
            received,
        }
    }

    /// A connection, once it has asked for a session that is kept and both subscriptions.
    fn accept(&self) -> TcpStream {
        let (mut stream, _) = self.listener.accept().unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        let connect = packet(&mut stream);
        assert_eq!(
            (connect[0], connect[9] & 2),
            (0x10, 0),
            "a session that is kept"
        );
        stream.write_all(&[0x20, 2, 1, 0]).unwrap();
        let subscribe = packet(&mut stream);
        assert_eq!(subscribe[0], 0x82);
        let filters = String::from_utf8_lossy(&subscribe).into_owned();
        assert!(filters.contains("vitals/v1/+/up\u{1}"), "{filters:?}");
        assert!(filters.contains("vitals/v1/+/gatt/+\u{1}"), "{filters:?}");
        let id = [subscribe[2], subscribe[3]];
        stream.write_all(&[0x90, 4, id[0], id[1], 1, 1]).unwrap();
        stream
    }

    fn next(&self) -> Received {
        self.received.recv_timeout(LONG).expect("nothing came")
    }
}

fn packet(stream: &mut TcpStream) -> Vec<u8> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).unwrap();
    assert!(head[1] < 0x80);
    let mut body = vec![0; head[1].into()];
    stream.read_exact(&mut body).unwrap();
    [&head[..], &body].concat()
}

const RETAIN: u8 = 1;
const DUP: u8 = 8;

fn publish(stream: &mut TcpStream, id: u8, dup: bool, topic: &str, payload: &str) {
    publish_with(stream, id, u8::from(dup) * DUP, topic, payload);
}

fn publish_with(stream: &mut TcpStream, id: u8, flags: u8, topic: &str, payload: &str) {
    let length = u8::try_from(2 + topic.len() + 2 + payload.len()).unwrap();
    let kind = 0x32 | flags;
    let head = [kind, length, 0, u8::try_from(topic.len()).unwrap()];
    let parts = [&head[..], topic.as_bytes(), &[0, id], payload.as_bytes()];
    stream.write_all(&parts.concat()).unwrap();
}

fn nothing(stream: &mut TcpStream) {
    stream.set_read_timeout(Some(SOON)).unwrap();
    assert!(stream.read(&mut [0]).is_err());
    stream.set_read_timeout(Some(LONG)).unwrap();
}

#[test]
fn the_broker_is_told_in_order_and_only_once_it_is_stored() {
    let broker = Broker::start();
    let mut stream = broker.accept();
    publish(&mut stream, 5, false, &up(7), "a\nb");
    publish(&mut stream, 6, false, &up(8), "c");
    let [a, b, c] = [broker.next(), broker.next(), broker.next()];
    assert_eq!(
        [line(&a), line(&b), line(&c)],
        [(Some(7), "a"), (Some(7), "b"), (Some(8), "c")]
    );
    c.ack.done();
    b.ack.done();
    nothing(&mut stream);
    a.ack.done();
    assert_eq!(packet(&mut stream), [0x40, 2, 0, 5]);
    assert_eq!(packet(&mut stream), [0x40, 2, 0, 6]);
}

#[test]
fn an_ack_is_not_told_over_another_connection() {
    let broker = Broker::start();
    let mut stream = broker.accept();
    publish(&mut stream, 5, false, &up(7), "old");
    let old = broker.next();
    drop(stream);
    let mut stream = broker.accept();
    old.ack.done();
    nothing(&mut stream);
    publish(&mut stream, 5, true, &up(7), "old");
    broker.next().ack.done();
    assert_eq!(packet(&mut stream), [0x40, 2, 0, 5]);
}

#[test]
fn what_was_not_stored_makes_the_gateway_connect_anew() {
    let broker = Broker::start();
    let mut stream = broker.accept();
    publish(&mut stream, 5, false, &up(7), "a");
    publish(&mut stream, 6, false, &up(7), "b");
    drop(broker.next());
    broker.next().ack.done();
    let mut rest = Vec::new();
    let _how = stream.read_to_end(&mut rest);
    assert!(rest.is_empty(), "neither is acknowledged: {rest:?}");
    let mut stream = broker.accept();
    publish(&mut stream, 5, true, &up(7), "a");
    broker.next().ack.done();
    assert_eq!(packet(&mut stream), [0x40, 2, 0, 5]);
}

#[test]
fn what_the_broker_had_kept_is_told_from_what_is_sent_now_at_each_connection() {
    let broker = Broker::start();
    for id in 1..=2 {
        let mut stream = broker.accept();
        publish_with(&mut stream, id, RETAIN, "vitals/v1/7/gatt/2a37", "H");
        publish(&mut stream, id + 2, false, "vitals/v1/7/gatt/2a37", "H");
        let [kept, new] = [broker.next(), broker.next()];
        assert_eq!((kept.retained, new.retained), (true, false));
        kept.ack.done();
        assert_eq!(packet(&mut stream), [0x40, 2, 0, id]);
        new.ack.done();
    }
}

#[test]
fn what_can_never_be_taken_is_acknowledged_and_thrown_away() {
    let broker = Broker::start();
    let mut stream = broker.accept();
    publish(&mut stream, 1, false, "vitals/v1/07/up", "x");
    publish(&mut stream, 2, false, &up(7), &"x".repeat(65));
    publish(&mut stream, 3, false, "vitals/v1/7/gatt/heart", "x");
    for id in 1..=3 {
        assert_eq!(packet(&mut stream), [0x40, 2, 0, id]);
    }
    assert!(broker.received.recv_timeout(SOON).is_err());
}

#[test]
fn lines_to_devices_go_at_most_once_and_only_while_connected() {
    let broker = Broker::start();
    broker.outbox.send(7, "nobody is there yet");
    let mut stream = broker.accept();
    publish(&mut stream, 1, false, &up(7), "");
    assert_eq!(packet(&mut stream), [0x40, 2, 0, 1]);
    broker.outbox.send(7, "AQMx");
    let expected = [&b"\x30\x16\x00\x10"[..], b"vitals/v1/7/down", b"AQMx"].concat();
    assert_eq!(packet(&mut stream), expected);
}

#[test]
fn a_configuration_that_is_wrong_is_refused_at_the_start() {
    let refused = |change: &dyn Fn(&mut Config)| {
        let mut config = Config::new("mqtt://127.0.0.1:1", "gateway-1");
        change(&mut config);
        let (tx, _received) = sync_channel(1);
        broker::start(config, tx)
            .err()
            .map(|refused| refused.to_string())
    };
    assert_eq!(refused(&|_| {}), None);
    let code = |change: &dyn Fn(&mut Config), code: &str| {
        let refused = refused(change).unwrap();
        assert!(refused.starts_with(code), "{refused}");
    };
    code(
        &|config| config.url = "mqtt://broker.example".into(),
        "transport/plain: ",
    );
    code(
        &|config| config.url = "http://127.0.0.1".into(),
        "transport/url: ",
    );
    code(&|config| config.client_id = " ".into(), "transport/value: ");
    code(&|config| config.queue = 0, "transport/value: ");
    let missing = |config: &mut Config| {
        config.url = "mqtts://127.0.0.1:1".into();
        config.authority = Some("no-such-file.pem".into());
    };
    code(&missing, "transport/tls: no-such-file.pem");
    let trusted = |config: &mut Config| {
        config.url = "mqtt://10.255.255.1".into();
        config.plain = Plain::Anywhere;
    };
    assert_eq!(refused(&trusted), None);
}
