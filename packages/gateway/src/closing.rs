//! Which batches devices are asked to close, and when they are asked for new ones.

use vitals_core::link::GatewayMessage;
use vitals_core::time::{epoch_of, Epoch, Millis};
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::intake::opens;
use crate::store::batch::{BatchRow, State};
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Closes every batch that has a reading, as soon as its device answers.
    pub fn close_all(&mut self) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        for row in self.store.batches(State::Open)? {
            self.store.make_due(&row.head)?;
        }
        Ok(tx.commit()?)
    }

    /// Asks at each tick until the device closed what is due; and at a new hour for new batches.
    pub(crate) fn close_due(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let now = epoch_of(now_ms).unwrap_or(Epoch::MAX);
        for row in due(self.store.batches(State::Open)?, now) {
            let sequence = row.head.sequence;
            if row.waiting != "root" {
                self.store.set_waiting(&row, "device", "", now_ms)?;
            }
            progress.tell(row.head.device, GatewayMessage::Close { sequence });
        }
        if self.asked_epoch != Some(now) {
            self.ask_for_batches(now_ms, progress)?;
            self.asked_epoch = Some(now);
        }
        Ok(())
    }

    fn ask_for_batches(&self, now_ms: Millis, progress: &mut Progress) -> Result<(), GatewayError> {
        for device in self.devices.values() {
            for open in opens(&self.store, device, now_ms)? {
                progress.tell(device.device, open);
            }
        }
        Ok(())
    }
}

/// Those of hours that ended, those marked, and what lies before them: the chain takes a device's
/// batches in their order, so one that must be soon there takes along the earlier ones.
fn due(open: Vec<BatchRow>, now: Epoch) -> Vec<BatchRow> {
    let is_due = |row: &BatchRow| row.due || row.head.epoch < now;
    let last_due = |device: u64| {
        open.iter()
            .filter(|row| row.head.device == device && is_due(row))
            .map(|row| row.head.sequence)
            .max()
    };
    open.iter()
        .filter(|row| last_due(row.head.device).is_some_and(|last| row.head.sequence <= last))
        .filter(|row| !splits_pair(row, now))
        .cloned()
        .collect()
}

/// Whether a pair of readings would be divided, and need not be: the other half may still come
/// within the hour, and has room.
fn splits_pair(row: &BatchRow, now: Epoch) -> bool {
    row.half.is_some() && row.head.epoch >= now && row.count < u16::MAX
}
