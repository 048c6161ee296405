//! What came and was not taken, with the reason.

use rusqlite::Row;
use vitals_core::time::Millis;

use super::{int, uint, Store};
use crate::at_rest::Place;
use crate::GatewayError;

/// The newest that are kept of one source for one reason, and of all: a flood displaces its own
/// lines and no others', and all of them take at most 16 MiB.
const KEPT_OF_KIND: u32 = 64;
const KEPT: u32 = 4_096;

/// Longer lines are cut: a frame of the most readings there may be fits whole.
const KEPT_BYTES: usize = 4_096;

/// Messages put aside.
pub(crate) const COUNTER: &str = "quarantined";

/// Messages put aside of which nothing is kept but this count.
pub(crate) const DROPPED: &str = "quarantine_dropped";

/// One line, which may have come many times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub first_ms: Millis,
    pub last_ms: Millis,
    pub times: u64,
    /// A stable code: `gateway/…`, `frame/…`, `link/…` or `device/…`.
    pub code: String,
    /// The device that the transport authenticated, where it does.
    pub source: Option<u64>,
    /// As the line claims.
    pub device: Option<u64>,
    pub sequence: Option<u64>,
}

impl Quarantined {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let number = |name| -> rusqlite::Result<Option<u64>> {
            Ok(row.get::<_, Option<i64>>(name)?.map(uint))
        };
        Ok(Self {
            first_ms: uint(row.get("first_ms")?),
            last_ms: uint(row.get("last_ms")?),
            times: uint(row.get("times")?),
            code: row.get("code")?,
            source: number("source")?,
            device: number("device")?,
            sequence: number("sequence")?,
        })
    }
}

/// A line on its way into quarantine.
pub(crate) struct Aside<'a> {
    /// The device that the transport authenticated.
    pub source: Option<u64>,
    pub line: &'a str,
    pub code: &'a str,
    /// Device and batch, as the line claims.
    pub claims: Option<(u64, u64)>,
}

impl Store {
    /// Within a transaction of the caller's. How many older lines made room.
    pub(crate) fn put_aside(&self, aside: &Aside<'_>, now_ms: Millis) -> Result<u64, GatewayError> {
        let mark = self.marks.of(&[aside.line.as_bytes()]);
        let place = Place {
            table: "quarantine",
            row: &[],
        };
        let line = aside.line.as_bytes();
        let sealed = self
            .rest
            .seal(place, line.get(..KEPT_BYTES).unwrap_or(line))?;
        let sql = "INSERT INTO quarantine \
                   (first_ms, last_ms, times, code, device, sequence, line_digest, line, source) \
                   VALUES (?1, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (line_digest, code) \
                   DO UPDATE SET times = times + 1, last_ms = ?1";
        let device = aside.claims.map(|(device, _)| int(device));
        let sequence = aside.claims.map(|(_, sequence)| int(sequence));
        let source = aside.source.map(int);
        let (at_ms, code) = (int(now_ms), aside.code);
        let values = (at_ms, code, device, sequence, mark, sealed, source);
        self.db.prepare_cached(sql)?.execute(values)?;
        self.make_room(source, code)
    }

    fn make_room(&self, source: Option<i64>, code: &str) -> Result<u64, GatewayError> {
        let sql = "DELETE FROM quarantine WHERE id = (SELECT id FROM quarantine \
                   WHERE source IS ?1 AND code = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)";
        let values = (source, code, KEPT_OF_KIND);
        let of_kind = self.db.prepare_cached(sql)?.execute(values)?;
        let sql = "DELETE FROM quarantine WHERE id = \
                   (SELECT id FROM quarantine ORDER BY id DESC LIMIT 1 OFFSET ?1)";
        let of_all = self.db.prepare_cached(sql)?.execute([KEPT])?;
        Ok(u64::try_from(of_kind + of_all).unwrap_or(u64::MAX))
    }

    /// The newest first.
    pub(crate) fn quarantined(&self, limit: u32) -> Result<Vec<Quarantined>, GatewayError> {
        let sql =
            "SELECT first_ms, last_ms, times, code, source, device, sequence FROM quarantine \
                   ORDER BY id DESC LIMIT ?1";
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map([limit], Quarantined::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
