//! What waits, since when and why.

use serde::Serialize;
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::gateway::RECEIVED;
use crate::store::batch::{BatchRow, State};
use crate::store::quarantine::COUNTER;
use crate::{Gateway, GatewayError};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Absent while the chain does not say.
    pub generation: Option<Generation>,
    pub counts: Counts,
    pub waiting: Vec<Waiting>,
    /// Why the key package that lies ready was not taken.
    pub key_package: Option<String>,
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
    /// Messages put aside.
    pub quarantined: u64,
    pub alerts_raised: u64,
}

/// Batches or alerts that wait for the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// For batches: `measuring`, `device` (to close, or to send again), `root` (not what the
    /// device signed: somebody must look), `to_seal`, `keys`, `new_keys` (kept for the patient
    /// until then), `recipient`, `vault`, `chain`, `chain_clock` (the
    /// chain's time is behind what was measured), `earlier_batch`, `refused`. For alerts, with
    /// `alert_` before it: `to_encrypt`, `recipient`, `gateway_device`, `chain`, `refused`.
    pub reason: String,
    /// What a vault or the chain said, where it said something.
    pub detail: String,
    pub batches: u32,
    pub readings: u64,
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
        for alert in store.unraised()? {
            let reason = format!("alert_{}", alert.waiting);
            add(
                &mut waiting,
                Waiting {
                    reason,
                    detail: alert.detail,
                    batches: 0,
                    readings: 0,
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
                quarantined: store.counted(COUNTER)?,
                alerts_raised: store.raised()?,
            },
            waiting,
            key_package: gateway.package_trouble.clone(),
        })
    }

    /// What waits for this reason.
    pub fn waiting_for(&self, reason: &str) -> Option<&Waiting> {
        self.waiting.iter().find(|waiting| waiting.reason == reason)
    }
}

fn of_batch(row: &BatchRow) -> Waiting {
    Waiting {
        reason: row.waiting.clone(),
        detail: row.detail.clone(),
        batches: 1,
        readings: row.count.into(),
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
            w.alerts += more.alerts;
            w.since_ms = w.since_ms.min(more.since_ms);
        }
    }
}
