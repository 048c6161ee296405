//! Batches of which something that was stored cannot be read. Each is marked and said once, and waits
//! for somebody; the batches of other devices go on. Its own device has all of it until it is anchored.

use vitals_core::device::BatchHead;
use vitals_core::time::Millis;
use vitals_ledger::Account;

use crate::blob::BlobStore;
use crate::intake::code_of;
use crate::store::batch::{BatchRow, State, DAMAGED};
use crate::store::Store;
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn set_damaged(
        &self,
        row: &BatchRow,
        error: &GatewayError,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        mark(&self.store, &row.head, error, now_ms)?;
        Ok(tx.commit()?)
    }

    /// Rows that cannot be read are marked before anything is done with the others.
    pub(crate) fn set_unreadable_aside(&self, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.store.unfinished()? {
            let cause = row.unreadable.as_ref();
            if let Some(cause) = cause.filter(|_| row.waiting != DAMAGED) {
                let error = GatewayError::damaged("batch", cause);
                self.set_damaged(&row, &error, now_ms)?;
            }
        }
        Ok(())
    }

    /// Somebody wants it again from its device, in place of what lies here.
    pub(crate) fn ask_for_damaged(&self, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Damaged)? {
            let tx = self.store.begin()?;
            self.store.forget_blobs(&row.head)?;
            self.store.forget_readings(&row.head)?;
            if row.unreadable.is_some() {
                self.store.clear(&row.head)?;
            }
            self.store.reopen(&row.head, now_ms)?;
            tx.commit()?;
        }
        Ok(())
    }
}

/// Within a transaction of the caller's.
pub(crate) fn mark(
    store: &Store,
    head: &BatchHead,
    error: &GatewayError,
    now_ms: Millis,
) -> Result<(), GatewayError> {
    let detail = error.to_string();
    let (device, sequence) = (head.device, head.sequence);
    let code = code_of(&detail);
    tracing::error!(
        device,
        sequence,
        code,
        "what was stored of a batch is damaged"
    );
    store.set_damaged(head, &detail, now_ms)
}
