//! What came and was not taken, with the reason.

use rusqlite::Row;
use sha2::{Digest, Sha256};
use vitals_core::link::MAX_LINE_BYTES;
use vitals_core::time::Millis;

use super::{int, uint, Store};
use crate::at_rest::Place;
use crate::GatewayError;

/// The newest that are kept, each cut to the longest line there may be, so that whoever floods the link cannot fill the disk.
const KEPT: i64 = 10_000;

pub(crate) const COUNTER: &str = "quarantined";

/// One line, which may have come many times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub first_ms: Millis,
    pub last_ms: Millis,
    pub times: u64,
    /// A stable code: `gateway/…`, `frame/…`, `link/…` or `device/…`.
    pub code: String,
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
            device: number("device")?,
            sequence: number("sequence")?,
        })
    }
}

impl Store {
    pub(crate) fn quarantine(
        &self,
        line: &str,
        code: &str,
        claims: Option<(u64, u64)>,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let digest: [u8; 32] = Sha256::digest(line).into();
        let place = Place {
            table: "quarantine",
            row: &[],
        };
        let kept = line.as_bytes().get(..MAX_LINE_BYTES);
        let sealed = self.rest.seal(place, kept.unwrap_or(line.as_bytes()))?;
        let tx = self.begin()?;
        let sql = "INSERT INTO quarantine \
                   (first_ms, last_ms, times, code, device, sequence, line_digest, line) \
                   VALUES (?1, ?1, 1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (line_digest, code) \
                   DO UPDATE SET times = times + 1, last_ms = ?1";
        let (device, sequence) = (claims.map(|c| int(c.0)), claims.map(|c| int(c.1)));
        let values = (int(now_ms), code, device, sequence, digest, sealed);
        self.db.execute(sql, values)?;
        self.db.execute(
            "DELETE FROM quarantine WHERE id <= (SELECT MAX(id) FROM quarantine) - ?1",
            [KEPT],
        )?;
        self.count(COUNTER, 1)?;
        Ok(tx.commit()?)
    }

    /// The newest first.
    pub(crate) fn quarantined(&self, limit: u32) -> Result<Vec<Quarantined>, GatewayError> {
        let sql = "SELECT first_ms, last_ms, times, code, device, sequence FROM quarantine \
                   ORDER BY id DESC LIMIT ?1";
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map([limit], Quarantined::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
