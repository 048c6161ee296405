//! Batches and how far they are.

use std::collections::BTreeSet;

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, ToSql};
use serde::Serialize;
use vitals_core::device::BatchHead;
use vitals_core::key::Signature;
use vitals_core::measure::Measure;
use vitals_core::measured::{Measured, Seal};
use vitals_core::time::{Epoch, Millis};

use super::{damaged, int, read_category, uint, Store};
use crate::GatewayError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum State {
    /// Takes readings.
    Open = 0,
    /// The device closed and signed it.
    Closed = 1,
    Sealed = 2,
    Anchored = 3,
    /// Encrypted to the patient alone, until there are keys of a new generation.
    Parked = 4,
    /// The chain refused it for good.
    Refused = 5,
    /// Its device lost it and signed so: it is in no batch of the chain.
    GivenUp = 6,
    /// What was stored of it cannot be read.
    Damaged = 7,
}

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as u8).into())
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match u8::column_result(value)? {
            0 => Ok(Self::Open),
            1 => Ok(Self::Closed),
            2 => Ok(Self::Sealed),
            3 => Ok(Self::Anchored),
            4 => Ok(Self::Parked),
            5 => Ok(Self::Refused),
            6 => Ok(Self::GivenUp),
            7 => Ok(Self::Damaged),
            other => Err(rusqlite::types::FromSqlError::OutOfRange(other.into())),
        }
    }
}

/// What a damaged batch waits for: somebody.
pub(crate) const DAMAGED: &str = "damaged";

/// Readings that the analysis doubts. They stay in their batch as the device signed them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Flagged {
    /// No living person has this value.
    pub implausible: u64,
    /// The device itself calls its signal poor.
    pub poor: u64,
    /// Too far from the reading before.
    pub sudden: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BatchRow {
    pub head: BatchHead,
    pub state: State,
    pub count: u16,
    pub last_ms: u32,
    pub due: bool,
    pub again: bool,
    /// Measure of the last reading, where it is half of a pair whose other half has not come.
    pub half: Option<Measure>,
    pub flagged: Flagged,
    pub measured: Option<Measured>,
    pub signature: Option<Signature>,
    pub seal: Option<Seal>,
    pub sent: bool,
    pub waiting: String,
    pub detail: String,
    pub since_ms: Millis,
    /// Why a part of it cannot be read; it counts as damaged then, and the rest is a guess.
    pub unreadable: Option<String>,
}

const COLUMNS: &str = "device, sequence, pairing, category, epoch, state, count, last_ms, due, \
     again, half, implausible, poor, sudden, measured, signature, generation, digest, length, sent, waiting, detail, since_ms";

impl BatchRow {
    /// What a device that closed it must have signed and handed over.
    pub(crate) fn complete(&self) -> Result<(&Measured, &Signature), GatewayError> {
        match (&self.measured, &self.signature) {
            (Some(measured), Some(signature)) => Ok((measured, signature)),
            _ => Err(GatewayError::damaged("batch", "closed without a signature")),
        }
    }

    pub(super) fn read_whole(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            head: read_head(row)?,
            state: row.get("state")?,
            count: row.get("count")?,
            last_ms: row.get("last_ms")?,
            due: row.get("due")?,
            again: row.get("again")?,
            half: read_half(row)?,
            flagged: Flagged {
                implausible: uint(row.get("implausible")?),
                poor: uint(row.get("poor")?),
                sudden: uint(row.get("sudden")?),
            },
            measured: read_measured(row)?,
            signature: row.get("signature")?,
            seal: read_seal(row)?,
            sent: row.get("sent")?,
            waiting: row.get("waiting")?,
            detail: row.get("detail")?,
            since_ms: uint(row.get("since_ms")?),
            unreadable: None,
        })
    }
}

fn read_head(row: &Row<'_>) -> rusqlite::Result<BatchHead> {
    Ok(BatchHead {
        device: uint(row.get("device")?),
        pairing: row.get("pairing")?,
        sequence: uint(row.get("sequence")?),
        category: read_category(row)?,
        epoch: row.get("epoch")?,
    })
}

fn read_half(row: &Row<'_>) -> rusqlite::Result<Option<Measure>> {
    match row.get("half")? {
        0 => Ok(None),
        code => Ok(Some(Measure::from_code(code).map_err(damaged)?)),
    }
}

fn read_measured(row: &Row<'_>) -> rusqlite::Result<Option<Measured>> {
    let bytes: Option<Vec<u8>> = row.get("measured")?;
    bytes
        .map(|bytes| Measured::from_bytes(&bytes).map_err(damaged))
        .transpose()
}

fn read_seal(row: &Row<'_>) -> rusqlite::Result<Option<Seal>> {
    let generation: Option<u32> = row.get("generation")?;
    generation
        .map(|generation| {
            Ok(Seal {
                generation,
                digest: row.get("digest")?,
                length: row.get("length")?,
            })
        })
        .transpose()
}

