//! Devices as the registry had them when last asked.

use rusqlite::Row;
use vitals_core::key::{PublicKey, SignatureScheme};
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::Millis;

use super::{damaged, int, uint, Store};
use crate::GatewayError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceRow {
    pub device: u64,
    /// The pairing with our patient.
    pub pairing: u32,
    pub key: PublicKey,
    pub categories: Set<Category>,
    pub lost_from_ms: Option<Millis>,
    /// The chain's number of its last batch.
    pub anchored: u64,
}

impl DeviceRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let scheme = SignatureScheme::from_code(row.get("scheme")?).map_err(damaged)?;
        let key: Vec<u8> = row.get("key")?;
        let lost_from: Option<i64> = row.get("lost_from")?;
        Ok(Self {
            device: uint(row.get("device")?),
            pairing: row.get("pairing")?,
            key: PublicKey::new(scheme, &key).map_err(damaged)?,
            categories: Set::from_bits(row.get("categories")?).map_err(damaged)?,
            lost_from_ms: lost_from.map(uint),
            anchored: uint(row.get("anchored")?),
        })
    }
}

impl Store {
    pub(crate) fn devices(&self) -> Result<Vec<DeviceRow>, GatewayError> {
        let mut query = self.db.prepare("SELECT * FROM device ORDER BY device")?;
        let rows = query.query_map([], DeviceRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn put_device(&self, row: &DeviceRow) -> Result<(), GatewayError> {
        let sql = "INSERT OR REPLACE INTO device \
                   (device, pairing, scheme, key, categories, lost_from, anchored) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.db.execute(
            sql,
            (
                int(row.device),
                row.pairing,
                row.key.scheme().code(),
                row.key.bytes(),
                row.categories.bits(),
                row.lost_from_ms.map(int),
                int(row.anchored),
            ),
        )?;
        Ok(())
    }

    pub(crate) fn forget_device(&self, device: u64) -> Result<(), GatewayError> {
        self.db
            .execute("DELETE FROM device WHERE device = ?1", [int(device)])?;
        Ok(())
    }
}
