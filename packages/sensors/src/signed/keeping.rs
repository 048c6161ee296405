//! Samples and what the link says must not be forgotten, on their way to disk.

use std::collections::BTreeMap;

use vitals_core::measure::{Category, Measure};
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;

use super::store::{int, uint, Store};
use crate::link::Change;
use crate::{Sample, SensorError};

/// at u64 ‖ value i64 ‖ measure u16 ‖ flags u8, big-endian.
const BODY_BYTES: usize = 19;

fn to_body(sample: &Sample) -> [u8; BODY_BYTES] {
    let mut body = [0; BODY_BYTES];
    body[..8].copy_from_slice(&sample.at_ms.to_be_bytes());
    body[8..16].copy_from_slice(&sample.value.to_be_bytes());
    body[16..18].copy_from_slice(&sample.measure.code().to_be_bytes());
    body[18] = sample.flags.to_byte();
    body
}

pub(super) fn from_body(body: &[u8]) -> Result<Sample, SensorError> {
    let damaged = || SensorError::StoreDamaged { what: "sample" };
    let (at_ms, rest) = body.split_first_chunk::<8>().ok_or_else(damaged)?;
    let (value, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
    let (measure, flags) = rest.split_first_chunk::<2>().ok_or_else(damaged)?;
    let [flags] = flags else {
        return Err(damaged());
    };
    Ok(Sample {
        at_ms: Millis::from_be_bytes(*at_ms),
        value: i64::from_be_bytes(*value),
        measure: Measure::from_code(u16::from_be_bytes(*measure)).map_err(|_| damaged())?,
        flags: ReadingFlags::from_byte(*flags).map_err(|_| damaged())?,
    })
}

impl Store {
    /// Keeps a sample that is in no batch yet; its number.
    pub(super) fn put_sample(&self, device: u64, sample: &Sample) -> Result<u64, SensorError> {
        // the row is sealed to its device: a number is not known before it is inserted
        let sealed = self.seal_row("sample", &[device], &to_body(sample))?;
        let sql = "INSERT INTO sample (device, body) VALUES (?1, ?2)";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.execute((int(device), sealed))?;
        Ok(uint(self.db.last_insert_rowid()))
    }

    pub(super) fn keep(&self, device: u64, change: &Change) -> Result<(), SensorError> {
        match change {
            Change::Opened { head, seed } => {
                let sealed = self.seal_row("batch", &[device, head.sequence], seed)?;
                let sql = "INSERT INTO batch (device, sequence, pairing, category, epoch, seed)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let category = head.category.code();
                let (sequence, pairing, epoch) = (int(head.sequence), head.pairing, head.epoch);
                let row = (int(device), sequence, pairing, category, epoch, sealed);
                self.db.prepare_cached(sql)?.execute(row)?;
                self.spend(device, head.sequence)
            }
            Change::Placed {
                id,
                sequence,
                place,
                measure,
                at_ms,
            } => self.place(device, (*id, *sequence, *place), *measure, *at_ms),
            Change::Closed { sequence } => {
                let sql = "UPDATE batch SET closed = 1 WHERE device = ?1 AND sequence = ?2";
                let mut statement = self.db.prepare_cached(sql)?;
                statement.execute((int(device), int(*sequence)))?;
                Ok(())
            }
            Change::Forgotten { sequence } => self.forget(device, *sequence),
            Change::Overtaken {
                sequence,
                waiting,
                placed,
            } => self.overtake(device, *sequence, waiting, placed),
        }
    }

    fn spend(&self, device: u64, sequence: u64) -> Result<(), SensorError> {
        let sql = "UPDATE sensor SET next_sequence = ?2 WHERE device = ?1";
        let next = int(sequence.saturating_add(1));
        self.db.prepare_cached(sql)?.execute((int(device), next))?;
        Ok(())
    }

    fn place(
        &self,
        device: u64,
        (id, sequence, place): (u64, u64, u16),
        measure: Measure,
        at_ms: Millis,
    ) -> Result<(), SensorError> {
        let sql = "UPDATE sample SET sequence = ?2, place = ?3 WHERE id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.execute((int(id), int(sequence), place))?;
        self.set_placed(device, measure.category(), at_ms)
    }

    fn set_placed(&self, device: u64, of: Category, at_ms: Millis) -> Result<(), SensorError> {
        let sql = "INSERT OR REPLACE INTO placed (device, category, at_ms) VALUES (?1, ?2, ?3)";
        let row = (int(device), of.code(), int(at_ms));
        self.db.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    /// No batch is left, and of the samples only those that wait.
    fn overtake(
        &self,
        device: u64,
        sequence: u64,
        waiting: &[u64],
        placed: &BTreeMap<Category, Millis>,
    ) -> Result<(), SensorError> {
        // all but those that wait are marked as in a batch, and go
        let sql = "UPDATE sample SET sequence = ?2, place = 0 WHERE device = ?1";
        self.db.execute(sql, (int(device), int(sequence)))?;
        let sql = "UPDATE sample SET sequence = NULL, place = NULL WHERE id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        for id in waiting {
            statement.execute([int(*id)])?;
        }
        let gone = "DELETE FROM sample WHERE device = ?1 AND sequence IS NOT NULL";
        let batches = "DELETE FROM batch WHERE device = ?1";
        for sql in [gone, batches] {
            self.db.execute(sql, [int(device)])?;
        }
        for (category, at_ms) in placed {
            self.set_placed(device, *category, *at_ms)?;
        }
        self.spend(device, sequence)
    }

    /// Closed batches up to this one are on the chain: theirs are the samples that can go.
    fn forget(&self, device: u64, sequence: u64) -> Result<(), SensorError> {
        let samples = "DELETE FROM sample WHERE device = ?1 AND sequence IN (
                           SELECT sequence FROM batch
                           WHERE device = ?1 AND sequence <= ?2 AND closed = 1)";
        let batches = "DELETE FROM batch WHERE device = ?1 AND sequence <= ?2 AND closed = 1";
        for sql in [samples, batches] {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.execute((int(device), int(sequence)))?;
        }
        Ok(())
    }
}
