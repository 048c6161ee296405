//! A gateway at work on the bench of `vitals-gateway`, and a simulated device that reaches it over
//! MQTT by a client that is not ours.
#![allow(dead_code)] // each test file uses its part

#[path = "../../../gateway/tests/support/mod.rs"]
pub mod gateway;
pub mod link;
pub mod sensor;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::sync::OnceLock;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use gateway::bench::{DownVault, DEVICE, START};
use gateway::chain::Chain;
use vitals_edge::{links, orders, Edge, EdgeError, Stopper};
use vitals_gateway::Gateway;
use vitals_ops::{Health, Report};
use vitals_sensors::SignedSensors;
use vitals_transport::{credentials, endpoint, Received};

pub const PASSWORD: &str = "password of the device";

/// Runs on from the bench's start.
pub fn clock() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let since = BEGAN.get_or_init(Instant::now).elapsed();
    START + 2_000 + u64::try_from(since.as_millis()).unwrap()
}

pub struct Running {
    pub address: SocketAddr,
    pub health: Health,
    /// As another transport of its would.
    pub feed: SyncSender<Received>,
    stopper: Stopper,
    thread: Option<JoinHandle<Result<(), EdgeError>>>,
}

/// An edge over MQTT, whose files are in `dir`.
pub fn run(gateway: Gateway<Chain, DownVault>, dir: &Path, listen: SocketAddr) -> Running {
    run_with(gateway, dir, listen, None)
}

/// One that signs for sensors too, which have the same password.
pub fn run_with(
    gateway: Gateway<Chain, DownVault>,
    dir: &Path,
    listen: SocketAddr,
    sensors: Option<SignedSensors>,
) -> Running {
    let passwords = dir.join("mqtt-passwords");
    let of_sensors = sensors.as_ref().map(|all| all.devices().unwrap());
    for device in of_sensors.into_iter().flatten().chain([DEVICE]) {
        credentials::set(&passwords, device, PASSWORD).unwrap();
    }
    let (feed, mut links) = links();
    let mut config = endpoint::Config::new(listen, passwords);
    config.sessions = Some(dir.join("mqtt-sessions"));
    let outbox = endpoint::start(config, feed.clone()).unwrap();
    let address = outbox.address().unwrap();
    links.mqtt = Some(outbox);
    let (stopper, orders) = orders();
    let health = Health::default();
    let told = health.clone();
    let thread = std::thread::spawn(move || {
        let edge = Edge {
            gateway,
            devices: BTreeSet::from([DEVICE]),
            waiting_limit: Duration::from_secs(3_600),
            before_tick: Box::new(Default::default),
            sensors,
            health: told,
            orders,
            clock,
        };
        edge.run(links)
    });
    Running {
        address,
        health,
        feed,
        stopper,
        thread: Some(thread),
    }
}

impl Running {
    pub fn command(&self, name: &str, body: &str) -> Result<serde_json::Value, String> {
        self.stopper.command(name, body.as_bytes()).unwrap()
    }

    pub fn report(&self) -> Report {
        self.health.report()
    }

    pub fn stop(mut self) {
        self.stopper.stop();
        self.thread.take().unwrap().join().unwrap().unwrap();
    }
}

/// Looks until it is so, for a while.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}: not so");
        std::thread::sleep(Duration::from_millis(20));
    }
}