impl Store {
    pub(crate) fn open_batch(&self, head: &BatchHead, now_ms: Millis) -> Result<(), GatewayError> {
        let sql = "INSERT INTO batch (device, sequence, pairing, category, epoch, state, waiting, \
                   since_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'measuring', ?7)";
        self.db.prepare_cached(sql)?.execute((
            int(head.device),
            int(head.sequence),
            head.pairing,
            head.category.code(),
            head.epoch,
            State::Open,
            int(now_ms),
        ))?;
        Ok(())
    }

    pub(crate) fn batch(
        &self,
        device: u64,
        sequence: u64,
    ) -> Result<Option<BatchRow>, GatewayError> {
        let sql = format!("SELECT {COLUMNS} FROM batch WHERE device = ?1 AND sequence = ?2");
        let mut query = self.db.prepare_cached(&sql)?;
        let found = query.query_row((int(device), int(sequence)), BatchRow::read);
        Ok(found.optional()?)
    }

    /// By device and sequence.
    pub(crate) fn batches(&self, state: State) -> Result<Vec<BatchRow>, GatewayError> {
        let sql = format!("SELECT {COLUMNS} FROM batch WHERE state = ?1 ORDER BY device, sequence");
        let mut query = self.db.prepare_cached(&sql)?;
        let rows = query.query_map([state], BatchRow::read)?;
        let mut rows: Vec<BatchRow> = rows.collect::<Result<_, _>>()?;
        // one that cannot be read is damaged, whatever the store calls it
        rows.retain(|row| row.state == state);
        Ok(rows)
    }

    /// All that are neither anchored nor given up, by device and sequence.
    pub(crate) fn unfinished(&self) -> Result<Vec<BatchRow>, GatewayError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM batch WHERE state NOT IN (?1, ?2) ORDER BY device, sequence"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let rows = query.query_map([State::Anchored, State::GivenUp], BatchRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Those of one device.
    pub(crate) fn unfinished_of(&self, device: u64) -> Result<Vec<BatchRow>, GatewayError> {
        let mut rows = self.unfinished()?;
        rows.retain(|row| row.head.device == device);
        Ok(rows)
    }

    /// The pairings of those of one device.
    pub(crate) fn pairings_of(&self, device: u64) -> Result<BTreeSet<u32>, GatewayError> {
        let rows = self.unfinished_of(device)?;
        Ok(rows.iter().map(|row| row.head.pairing).collect())
    }

    /// The last number that a batch or a gap used; 0 where there is none.
    pub(crate) fn last_sequence(&self, device: u64) -> Result<u64, GatewayError> {
        let sql = "SELECT MAX( \
                   COALESCE((SELECT MAX(sequence) FROM batch WHERE device = ?1), 0), \
                   COALESCE((SELECT MAX(next) - 1 FROM gap WHERE device = ?1), 0))";
        Ok(uint(
            self.db.query_row(sql, [int(device)], |row| row.get(0))?,
        ))
    }

    /// 0 where there is none.
    pub(crate) fn last_anchored(&self, device: u64) -> Result<u64, GatewayError> {
        let sql = "SELECT COALESCE(MAX(sequence), 0) FROM batch WHERE device = ?1 AND state = ?2";
        let last = self
            .db
            .query_row(sql, (int(device), State::Anchored), |row| row.get(0))?;
        Ok(uint(last))
    }

    /// The device's batch of the category before this one: its hour and last reading.
    pub(crate) fn before(&self, head: &BatchHead) -> Result<Option<(Epoch, u32)>, GatewayError> {
        let sql = "SELECT epoch, last_ms FROM batch WHERE device = ?1 AND category = ?2 \
                   AND sequence < ?3 ORDER BY sequence DESC LIMIT 1";
        let key = (int(head.device), head.category.code(), int(head.sequence));
        let mut query = self.db.prepare_cached(sql)?;
        let found = query.query_row(key, |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }

    /// Readings of all batches that the analysis doubts.
    pub(crate) fn flagged(&self) -> Result<Flagged, GatewayError> {
        let sql = "SELECT COALESCE(SUM(implausible), 0), COALESCE(SUM(poor), 0), \
                   COALESCE(SUM(sudden), 0) FROM batch";
        let read = |row: &Row<'_>| -> rusqlite::Result<Flagged> {
            Ok(Flagged {
                implausible: uint(row.get(0)?),
                poor: uint(row.get(1)?),
                sudden: uint(row.get(2)?),
            })
        };
        Ok(self.db.query_row(sql, [], read)?)
    }

    /// Readings of all batches, and of those anchored.
    pub(crate) fn readings_in(&self, state: Option<State>) -> Result<u64, GatewayError> {
        let sql = "SELECT COALESCE(SUM(count), 0) FROM batch WHERE ?1 IS NULL OR state = ?1";
        Ok(uint(self.db.query_row(sql, [state], |row| row.get(0))?))
    }
}

pub(crate) fn head_of(measured: &Measured) -> BatchHead {
    BatchHead {
        device: measured.device,
        pairing: measured.pairing,
        sequence: measured.sequence,
        category: measured.category,
        epoch: measured.epoch,
    }
}
