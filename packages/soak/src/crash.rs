//! Gateway, node, vaults and broker are killed with -9 while devices measure; afterwards every
//! reading is anchored once, and decrypts to what was measured.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use vitals_core::decision::Role;

use crate::world::{Paths, World};

mod broker;
mod device;
mod killing;
mod ledger;
mod sensor;
mod stage;
mod verdict;

pub use device::speak;
use device::Wire;
use ledger::Ledger;
pub use stage::Stage;

const ACCOUNTS: [&str; 6] = ["board", "maker", "patient", "gateway", "vault", "vault-2"];
/// Devices at once.
const DEVICES: u8 = 6;
/// Everything is anchored so long after the last kill.
const DRAIN: Duration = Duration::from_secs(240);
/// Between two requests that devices close what is open.
const CLOSE: Duration = Duration::from_secs(10);
/// Before the first kill: devices are at work by then.
const WARM: Duration = Duration::from_secs(5);

pub struct Plan {
    pub seed: u64,
    pub kills: u32,
    /// Directory of mosquitto; the gateway's own endpoint where absent.
    pub mosquitto: Option<PathBuf>,
    /// Whether a sensor that cannot sign takes part.
    pub sensor: bool,
}

pub fn run(paths: Paths, plan: &Plan) -> Result<()> {
    let seed = plan.seed;
    killed(paths, plan).with_context(|| format!("crash test, seed {seed}"))
}

fn killed(paths: Paths, plan: &Plan) -> Result<()> {
    println!(
        "crash test: seed {}, {} kills, {DEVICES} devices",
        plan.seed, plan.kills
    );
    let world = World::start(paths, &ACCOUNTS)?;
    world.admit()?;
    world.credentials(&[
        ("vault", Role::VaultOperator),
        ("vault-2", Role::VaultOperator),
    ])?;
    let mut stage = Stage::set(world, plan, DEVICES, serde_json::json!([]))?;
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let crew = Crew::start(&stage, &ledger, plan.seed, &rates());
    let sensor = crew.sensor(&stage);
    sleep(WARM);
    killing::kill(&mut stage.services, plan)?;
    crew.measuring.store(false, Ordering::Relaxed);
    drain(&mut stage, &crew)?;
    crew.end()?;
    let panicked = |_| anyhow::anyhow!("a device panicked");
    verdict::hold(&stage, &*ledger.lock().map_err(|_| panicked(()))?)?;
    match sensor {
        None => Ok(()),
        Some(thread) => {
            let heard = thread.join().map_err(|_| panicked(()))??;
            sensor::hold(&stage, &heard, plan.mosquitto.is_none())
        }
    }
}

/// Heart rates, in tenths.
fn rates() -> Vec<i64> {
    (450..1_800).collect()
}

/// Devices measure these values for a while, and all of it is anchored.
pub fn measured(stage: &mut Stage, values: &[i64], during: Duration) -> Result<()> {
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let crew = Crew::start(stage, &ledger, 1, values);
    sleep(during);
    crew.measuring.store(false, Ordering::Relaxed);
    drain(stage, &crew)?;
    crew.end()?;
    let ledger = ledger
        .lock()
        .map_err(|_| anyhow::anyhow!("a device panicked"))?;
    verdict::hold(stage, &ledger)
}

/// The devices' threads.
struct Crew {
    measuring: Arc<AtomicBool>,
    running: Arc<AtomicBool>,
    done: Vec<Arc<AtomicBool>>,
    threads: Vec<JoinHandle<Result<()>>>,
}

impl Crew {
    fn start(stage: &Stage, ledger: &Arc<Mutex<Ledger>>, seed: u64, values: &[i64]) -> Self {
        let mut crew = Self {
            measuring: Arc::new(AtomicBool::new(true)),
            running: Arc::new(AtomicBool::new(true)),
            done: Vec::new(),
            threads: Vec::new(),
        };
        for (number, wire) in stage.wires.iter().enumerate() {
            let done = Arc::new(AtomicBool::new(false));
            let device = device::Device {
                wire: Wire::clone(wire),
                ledger: ledger.clone(),
                measuring: crew.measuring.clone(),
                running: crew.running.clone(),
                done: done.clone(),
                seed: seed.wrapping_add(number as u64),
                values: values.to_vec(),
            };
            crew.done.push(done);
            crew.threads.push(std::thread::spawn(move || device.run()));
        }
        crew
    }

    fn sensor(&self, stage: &Stage) -> Option<JoinHandle<Result<sensor::Heard>>> {
        let wire = stage.thermometer.clone()?;
        let (measuring, running) = (self.measuring.clone(), self.running.clone());
        Some(std::thread::spawn(move || {
            sensor::measure(&wire, &measuring, &running)
        }))
    }

    fn is_done(&self) -> bool {
        self.done.iter().all(|done| done.load(Ordering::Relaxed))
    }

    fn end(self) -> Result<()> {
        self.running.store(false, Ordering::Relaxed);
        for thread in self.threads {
            thread
                .join()
                .map_err(|_| anyhow::anyhow!("a device panicked"))??;
        }
        Ok(())
    }
}

/// Until no device keeps anything any more, since all of it is anchored.
fn drain(stage: &mut Stage, crew: &Crew) -> Result<()> {
    let begun = Instant::now();
    while !crew.is_done() {
        let waited = begun.elapsed();
        if waited >= DRAIN {
            // a node that hangs says where
            stage.services[0].quit();
        }
        ensure!(
            waited < DRAIN,
            "devices keep readings {} s after the last kill:\n{}",
            waited.as_secs(),
            stage.status()
        );
        stage.close_all();
        let until = Instant::now() + CLOSE;
        while Instant::now() < until && !crew.is_done() {
            sleep(Duration::from_millis(200));
            killing::supervise(&mut stage.services)?;
        }
    }
    println!(
        "all is anchored {:.1} s after the last reading",
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
