//! One person's readings against their own history. Readings are summarised in slots of five
//! minutes; all measures' slots end together, when a reading of a later one comes or time is told.

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::reading::Reading;
use vitals_core::time::Millis;

use crate::finding::{Evidence, Finding};
use crate::news2::Round;
use crate::plan::{Personal, Plan};
use crate::slot::{slot_of, SLOT_MS};

mod doses;
mod early_warning;
mod figures;
mod rules;
mod stream;

use doses::Doses;
use early_warning::EarlyWarning;
pub use figures::{Figures, FIGURES_OF};
use rules::Rules;
use stream::Stream;

/// Readings in a row that are older than the running slot, after which it is the clock that was
/// ahead, or a device that was away: the slots go on from there.
const MOST_LATE: u16 = 60;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Person {
    personal: Personal,
    streams: Vec<Stream>,
    slot: Option<u64>,
    late: u16,
    round: Round,
    early_warning: EarlyWarning,
    doses: Doses,
    figures: Figures,
}

impl Person {
    pub fn new(plan: &Plan, personal: Personal) -> Self {
        Self {
            personal,
            streams: FIGURES_OF.into_iter().map(Stream::new).collect(),
            slot: None,
            late: 0,
            round: Round::default(),
            early_warning: EarlyWarning::default(),
            doses: Doses::new(plan),
            figures: Figures::default(),
        }
    }

    pub fn set_plan(&mut self, plan: &Plan, personal: Personal) {
        self.personal = personal;
        self.doses.set_plan(plan);
    }

    pub fn round(&mut self) -> &mut Round {
        &mut self.round
    }

    pub fn figures(&self) -> Figures {
        self.figures
    }

    pub fn take(&mut self, reading: &Reading, evidence: Evidence, counts: bool) -> Vec<Finding> {
        let simulated = reading.flags.simulated;
        if reading.measure == Measure::DoseTaken {
            if counts {
                self.doses.take(evidence, simulated);
            }
            return Vec::new();
        }
        let slot = slot_of(evidence.at_ms);
        if self.is_late(slot) {
            return Vec::new();
        }
        let found = self.advance(slot);
        self.round.take(reading, evidence.at_ms, evidence.at_ms);
        let mut streams = self.streams.iter_mut();
        if let Some(stream) = streams.find(|stream| stream.measure() == reading.measure) {
            stream.take(evidence, counts, simulated);
        }
        found
    }

    pub fn tick(&mut self, now_ms: Millis) -> Vec<Finding> {
        let slot = slot_of(now_ms);
        let running = self.slot.unwrap_or(slot);
        let mut found = match slot > running {
            true => self.advance(slot),
            false => Vec::new(),
        };
        let rules = Rules(self.personal);
        found.extend(self.doses.assess(rules, now_ms));
        found
    }

    /// Whether it belongs to a slot that has ended. After many in a row time is taken to be what
    /// they say: one reading of a clock far ahead must not make the person deaf to all others.
    fn is_late(&mut self, slot: u64) -> bool {
        if self.slot.is_none_or(|running| slot >= running) {
            self.late = 0;
            return false;
        }
        self.late = self.late.saturating_add(1);
        if self.late < MOST_LATE {
            return true;
        }
        self.late = 0;
        self.slot = Some(slot);
        self.round = Round::default();
        self.streams.iter_mut().for_each(Stream::restart);
        false
    }

    /// Ends the running slot where `slot` is a later one.
    fn advance(&mut self, slot: u64) -> Vec<Finding> {
        let Some(running) = self.slot.filter(|running| *running < slot) else {
            self.slot = self.slot.or(Some(slot));
            return Vec::new();
        };
        self.slot = Some(slot);
        let rules = Rules(self.personal);
        let end_ms = running.saturating_add(1).saturating_mul(SLOT_MS);
        let mut found = Vec::new();
        for stream in &mut self.streams {
            found.extend(stream.close(rules, end_ms));
        }
        if let Some(scale) = self.personal.news2 {
            let score = self
                .early_warning
                .close(rules, &self.round, scale, end_ms, &self.streams);
            found.extend(score);
        }
        self.figures = Figures::of(running, &self.streams, &self.early_warning);
        found
    }
}
