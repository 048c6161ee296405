//! The analysis over what a group brought, so that a kill at any instant loses and doubles no
//! alert, and no group pays for it.
//!
//! Its state is some 30 kB, and written now and then. Between two writings each group notes which
//! readings it was given; they lie in the store anyway. What comes up again takes the state and
//! gives it those readings once more, in the same order: the same is found, and dropped, because the
//! group that first found it stored it as an alert.

use std::collections::{BTreeMap, BTreeSet};

use vitals_analysis::{Finding, Severity};
use vitals_core::device::BatchHead;
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use super::group::Group;
use super::refused::code_of;
use super::watching::{effective, Watching};
use super::{Intake, Rules, State};
use crate::store::watched::Noted;
use crate::store::Store;
use crate::GatewayError;

/// Readings noted at most before the state is written: so many are taken again after a kill, which
/// takes a fraction of a second.
const MOST_NOTED: u64 = 65_536;

/// Device and sequence number.
type Batch = (u64, u64);

/// The analysis, and how far it is ahead of the store's.
pub(super) struct AtHand {
    watching: Watching,
    /// Of the care plan it watches by.
    plan: Option<[u8; 32]>,
    /// The next group's number.
    group: u64,
    /// Readings noted.
    noted: u64,
    /// Of the store when its plan was last looked at.
    looked: i64,
}

/// What a group brought the analysis.
#[derive(Default)]
pub(super) struct Brought {
    readings: Vec<(Batch, Reading, Millis)>,
    /// First index and count of what is new of a batch: frames of one follow each other.
    runs: BTreeMap<Batch, (u16, u16)>,
    /// The other side may forget readings from now on: they are not to be needed again.
    pub is_final: bool,
}

impl Brought {
    pub fn take(&mut self, head: &BatchHead, first_index: u16, readings: &[Reading]) {
        let batch = (head.device, head.sequence);
        let (_, count) = self.runs.entry(batch).or_insert((first_index, 0));
        *count = count.saturating_add(u16::try_from(readings.len()).unwrap_or(u16::MAX));
        let with_time = |reading: &Reading| (batch, *reading, reading.at_ms(head.epoch));
        self.readings.extend(readings.iter().map(with_time));
    }
}

/// By time over all devices: one that delivers an hour at once must not be an hour ahead of the
/// others. Readings of one batch stay in their order.
fn in_order(readings: &mut [(Batch, Reading, Millis)]) {
    readings.sort_by_key(|(batch, _, at_ms)| (*at_ms, *batch));
}

impl Group<'_> {
    /// Gives the analysis what the group brought; the batches that should be closed soon, because
    /// of what was found in them.
    pub(super) fn watch_brought(&mut self) -> Result<BTreeSet<Batch>, GatewayError> {
        let mut brought = std::mem::take(&mut self.brought);
        if brought.readings.is_empty() && !brought.is_final {
            return Ok(BTreeSet::new());
        }
        let at_hand = self.state.analysis(self.rules, self.store)?;
        in_order(&mut brought.readings);
        let mut pressing = BTreeSet::new();
        for (batch, reading, at_ms) in &brought.readings {
            let told = at_hand.watching.take(batch.0, reading, *at_ms)?;
            if is_pressing(&told) {
                pressing.insert(*batch);
            }
            put_findings(self.store, &told, self.now_ms)?;
        }
        at_hand.note(&brought, self.store)?;
        if brought.is_final || at_hand.noted >= MOST_NOTED {
            at_hand.write(self.store)?;
        }
        Ok(pressing)
    }
}

/// Somebody will be called: the evidence should be on the chain soon.
fn is_pressing(told: &[Finding]) -> bool {
    told.iter()
        .any(|finding| finding.severity >= Severity::Urgent)
}

fn put_findings(store: &Store, told: &[Finding], now_ms: Millis) -> Result<(), GatewayError> {
    told.iter()
        .try_for_each(|finding| store.put_finding(finding, now_ms))
}

impl Intake {
    /// To be called every second or so: takes over another care plan, and every five minutes tells
    /// the analysis the time, so that it notices what does not come.
    pub fn tick(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let at_hand = self.state.at_hand.as_mut();
        let is_due = match at_hand {
            Some(at_hand) => {
                at_hand.watching.is_due(now_ms) || at_hand.is_other_plan(&self.store)?
            }
            None => true,
        };
        if !is_due {
            return Ok(());
        }
        let ticked = self.tick_analysis(now_ms);
        if ticked.is_err() {
            self.state = State::default();
        }
        ticked
    }

    fn tick_analysis(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        let at_hand = self.state.analysis(&self.rules, &self.store)?;
        if at_hand.watching.is_due(now_ms) {
            let told = at_hand.watching.tick(now_ms);
            put_findings(&self.store, &told, now_ms)?;
            at_hand.write(&self.store)?;
        }
        Ok(tx.commit()?)
    }
}

