//! A device over MQTT: it measures, sends, hears, and sends again what nobody answered.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{ensure, Result};
use rumqttc::{Client, Connection, Event, MqttOptions, Packet, QoS};
use vitals_core::key::Ed25519Signer;
use vitals_core::measure::Measure;
use vitals_core::reading::ReadingFlags;
use vitals_core::signing::DeploymentId;
use vitals_device_sim::{DeviceSim, Identity, Sample};

use super::ledger::Ledger;
use crate::random::Random;

const FRAME_READINGS: usize = 16;
/// Between two readings.
const EVERY: Duration = Duration::from_millis(50);
/// After so long without an answer it says everything again.
const RESEND: Duration = Duration::from_secs(5);
const IN_FLIGHT: usize = 256;
/// Until what was said is acknowledged.
const SAID: Duration = Duration::from_secs(20);

/// How it reaches the gateway, and what it signs as.
#[derive(Clone)]
pub struct Wire {
    pub device: u64,
    pub pairing: u32,
    pub seed: [u8; 32],
    pub deployment: DeploymentId,
    pub address: SocketAddr,
    pub password: String,
}

pub struct Device {
    pub wire: Wire,
    pub ledger: Arc<Mutex<Ledger>>,
    pub measuring: Arc<AtomicBool>,
    pub running: Arc<AtomicBool>,
    /// Nothing is left to send or to keep.
    pub done: Arc<AtomicBool>,
    pub seed: u64,
    /// Heart rates that it measures, in tenths, at random.
    pub values: Vec<i64>,
}

enum Heard {
    Connected,
    Line(String),
}

impl Device {
    pub fn run(self) -> Result<()> {
        let mut sim = self.sim()?;
        let mut random = Random::new(self.seed);
        let (client, heard) = self.connect();
        let (mut measured, mut resent) = (0, Instant::now());
        while self.running.load(Ordering::Relaxed) {
            let measuring = self.measuring.load(Ordering::Relaxed);
            let now = now_ms().max(measured + 1);
            if measuring {
                measured = now;
                self.measure(&mut sim, now, &mut random)?;
            }
            self.say(&client, sim.play_until(now)?)?;
            for what in heard.try_iter() {
                let lines = self.hear(&client, &mut sim, what)?;
                self.say(&client, lines)?;
            }
            if resent.elapsed() > RESEND {
                self.say(&client, sim.resend()?)?;
                resent = Instant::now();
            }
            self.done
                .store(!measuring && sim.is_done(), Ordering::Relaxed);
            sleep(EVERY);
        }
        Ok(())
    }

    fn sim(&self) -> Result<DeviceSim> {
        let identity = Identity {
            device: self.wire.device,
            pairing: self.wire.pairing,
            deployment: self.wire.deployment,
            next_sequence: 1,
        };
        let signer = Ed25519Signer::from_seed(&self.wire.seed);
        Ok(DeviceSim::new(signer, identity, FRAME_READINGS)?)
    }

    fn measure(&self, sim: &mut DeviceSim, at_ms: u64, random: &mut Random) -> Result<()> {
        let place = usize::try_from(random.between(0, self.values.len() as u64))?;
        let value = self.values[place];
        sim.load([Sample {
            at_ms,
            measure: Measure::HeartRate,
            value,
            flags: ReadingFlags::SIMULATED_GOOD,
        }]);
        self.with_ledger(|ledger| {
            ledger.measured.insert((self.wire.device, at_ms), value);
            Ok(())
        })
    }

    fn hear(&self, client: &Client, sim: &mut DeviceSim, what: Heard) -> Result<Vec<String>> {
        match what {
            Heard::Connected => {
                let down = format!("vitals/v1/{}/down", self.wire.device);
                // where it cannot be asked now, the connection has ended again
                let _later = client.try_subscribe(down, QoS::AtLeastOnce);
                Ok(sim.resend()?)
            }
            Heard::Line(line) => {
                self.with_ledger(|ledger| ledger.hears(self.wire.device, &line))?;
                Ok(sim.on_line(&line)?)
            }
        }
    }

    /// What finds no room is said again later.
    fn say(&self, client: &Client, lines: Vec<String>) -> Result<()> {
        for line in lines {
            self.with_ledger(|ledger| ledger.sends(self.wire.device, &line))?;
            let up = format!("vitals/v1/{}/up", self.wire.device);
            let _later = client.try_publish(up, QoS::AtLeastOnce, false, line);
        }
        Ok(())
    }

    fn with_ledger(&self, keep: impl FnOnce(&mut Ledger) -> Result<()>) -> Result<()> {
        let mut ledger = self
            .ledger
            .lock()
            .map_err(|_| anyhow::anyhow!("a device panicked"))?;
        keep(&mut ledger)
    }

    fn connect(&self) -> (Client, Receiver<Heard>) {
        let (client, connection) = Client::new(options(&self.wire), IN_FLIGHT);
        let (told, heard) = channel();
        std::thread::spawn(move || listen(connection, &told));
        (client, heard)
    }
}

pub fn options(wire: &Wire) -> MqttOptions {
    let (host, port) = (wire.address.ip().to_string(), wire.address.port());
    let mut options = MqttOptions::new(format!("device-{}", wire.device), host, port);
    options.set_credentials(wire.device.to_string(), wire.password.clone());
    options.set_keep_alive(Duration::from_secs(5));
    options.set_clean_session(false);
    options
}

/// Says these lines, one a message, and returns once each is acknowledged.
pub fn speak(wire: &Wire, lines: &[String]) -> Result<()> {
    let (client, mut connection) = Client::new(options(wire), IN_FLIGHT);
    for line in lines {
        let up = format!("vitals/v1/{}/up", wire.device);
        client.publish(up, QoS::AtLeastOnce, false, line.as_str())?;
    }
    let (begun, mut acknowledged) = (Instant::now(), 0);
    while acknowledged < lines.len() {
        ensure!(
            begun.elapsed() < SAID,
            "{acknowledged} of {} lines were acknowledged",
            lines.len()
        );
        if let Ok(Ok(Event::Incoming(Packet::PubAck(_)))) = connection.recv_timeout(EVERY) {
            acknowledged += 1;
        }
    }
    Ok(())
}

/// Connects again and again until nobody listens any more.
fn listen(mut connection: Connection, told: &Sender<Heard>) {
    for event in connection.iter() {
        let heard = match event {
            Ok(Event::Incoming(Packet::ConnAck(_))) => told.send(Heard::Connected),
            Ok(Event::Incoming(Packet::Publish(message))) => {
                let text = String::from_utf8_lossy(&message.payload).into_owned();
                let mut lines = text.lines().map(|line| Heard::Line(line.to_owned()));
                lines.try_for_each(|line| told.send(line))
            }
            Ok(_) => Ok(()),
            Err(_) => {
                sleep(Duration::from_millis(100));
                Ok(())
            }
        };
        if heard.is_err() {
            return;
        }
    }
}

pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}
