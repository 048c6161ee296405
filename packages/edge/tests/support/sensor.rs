//! A heart rate strap on MQTT, whose packets are written here: clients leave DUP to nobody.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
use vitals_sensors::signed::{SensorBook, Settings, MOST_KEPT};
use vitals_sensors::{Identity, SignedSensors};

use super::gateway::chain::DEPLOYMENT;
use super::gateway::Bench;
use super::PASSWORD;

pub const SENSOR: u64 = 9;
const KEY: [u8; 32] = [7; 32];
/// Beyond the half second within which a radio repeats itself.
pub const LATER: Duration = Duration::from_millis(700);

pub fn store(dir: &Path) -> PathBuf {
    dir.join("sensors.db")
}

/// A sensor of these measures: registered, paired, and signed for.
pub fn sensor(bench: &Bench, measures: &[Measure]) -> SignedSensors {
    let path = store(bench.dir.path());
    let book = SensorBook::open(&path, &KEY).unwrap();
    let draft = book.draft("sensor 1").unwrap();
    let identity = Identity {
        device: SENSOR,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 1,
    };
    book.add(&draft, &identity, &Settings::of(measures))
        .unwrap();
    let registered = (draft.signer().public_key(), vec![Category::Cardiac]);
    bench.chain.state().devices.insert(SENSOR, registered);
    opened(bench.dir.path())
}

/// Those of a directory, which nobody else has open.
pub fn opened(dir: &Path) -> SignedSensors {
    SignedSensors::open(&store(dir), &KEY, MOST_KEPT).unwrap()
}

pub struct Link {
    stream: TcpStream,
    level: u8,
}

impl Link {
    pub fn connect(to: SocketAddr, level: u8) -> Self {
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

    /// A heart rate.
    pub fn publish(&mut self, id: u16, again: bool, rate: u8) {
        self.publish_value(id, again, "2a37", &[0, rate]);
    }

    pub fn publish_value(&mut self, id: u16, again: bool, characteristic: &str, value: &[u8]) {
        let mut body = text(&format!("vitals/v1/{SENSOR}/gatt/{characteristic}"));
        body.extend(id.to_be_bytes());
        body.extend(self.properties());
        body.extend(value);
        self.send(0x32 | u8::from(again) << 3, &body);
    }

    pub fn stored(&mut self, id: u16) {
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