impl State {
    /// The analysis as it was after the readings stored, by the plan that the store has now. Within
    /// a transaction.
    fn analysis(&mut self, rules: &Rules, store: &Store) -> Result<&mut AtHand, GatewayError> {
        let mut at_hand = match self.at_hand.take() {
            Some(at_hand) => at_hand,
            None => AtHand::load(rules, store)?,
        };
        if at_hand.is_other_plan(store)? {
            at_hand.follow(rules, store)?;
        }
        Ok(self.at_hand.insert(at_hand))
    }
}

impl AtHand {
    fn load(rules: &Rules, store: &Store) -> Result<Self, GatewayError> {
        let (digest, plan) = by_plan(rules, store)?;
        let written = readable(written(store))?.flatten();
        let is_new = written.is_none();
        let watching = match written {
            Some(watching) => watching,
            None => Watching::new(plan.clone())?,
        };
        let mut at_hand = Self {
            watching,
            plan: digest,
            group: 0,
            noted: 0,
            looked: store.written_beside()?,
        };
        at_hand.go_on(store)?;
        if is_new || !at_hand.watching.is_of(&plan) {
            at_hand.watching.set_plan(plan)?;
            at_hand.write(store)?;
        }
        Ok(at_hand)
    }

    /// Takes again what was noted since the state was written.
    fn go_on(&mut self, store: &Store) -> Result<(), GatewayError> {
        for (group, noted) in store.watched()? {
            let mut readings = Vec::new();
            for run in &noted {
                readings.extend(readable(taken(store, run))?.unwrap_or_default());
            }
            in_order(&mut readings);
            self.group = group.saturating_add(1);
            self.noted = self.noted.saturating_add(readings.len() as u64);
            for (batch, reading, at_ms) in readings {
                self.watching.take(batch.0, &reading, at_ms)?;
            }
        }
        Ok(())
    }

    fn is_other_plan(&mut self, store: &Store) -> Result<bool, GatewayError> {
        let written_beside = store.written_beside()?;
        if written_beside == self.looked {
            return Ok(false);
        }
        let is_other = store.care_plan_digest()? != self.plan;
        if !is_other {
            self.looked = written_beside;
        }
        Ok(is_other)
    }

    fn follow(&mut self, rules: &Rules, store: &Store) -> Result<(), GatewayError> {
        let (digest, plan) = by_plan(rules, store)?;
        self.watching.set_plan(plan)?;
        self.plan = digest;
        self.write(store)
    }

    fn note(&mut self, brought: &Brought, store: &Store) -> Result<(), GatewayError> {
        for ((device, sequence), (first_index, count)) in &brought.runs {
            let noted = Noted {
                device: *device,
                sequence: *sequence,
                first_index: *first_index,
                count: *count,
            };
            store.note_watched(self.group, &noted)?;
        }
        self.group = self.group.saturating_add(1);
        self.noted = self.noted.saturating_add(brought.readings.len() as u64);
        Ok(())
    }

    fn write(&mut self, store: &Store) -> Result<(), GatewayError> {
        let state = serde_json::to_vec(&self.watching);
        let state = state.map_err(|cause| GatewayError::damaged("watching", cause))?;
        store.put_watching(&state)?;
        self.noted = 0;
        Ok(())
    }
}

type ByPlan = (Option<[u8; 32]>, vitals_analysis::Plan);

/// What is to be watched, and the digest of the care plan in it.
fn by_plan(rules: &Rules, store: &Store) -> Result<ByPlan, GatewayError> {
    let stored = store.care_plan()?;
    let digest = stored.as_ref().map(|stored| stored.digest);
    let plan = stored.map(|stored| stored.plan);
    Ok((digest, effective(&rules.thresholds, plan)?))
}

fn taken(store: &Store, run: &Noted) -> Result<Vec<(Batch, Reading, Millis)>, GatewayError> {
    let Some(row) = store.batch(run.device, run.sequence)? else {
        return Ok(Vec::new());
    };
    let readings = store.readings_of(&row.head, run.first_index, run.count)?;
    let batch = (run.device, run.sequence);
    let with_time = |reading: Reading| (batch, reading, reading.at_ms(row.head.epoch));
    Ok(readings.into_iter().map(with_time).collect())
}

fn written(store: &Store) -> Result<Option<Watching>, GatewayError> {
    let state = store.watching()?;
    let read = state.map(|state| serde_json::from_slice(&state));
    read.transpose()
        .map_err(|cause| GatewayError::damaged("watching", cause))
}

/// Of a state that cannot be read nothing is left to go on from; it must not stop the intake.
fn readable<T>(read: Result<T, GatewayError>) -> Result<Option<T>, GatewayError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error @ (GatewayError::StoreDamaged { .. } | GatewayError::StoreKey { .. })) => {
            let code = code_of(&error.to_string()).to_owned();
            tracing::error!(code, "the analysis begins anew where it cannot go on");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
