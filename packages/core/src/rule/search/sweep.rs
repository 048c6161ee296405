//! Over all ends of windows, in order of time.

use alloc::vec::Vec;

use super::{Area, Candidate, Found, Span};
use crate::rule::{seconds_to_ms, ClaimWindow, Rule};
use crate::time::Millis;

/// The readings of one condition, in order of time.
struct Lane {
    times: Vec<Millis>,
    /// Among the candidates.
    places: Vec<usize>,
    /// For each, how many lie before it by the spacing at the least.
    before: Vec<usize>,
}

pub(super) struct Sweep<'a> {
    rule: &'a Rule,
    candidates: &'a [Candidate],
    lanes: Vec<Lane>,
}

/// The readings one end leads to.
#[derive(Default)]
struct Picked {
    chosen: Vec<usize>,
    batches: Vec<u32>,
    from_ms: Millis,
}

impl Lane {
    fn new(rule: &Rule, candidates: &[Candidate], places: Vec<usize>) -> Self {
        let times: Vec<Millis> = places
            .iter()
            .map(|&place| candidates[place].evidence.at_ms)
            .collect();
        let mut apart = 0;
        let before = times
            .iter()
            .map(|&at| {
                // the spacing is not 0, so this stops at the reading itself
                while times[apart].saturating_add(rule.spacing_ms()) <= at {
                    apart += 1;
                }
                apart
            })
            .collect();
        Self {
            times,
            places,
            before,
        }
    }
}

impl<'a> Sweep<'a> {
    /// Of the candidates at `counting`, which are in order of time.
    pub fn new(rule: &'a Rule, candidates: &'a [Candidate], counting: &[usize]) -> Self {
        let lane = |measure| {
            let of_measure = counting
                .iter()
                .copied()
                .filter(|&place| candidates[place].evidence.reading.measure == measure);
            Lane::new(rule, candidates, of_measure.collect())
        };
        Self {
            rule,
            candidates,
            lanes: rule.conditions.iter().map(|c| lane(c.measure)).collect(),
        }
    }

    /// The fewest batches, then the shortest window, then the earliest.
    pub fn best(&self, area: &Area) -> Option<Found> {
        self.run(area, false)
    }

    pub fn first(&self, area: &Area) -> Option<Found> {
        self.run(area, true)
    }

    fn run(&self, area: &Area, any: bool) -> Option<Found> {
        let mut best: Option<Found> = None;
        let mut picked = Picked::default();
        let mut up_to = alloc::vec![0; self.lanes.len()];
        let mut spans = area.spans.iter().copied().peekable();
        for end in self.ends() {
            for (lane, up_to) in self.lanes.iter().zip(&mut up_to) {
                while lane.times.get(*up_to).is_some_and(|&at| at <= end) {
                    *up_to += 1;
                }
            }
            while spans.next_if(|span| span.to_ms < end).is_some() {}
            let Some(floor) = self.floor(spans.peek(), area, end) else {
                continue;
            };
            let most_batches = best.as_ref().map_or(usize::MAX, |best| best.batches);
            if self.pick(&up_to, floor, most_batches, &mut picked) {
                keep_better(&mut best, &picked, end);
                if any {
                    break;
                }
            }
        }
        best
    }

    /// How early a window with this end may begin.
    fn floor(&self, span: Option<&Span>, area: &Area, end: Millis) -> Option<Millis> {
        let from_ms = span?.from_ms;
        let within_ms = seconds_to_ms(self.rule.within_s);
        (from_ms <= end && area.ends_from_ms <= end)
            .then(|| from_ms.max(end.saturating_sub(within_ms)))
    }

    /// The latest readings of each lane among its first `up_to`, if none lies before `floor`.
    fn pick(
        &self,
        up_to: &[usize],
        floor: Millis,
        most_batches: usize,
        picked: &mut Picked,
    ) -> bool {
        picked.chosen.clear();
        picked.batches.clear();
        picked.from_ms = Millis::MAX;
        self.lanes.iter().zip(up_to).all(|(lane, &up_to)| {
            let mut next = up_to;
            (0..self.rule.readings).all(|_| {
                let Some(at) = next.checked_sub(1) else {
                    return false;
                };
                next = lane.before[at];
                picked.add(self.candidates, lane.places[at], lane.times[at]);
                lane.times[at] >= floor && picked.batches.len() <= most_batches
            })
        })
    }

    /// The time of every reading, once.
    fn ends(&self) -> Vec<Millis> {
        let times = self
            .lanes
            .iter()
            .flat_map(|lane| lane.times.iter().copied());
        let mut ends: Vec<Millis> = times.collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }
}

impl Picked {
    fn add(&mut self, candidates: &[Candidate], place: usize, at_ms: Millis) {
        let batch = candidates[place].batch;
        // neighbours are mostly of one batch
        if !self.batches.iter().rev().any(|known| *known == batch) {
            self.batches.push(batch);
        }
        self.chosen.push(place);
        self.from_ms = self.from_ms.min(at_ms);
    }
}

fn keep_better(best: &mut Option<Found>, picked: &Picked, end: Millis) {
    let rank = (picked.batches.len(), end.saturating_sub(picked.from_ms));
    let beaten = |best: &Found| {
        let length = best.window.to_ms.saturating_sub(best.window.from_ms);
        rank < (best.batches, length)
    };
    if !best.as_ref().is_none_or(beaten) {
        return;
    }
    let mut chosen = picked.chosen.clone();
    chosen.sort_unstable();
    *best = Some(Found {
        chosen,
        window: ClaimWindow {
            from_ms: picked.from_ms,
            to_ms: end,
        },
        batches: picked.batches.len(),
    });
}
