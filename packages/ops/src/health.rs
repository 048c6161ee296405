//! What is well, what is not, since when and why.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// Shared by the service that says how it is and the endpoint that tells. Well until something is not.
#[derive(Clone, Default)]
pub struct Health(Arc<Mutex<BTreeMap<String, Check>>>);

struct Check {
    since: Instant,
    why: Option<String>,
    /// When it was last heard of, and how long silence is no worry.
    alive: Option<(Instant, Duration)>,
}

/// As `/healthz` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub well: bool,
    pub checks: BTreeMap<String, CheckReport>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    pub well: bool,
    /// Seconds for which it has been so.
    pub since_s: u64,
    /// A stable code, and what follows from it; absent while it is well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Health {
    pub fn well(&self, what: &str) {
        self.note(what, None);
    }

    /// `why` holds a code and no data.
    pub fn unwell(&self, what: &str, why: &str) {
        self.note(what, Some(why.to_owned()));
    }

    /// What a result says: its error's code alone, up to the first colon.
    pub fn of<T, E: ToString>(&self, what: &str, result: &Result<T, E>) {
        match result {
            Ok(_) => self.well(what),
            Err(error) => {
                let text = error.to_string();
                self.unwell(what, text.split(':').next().unwrap_or(&text));
            }
        }
    }

    /// A loop came round, and will again within this time: a thread that hangs cannot say so.
    pub fn alive_within(&self, what: &str, time: Duration) {
        let mut checks = self.lock();
        let check = checks.entry(what.into()).or_insert_with(Check::new);
        check.alive = Some((Instant::now(), time));
    }

    pub fn report(&self) -> Report {
        let now = Instant::now();
        let checks: BTreeMap<_, _> = self
            .lock()
            .iter()
            .map(|(what, check)| (what.clone(), check.report(now)))
            .collect();
        let well = checks.values().all(|check| check.well);
        Report { well, checks }
    }

    fn note(&self, what: &str, why: Option<String>) {
        let mut checks = self.lock();
        let check = checks.entry(what.into()).or_insert_with(Check::new);
        if check.why.is_some() != why.is_some() {
            check.since = Instant::now();
            match &why {
                Some(why) => tracing::warn!(check = what, why, "not well"),
                None => tracing::info!(check = what, "well again"),
            }
        }
        check.why = why;
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Check>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Check {
    fn new() -> Self {
        Self {
            since: Instant::now(),
            why: None,
            alive: None,
        }
    }

    fn report(&self, now: Instant) -> CheckReport {
        let silent = self
            .alive
            .filter(|(last, time)| now.saturating_duration_since(*last) > *time);
        let (since, why) = match silent {
            Some((last, _)) => (last, Some("ops/silent".to_string())),
            None => (self.since, self.why.clone()),
        };
        CheckReport {
            well: why.is_none(),
            since_s: now.saturating_duration_since(since).as_secs(),
            why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_check_that_is_not_well_makes_the_whole_unwell_until_it_is_again() {
        let health = Health::default();
        assert!(health.report().well);
        health.well("chain");
        health.unwell("vault a", "vault/unreachable");
        let report = health.report();
        assert!(!report.well && report.checks["chain"].well);
        assert_eq!(
            report.checks["vault a"].why.as_deref(),
            Some("vault/unreachable")
        );
        health.well("vault a");
        assert!(health.report().well);
    }

    #[test]
    fn of_an_error_only_its_code_is_told() {
        let health = Health::default();
        health.of("store", &Err::<(), _>("gateway/store: 72 bpm of Ada"));
        let why = health.report().checks["store"].why.clone();
        assert_eq!(why.as_deref(), Some("gateway/store"));
    }

    #[test]
    fn a_loop_that_does_not_come_round_is_not_well() {
        let health = Health::default();
        health.alive_within("worker", Duration::from_millis(20));
        assert!(health.report().well);
        std::thread::sleep(Duration::from_millis(40));
        let report = health.report();
        assert_eq!(report.checks["worker"].why.as_deref(), Some("ops/silent"));
        health.alive_within("worker", Duration::from_secs(60));
        assert!(health.report().well);
    }

    #[test]
    fn a_check_keeps_the_time_since_when_it_is_so() {
        let health = Health::default();
        health.unwell("chain", "ledger/unreachable");
        let since = health.lock()["chain"].since;
        std::thread::sleep(Duration::from_millis(5));
        health.unwell("chain", "ledger/refused");
        assert_eq!(health.lock()["chain"].since, since);
        health.well("chain");
        assert!(health.lock()["chain"].since > since);
    }
}
