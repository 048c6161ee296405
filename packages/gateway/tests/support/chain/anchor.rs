//! The anchor: batches and gaps in their order, by their signatures and generation.

use std::collections::BTreeMap;

use cosmwasm_std::{Binary, Uint64};
use serde_json::{json, Value};
use vitals_api::{anchor, consent};
use vitals_core::key::{HostVerifier, Verifier};
use vitals_core::measured::{GapNotice, SealedBatch};
use vitals_core::rule::Assurance;
use vitals_ledger::LedgerError;

use super::{refused, State, DEPLOYMENT};

impl State {
    fn head(&self, device: u64) -> u64 {
        self.head_of(&self.anchored, device)
    }

    fn head_of(&self, anchored: &[SealedBatch], device: u64) -> u64 {
        let own = anchored.iter().filter(|b| b.measured.device == device);
        let gaps = self.gaps.iter().filter(|gap| gap.device == device);
        let numbers = own.map(|b| b.measured.sequence);
        numbers
            .chain(gaps.map(|gap| gap.next - 1))
            .max()
            .unwrap_or(0)
    }

    fn known(&self) -> &[SealedBatch] {
        let known = self.known.unwrap_or(usize::MAX).min(self.anchored.len());
        &self.anchored[..known]
    }

    pub(super) fn anchor(&self, msg: anchor::QueryMsg) -> Result<Value, LedgerError> {
        match msg {
            anchor::QueryMsg::Device { device } => Ok(json!(anchor::DeviceHead {
                sequence: Uint64::new(self.head_of(self.known(), device.u64())),
                last: last_of(self.known(), device.u64()),
            })),
            anchor::QueryMsg::Batch { id } => {
                let own = |b: &&SealedBatch| {
                    b.measured.device == id.device.u64() && b.measured.sequence == id.sequence.u64()
                };
                match self.known().iter().find(own) {
                    Some(batch) if self.shredded => Ok(json!(shredded(info(id, batch)))),
                    Some(batch) => Ok(json!(info(id, batch))),
                    None => refused("state/not_found: there is no batch"),
                }
            }
            _ => refused("unasked"),
        }
    }

    pub(super) fn execute_anchor(&mut self, msg: anchor::ExecuteMsg) -> Result<(), LedgerError> {
        let batches = match msg {
            anchor::ExecuteMsg::Anchor { batches, .. } => batches,
            anchor::ExecuteMsg::NoteGap { notice, signature } => {
                return self.note_gap(&notice, &signature);
            }
            _ => return refused("unasked"),
        };
        if self.most_batches.is_some_and(|most| batches.len() > most) {
            return refused("chain/refused: execution failed (sdk 11): out of gas in location");
        }
        let size = batches.len();
        assert!(!batches.is_empty() && batches.len() <= anchor::MAX_BATCHES);
        let before = self.anchored.len();
        for bytes in batches {
            let batch = SealedBatch::from_bytes(bytes.as_slice()).unwrap();
            if let Err(error) = self.check(&batch) {
                self.anchored.truncate(before);
                return Err(error);
            }
            self.anchored.push(batch);
        }
        self.sizes.push(size);
        Ok(())
    }

    fn note_gap(&mut self, notice: &Binary, signature: &Binary) -> Result<(), LedgerError> {
        let notice = GapNotice::from_bytes(notice.as_slice()).unwrap();
        let (key, _) = &self.devices[&notice.device];
        let signature = signature.as_slice().try_into().unwrap();
        assert!(HostVerifier.verify(key, &notice.digest(&DEPLOYMENT), &signature));
        if notice.from != self.head(notice.device) + 1 {
            return refused("anchor/sequence_replayed: not the next");
        }
        self.gaps.push(notice);
        Ok(())
    }

    fn check(&self, batch: &SealedBatch) -> Result<(), LedgerError> {
        let measured = &batch.measured;
        let digest = measured.digest(&DEPLOYMENT);
        let key = self.key(measured.device, measured.sequence);
        if !HostVerifier.verify(key, &digest, &batch.signature) {
            return refused("anchor/signature: not signed");
        }
        if self.unpaired_ms.is_some_and(|to| measured.last_at() >= to) {
            return refused("anchor/pairing_not_held: measured after it ended");
        }
        if measured.first_at() < self.paired_ms {
            return refused("anchor/pairing_not_held: measured before it began");
        }
        let last = last_of(&self.anchored, measured.device).into_iter();
        let mut before = last.filter(|last| last.category == measured.category);
        if before.any(|before| before.at_ms >= measured.first_at()) {
            return refused("anchor/time_out_of_order: not after the batch before");
        }
        if measured.sequence != self.head(measured.device) + 1 {
            return refused("anchor/sequence_replayed: not the next");
        }
        let patient = consent::record::Patient {
            controller: "patient".into(),
            generation: self.generation,
            pending: self.pending,
            raised_at_ms: self.raised_at_ms,
            denials: 0,
            grants: 0,
            recovered_through: 0,
        };
        if !patient.admits(batch.seal.generation, measured.last_at()) {
            return refused("anchor/generation_stale: sealed under another");
        }
        let this = (measured.device, measured.sequence);
        match self.refuse == Some(measured.sequence) || self.refuse_of == Some(this) {
            true => refused("anchor/device_lost: refused by the test"),
            false => Ok(()),
        }
    }
}

/// Of each category the last reading that is anchored.
fn last_of(anchored: &[SealedBatch], device: u64) -> Vec<anchor::LastReading> {
    let own = anchored.iter().filter(|b| b.measured.device == device);
    let mut last = BTreeMap::new();
    for batch in own {
        let at_ms = last.entry(batch.measured.category).or_insert(0);
        *at_ms = batch.measured.last_at().max(*at_ms);
    }
    let reading = |(category, at_ms)| anchor::LastReading { category, at_ms };
    last.into_iter().map(reading).collect()
}

fn info(id: anchor::BatchId, batch: &SealedBatch) -> anchor::BatchInfo {
    anchor::BatchInfo {
        id,
        pairing: batch.measured.pairing,
        root: Binary::new(batch.measured.root.to_vec()),
        private_root: None,
        digest: Binary::new(batch.seal.digest.to_vec()),
        length: batch.seal.length,
        count: batch.measured.count,
        first_at_ms: batch.measured.first_at(),
        last_at_ms: batch.measured.last_at(),
        generation: batch.seal.generation,
        assurance: Assurance::Maker,
        measures: vec![],
        calibrated: false,
        simulated: false,
        anchored_at_ms: 0,
        shredded: None,
    }
}

fn shredded(info: anchor::BatchInfo) -> anchor::BatchInfo {
    anchor::BatchInfo {
        root: Binary::default(),
        digest: Binary::default(),
        length: 0,
        shredded: Some(anchor::ShreddedInfo {
            by: "patient".into(),
            at_ms: 0,
        }),
        ..info
    }
}
