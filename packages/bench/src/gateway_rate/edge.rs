//! A gateway's taking-in side on a thread of its own, fed by a queue; and devices in the same
//! process that put their lines straight into that queue.

use std::path::Path;
use std::sync::mpsc::{channel, sync_channel, Receiver, Sender, SyncSender};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{bail, ensure, Context, Result};
use vitals_analysis::{Severity, Threshold};
use vitals_core::decision::GroundRef;
use vitals_core::link::GatewayMessage;
use vitals_core::measure::Measure;
use vitals_core::rule::Comparison;
use vitals_gateway::{Config, Gateway, Inbound, Intake, MemoryBlobs, Secrets, GROUP};

use super::clients::{run, Acks, Out, Pace};
use super::load::Load;
use super::registry::{deployment, Known, Registry, PATIENT};

pub type Edge = Gateway<Registry, MemoryBlobs>;

/// Lines that wait for the gateway.
pub const QUEUE: usize = 1_024;

/// Something that arrives, and what is to be told when it is on disk.
pub trait Arrival: Send {
    fn inbound(&self) -> Inbound;
    fn stored(self);
}

pub fn open(known: Vec<Known>, dir: &Path) -> Result<Edge> {
    let secrets = Secrets {
        store_key: Secrets::store_key(&dir.join("store.key"))?,
        identity: String::new().into(),
        device: None,
    };
    let config = Config {
        deployment: deployment(),
        patient: PATIENT,
        ground: GroundRef::Grant { id: 1 },
        devices: known.iter().map(|(device, _)| *device).collect(),
        thresholds: vec![slow(1, 400), slow(2, 300)],
        conditions: Default::default(),
        max_readings: u16::MAX,
        keep_epochs: 2,
        key_package: None,
        care_plan: None,
    };
    let vaults = vec![MemoryBlobs::new("none")];
    let store = dir.join("gateway.db");
    Ok(Gateway::open(
        config,
        secrets,
        &store,
        Registry(known),
        vaults,
    )?)
}

/// A heart rate that the recording does not reach: watched for, and never found.
fn slow(rule: u16, value: i64) -> Threshold {
    Threshold {
        rule,
        measure: Measure::HeartRate,
        comparison: Comparison::AtMost,
        value,
        for_readings: 5,
        for_ms: 0,
        hysteresis: 50,
        severity: Severity::Urgent,
        ladder: 1,
    }
}

/// Takes what arrives, in groups, until nobody is left to send.
pub fn serve<A: Arrival>(intake: &mut Intake, arrivals: &Receiver<A>) -> Result<()> {
    while let Ok(first) = arrivals.recv() {
        let more = arrivals.try_iter().take(GROUP - 1);
        let group: Vec<_> = std::iter::once(first).chain(more).collect();
        let inbound: Vec<_> = group.iter().map(A::inbound).collect();
        let answers = intake.take(&inbound, now_ms())?;
        ensure!(answers.len() == group.len(), "every line is answered");
        for line in answers.iter().flat_map(|answer| &answer.lines) {
            if let GatewayMessage::Refused { reason, .. } = GatewayMessage::from_line(line)? {
                bail!("a frame was refused: {reason:?}");
            }
        }
        group.into_iter().for_each(A::stored);
    }
    Ok(())
}

/// Everything that was sent is in the store.
pub fn check(edge: &Edge, load: &Load) -> Result<()> {
    let stored = edge.status()?.counts.stored;
    let sent = load.readings();
    ensure!(
        stored == sent as u64,
        "{sent} readings were sent, {stored} stored"
    );
    Ok(())
}

pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as u64)
}

struct Direct {
    inbound: Inbound,
    told: Sender<()>,
}

impl Arrival for Direct {
    fn inbound(&self) -> Inbound {
        self.inbound.clone()
    }

    fn stored(self) {
        // A device that left is told nothing.
        let _left = self.told.send(());
    }
}

struct Queue {
    device: u64,
    to: SyncSender<Direct>,
    told: Sender<()>,
}

impl Out for Queue {
    fn send(&mut self, line: &str) -> Result<()> {
        let inbound = Inbound {
            from: Some(self.device),
            line: line.to_owned(),
        };
        let told = self.told.clone();
        let sent = self.to.send(Direct { inbound, told });
        sent.ok().context("the gateway ended")
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Acks for Receiver<()> {
    fn next(&mut self) -> Result<usize> {
        self.recv().context("the gateway ended")?;
        Ok(1 + self.try_iter().count())
    }
}

pub fn send(load: &Load, pace: Pace, dir: &Path) -> Result<(Duration, Vec<Duration>)> {
    let mut edge = open(load.known.clone(), dir)?;
    let mut intake = edge.take_intake().context("an intake")?;
    let (to, arrivals) = sync_channel(QUEUE);
    let serving = thread::spawn(move || serve(&mut intake, &arrivals));
    let wires = load.sending.iter().map(|sending| {
        let (told, acks) = channel();
        let (device, to) = (sending.device, to.clone());
        (Queue { device, to, told }, acks)
    });
    let wires: Vec<_> = wires.collect();
    drop(to);
    let sent = run(load, pace, wires);
    let served = serving.join();
    served.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    check(&edge, load)?;
    sent
}
