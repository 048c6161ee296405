//! A sensor's value that MQTT delivers twice is one reading; the same value again is another one.

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use support::gateway::bench::START;
use support::gateway::chain::DEPLOYMENT;
use support::gateway::Bench;
use support::{clock, run_with, until, Running, PASSWORD};
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_sensors::signed::{SensorBook, Settings, MOST_KEPT};
use vitals_sensors::{Identity, SignedSensors};

const SENSOR: u64 = 9;
const KEY: [u8; 32] = [7; 32];
/// Beyond the half second within which a radio repeats itself.
const LATER: Duration = Duration::from_millis(700);

/// A heart rate strap, which sends no time: registered, paired, and signed for.
fn strap(bench: &Bench) -> SignedSensors {
    let path = bench.dir.path().join("sensors.db");
    let book = SensorBook::open(&path, &KEY).unwrap();
    let draft = book.draft("strap 1").unwrap();
    let identity = Identity {
        device: SENSOR,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 1,
    };
    let settings = Settings::of(&[Measure::HeartRate]);
    book.add(&draft, &identity, &settings).unwrap();
    let registered = (draft.signer().public_key(), vec![Category::Cardiac]);
    bench.chain.state().devices.insert(SENSOR, registered);
    SignedSensors::open(&path, &KEY, MOST_KEPT).unwrap()
}

/// A connection whose packets are written here, because clients leave DUP to nobody.
struct Link {
    stream: TcpStream,
    level: u8,
}

impl Link {
    fn connect(to: SocketAddr, level: u8) -> Self {
        let stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(LATER * 40)).unwrap();
        let mut link = Self { stream, level };
        // user name, password, and a session that is kept; an hour's keep-alive is too long: 60 s
        let mut body = [&b"\0\x04MQTT"[..], &[level, 0xc0, 0, 60]].concat();
        body.extend(link.properties());
        for field in ["strap", &SENSOR.to_string(), PASSWORD] {
            body.extend(text(field));
        }
        link.send(0x10, &body);
        assert_eq!(link.next().0, 0x20, "let in");
        link
    }

    /// None; MQTT 3.1.1 has no place for them.
    fn properties(&self) -> Vec<u8> {
        vec![0; usize::from(self.level == 5)]
    }

    fn publish(&mut self, id: u16, again: bool, rate: u8) {
        let mut body = text(&format!("vitals/v1/{SENSOR}/gatt/2a37"));
        body.extend(id.to_be_bytes());
        body.extend(self.properties());
        body.extend([0, rate]);
        self.send(0x32 | u8::from(again) << 3, &body);
    }

    fn stored(&mut self, id: u16) {
        let (kind, body) = self.next();
        assert_eq!((kind, &body[..2]), (0x40, &id.to_be_bytes()[..]));
    }

    fn send(&mut self, head: u8, body: &[u8]) {
        let length = u8::try_from(body.len()).unwrap();
        assert!(length < 128, "one byte says it");
        self.stream.write_all(&[head, length]).unwrap();
        self.stream.write_all(body).unwrap();
    }

    fn next(&mut self) -> (u8, Vec<u8>) {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).unwrap();
        let mut body = vec![0; head[1].into()];
        self.stream.read_exact(&mut body).unwrap();
        (head[0], body)
    }
}

fn text(field: &str) -> Vec<u8> {
    let length = u16::try_from(field.len()).unwrap();
    [&length.to_be_bytes()[..], field.as_bytes()].concat()
}

fn stored(running: &Running) -> Option<u64> {
    let status = running.command("status", "null").ok()?;
    status["counts"]["stored"].as_u64()
}

fn counts_once(level: u8) {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().now_ms = clock();
    assert!(clock() > START);
    let sensors = strap(&bench);
    let listen = "127.0.0.1:0".parse().unwrap();
    let gateway = bench.gateway.take().unwrap();
    let running = run_with(gateway, bench.dir.path(), listen, Some(sensors));
    let mut link = Link::connect(running.address, level);
    link.publish(7, false, 72);
    until("it is stored", || stored(&running) == Some(1));
    // The PUBACK is lost with the connection.
    drop(link);
    std::thread::sleep(LATER);
    let mut link = Link::connect(running.address, level);
    link.publish(7, true, 72);
    link.stored(7);
    std::thread::sleep(LATER);
    link.publish(8, false, 72);
    link.stored(8);
    link.publish(7, false, 80);
    link.stored(7);
    until("what came since is stored", || stored(&running) >= Some(3));
    assert_eq!(stored(&running), Some(3), "72 once and once again, and 80");
    running.stop();
}

#[test]
fn a_heart_rate_that_mqtt_3_delivers_twice_is_one_reading_and_a_second_one_another() {
    counts_once(4);
}

#[test]
fn a_heart_rate_that_mqtt_5_delivers_twice_is_one_reading_and_a_second_one_another() {
    counts_once(5);
}
