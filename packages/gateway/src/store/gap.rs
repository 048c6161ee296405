//! Holes that devices signed for, on their way to the chain.

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, ToSql};
use vitals_core::key::Signature;
use vitals_core::link::SignedGap;
use vitals_core::measured::GapNotice;
use vitals_core::time::Millis;

use super::batch::{BatchRow, State};
use super::{damaged, int, uint, Store};
use crate::GatewayError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum GapStage {
    Waiting = 0,
    /// On the chain.
    Noted = 1,
    /// The chain refused it for good.
    Refused = 2,
}

impl ToSql for GapStage {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok((*self as u8).into())
    }
}

impl FromSql for GapStage {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match u8::column_result(value)? {
            0 => Ok(Self::Waiting),
            1 => Ok(Self::Noted),
            2 => Ok(Self::Refused),
            other => Err(rusqlite::types::FromSqlError::OutOfRange(other.into())),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GapRow {
    pub notice: GapNotice,
    pub signature: Signature,
    pub stage: GapStage,
    pub waiting: String,
    pub detail: String,
    pub since_ms: Millis,
}

impl GapRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let notice: Vec<u8> = row.get("notice")?;
        Ok(Self {
            notice: GapNotice::from_bytes(&notice).map_err(damaged)?,
            signature: row.get("signature")?,
            stage: row.get("stage")?,
            waiting: row.get("waiting")?,
            detail: row.get("detail")?,
            since_ms: uint(row.get("since_ms")?),
        })
    }

    /// The last number it gives up.
    pub(crate) fn last(&self) -> u64 {
        self.notice.next.saturating_sub(1)
    }
}

impl Store {
    pub(crate) fn put_gap(&self, gap: &SignedGap, now_ms: Millis) -> Result<(), GatewayError> {
        let sql = "INSERT INTO gap (device, first, next, notice, signature, stage, waiting, \
                   since_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'chain', ?7)";
        let notice = &gap.notice;
        self.db.execute(
            sql,
            (
                int(notice.device),
                int(notice.from),
                int(notice.next),
                notice.to_bytes(),
                gap.signature,
                GapStage::Waiting,
                int(now_ms),
            ),
        )?;
        Ok(())
    }

    /// The gap that begins with this number.
    pub(crate) fn gap(&self, device: u64, first: u64) -> Result<Option<GapRow>, GatewayError> {
        let sql = "SELECT * FROM gap WHERE device = ?1 AND first = ?2";
        let mut query = self.db.prepare_cached(sql)?;
        let found = query.query_row((int(device), int(first)), GapRow::read);
        Ok(found.optional()?)
    }

    /// Not on the chain, by device and number; those refused are among them.
    pub(crate) fn open_gaps(&self) -> Result<Vec<GapRow>, GatewayError> {
        let sql = "SELECT * FROM gap WHERE stage <> ?1 ORDER BY device, first";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([GapStage::Noted], GapRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn set_gap(
        &self,
        row: &GapRow,
        stage: GapStage,
        waiting: &str,
        detail: &str,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        if (row.stage, row.waiting.as_str(), row.detail.as_str()) == (stage, waiting, detail) {
            return Ok(());
        }
        let same = row.stage == stage && row.waiting == waiting;
        let since_ms = if same { row.since_ms } else { now_ms };
        let sql = "UPDATE gap SET stage = ?3, waiting = ?4, detail = ?5, since_ms = ?6 \
                   WHERE device = ?1 AND first = ?2";
        let (device, first) = (int(row.notice.device), int(row.notice.from));
        let values = (device, first, stage, waiting, detail, int(since_ms));
        self.db.execute(sql, values)?;
        Ok(())
    }

    pub(crate) fn retry_gaps(&self, now_ms: Millis) -> Result<(), GatewayError> {
        for row in self.open_gaps()? {
            if row.stage == GapStage::Refused {
                self.set_gap(&row, GapStage::Waiting, "chain", "", now_ms)?;
            }
        }
        Ok(())
    }

    /// The device lost what it would have closed these with.
    pub(crate) fn give_up(&self, row: &BatchRow, now_ms: Millis) -> Result<(), GatewayError> {
        self.set_state(&row.head, State::GivenUp, "given_up", now_ms)
    }

    /// Batches that were given up and whose readings lie here still.
    pub(crate) fn to_keep(&self) -> Result<Vec<BatchRow>, GatewayError> {
        let rows = self.batches(State::GivenUp)?.into_iter();
        Ok(rows.filter(|row| row.waiting == "given_up").collect())
    }

    /// Only the patient can read it from now on, and it is in no batch of the chain.
    pub(crate) fn keep(
        &self,
        row: &BatchRow,
        file: &[u8],
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        self.park(&row.head, file, "kept", now_ms)?;
        self.set_state(&row.head, State::GivenUp, "kept", now_ms)
    }

    pub(crate) fn keep_parked(&self, row: &BatchRow, now_ms: Millis) -> Result<(), GatewayError> {
        self.forget_readings(&row.head)?;
        self.set_state(&row.head, State::GivenUp, "kept", now_ms)
    }
}
