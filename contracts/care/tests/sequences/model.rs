//! What was accepted, in order, and what follows from it.

use super::step::Who;
use crate::common::{COOLDOWN_S, REOPENS_S};

/// Who is called in each tier, and for how many seconds, by the number of the ladder a step sets; the
/// first is set at the start.
pub const LADDERS: [&[(Who, u64)]; 3] = [
    &[(Who::Clinician, 30), (Who::Other, 60)],
    &[(Who::Other, 10)],
    &[(Who::Clinician, 5), (Who::Stranger, 6), (Who::Other, 60)],
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Device { device: usize, rule: u16 },
    Emergency { number: u64, by: Who },
}

#[derive(Debug, Clone)]
pub enum Fact {
    /// The ladder is the one set last.
    Raised {
        cause: Cause,
        ladder: usize,
    },
    Counted {
        alert: u64,
    },
    Acknowledged {
        alert: u64,
        by: Who,
    },
    Resolved {
        alert: u64,
    },
    Called {
        alert: u64,
    },
    Ladder(usize),
    Written,
    Accepted(u32),
    Withdrawn(u32),
    Revoked,
    Paused(bool),
}

#[derive(Default)]
pub struct Model {
    pub now: u64,
    pub facts: Vec<(u64, Fact)>,
}

impl Model {
    pub fn add(&mut self, fact: Fact) {
        self.facts.push((self.now, fact));
    }

    fn all<'a, T: 'a>(
        &'a self,
        answer: impl Fn(u64, &Fact) -> Option<T> + 'a,
    ) -> impl DoubleEndedIterator<Item = T> + 'a {
        self.facts
            .iter()
            .filter_map(move |(at, fact)| answer(*at, fact))
    }

    /// When, of what and on which ladder each was raised, the first first.
    pub fn alerts(&self) -> Vec<(u64, Cause, usize)> {
        let raised = |at, fact: &Fact| match fact {
            Fact::Raised { cause, ladder } => Some((at, *cause, *ladder)),
            _ => None,
        };
        self.all(raised).collect()
    }

    pub fn alert(&self, number: u64) -> Option<(u64, Cause, usize)> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.alerts().get(place).copied()
    }

    /// Who took it on and when, the first first.
    pub fn taken(&self, alert: u64) -> Vec<(u64, Who)> {
        self.all(|at, fact| match fact {
            Fact::Acknowledged { alert: a, by } if *a == alert => Some((at, *by)),
            _ => None,
        })
        .collect()
    }

    pub fn resolved(&self, alert: u64) -> Option<u64> {
        self.all(|at, fact| match fact {
            Fact::Resolved { alert: a } if *a == alert => Some(at),
            _ => None,
        })
        .next()
    }

    /// When each tier after the first was called.
    pub fn calls(&self, alert: u64) -> Vec<u64> {
        self.all(|at, fact| match fact {
            Fact::Called { alert: a } if *a == alert => Some(at),
            _ => None,
        })
        .collect()
    }

    pub fn notices(&self, alert: u64) -> usize {
        let counted = self.all(|_, fact| match fact {
            Fact::Counted { alert: a } if *a == alert => Some(()),
            _ => None,
        });
        1 + counted.count()
    }

    /// The alert that a notice counts on: the latest of its device and rule while it is open, for the
    /// reopening time after somebody took it on, or the cooldown after it was resolved.
    pub fn counts_on(&self, device: usize, rule: u16) -> Option<u64> {
        let cause = Cause::Device { device, rule };
        let latest = self.alerts().iter().rposition(|(_, c, _)| *c == cause)?;
        let alert = u64::try_from(latest).ok()? + 1;
        let until = match (self.taken(alert).first(), self.resolved(alert)) {
            (_, Some(at)) => at + COOLDOWN_S,
            (Some((first, _)), None) => first + REOPENS_S,
            (None, None) => u64::MAX,
        };
        (self.now < until).then_some(alert)
    }

    pub fn clinician_may(&self) -> bool {
        !self
            .all(|_, fact| matches!(fact, Fact::Revoked).then_some(()))
            .any(|()| true)
    }

    /// Whether an account may take an alert on by a ground it has, were it nobody's.
    pub fn may_take(&self, alert: u64, by: Who) -> bool {
        let Some((_, cause, ladder)) = self.alert(alert) else {
            return false;
        };
        let called = LADDERS[ladder].iter().take(1 + self.calls(alert).len());
        let is_called = called.into_iter().any(|(who, _)| *who == by);
        let may = match by {
            Who::Patient | Who::Guardian => true,
            Who::Clinician => is_called && self.clinician_may(),
            Who::Other => is_called,
            Who::Stranger => false,
        };
        may && !matches!(cause, Cause::Emergency { by: opener, .. } if opener == by)
    }

    /// When the next tier may be called, where there is one and nobody took the alert on.
    pub fn escalates_at(&self, alert: u64) -> Option<u64> {
        let (raised_at, _, ladder) = self.alert(alert)?;
        let calls = self.calls(alert);
        let (tier, ladder) = (calls.len(), LADDERS[ladder]);
        let last = calls.last().copied().unwrap_or(raised_at);
        let open = self.taken(alert).is_empty() && tier + 1 < ladder.len();
        open.then(|| last + ladder[tier].1)
    }

    pub fn ladder(&self) -> usize {
        let set = self.all(|_, fact| match fact {
            Fact::Ladder(ladder) => Some(*ladder),
            _ => None,
        });
        set.last().unwrap_or(0)
    }

    pub fn is_paused(&self) -> bool {
        let paused = self.all(|_, fact| match fact {
            Fact::Paused(paused) => Some(*paused),
            _ => None,
        });
        paused.last().unwrap_or(false)
    }

    pub fn plans(&self) -> u32 {
        let written = self.all(|_, fact| matches!(fact, Fact::Written).then_some(()));
        u32::try_from(written.count()).unwrap()
    }

    pub fn is_accepted(&self, version: u32) -> bool {
        self.all(|_, fact| matches!(fact, Fact::Accepted(v) if *v == version).then_some(()))
            .any(|()| true)
    }

    pub fn is_withdrawn(&self, version: u32) -> bool {
        self.all(|_, fact| matches!(fact, Fact::Withdrawn(v) if *v == version).then_some(()))
            .any(|()| true)
    }

    pub fn in_force(&self) -> Option<u32> {
        let holds = |version: &u32| self.is_accepted(*version) && !self.is_withdrawn(*version);
        (1..=self.plans()).rev().find(holds)
    }
}
