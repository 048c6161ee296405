//! A device opens a batch.

use vitals_core::device::BatchHead;
use vitals_core::link::Refusal;
use vitals_core::time::epoch_of;

use super::group::{passed, standing, stored, Group};
use super::refused::{refuse, Refused, Taken};
use super::CLOCK_AHEAD_MS;
use crate::store::batch::{BatchRow, State};
use crate::GatewayError;

impl Group<'_> {
    pub(super) fn take_opened(&mut self, head: &BatchHead) -> Result<Taken, GatewayError> {
        let device = match self.speaker(head)? {
            Ok(Some(device)) => device,
            Ok(None) => return Ok(Ok(None)),
            Err(refused) => return Ok(Err(refused)),
        };
        if let Some(row) = self.batch(head.device, head.sequence)? {
            return Ok(match row.head == *head {
                true => Ok(Some(passed(row, &device).unwrap_or_else(|| standing(row)))),
                false => refuse(Refusal::Batch, "gateway/batch_other"),
            });
        }
        if device.ended.contains_key(&head.pairing) {
            return Ok(refuse(Refusal::Device, "gateway/pairing_ended"));
        }
        let last = self.store.last_sequence(head.device)?.max(device.anchored);
        if last.checked_add(1) != Some(head.sequence) {
            return Ok(refuse(Refusal::Batch, "gateway/sequence"));
        }
        if device.begun_after_hour(head) {
            return Ok(refuse(Refusal::Device, "gateway/before_pairing"));
        }
        if let Err(refused) = self.may_open(head)? {
            return Ok(Err(refused));
        }
        self.store.open_batch(head, self.now_ms)?;
        tracing::info!(
            device = head.device,
            sequence = head.sequence,
            "a batch was opened"
        );
        Ok(Ok(Some(stored(head, 0))))
    }

    /// One batch of a category at a time, in the order of hours, none of an hour to come.
    fn may_open(&self, head: &BatchHead) -> Result<Result<(), Refused>, GatewayError> {
        let refused = |code| Ok(Err(Refused::new(Refusal::Batch, code)));
        let open = self.store.batches(State::Open)?;
        let same =
            |row: &&BatchRow| row.head.device == head.device && row.head.category == head.category;
        if open.iter().any(|row| same(&row)) {
            return refused("gateway/batch_open");
        }
        let latest = epoch_of(self.now_ms.saturating_add(CLOCK_AHEAD_MS));
        if latest.is_none_or(|latest| latest < head.epoch) {
            return refused("gateway/epoch_ahead");
        }
        match self.store.before(head)? {
            Some((epoch, _)) if epoch > head.epoch => refused("gateway/epoch_past"),
            _ => Ok(Ok(())),
        }
    }
}
