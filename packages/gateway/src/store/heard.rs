//! When each device was last heard of, and how full its battery was.

use rusqlite::Row;
use vitals_core::time::Millis;

use super::{int, uint, Store};
use crate::GatewayError;

/// What a device said of itself, by our clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// When a reading of it was last stored.
    pub last_seen_ms: Option<Millis>,
    /// Per cent, and when it said so.
    pub battery: Option<(u8, Millis)>,
}

impl Heard {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let seen: Option<i64> = row.get("last_seen_ms")?;
        let percent: Option<u8> = row.get("battery")?;
        let at_ms: Option<i64> = row.get("battery_ms")?;
        Ok(Self {
            last_seen_ms: seen.map(uint),
            battery: percent.zip(at_ms.map(uint)),
        })
    }
}

impl Store {
    /// Nothing of a device that never said anything.
    pub(crate) fn heard(&self, device: u64) -> Result<Heard, GatewayError> {
        let sql = "SELECT last_seen_ms, battery, battery_ms FROM heard WHERE device = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query([int(device)])?;
        match rows.next()? {
            Some(row) => Ok(Heard::read(row)?),
            None => Ok(Heard::default()),
        }
    }

    pub(crate) fn put_seen(&self, device: u64, now_ms: Millis) -> Result<(), GatewayError> {
        let sql = "INSERT INTO heard (device, last_seen_ms) VALUES (?1, ?2) \
                   ON CONFLICT (device) DO UPDATE SET last_seen_ms = ?2";
        let values = (int(device), int(now_ms));
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    pub(crate) fn put_battery(
        &self,
        device: u64,
        percent: u8,
        now_ms: Millis,
    ) -> Result<(), GatewayError> {
        let sql = "INSERT INTO heard (device, battery, battery_ms) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (device) DO UPDATE SET battery = ?2, battery_ms = ?3";
        let values = (int(device), percent, int(now_ms));
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
