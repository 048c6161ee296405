//! A device that is behind the chain: its store is an old backup, and the numbers it would go on
//! with were spent by what it was before.

use std::collections::BTreeMap;

use vitals_core::measure::Category;
use vitals_core::time::Millis;

use super::device::{Change, DeviceLink};

impl DeviceLink {
    /// Tells the time of each category's last reading on the chain. It decides, once the chain
    /// turns out to be ahead, which of the readings kept here are there already.
    pub fn set_anchored(&mut self, anchored: BTreeMap<Category, Millis>) {
        self.anchored = Some(anchored);
    }

    /// Goes on behind `sequence`. The chain takes readings of a category in order of their times:
    /// what is not later than its last one is there, or has no place any more. What is later waits
    /// for a batch of its own, whatever batch it was in: that one's number is another's. Where
    /// nobody told those times what is in a batch counts as there: signed once more it would be
    /// refused, and all behind it would wait.
    pub(super) fn catch_up(&mut self, sequence: u64) {
        let batches = std::mem::take(&mut self.batches);
        if self.anchored.is_some() {
            for (id, sample) in batches.values().flat_map(|batch| batch.samples()) {
                self.wait(id, sample);
            }
        }
        let anchored = self.anchored.clone().unwrap_or_default();
        for (category, last_ms) in &anchored {
            if let Some(waiting) = self.waiting.get_mut(category) {
                waiting.retain(|(at_ms, _), _| at_ms > last_ms);
            }
            self.placed.insert(*category, *last_ms);
        }
        self.identity.next_sequence = sequence.saturating_add(1);
        let waiting = self.waiting.values().flat_map(BTreeMap::keys);
        self.changes.push(Change::Overtaken {
            sequence,
            waiting: waiting.map(|(_, id)| *id).collect(),
            placed: anchored,
        });
    }

    /// Takes out of what waits for a batch all that by its time may be in none; their numbers and
    /// times.
    pub fn drop_waiting(&mut self, drop: impl Fn(Millis) -> bool) -> Vec<(u64, Millis)> {
        let mut dropped = Vec::new();
        for waiting in self.waiting.values_mut() {
            waiting.retain(|(at_ms, id), _| {
                let stays = !drop(*at_ms);
                if !stays {
                    dropped.push((*id, *at_ms));
                }
                stays
            });
        }
        dropped
    }
}
