#![doc = include_str!("../README.md")]

mod command;
mod counts;
mod intake;
mod orders;
mod sensors;
mod stdin;
mod watch;
mod worker;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{channel, sync_channel, Receiver, SyncSender};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use vitals_core::time::Millis;
use vitals_gateway::{BlobStore, Gateway, GatewayError, Looked};
use vitals_ledger::Account;
use vitals_ops::Health;
use vitals_sensors::{SensorError, SignedSensors};
use vitals_transport::{Outbox, Received};

use sensors::Sensors;

pub use command::{act, Batch};
pub use orders::{orders, Orders, Stopper};
pub use stdin::{lines_of, say, CLOSE};

/// Lines that wait for the intake; whoever sends more is held up.
const WAITING: usize = 1_024;

/// What a gateway is run with.
pub struct Edge<L, V> {
    pub gateway: Gateway<L, V>,
    /// Devices it asks to measure, greeted again and again: whether one has just come back, no
    /// transport can tell.
    pub devices: BTreeSet<u64>,
    /// It is not well once something waits longer.
    pub waiting_limit: Duration,
    /// Called before each tick: fetches key packages and care plans.
    pub before_tick: Box<dyn FnMut() -> Looked>,
    /// Software devices that sign for sensors.
    pub sensors: Option<SignedSensors>,
    pub health: Health,
    pub orders: Orders,
    /// [`now_ms`], but where a test has a time of its own.
    pub clock: Clock,
}

/// Tells the time.
pub type Clock = fn() -> Millis;

/// Where devices' lines come from and answers go.
pub struct Links {
    received: Receiver<Received>,
    /// To devices that the transport authenticated.
    pub mqtt: Option<Outbox>,
    /// To those of stdin.
    pub stdin: Option<stdin::Say>,
}

/// The queue every transport feeds, and its other end.
pub fn links() -> (SyncSender<Received>, Links) {
    let (feed, received) = sync_channel(WAITING);
    let links = Links {
        received,
        mqtt: None,
        stdin: None,
    };
    (feed, links)
}

/// Why a gateway does not run.
#[derive(Debug, thiserror::Error)]
pub enum EdgeError {
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Sensors(#[from] SensorError),
    #[error("edge/thread: {cause}")]
    Thread { cause: String },
    #[error("edge/taken: the gateway's intake was given away")]
    Taken,
}

impl<L: Account, V: BlobStore> Edge<L, V> {
    /// Until it is told to stop: then what is being taken in is finished and answered, and what is
    /// still in the queue is left to its devices, which were not told that it is stored.
    pub fn run(mut self, links: Links) -> Result<(), EdgeError> {
        let intake = self.gateway.take_intake().ok_or(EdgeError::Taken)?;
        let stop = Arc::new(AtomicBool::new(false));
        let (passed, passed_on) = channel();
        let said = intake::Voices::of(&links, passed);
        let sensors = self.sensors.take();
        let sensors = sensors.map(|signed| Sensors::new(signed, self.health.clone()));
        let taking = intake::Taking {
            intake,
            received: links.received,
            said: said.clone(),
            sensors: sensors.transpose()?,
            passed_on,
            devices: self.devices.clone(),
            health: self.health.clone(),
            stopper: self.orders.stopper(),
            stop: stop.clone(),
            clock: self.clock,
            ill: false,
        };
        let taking = thread::Builder::new()
            .name("intake".into())
            .spawn(move || taking.run())
            .map_err(|cause| EdgeError::Thread {
                cause: cause.to_string(),
            })?;
        worker::Worker::new(self, said).run();
        stop.store(true, Ordering::Relaxed);
        taking.join().map_err(|_| EdgeError::Thread {
            cause: "the intake ended by itself".into(),
        })
    }
}

/// By the system's clock.
pub fn now_ms() -> Millis {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| u64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
