//! Devices as the registry had them when last asked.

use std::collections::BTreeMap;

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
    /// The last pairing with our patient.
    pub pairing: u32,
    /// Pairings with our patient that are over while batches of them wait, and their ends.
    pub ended: BTreeMap<u32, Millis>,
    pub keys: Keys,
    pub categories: Set<Category>,
    pub lost_from_ms: Option<Millis>,
    /// The chain's number of its last batch.
    pub anchored: u64,
    /// The chain's last reading of each category.
    pub anchored_until: BTreeMap<Category, Millis>,
    /// Begin of its last pairing with our patient; 0 where that is over.
    pub paired_from_ms: Millis,
}

/// A device's keys, by the number of the first batch each signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keys(BTreeMap<u64, PublicKey>);

impl Keys {
    pub(crate) fn only(key: PublicKey) -> Self {
        Self(BTreeMap::from([(0, key)]))
    }

    /// Of two keys from one number on the later holds: the one before signed nothing.
    pub(crate) fn add(&mut self, from_sequence: u64, key: PublicKey) {
        self.0.insert(from_sequence, key);
    }

    /// The key that signs this batch, as the chain chooses it.
    pub(crate) fn of(&self, sequence: u64) -> Option<&PublicKey> {
        self.0.range(..=sequence).next_back().map(|(_, key)| key)
    }

    pub(crate) fn newest(&self) -> Option<(u64, &PublicKey)> {
        self.0.last_key_value().map(|(from, key)| (*from, key))
    }
}

impl DeviceRow {
    /// Whether it is with our patient now.
    pub(crate) fn is_paired(&self) -> bool {
        !self.ended.contains_key(&self.pairing)
    }

    /// Whether that is its pairing with our patient, or one before of which batches wait.
    pub(crate) fn knows(&self, pairing: u32) -> bool {
        self.pairing == pairing || self.ended.contains_key(&pairing)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let lost_from: Option<i64> = row.get("lost_from")?;
        Ok(Self {
            device: uint(row.get("device")?),
            pairing: row.get("pairing")?,
            ended: BTreeMap::new(),
            keys: Keys::default(),
            categories: Set::from_bits(row.get("categories")?).map_err(damaged)?,
            lost_from_ms: lost_from.map(uint),
            anchored: uint(row.get("anchored")?),
            anchored_until: BTreeMap::new(),
            paired_from_ms: uint(row.get("paired_from")?),
        })
    }
}

fn read_key(row: &Row<'_>) -> rusqlite::Result<(u64, PublicKey)> {
    let scheme = SignatureScheme::from_code(row.get("scheme")?).map_err(damaged)?;
    let bytes: Vec<u8> = row.get("key")?;
    let key = PublicKey::new(scheme, &bytes).map_err(damaged)?;
    Ok((uint(row.get("from_sequence")?), key))
}

fn read_until(row: &Row<'_>) -> rusqlite::Result<(Category, Millis)> {
    let category = Category::from_code(row.get("category")?).map_err(damaged)?;
    Ok((category, uint(row.get("at_ms")?)))
}

fn read_ended(row: &Row<'_>) -> rusqlite::Result<(u32, Millis)> {
    Ok((row.get("pairing")?, uint(row.get("to_ms")?)))
}

impl Store {
    pub(crate) fn devices(&self) -> Result<Vec<DeviceRow>, GatewayError> {
        let mut query = self
            .db
            .prepare_cached("SELECT * FROM device ORDER BY device")?;
        let rows = query.query_map([], DeviceRow::read)?;
        rows.map(|row| self.with_keys(row?)).collect()
    }

    fn with_keys(&self, row: DeviceRow) -> Result<DeviceRow, GatewayError> {
        let of = [int(row.device)];
        let sql = "SELECT * FROM device_key WHERE device = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let keys = query.query_map(of, read_key)?.collect::<Result<_, _>>()?;
        let sql = "SELECT * FROM ended_pairing WHERE device = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let ended = query.query_map(of, read_ended)?.collect::<Result<_, _>>()?;
        let sql = "SELECT * FROM anchored_until WHERE device = ?1";
        let mut query = self.db.prepare_cached(sql)?;
        let until = query.query_map(of, read_until)?;
        let anchored_until = until.collect::<Result<_, _>>()?;
        Ok(DeviceRow {
            keys: Keys(keys),
            ended,
            anchored_until,
            ..row
        })
    }

    /// In place of what was known of it. What it has open of a pairing that ended is to be closed:
    /// it may be out of reach soon.
    pub(crate) fn put_device(&self, row: &DeviceRow) -> Result<(), GatewayError> {
        let device = int(row.device);
        let tx = self.begin()?;
        let sql =
            "INSERT OR REPLACE INTO device (device, pairing, categories, lost_from, anchored, \
                   paired_from) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let lost_from = row.lost_from_ms.map(int);
        let (categories, anchored) = (row.categories.bits(), int(row.anchored));
        let from = int(row.paired_from_ms);
        let values = (device, row.pairing, categories, lost_from, anchored, from);
        self.db.execute(sql, values)?;
        for (from, key) in &row.keys.0 {
            let sql = "INSERT INTO device_key (device, from_sequence, scheme, key) \
                       VALUES (?1, ?2, ?3, ?4)";
            let values = (device, int(*from), key.scheme().code(), key.bytes());
            self.db.execute(sql, values)?;
        }
        for (category, at_ms) in &row.anchored_until {
            let sql = "INSERT INTO anchored_until (device, category, at_ms) VALUES (?1, ?2, ?3)";
            let values = (device, category.code(), int(*at_ms));
            self.db.execute(sql, values)?;
        }
        for (pairing, to_ms) in &row.ended {
            let sql = "INSERT INTO ended_pairing (device, pairing, to_ms) VALUES (?1, ?2, ?3)";
            self.db.execute(sql, (device, pairing, int(*to_ms)))?;
            self.make_pairing_due(row.device, *pairing)?;
        }
        Ok(tx.commit()?)
    }

    pub(crate) fn forget_device(&self, device: u64) -> Result<(), GatewayError> {
        self.db
            .execute("DELETE FROM device WHERE device = ?1", [int(device)])?;
        Ok(())
    }
}
