//! Devices that spoke and are not known. The taking-in side notes them, the chain side asks.

use rusqlite::OptionalExtension;
use vitals_core::time::Millis;

use super::{int, uint, Store};
use crate::GatewayError;

/// More are not remembered: whoever makes numbers up fills no disk.
const MAX_WANTED: u32 = 256;

/// How long the registry's answer holds for a device that is not ours.
const ASK_AGAIN_MS: u64 = 10_000;

impl Store {
    /// Whether the registry was asked for the device a moment ago. If not, it is wanted from now
    /// on.
    pub(crate) fn was_asked(&self, device: u64, now_ms: Millis) -> Result<bool, GatewayError> {
        let sql = "SELECT asked_ms FROM wanted WHERE device = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let row: Option<Option<i64>> = query
            .query_row([int(device)], |row| row.get(0))
            .optional()?;
        let asked = row.flatten().map(uint);
        // Either way: a clock that was set back must not shut a device out.
        if asked.is_some_and(|at| now_ms.abs_diff(at) < ASK_AGAIN_MS) {
            return Ok(true);
        }
        self.want(device)?;
        Ok(false)
    }

    fn want(&self, device: u64) -> Result<(), GatewayError> {
        let sql = "DELETE FROM wanted WHERE asked_ms IS NOT NULL AND \
                   (device = ?1 OR (SELECT COUNT(*) FROM wanted) >= ?2)";
        self.db.execute(sql, (int(device), MAX_WANTED))?;
        let sql = "INSERT OR IGNORE INTO wanted (device) \
                   SELECT ?1 WHERE (SELECT COUNT(*) FROM wanted) < ?2";
        self.db.execute(sql, (int(device), MAX_WANTED))?;
        Ok(())
    }

    /// To be asked for, at most so many.
    pub(crate) fn wanted(&self, at_most: u32) -> Result<Vec<u64>, GatewayError> {
        let sql = "SELECT device FROM wanted WHERE asked_ms IS NULL ORDER BY device LIMIT ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([at_most], |row| Ok(uint(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn set_asked(&self, device: u64, now_ms: Millis) -> Result<(), GatewayError> {
        let sql = "UPDATE wanted SET asked_ms = ?2 WHERE device = ?1";
        self.db.execute(sql, (int(device), int(now_ms)))?;
        Ok(())
    }
}
