//! What waits, since when and why.

use serde::Serialize;
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::fetching::{Fetch, CARE_PLAN, KEY_PACKAGE};
use crate::intake::RECEIVED;
use crate::store::batch::{BatchRow, Flagged, State};
use crate::store::quarantine::{COUNTER, DROPPED};
use crate::store::Store;
use crate::troubles::{vault, ACCOUNT, CHAIN};
use crate::{Gateway, GatewayError};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Absent while the chain does not say.
    pub generation: Option<Generation>,
    pub counts: Counts,
    pub waiting: Vec<Waiting>,
    /// Why the key package that lies ready was not taken.
    pub key_package: Option<String>,
    /// What came of looking for it in the vaults.
    pub key_package_fetch: Fetch,
    /// Version of the care plan it watches by.
    pub care_plan: Option<u32>,
    /// Why it does not watch by the plan in force; the one before goes on.
    pub care_plan_trouble: Option<String>,
    /// What came of looking for its file in the vaults.
    pub care_plan_fetch: Fetch,
    pub vaults: Vec<VaultStatus>,
    /// The chain does not answer.
    pub chain: Option<Failing>,
    /// The chain takes no transaction of the gateway's account; `reason` says it where it is for
    /// want of money.
    pub account: Option<Failing>,
    pub conditions: Vec<OpenCondition>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failing {
    pub since_ms: Millis,
    /// What was said last; begins with a stable code where one was given.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VaultStatus {
    pub name: String,
    /// Ciphertexts it does not have yet.
    pub waiting: u64,
    pub failing: Option<Failing>,
}

/// A condition that is given; see [`crate::Condition`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenCondition {
    pub rule: u16,
    /// A device's number, a vault's name, or empty.
    pub subject: String,
    pub since_ms: Millis,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Generation {
    pub open: u32,
    /// The next one waits for the patient's key agent: what was measured since `raised_at_ms` is
    /// kept for the patient alone, and not anchored.
    pub pending: bool,
    pub raised_at_ms: Millis,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Readings in frames that came, those refused and repeated among them.
    pub received: u64,
    /// Readings stored for good.
    pub stored: u64,
    /// Readings on the chain, by the batches that commit to them.
    pub anchored: u64,
    /// Readings stored that the analysis doubts. They are in their batches all the same.
    pub flagged: Flagged,
    /// Messages put aside.
    pub quarantined: u64,
    /// Those among them of which only this count is left.
    pub quarantine_dropped: u64,
    pub alerts_raised: u64,
}

/// Batches, gaps or alerts that wait for the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// For batches: `measuring`, `device` (to close, or to send again), `root` (not what the
    /// device signed: somebody must look), `to_seal`, `keys`, `new_keys` (kept for the patient
    /// until then), `recipient`, `vault`, `chain`, `chain_clock` (the
    /// chain's time is behind what was measured), `chain_behind` (its state is older than before),
    /// `money` (for fees), `paused`, `gap` (numbers before it are missing), `earlier_batch`,
    /// `refused`, `damaged` (what was stored of it cannot be read). For gaps, with `gap_` before it: `earlier_batch`, `chain`, `money`, `paused`,
    /// `refused`. For alerts, with `alert_` before it: `to_encrypt`, `recipient`,
    /// `gateway_device`, `chain`, `money`, `paused`, `refused`, `damaged`.
    pub reason: String,
    /// What a vault or the chain said, where it said something.
    pub detail: String,
    pub batches: u32,
    pub readings: u64,
    pub gaps: u32,
    pub alerts: u32,
    pub since_ms: Millis,
}

impl Status {
    pub(crate) fn read<L: Account, V: BlobStore>(
        gateway: &Gateway<L, V>,
    ) -> Result<Self, GatewayError> {
        let store = &gateway.store;
        let mut waiting = Vec::new();
        for row in store.unfinished()? {
            add(&mut waiting, of_batch(&row));
        }
        for gap in store.open_gaps()? {
            let reason = format!("gap_{}", gap.waiting);
            add(
                &mut waiting,
                Waiting {
                    reason,
                    detail: gap.detail,
                    batches: 0,
                    readings: 0,
                    gaps: 1,
                    alerts: 0,
                    since_ms: gap.since_ms,
                },
            );
        }
        for alert in store.unraised()? {
            let reason = format!("alert_{}", alert.waiting);
            add(
                &mut waiting,
                Waiting {
                    reason,
                    detail: alert.detail,
                    batches: 0,
                    readings: 0,
                    gaps: 0,
                    alerts: 1,
                    since_ms: alert.since_ms,
                },
            );
        }
        Ok(Self {
            generation: gateway.patient.as_ref().map(|patient| Generation {
                open: patient.generation,
                pending: patient.pending,
                raised_at_ms: patient.raised_at_ms,
            }),
            counts: Counts {
                received: store.counted(RECEIVED)?,
                stored: store.readings_in(None)?,
                anchored: store.readings_in(Some(State::Anchored))?,
                flagged: store.flagged()?,
                quarantined: store.counted(COUNTER)?,
                quarantine_dropped: store.counted(DROPPED)?,
                alerts_raised: store.raised()?,
            },
            waiting,
            key_package: gateway.package_trouble.clone(),
            key_package_fetch: gateway.fetch(KEY_PACKAGE),
            care_plan: store.care_plan_version()?,
            care_plan_trouble: gateway.followed.trouble.clone(),
            care_plan_fetch: gateway.fetch(CARE_PLAN),
            vaults: vaults(gateway)?,
            chain: gateway.failing(CHAIN),
            account: gateway.failing(ACCOUNT),
            conditions: conditions(store)?,
        })
    }

    /// What waits for this reason.
    pub fn waiting_for(&self, reason: &str) -> Option<&Waiting> {
        self.waiting.iter().find(|waiting| waiting.reason == reason)
    }
}

fn vaults<L: Account, V: BlobStore>(
    gateway: &Gateway<L, V>,
) -> Result<Vec<VaultStatus>, GatewayError> {
    let status = |name: String| {
        Ok(VaultStatus {
            waiting: gateway.store.count_undelivered(&name)?,
            failing: gateway.failing(&vault(&name)),
            name,
        })
    };
    gateway.vault_names().into_iter().map(status).collect()
}

impl<L, V> Gateway<L, V> {
    pub(crate) fn failing(&self, what: &str) -> Option<Failing> {
        let trouble = self.troubles.get(what)?;
        Some(Failing {
            since_ms: trouble.since_ms,
            reason: trouble.reason.clone(),
        })
    }
}

fn conditions(store: &Store) -> Result<Vec<OpenCondition>, GatewayError> {
    let open = store.open_conditions()?.into_iter();
    let row = |((rule, subject), since_ms)| OpenCondition {
        rule,
        subject,
        since_ms,
    };
    Ok(open.map(row).collect())
}

fn of_batch(row: &BatchRow) -> Waiting {
    Waiting {
        reason: row.waiting.clone(),
        detail: row.detail.clone(),
        batches: 1,
        readings: row.count.into(),
        gaps: 0,
        alerts: 0,
        since_ms: row.since_ms,
    }
}

fn add(waiting: &mut Vec<Waiting>, more: Waiting) {
    let same = |w: &&mut Waiting| w.reason == more.reason && w.detail == more.detail;
    match waiting.iter_mut().find(same) {
        None => waiting.push(more),
        Some(w) => {
            w.batches += more.batches;
            w.readings += more.readings;
            w.gaps += more.gaps;
            w.alerts += more.alerts;
            w.since_ms = w.since_ms.min(more.since_ms);
        }
    }
}
