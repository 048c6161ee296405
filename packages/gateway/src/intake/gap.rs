//! A device says which of its batches will never come. The numbers in the hole count as used: it
//! goes on with the one after.

use vitals_core::key::{HostVerifier, Verifier};
use vitals_core::link::{GatewayMessage, Refusal, SignedGap};

use super::group::Group;
use super::refused::{refuse, Taken};
use crate::store::batch::{BatchRow, State};
use crate::store::device::DeviceRow;
use crate::store::gap::GapStage;
use crate::GatewayError;

impl Group<'_> {
    pub(super) fn take_gap(&mut self, gap: &SignedGap) -> Result<Taken, GatewayError> {
        let notice = &gap.notice;
        let device = match self.paired(notice.device, notice.pairing)? {
            Ok(Some(device)) => device,
            Ok(None) => return Ok(Ok(None)),
            Err(refused) => return Ok(Err(refused)),
        };
        let digest = notice.digest(&self.rules.deployment);
        let signs = |key| HostVerifier.verify(key, &digest, &gap.signature);
        // by the key that signs on after the hole, as the chain has it
        if !device.keys.of(notice.next).is_some_and(signs) {
            return Ok(refuse(Refusal::Signature, "gateway/gap_signature"));
        }
        match self.store.gap(notice.device, notice.from)? {
            Some(row) if row.notice == *notice => Ok(Ok(Some(standing(gap, row.stage)))),
            Some(_) => Ok(refuse(Refusal::Batch, "gateway/gap_other")),
            None => self.store_gap(gap, &device),
        }
    }

    /// The chain takes it after exactly the number before it: what lies before must be whole or
    /// on the chain, and nothing that is whole may lie in it.
    fn store_gap(&mut self, gap: &SignedGap, device: &DeviceRow) -> Result<Taken, GatewayError> {
        let notice = &gap.notice;
        let last = self
            .store
            .last_sequence(device.device)?
            .max(device.anchored);
        let later = self.store.unfinished_of(device.device)?;
        // of one that is damaged nobody has the whole
        let is_whole = |row: &BatchRow| !matches!(row.state, State::Open | State::Damaged);
        let open_before = |row: &BatchRow| !is_whole(row) && row.head.sequence < notice.from;
        let whole_within = |row: &BatchRow| is_whole(row) && row.head.sequence >= notice.from;
        if notice.from > last.saturating_add(1) || later.iter().any(open_before) {
            return Ok(refuse(Refusal::Batch, "gateway/gap_early"));
        }
        if notice.from <= device.anchored || later.iter().any(whole_within) {
            return Ok(refuse(Refusal::Batch, "gateway/gap_late"));
        }
        if notice.next <= last {
            return Ok(refuse(Refusal::Batch, "gateway/gap_short"));
        }
        for row in later.iter().filter(|row| row.head.sequence >= notice.from) {
            self.let_go(&row.head)?;
            self.store.give_up(row, self.now_ms)?;
            self.brought.is_final = true;
        }
        self.store.put_gap(gap, self.now_ms)?;
        tracing::warn!(
            device = notice.device,
            from = notice.from,
            next = notice.next,
            "a device gave batches up"
        );
        Ok(Ok(Some(standing(gap, GapStage::Waiting))))
    }
}

/// Of the last number it gives up: a device that hears this goes on with the next.
fn standing(gap: &SignedGap, stage: GapStage) -> Vec<GatewayMessage> {
    let sequence = gap.notice.next.saturating_sub(1);
    vec![match stage {
        GapStage::Noted => GatewayMessage::Anchored { sequence },
        _ => GatewayMessage::Stored { sequence, count: 0 },
    }]
}
