//! What came and was not taken: kept, so that a person can see what and why.

use vitals_core::time::Millis;

use super::store::{int, uint, Store};
use super::taking::Arrival;
use crate::SensorError;

/// The newest so many are kept, of all sensors together.
const MOST: i64 = 1_000;

/// A payload that was not taken. Its bytes are the patient's.
#[derive(Clone, PartialEq, Eq)]
pub struct Aside {
    pub device: u64,
    /// The stable code of the reason.
    pub code: String,
    /// Of one that was kept at first: when it was measured.
    pub arrived_ms: Millis,
    /// Of one that was kept at first: 0.
    pub characteristic: u16,
    /// Of one that was kept at first: the reading as the store had it.
    pub value: Vec<u8>,
}

impl Store {
    pub(super) fn put_aside(&self, arrival: &Arrival<'_>, code: &str) -> Result<(), SensorError> {
        let sql = "INSERT INTO aside (device, code, at_ms, payload) VALUES (?1, ?2, ?3, ?4)";
        let (device, at_ms) = (arrival.device, arrival.at_ms);
        let payload = [&arrival.characteristic.to_be_bytes()[..], arrival.value].concat();
        let sealed = self.seal_row("aside", &[device, at_ms], &payload)?;
        let mut statement = self.db.prepare_cached(sql)?;
        statement.execute((int(device), code, int(at_ms), sealed))?;
        let newest = self.db.last_insert_rowid();
        let old = "DELETE FROM aside WHERE id <= ?1";
        self.db.prepare_cached(old)?.execute([newest - MOST])?;
        self.count(device, "refused", 1)
    }

    /// A sample that waited for a batch and can be in none.
    pub(super) fn put_kept_aside(
        &self,
        device: u64,
        id: u64,
        at_ms: Millis,
        code: &str,
    ) -> Result<(), SensorError> {
        let sql = "DELETE FROM sample WHERE id = ?1 RETURNING body";
        let sealed: Vec<u8> = self.db.query_row(sql, [int(id)], |row| row.get(0))?;
        let arrival = Arrival {
            device,
            characteristic: 0,
            value: &self.open_row("sample", &[device], &sealed)?,
            at_ms,
            delivery: None,
            again: false,
        };
        self.put_aside(&arrival, code)
    }

    /// The newest first.
    pub(super) fn aside(&self, limit: u32) -> Result<Vec<Aside>, SensorError> {
        let sql = "SELECT device, code, at_ms, payload FROM aside ORDER BY id DESC LIMIT ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([limit])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (device, arrived_ms) = (uint(row.get(0)?), uint(row.get(2)?));
            let sealed: Vec<u8> = row.get(3)?;
            let payload = self.open_row("aside", &[device, arrived_ms], &sealed)?;
            let damaged = SensorError::StoreDamaged { what: "aside" };
            let (characteristic, value) = payload.split_first_chunk().ok_or(damaged)?;
            all.push(Aside {
                device,
                code: row.get(1)?,
                arrived_ms,
                characteristic: u16::from_be_bytes(*characteristic),
                value: value.to_vec(),
            });
        }
        Ok(all)
    }
}
