//! How long something lasts, whatever the machine's clock does: time is added up from tick to
//! tick, and a clock that jumps by hours moves it by a minute at most.

use std::collections::BTreeMap;

use vitals_core::time::Millis;

const LONGEST_STEP_MS: u64 = 60_000;

#[derive(Debug, Default)]
pub(crate) struct Steady {
    last_ms: Option<Millis>,
    passed_ms: u64,
    since: BTreeMap<(&'static str, String), Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    mark: u64,
    from_ms: u64,
    changed: bool,
}

/// For how long something has been as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lasting {
    pub ms: u64,
    /// It was otherwise before, in the time of this process.
    pub changed: bool,
}

impl Steady {
    pub(crate) fn tick(&mut self, now_ms: Millis) {
        let step = now_ms.saturating_sub(self.last_ms.unwrap_or(now_ms));
        self.passed_ms = self.passed_ms.saturating_add(step.min(LONGEST_STEP_MS));
        self.last_ms = Some(now_ms);
    }

    /// How long this process has been at work.
    pub(crate) fn passed_ms(&self) -> u64 {
        self.passed_ms
    }

    /// For how long this has had the same mark, as far as this process knows.
    pub(crate) fn lasts(&mut self, what: &'static str, subject: String, mark: u64) -> Lasting {
        let from_ms = self.passed_ms;
        let fresh = |changed| Entry {
            mark,
            from_ms,
            changed,
        };
        let entry = self.since.entry((what, subject));
        let entry = entry.or_insert_with(|| fresh(false));
        if entry.mark != mark {
            *entry = fresh(true);
        }
        Lasting {
            ms: from_ms.saturating_sub(entry.from_ms),
            changed: entry.changed,
        }
    }

    /// Forgets what is no longer there.
    pub(crate) fn keep(&mut self, what: &'static str, is_there: impl Fn(&str) -> bool) {
        self.since
            .retain(|(kind, subject), _| *kind != what || is_there(subject));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_ahead_or_back_makes_nothing_last_longer_than_it_did() {
        let mut steady = Steady::default();
        let mut lasts = |now_ms| {
            steady.tick(now_ms);
            steady.lasts("vault", "a".into(), 0).ms
        };
        assert_eq!(lasts(10_000_000), 0);
        assert_eq!(lasts(10_001_000), 1_000);
        assert_eq!(lasts(90_000_000), 61_000, "a day ahead counts as a minute");
        assert_eq!(lasts(10_002_000), 61_000, "back counts as nothing");
        assert_eq!(lasts(10_003_000), 62_000);
    }

    #[test]
    fn another_mark_begins_anew() {
        let mut steady = Steady::default();
        steady.tick(0);
        let lasting = |ms, changed| Lasting { ms, changed };
        assert_eq!(steady.lasts("device", "5".into(), 7), lasting(0, false));
        steady.tick(1_000);
        assert_eq!(steady.lasts("device", "5".into(), 7), lasting(1_000, false));
        assert_eq!(steady.lasts("device", "5".into(), 8), lasting(0, true));
    }
}
