//! Anchoring: the heads of the patients' logs, on the chain, by the vault's own account.
//!
//! What the chain keeps is asked anew before each transaction, so nothing is anchored twice, and a
//! transaction whose answer was lost does no harm. Where log and chain do not go together (either
//! was restored from a backup) that patient's log is left as it is, and said to be in trouble.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::receipt::{LogMsg, MAX_ANCHORED};
use vitals_api::consent::ExecuteMsg;
use vitals_core::receipt::proof::{Consistency, Head};
use vitals_ledger::{Call, LedgerError};
use vitals_vault_client::anchored_head;

use crate::log::{DisclosureLog, Standing};
use crate::vault::{Own, Vault};

/// What one round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchored {
    /// Heads that are on the chain now and were not before.
    pub heads: u32,
    /// Patients whose log the chain does not follow, with the stable code of why.
    pub trouble: BTreeMap<u64, &'static str>,
}

/// Anchors one vault's receipts.
pub struct Anchorer {
    own: Own,
    consent: String,
    log: Arc<DisclosureLog>,
    /// Receipts known to be anchored, or in trouble, by patient.
    settled: HashMap<u64, u32>,
    trouble: BTreeMap<u64, &'static str>,
}

impl Anchorer {
    /// `None` for a vault without an account.
    pub(crate) fn of(vault: &Vault) -> Option<Self> {
        Some(Self {
            own: vault.own.clone()?,
            consent: vault.config.consent.clone(),
            log: vault.log.clone(),
            settled: HashMap::new(),
            trouble: BTreeMap::new(),
        })
    }

    /// Anchors every log that grew, 30 a transaction. Stops where the chain does not answer; the
    /// next round goes on.
    pub fn round(&mut self) -> Result<Anchored, LedgerError> {
        let mut done = Anchored::default();
        let due = self.due();
        metrics::gauge!("vitals_vault_logs_unanchored").set(due.len() as f64);
        for patients in due.chunks(MAX_ANCHORED) {
            let entries = self.entries(patients)?;
            done.heads += self.send(entries)?;
        }
        done.trouble = self.trouble.clone();
        metrics::gauge!("vitals_vault_logs_in_trouble").set(done.trouble.len() as f64);
        metrics::counter!("vitals_vault_heads_anchored_total").increment(done.heads.into());
        Ok(done)
    }

    /// Patients whose log grew since it was settled, in order of their numbers.
    fn due(&self) -> Vec<u64> {
        let grew = |(patient, count): &(u64, u32)| self.settled.get(patient) != Some(count);
        let counts = self.log.counts().into_iter().filter(grew);
        let mut due: Vec<u64> = counts.map(|(patient, _)| patient).collect();
        due.sort_unstable();
        due
    }

    fn entries(&mut self, patients: &[u64]) -> Result<Vec<LogMsg>, LedgerError> {
        let mut entries = Vec::new();
        for patient in patients {
            let known = anchored_head(&self.own, &self.consent, *patient, self.own.address())?;
            let (count, standing) = self.log.standing(*patient, known);
            match standing {
                Standing::Behind => entries.extend(self.entry(*patient, known)),
                Standing::Current => self.settle(*patient, count),
                Standing::Ahead => self.give_up(*patient, count, "vault/log_behind"),
                Standing::Forked => self.give_up(*patient, count, "vault/log_forked"),
            }
        }
        Ok(entries)
    }

    fn settle(&mut self, patient: u64, count: u32) {
        self.settled.insert(patient, count);
        self.trouble.remove(&patient);
    }

    fn give_up(&mut self, patient: u64, count: u32, code: &'static str) {
        self.settled.insert(patient, count);
        if self.trouble.insert(patient, code) != Some(code) {
            tracing::error!(code, "a patient's log is not the one that was anchored");
        }
    }

    fn entry(&self, patient: u64, known: Option<Head>) -> Option<LogMsg> {
        let leaves = self.log.leaves(patient);
        let head = Head::of(&leaves)?;
        let proof = Consistency::build(&leaves, known.map_or(0, |head| head.count))?;
        Some(LogMsg {
            patient: Uint64::new(patient),
            count: head.count,
            root: Binary::new(head.root.to_vec()),
            proof: Binary::new(proof.to_bytes()),
        })
    }

    /// All in one transaction; where one of them is refused, each in its own.
    fn send(&mut self, entries: Vec<LogMsg>) -> Result<u32, LedgerError> {
        if entries.is_empty() {
            return Ok(0);
        }
        match self.anchor(&entries) {
            Ok(()) => Ok(entries.len() as u32),
            Err(LedgerError::Refused { .. }) if entries.len() > 1 => self.send_each(entries),
            Err(error) => Err(error),
        }
    }

    fn send_each(&mut self, entries: Vec<LogMsg>) -> Result<u32, LedgerError> {
        let mut sent = 0;
        let mut refused = None;
        for entry in entries {
            match self.anchor(&[entry]) {
                Ok(()) => sent += 1,
                Err(error @ LedgerError::Refused { .. }) => refused = Some(error),
                Err(error) => return Err(error),
            }
        }
        match (sent, refused) {
            (0, Some(error)) => Err(error),
            _ => Ok(sent),
        }
    }

    fn anchor(&mut self, entries: &[LogMsg]) -> Result<(), LedgerError> {
        let msg = ExecuteMsg::AnchorReceipts {
            entries: entries.to_vec(),
        };
        self.own.execute(&[Call::new(&self.consent, &msg)?])?;
        for entry in entries {
            self.settle(entry.patient.u64(), entry.count);
        }
        Ok(())
    }
}

/// Rounds until told to stop, and one more then.
pub(crate) async fn run(
    mut anchorer: Anchorer,
    every: Duration,
    mut stop: tokio::sync::watch::Receiver<()>,
) {
    loop {
        let stopping = tokio::select! {
            () = tokio::time::sleep(every) => false,
            _ = stop.changed() => true,
        };
        let round = tokio::task::spawn_blocking(move || {
            if let Err(error) = anchorer.round() {
                tracing::warn!(code = error.code(), "receipts wait to be anchored");
                metrics::counter!("vitals_vault_anchorings_failed_total").increment(1);
            }
            anchorer
        });
        match round.await {
            Ok(back) if !stopping => anchorer = back,
            _ => return,
        }
    }
}
