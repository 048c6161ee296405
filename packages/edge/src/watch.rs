//! How the gateway is, after each tick.

use std::collections::BTreeSet;
use std::time::Duration;

use vitals_core::time::Millis;
use vitals_gateway::{Failing, Status, Waiting};
use vitals_ops::Health;

use crate::counts;

/// Not a trouble however long: a device decides when it closes an hour it was out of reach for.
const OF_DEVICES: [&str; 2] = ["measuring", "device"];

/// Asked again every hour, so none of it grows old; what the chain refuses somebody has to remove or
/// to permit.
const REFUSED: [&str; 3] = ["refused", "gap_refused", "alert_refused"];

pub(crate) struct Watch {
    health: Health,
    limit: Duration,
    reasons: BTreeSet<String>,
}

impl Watch {
    pub fn new(health: Health, limit: Duration) -> Self {
        Self {
            health,
            limit,
            reasons: BTreeSet::new(),
        }
    }

    pub fn note(&mut self, status: &Status, now_ms: Millis) {
        counts::totals(&status.counts);
        counts::waiting(&status.waiting, &mut self.reasons, now_ms);
        let chain = status.chain.as_ref();
        let unknown = chain.is_none() && status.generation.is_none();
        match (chain, unknown) {
            (Some(failing), _) => self.health.unwell("chain", code(&failing.reason)),
            (None, true) => self.health.unwell("chain", "chain/unreachable"),
            (None, false) => self.health.well("chain"),
        }
        self.failing("account", status.account.as_ref());
        for vault in &status.vaults {
            self.failing(&format!("vault {}", vault.name), vault.failing.as_ref());
            counts::vault(&vault.name, vault.waiting, vault.failing.is_some());
        }
        counts::fetch("key_package", &status.key_package_fetch);
        counts::fetch("care_plan", &status.care_plan_fetch);
        match too_long(&status.waiting, self.limit, now_ms) {
            Some(waiting) => self.health.unwell("waiting", &waiting.reason),
            None => self.health.well("waiting"),
        }
    }
}

impl Watch {
    fn failing(&self, what: &str, failing: Option<&Failing>) {
        match failing {
            Some(failing) => self.health.unwell(what, code(&failing.reason)),
            None => self.health.well(what),
        }
    }
}

/// Of what was said, the code alone.
fn code(text: &str) -> &str {
    text.split(':').next().unwrap_or(text)
}

/// What the chain refuses, or what has waited longest and longer than it may.
fn too_long(waiting: &[Waiting], limit: Duration, now_ms: Millis) -> Option<&Waiting> {
    let limit = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    waiting
        .iter()
        .filter(|waiting| !OF_DEVICES.contains(&waiting.reason.as_str()))
        .filter(|waiting| {
            let refused = REFUSED.contains(&waiting.reason.as_str());
            refused || now_ms.saturating_sub(waiting.since_ms) > limit
        })
        .min_by_key(|waiting| waiting.since_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(reason: &str, since_ms: Millis) -> Waiting {
        Waiting {
            reason: reason.into(),
            detail: String::new(),
            batches: 1,
            readings: 1,
            gaps: 0,
            alerts: 0,
            since_ms,
        }
    }

    #[test]
    fn what_has_waited_longest_beyond_the_limit_is_named() {
        let all = [waiting("chain", 5_000), waiting("vault", 4_000)];
        let limit = Duration::from_secs(2);
        let named = |now| too_long(&all, limit, now).map(|w| w.reason.as_str());
        assert_eq!(named(6_000), None);
        assert_eq!(named(6_001), Some("vault"));
        assert_eq!(named(3_000), None, "a clock that went back");
    }

    #[test]
    fn what_the_chain_refuses_is_named_at_once_for_it_is_asked_again_and_never_grows_old() {
        let all = [waiting("chain", 5_000), waiting("alert_refused", 6_000)];
        let named = too_long(&all, Duration::from_secs(2), 6_000);
        assert_eq!(named.map(|w| w.reason.as_str()), Some("alert_refused"));
    }

    #[test]
    fn a_device_that_is_away_is_no_trouble_of_the_gateway() {
        let all = [waiting("device", 0), waiting("measuring", 0)];
        assert_eq!(too_long(&all, Duration::from_secs(1), 1_000_000), None);
    }
}
