//! The taking-in side: what devices send is checked, stored and answered, or put aside with the
//! reason. It talks to no chain and to no vault, and so never waits for one; it may run on a thread
//! of its own, beside the [`Gateway`](crate::Gateway) on the same store.

mod aside;
mod assess;
mod check;
mod closed;
mod frames;
mod gap;
mod greeting;
mod group;
mod journal;
mod limits;
mod opened;
mod pair;
mod refused;
mod speaker;
mod watching;

use std::collections::BTreeMap;

use vitals_analysis::Threshold;
use vitals_core::measure::Measure;
use vitals_core::signing::DeploymentId;
use vitals_core::time::Millis;

use crate::store::batch::BatchRow;
use crate::store::device::DeviceRow;
use crate::store::Store;
use crate::{Config, GatewayError};

pub(crate) use closed::commits_to;
pub(crate) use greeting::opens;
pub use limits::DeviceLimits;
pub(crate) use refused::code_of;
pub use watching::check_thresholds;
pub(crate) use watching::effective;

/// How far a device's clock may run ahead of ours: what vitals-anchor allows against block time.
pub(crate) const CLOCK_AHEAD_MS: u64 = vitals_api::anchor::CLOCK_AHEAD_MS;

/// The most lines to give [`Intake::take`] at once: the first of them is answered when the last is on
/// disk.
pub const GROUP: usize = 512;

/// Readings that came in frames, those refused and those that came twice among them.
pub(crate) const RECEIVED: &str = "received";

/// Batches whose rows are remembered between groups.
const MAX_BATCHES: usize = 4_096;

/// A line of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The device that the transport authenticated; absent where it authenticates nobody (stdin).
    pub from: Option<u64>,
    pub line: String,
}

/// What a line came to: it is on disk, or refused and noted. There are no lines where there is
/// nothing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Index of the inbound it answers.
    pub to: usize,
    /// To send back to the device.
    pub lines: Vec<String>,
}

/// See the module. Made by [`Gateway::take_intake`](crate::Gateway::take_intake).
pub struct Intake {
    pub(crate) rules: Rules,
    pub(crate) store: Store,
    state: State,
}

/// What does not change while it runs.
pub(crate) struct Rules {
    pub deployment: DeploymentId,
    pub max_readings: u16,
    pub thresholds: Vec<Threshold>,
}

/// What is in the store, at hand. Forgotten whenever it may be another there.
#[derive(Default)]
struct State {
    /// Of the store when this was read from it.
    written_beside: i64,
    devices: BTreeMap<u64, DeviceRow>,
    batches: BTreeMap<(u64, u64), BatchRow>,
    /// Only this side writes it.
    at_hand: Option<journal::AtHand>,
    /// The last value of each measure and its time, to see sudden changes by.
    values: BTreeMap<(u64, Measure), (i64, Millis)>,
}

impl Intake {
    pub(crate) fn new(config: &Config, store: Store) -> Result<Self, GatewayError> {
        let plan = store.care_plan()?.map(|stored| stored.plan);
        effective(&config.thresholds, plan)?;
        Ok(Self {
            rules: Rules {
                deployment: config.deployment.id()?,
                max_readings: config.max_readings,
                thresholds: config.thresholds.clone(),
            },
            store,
            state: State::default(),
        })
    }

    /// Takes lines in their order, in one transaction: when it returns, all that is answered is on
    /// disk. An error means that nothing of it is, and nothing may be answered.
    ///
    /// A line without an answer is to come again: its device is not known yet, or what the store
    /// has of its batch cannot be read.
    pub fn take(
        &mut self,
        inbound: &[Inbound],
        now_ms: Millis,
    ) -> Result<Vec<Answer>, GatewayError> {
        self.state.catch_up(&self.store)?;
        let against = check::Against {
            devices: &self.state.devices,
            deployment: &self.rules.deployment,
            rest: self.store.rest(),
        };
        let checked = check::all(inbound, against);
        let taken = self.store_group(inbound, checked, now_ms);
        if taken.is_err() {
            self.state = State::default();
        }
        if self.state.batches.len() > MAX_BATCHES {
            self.state.batches.clear();
        }
        taken
    }

    fn store_group(
        &mut self,
        inbound: &[Inbound],
        checked: Vec<check::Checked>,
        now_ms: Millis,
    ) -> Result<Vec<Answer>, GatewayError> {
        let tx = self.store.begin()?;
        self.state.catch_up(&self.store)?;
        let mut group = group::Group::new(&self.rules, &self.store, &mut self.state, now_ms);
        let mut answers = Vec::with_capacity(inbound.len());
        for (to, (inbound, checked)) in inbound.iter().zip(checked).enumerate() {
            let lines = group.take(inbound, &checked)?;
            answers.extend(lines.map(|lines| Answer { to, lines }));
        }
        group.finish()?;
        tx.commit()?;
        Ok(answers)
    }
}

impl State {
    /// Within a transaction nobody else writes: what is read here holds until its end.
    fn catch_up(&mut self, store: &Store) -> Result<(), GatewayError> {
        let written_beside = store.written_beside()?;
        if written_beside != self.written_beside {
            let devices = store.devices()?.into_iter();
            self.devices = devices.map(|row| (row.device, row)).collect();
            self.batches.clear();
            self.written_beside = written_beside;
        }
        Ok(())
    }
}
