//! An endpoint on a free port, and devices that talk to it through rumqttc, which is not ours.

#![allow(dead_code)]

pub mod certify;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, sync_channel, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rumqttc::{Client, Event, MqttOptions, Packet, QoS, SubscribeReasonCode};
use tempfile::TempDir;
use vitals_transport::endpoint::{self, Config};
use vitals_transport::{credentials, Outbox, Payload, Received};

pub const LONG: Duration = Duration::from_secs(20);
pub const SOON: Duration = Duration::from_millis(400);

pub fn password(device: u64) -> String {
    format!("password of device {device}")
}

pub struct Edge {
    pub dir: TempDir,
    pub config: Config,
    pub outbox: Outbox,
    pub received: Receiver<Received>,
}

impl Edge {
    /// With devices 1 and 2.
    pub fn start() -> Self {
        Self::with(|_, _| {})
    }

    pub fn with(change: impl FnOnce(&mut Config, &Path)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let devices = dir.path().join("devices");
        for device in [1, 2] {
            credentials::set(&devices, device, &password(device)).unwrap();
        }
        let mut config = Config::new(([127, 0, 0, 1], 0).into(), devices);
        config.sessions = Some(dir.path().join("sessions"));
        change(&mut config, dir.path());
        let (outbox, received) = run(&config);
        config.listen = outbox.address().unwrap();
        Self {
            dir,
            config,
            outbox,
            received,
        }
    }

    /// As after the process ended and began anew, at the same address.
    pub fn restart(self) -> Self {
        let Self {
            dir,
            config,
            outbox,
            received,
        } = self;
        drop((outbox, received));
        let (outbox, received) = run(&config);
        Self {
            dir,
            config,
            outbox,
            received,
        }
    }

    pub fn port(&self) -> u16 {
        self.outbox.address().unwrap().port()
    }

    pub fn credentials(&self) -> PathBuf {
        self.config.credentials.clone()
    }

    pub fn options(&self, device: u64) -> MqttOptions {
        options(self.port(), &device.to_string(), &password(device))
    }

    pub fn device(&self, device: u64) -> Device {
        let device = Device::start(self.options(device));
        device.connected();
        device
    }

    pub fn next(&self) -> Received {
        self.received.recv_timeout(LONG).expect("nothing came")
    }

    pub fn nothing_comes(&self) {
        assert!(self.received.recv_timeout(SOON).is_err());
    }
}

fn run(config: &Config) -> (Outbox, Receiver<Received>) {
    let (tx, received) = sync_channel(16);
    (endpoint::start(config.clone(), tx).unwrap(), received)
}

pub fn options(port: u16, user: &str, password: &str) -> MqttOptions {
    let mut options = MqttOptions::new(format!("client-{user}"), "127.0.0.1", port);
    options.set_credentials(user, password);
    options
}

pub fn line(received: &Received) -> (Option<u64>, &str) {
    match &received.payload {
        Payload::Line(line) => (received.from, line),
        Payload::Gatt { .. } => panic!("no line"),
    }
}

pub fn up(device: u64) -> String {
    format!("vitals/v1/{device}/up")
}

pub fn down(device: u64) -> String {
    format!("vitals/v1/{device}/down")
}

/// What a client sees.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    Connected { session: bool },
    Stored(u16),
    Granted(Vec<bool>),
    Down(String, String),
    Ended(String),
}

/// A client that connects again whenever its connection ends.
pub struct Device {
    pub client: Client,
    seen: Receiver<Seen>,
}

impl Device {
    pub fn start(options: MqttOptions) -> Self {
        let (client, mut connection) = Client::new(options, 10_000);
        let (tx, seen) = channel();
        thread::spawn(move || {
            for event in connection.iter() {
                let ended = event.is_err();
                if see(event).is_some_and(|seen| tx.send(seen).is_err()) {
                    return;
                }
                if ended {
                    thread::sleep(Duration::from_millis(50));
                }
            }
        });
        Self { client, seen }
    }

    pub fn seen(&self) -> Seen {
        self.seen.recv_timeout(LONG).expect("nothing seen")
    }

    /// The next of its kind; what comes before is passed over.
    pub fn until<T>(&self, pick: impl Fn(Seen) -> Option<T>) -> T {
        let due = Instant::now() + LONG;
        loop {
            assert!(Instant::now() < due, "it did not come");
            if let Some(found) = pick(self.seen()) {
                return found;
            }
        }
    }

    /// Whether its session went on.
    pub fn connected(&self) -> bool {
        self.until(|seen| match seen {
            Seen::Connected { session } => Some(session),
            _ => None,
        })
    }

    pub fn ended(&self) -> String {
        self.until(|seen| match seen {
            Seen::Ended(why) => Some(why),
            _ => None,
        })
    }

    pub fn stored(&self) -> u16 {
        self.until(|seen| match seen {
            Seen::Stored(id) => Some(id),
            _ => None,
        })
    }

    pub fn sees_nothing(&self) {
        match self.seen.recv_timeout(SOON) {
            Err(RecvTimeoutError::Timeout) => {}
            other => panic!("{other:?}"),
        }
    }

    pub fn publish(&self, topic: &str, payload: &str) {
        self.client
            .publish(topic, QoS::AtLeastOnce, false, payload)
            .unwrap();
    }

    pub fn subscribe(&self, filter: &str) -> bool {
        self.client.subscribe(filter, QoS::AtLeastOnce).unwrap();
        self.until(|seen| match seen {
            Seen::Granted(granted) => Some(granted == [true]),
            _ => None,
        })
    }
}

fn see(event: Result<Event, rumqttc::ConnectionError>) -> Option<Seen> {
    match event {
        Ok(Event::Incoming(Packet::ConnAck(ack))) => Some(Seen::Connected {
            session: ack.session_present,
        }),
        Ok(Event::Incoming(Packet::PubAck(ack))) => Some(Seen::Stored(ack.pkid)),
        Ok(Event::Incoming(Packet::SubAck(ack))) => {
            let granted = |code: &SubscribeReasonCode| *code != SubscribeReasonCode::Failure;
            Some(Seen::Granted(
                ack.return_codes.iter().map(granted).collect(),
            ))
        }
        Ok(Event::Incoming(Packet::Publish(message))) => {
            let text = String::from_utf8(message.payload.to_vec()).unwrap();
            Some(Seen::Down(message.topic, text))
        }
        Ok(_) => None,
        Err(cause) => Some(Seen::Ended(cause.to_string())),
    }
}
