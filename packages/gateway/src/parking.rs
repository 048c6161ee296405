//! While the patient's next generation is pending, what is complete is kept for the patient alone:
//! an age file, and nothing else of the readings here. So is what was measured in hours that are
//! past, and that there are no keys for. The device still has its frames, for the
//! batch is not anchored; once there are keys it sends them again. If the device is gone, the
//! patient's key agent opens the file and hands its content back ([`Gateway::restore`]).

use serde::Serialize;
use vitals_core::link::{ClosedBatch, GatewayMessage};
use vitals_core::recipient::check_recipient;
use vitals_core::salt::{Seed, SEED_BYTES};
use vitals_core::time::{epoch_start, Millis};
use vitals_ledger::Account;
use zeroize::Zeroizing;

use crate::blob::BlobStore;
use crate::gateway::Progress;
use crate::intake::commits_to;
use crate::sealing::Plan;
use crate::store::batch::{BatchRow, State};
use crate::store::frame;
use crate::{Gateway, GatewayError};

const VERSION: u8 = 1;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    pub(crate) fn park(
        &mut self,
        row: &BatchRow,
        waiting: &str,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let recipient = match self.recipient() {
            Ok(Some(recipient)) => recipient,
            Ok(None) => return self.store.set_waiting(row, "recipient", "", now_ms),
            Err(error) => {
                let detail = error.to_string();
                return self.store.set_waiting(row, "chain", &detail, now_ms);
            }
        };
        let content = Zeroizing::new(self.content(row)?);
        let Some(file) = encrypt(&recipient, &content) else {
            return self.store.set_waiting(row, "recipient", "", now_ms);
        };
        let tx = self.store.begin()?;
        self.store.forget_blobs(&row.head)?;
        self.store.park(&row.head, &file, waiting, now_ms)?;
        tx.commit()?;
        self.to_flush = true;
        tracing::info!(
            device = row.head.device,
            sequence = row.head.sequence,
            "a batch was kept for its patient alone"
        );
        progress.parked += 1;
        Ok(())
    }

    fn content(&self, row: &BatchRow) -> Result<Vec<u8>, GatewayError> {
        let readings = frame::encode(&self.store.readings(&row.head)?);
        Ok(content(&self.store.seed(&row.head)?, &readings))
    }

    /// Asks the devices of parked batches for their readings again, once they can be sealed.
    pub(crate) fn unpark(
        &mut self,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        for row in self.store.batches(State::Parked)? {
            match self.plan(row.complete()?.0)? {
                Plan::Seal(_) => self.ask_for_parked(&row, now_ms, progress)?,
                Plan::Park => self.store.set_waiting(&row, "new_keys", "", now_ms)?,
                Plan::NoKeys => self.store.set_waiting(&row, "keys", "", now_ms)?,
                Plan::Unknown => (),
            }
        }
        Ok(())
    }

    fn ask_for_parked(
        &self,
        row: &BatchRow,
        now_ms: Millis,
        progress: &mut Progress,
    ) -> Result<(), GatewayError> {
        let tx = self.store.begin()?;
        self.store.reopen(&row.head, now_ms)?;
        tx.commit()?;
        let (device, sequence) = (row.head.device, row.head.sequence);
        progress.tell(device, GatewayMessage::Stored { sequence, count: 0 });
        progress.tell(device, GatewayMessage::Close { sequence });
        Ok(())
    }

    /// Batches kept for the patient alone.
    pub fn parked(&self) -> Result<Vec<Parked>, GatewayError> {
        let rows = self.store.batches(State::Parked)?;
        Ok(rows.iter().map(Parked::of).collect())
    }

    /// The age file of a parked batch, for the patient's key agent.
    pub fn parked_file(&self, device: u64, sequence: u64) -> Result<Vec<u8>, GatewayError> {
        let missing = GatewayError::NotParked { device, sequence };
        let row = self.store.batch(device, sequence)?;
        let file = match row {
            Some(row) => self.store.parked_file(&row.head)?,
            None => None,
        };
        file.ok_or(missing)
    }

    /// Takes back the content of a parked file. Whoever brings it, it must be what the device
    /// signed.
    pub fn restore(
        &mut self,
        device: u64,
        sequence: u64,
        content: &[u8],
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let missing = GatewayError::NotParked { device, sequence };
        let row = self.store.batch(device, sequence)?.ok_or(missing)?;
        if self.store.parked_file(&row.head)?.is_none() {
            return Err(GatewayError::NotParked { device, sequence });
        }
        let (seed, bytes) = split(content)?;
        let readings = frame::decode(bytes)?;
        let (measured, signature) = row.complete()?;
        let closed = ClosedBatch {
            measured: measured.clone(),
            signature: *signature,
            seed,
        };
        if !commits_to(&closed, &row.head, &readings) {
            let rule = "the readings are those the device signed";
            return Err(GatewayError::ParkedFile { rule });
        }
        let tx = self.store.begin()?;
        self.store.forget_readings(&row.head)?;
        self.store.put_readings(&row.head, 0, &readings)?;
        let last_ms = measured.last_ms;
        self.store.advance(&row.head, measured.count, last_ms)?;
        self.store.close_batch(&closed, now_ms)?;
        Ok(tx.commit()?)
    }
}

/// A batch kept for the patient alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parked {
    pub device: u64,
    pub sequence: u64,
    /// The hour they were measured in, by its first millisecond.
    pub hour_ms: Millis,
    /// Readings that the device signed.
    pub readings: u64,
    pub since_ms: Millis,
}

impl Parked {
    fn of(row: &BatchRow) -> Self {
        Self {
            device: row.head.device,
            sequence: row.head.sequence,
            hour_ms: epoch_start(row.head.epoch),
            readings: row.count.into(),
            since_ms: row.since_ms,
        }
    }
}

/// version ‖ seed ‖ readings.
pub(crate) fn content(seed: &Seed, readings: &[u8]) -> Vec<u8> {
    [&[VERSION][..], seed, readings].concat()
}

fn split(content: &[u8]) -> Result<(Seed, &[u8]), GatewayError> {
    let rule = "version 1, a seed of 32 bytes, readings of 15";
    let refused = || GatewayError::ParkedFile { rule };
    let (version, rest) = content.split_first().ok_or_else(refused)?;
    let (seed, readings) = rest.split_first_chunk::<SEED_BYTES>().ok_or_else(refused)?;
    if *version != VERSION {
        return Err(refused());
    }
    Ok((*seed, readings))
}

/// An age file for one recipient; none where that is no key to encrypt to.
pub(crate) fn encrypt(recipient: &str, content: &[u8]) -> Option<Vec<u8>> {
    check_recipient(recipient).ok()?;
    let recipient: age::x25519::Recipient = recipient.parse().ok()?;
    age::encrypt(&recipient, content).ok()
}
