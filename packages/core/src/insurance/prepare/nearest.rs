//! What is the least that would have to be otherwise: each term is relaxed alone, and by no more
//! than is needed.

use alloc::vec::Vec;

use super::shortfall::Shortfall;
use super::Claimable;
use crate::decision::Seconds;
use crate::reading::Quality;
use crate::rule::{Bar, Candidate, Comparison, Condition, Rule};

impl Claimable {
    /// The terms any one of which, relaxed so far, would let the candidates meet the rule; the
    /// nearest first. None where no one term is enough.
    pub fn nearest(&self, candidates: &[Candidate]) -> Vec<Shortfall> {
        let mut found: Vec<Shortfall> = [
            self.thresholds(candidates),
            self.numbers(candidates),
            self.demands(candidates),
            self.times(candidates),
            self.bars(candidates),
        ]
        .concat();
        found.sort_by_key(Shortfall::distance);
        found
    }

    fn meets(&self, candidates: &[Candidate], change: impl FnOnce(&mut Self)) -> bool {
        let mut relaxed = self.clone();
        change(&mut relaxed);
        relaxed.rule.can_be_met(candidates, &relaxed.area())
    }

    fn thresholds(&self, candidates: &[Candidate]) -> Vec<Shortfall> {
        let places = 0..self.rule.conditions.len();
        places
            .filter_map(|place| self.threshold(candidates, place))
            .collect()
    }

    fn threshold(&self, candidates: &[Candidate], place: usize) -> Option<Shortfall> {
        let condition = *self.rule.conditions.get(place)?;
        let weaker = weaker_thresholds(candidates, &condition);
        let set = |rule: &mut Rule, threshold| {
            if let Some(condition) = rule.conditions.get_mut(place) {
                condition.threshold = threshold;
            }
        };
        let most = (weaker.len() as u64).checked_sub(1)?;
        let at = least(0, most, |at| {
            let threshold = weaker
                .get(at as usize)
                .copied()
                .unwrap_or(condition.threshold);
            self.meets(candidates, |relaxed| set(&mut relaxed.rule, threshold))
        })?;
        Some(Shortfall::Threshold {
            condition,
            nearest: weaker.get(at as usize).copied()?,
        })
    }

