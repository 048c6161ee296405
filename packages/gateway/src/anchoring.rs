//! Anchoring, exactly once. Before a batch is sent the store says so; while the outcome is
//! unknown the chain is asked, and only what is not there is sent again.

use std::collections::{BTreeMap, BTreeSet};

use vitals_api::anchor::{CLOCK_AHEAD_MS, MAX_BATCHES};
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::intake::code_of;
use crate::sealing::Plan;
use crate::sending::Sending;
use crate::settling::Settled;
use crate::store::batch::{BatchRow, State};
use crate::troubles;
use crate::verdict::Verdict;
use crate::{Gateway, GatewayError};

/// For how long a refusal of the chain stands before it is asked again: a ground that expired may
/// have been given anew, a device may be in use again.
pub(crate) const ASK_AGAIN_MS: u64 = 3_600_000;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn anchor(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        // Whoever did not answer for the patient a moment ago is not asked for more.
        if self.patient.is_none() {
            return Ok(());
        }
        self.settle_passed(now_ms, progress)?;
        self.settle_sent(now_ms, progress)?;
        if !self.account_back_off.is_due(now_ms) {
            return Ok(());
        }
        self.ask_again(now_ms)?;
        self.note_gaps(now_ms, progress)?;
        let ready = self.ready(now_ms)?;
        if !ready.is_empty() {
            self.send_parts(&ready, &mut Sending::new(now_ms, progress))?;
        }
        Ok(())
    }

    /// What the chain can take now: held by enough vaults, and for each device exactly what comes
    /// after the last number the chain has.
    fn ready(&self, now_ms: Millis) -> Result<Vec<BatchRow>, GatewayError> {
        // The last time of measurement that the chain takes: its own clock decides.
        let Some(latest) = self
            .block_ms
            .map(|block| block.saturating_add(CLOCK_AHEAD_MS))
        else {
            return Ok(Vec::new());
        };
        let mut heads = Heads::default();
        let mut ready = Vec::new();
        let mut blocked = BTreeSet::new();
        for row in self.store.unfinished()? {
            if ready.len() == MAX_BATCHES {
                break;
            }
            let device = row.head.device;
            if blocked.contains(&device) {
                if row.state == State::Sealed && !row.sent && row.waiting != "vault" {
                    self.store.set_waiting(&row, "earlier_batch", "", now_ms)?;
                }
            } else if self.is_ready(&row, latest, now_ms)?
                && self.is_next(&mut heads, &row, now_ms)?
            {
                heads.pass(&row);
                ready.push(row);
            } else {
                blocked.insert(device);
            }
        }
        Ok(ready)
    }

    fn is_ready(
        &self,
        row: &BatchRow,
        latest: Millis,
        now_ms: Millis,
    ) -> Result<bool, GatewayError> {
        let Some(seal) = row
            .seal
            .as_ref()
            .filter(|_| row.state == State::Sealed && !row.sent)
        else {
            return Ok(false);
        };
        let measured = row.complete()?.0;
        if measured.last_at() > latest {
            self.store.set_waiting(row, "chain_clock", "", now_ms)?;
            return Ok(false);
        }
        Ok(self.is_held(&seal.digest)? && self.plan(measured)? == Plan::Seal(seal.generation))
    }

    /// Whether the chain's last number of the device is the one before. Behind that are a hole
    /// without its notice, and a node whose state is older than what it said before.
    fn is_next(
        &self,
        heads: &mut Heads,
        row: &BatchRow,
        now_ms: Millis,
    ) -> Result<bool, GatewayError> {
        let device = row.head.device;
        let head = match heads.0.get(&device) {
            Some(head) => *head,
            None => match self.chain_head(device) {
                Ok(head) => *heads.0.entry(device).or_insert(head),
                Err(error) => {
                    let detail = error.to_string();
                    self.store.set_waiting(row, "chain", &detail, now_ms)?;
                    return Ok(false);
                }
            },
        };
        if head.checked_add(1) == Some(row.head.sequence) {
            return Ok(true);
        }
        let reason = match head < row.head.sequence {
            true if self.store.last_anchored(device)? > head => "chain_behind",
            true => "gap",
            false => "chain",
        };
        self.store.set_waiting(row, reason, "", now_ms)?;
        Ok(false)
    }

    /// An earlier sending may have got there. If not, and only its seal is out of date, it is
    /// sealed again; else it is reported, and waits for somebody.
    pub(crate) fn refused(
        &mut self,
        row: &BatchRow,
        reason: &str,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let settled = self.settle(row, now_ms, progress)?;
        if !matches!(settled, Settled::NotThere | Settled::NumberUsed) {
            return Ok(());
        }
        self.refresh_patient(now_ms)?;
        let sealed = row.seal.as_ref().map(|seal| Plan::Seal(seal.generation));
        if Some(self.plan(row.complete()?.0)?) != sealed {
            let head = &row.head;
            return self.store.set_state(head, State::Closed, "to_seal", now_ms);
        }
        self.set_refused(row, reason, now_ms)
    }

    pub(crate) fn set_refused(
        &self,
        row: &BatchRow,
        reason: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let (device, sequence) = (row.head.device, row.head.sequence);
        let code = code_of(reason);
        tracing::error!(device, sequence, code, "the chain refused a batch");
        let tx = self.store.begin()?;
        self.store
            .set_state(&row.head, State::Refused, "refused", now_ms)?;
        self.store
            .set_waiting(&refused(row, now_ms), "refused", reason, now_ms)?;
        Ok(tx.commit()?)
    }

    /// Tries again what the chain refused, batches, gaps and alerts, once somebody removed the
    /// cause; and asks devices for the batches again of which something here is damaged.
    pub fn retry_refused(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        self.ask_for_damaged(now_ms)?;
        self.retry_all_refused(now_ms)
    }

    pub(crate) fn retry_all_refused(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Refused)? {
            self.retry(&row, now_ms)?;
        }
        self.store.retry_gaps(now_ms)?;
        self.retry_refused_alerts(now_ms)
    }

    fn ask_again(&self, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Refused)? {
            if row.since_ms.abs_diff(now_ms) >= ASK_AGAIN_MS {
                self.retry(&row, now_ms)?;
            }
        }
        Ok(())
    }

    /// What was sealed is sealed: the vaults have it. Under another generation it is sealed anew.
    fn retry(&self, row: &BatchRow, now_ms: Millis) -> Result<(), GatewayError> {
        let (state, waiting) = match row.seal {
            Some(_) => (State::Sealed, "chain"),
            None => (State::Closed, "to_seal"),
        };
        self.store.set_state(&row.head, state, waiting, now_ms)
    }

    /// What came of asking the chain to do something, for whoever looks at the account.
    pub(crate) fn note_verdict(
        &mut self,
        verdict: &Verdict,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        match verdict {
            Verdict::Later(_, reason) | Verdict::Unknown(reason) => {
                self.account_back_off.failed(now_ms);
                self.troubles
                    .set(&self.store, troubles::ACCOUNT, reason, now_ms)
            }
            Verdict::Done | Verdict::Refused(_) | Verdict::TooMuch(_) => {
                self.account_back_off.succeeded();
                self.troubles.over(&self.store, troubles::ACCOUNT)
            }
        }
    }
}

/// As it is in the store after it was refused.
fn refused(row: &BatchRow, now_ms: Millis) -> BatchRow {
    BatchRow {
        state: State::Refused,
        waiting: "refused".into(),
        since_ms: now_ms,
        detail: String::new(),
        ..row.clone()
    }
}

/// The chain's last number of each device, and what is on its way there in this transaction.
#[derive(Default)]
struct Heads(BTreeMap<u64, u64>);

impl Heads {
    fn pass(&mut self, row: &BatchRow) {
        self.0.insert(row.head.device, row.head.sequence);
    }
}