    /// What more of, or less of, is always easier.
    fn numbers(&self, candidates: &[Candidate]) -> Vec<Shortfall> {
        let rule = &self.rule;
        let fewer = self.lower(candidates, rule.readings.into(), 1, |rule, readings| {
            rule.readings = u8::try_from(readings).unwrap_or(u8::MAX);
        });
        let closer = self.lower(candidates, rule.spaced_s, 0, |rule, s| rule.spaced_s = s);
        let paired = self.lower(candidates, rule.paired_for_s, 0, |rule, s| {
            rule.paired_for_s = s;
        });
        let longer = self.higher(candidates, rule.within_s, |rule, s| rule.within_s = s);
        let later = self.higher(candidates, rule.anchored_within_s, |rule, s| {
            rule.anchored_within_s = s;
        });
        [
            fewer.map(|most| Shortfall::Readings {
                asked: rule.readings,
                most: u8::try_from(most).unwrap_or(u8::MAX),
            }),
            closer.map(|widest_s| Shortfall::Spacing {
                asked_s: rule.spaced_s,
                widest_s,
            }),
            longer.map(|shortest_s| Shortfall::Within {
                asked_s: rule.within_s,
                shortest_s,
            }),
            later.map(|needed_s| Shortfall::AnchoredWithin {
                asked_s: rule.anchored_within_s,
                needed_s,
            }),
            paired.map(|had_s| Shortfall::PairedFor {
                asked_s: rule.paired_for_s,
                had_s,
            }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The highest number below, and not below `lowest`, that would do.
    fn lower(
        &self,
        candidates: &[Candidate],
        asked: u32,
        lowest: u32,
        set: impl Fn(&mut Rule, u32),
    ) -> Option<u32> {
        let most = asked.checked_sub(lowest)?;
        let less = least(1, most.into(), |less| {
            let number = asked.saturating_sub(short(less));
            self.meets(candidates, |relaxed| set(&mut relaxed.rule, number))
        })?;
        Some(asked.saturating_sub(short(less)))
    }

    /// The lowest number above that would do.
    fn higher(
        &self,
        candidates: &[Candidate],
        asked: u32,
        set: impl Fn(&mut Rule, u32),
    ) -> Option<u32> {
        let above = u64::from(asked).saturating_add(1);
        least(above, u32::MAX.into(), |number| {
            self.meets(candidates, |relaxed| set(&mut relaxed.rule, short(number)))
        })
        .map(short)
    }

    /// What a reading or its device has or has not.
    fn demands(&self, candidates: &[Candidate]) -> Vec<Shortfall> {
        let rule = &self.rule;
        let best = candidates.iter().map(|c| c.evidence.assurance);
        let had = best.filter(|had| *had < rule.min_assurance).max();
        let assurance =
            had.filter(|had| self.meets(candidates, |relaxed| relaxed.rule.min_assurance = *had));
        let when = |met: bool, shortfall| met.then_some(shortfall);
        [
            assurance.map(|had| Shortfall::Assurance {
                asked: rule.min_assurance,
                had,
            }),
            when(
                self.meets(candidates, |relaxed| relaxed.rule.calibrated = false),
                Shortfall::Calibration,
            ),
            when(
                self.meets(candidates, |relaxed| relaxed.rule.accept_simulated = true),
                Shortfall::Simulated,
            ),
            when(self.meets_with_any_signal(candidates), Shortfall::Quality),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn meets_with_any_signal(&self, candidates: &[Candidate]) -> bool {
        let good: Vec<Candidate> = candidates
            .iter()
            .map(|candidate| {
                let mut good = *candidate;
                good.evidence.reading.flags.quality = Quality::Good;
                good
            })
            .collect();
        self.meets(&good, |_| ())
    }

    fn times(&self, candidates: &[Candidate]) -> Vec<Shortfall> {
        let cover = self.meets(candidates, |relaxed| {
            relaxed.cover.from = relaxed.bound_at;
            relaxed.cover.until = Seconds::MAX;
        });
        let filing = self.meets(candidates, |relaxed| relaxed.file_within_s = u32::MAX);
        let used = self.meets(candidates, |relaxed| relaxed.paid.clear());
        [
            (cover, Shortfall::Cover),
            (filing, Shortfall::Filing),
            (used, Shortfall::TimeUsed),
        ]
        .into_iter()
        .filter(|(met, _)| *met)
        .map(|(_, shortfall)| shortfall)
        .collect()
    }

    fn bars(&self, candidates: &[Candidate]) -> Vec<Shortfall> {
        let mut bars: Vec<Bar> = candidates.iter().filter_map(|c| c.bar).collect();
        bars.sort_unstable();
        bars.dedup();
        bars.retain(|bar| self.meets(&without(candidates, *bar), |_| ()));
        bars.into_iter().map(Shortfall::Barred).collect()
    }
}

fn without(candidates: &[Candidate], bar: Bar) -> Vec<Candidate> {
    candidates
        .iter()
        .map(|candidate| Candidate {
            bar: candidate.bar.filter(|other| *other != bar),
            ..*candidate
        })
        .collect()
}

/// Values the readings have that the condition refuses, the one nearest to its threshold first.
fn weaker_thresholds(candidates: &[Candidate], condition: &Condition) -> Vec<i32> {
    let readings = candidates.iter().map(|c| &c.evidence.reading);
    let mut values: Vec<i32> = readings
        .filter(|reading| reading.measure == condition.measure)
        .filter(|reading| !condition.holds(reading.value))
        .filter(|reading| reading.measure.is_plausible(reading.value))
        .filter_map(|reading| i32::try_from(reading.value).ok())
        .collect();
    values.sort_unstable();
    values.dedup();
    if condition.comparison == Comparison::AtLeast {
        values.reverse();
    }
    values
}

/// The least number from `low` to `high` that does, where every one above one that does, does.
fn least(low: u64, high: u64, does: impl Fn(u64) -> bool) -> Option<u64> {
    if low > high || !does(high) {
        return None;
    }
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low.midpoint(high);
        if does(middle) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    Some(low)
}

fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
