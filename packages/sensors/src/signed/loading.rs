//! A sensor's device as the store has it.

use std::collections::BTreeMap;

use rusqlite::Rows;
use vitals_core::device::BatchHead;
use vitals_core::measure::Category;
use vitals_core::time::Millis;

use super::keeping::from_body;
use super::settings::Settings;
use super::store::{int, uint, Store};
use crate::link::{Restored, RestoredBatch};
use crate::{DeviceLink, Framing, Sample, SensorError};

/// A sensor at work.
pub(super) struct Sensor {
    pub(super) link: DeviceLink,
    pub(super) settings: Settings,
}

impl Store {
    pub(super) fn load(&self, device: u64) -> Result<Option<Sensor>, SensorError> {
        let Some(row) = self.sensor(device)? else {
            return Ok(None);
        };
        let restored = Restored {
            waiting: self.waiting(device)?,
            batches: self.batches(device)?,
            placed: self.placed(device)?,
        };
        let signer = row.signer();
        let link = DeviceLink::restore(signer, row.identity, Framing::AT_ONCE, restored)?;
        Ok(Some(Sensor {
            link,
            settings: row.settings,
        }))
    }

    fn waiting(&self, device: u64) -> Result<Vec<(u64, Sample)>, SensorError> {
        let sql = "SELECT id, body FROM sample WHERE device = ?1 AND sequence IS NULL ORDER BY id";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query([int(device)])?;
        self.numbered(device, rows)
    }

    /// Of rows of a number and a sealed sample.
    fn numbered(&self, device: u64, mut rows: Rows<'_>) -> Result<Vec<(u64, Sample)>, SensorError> {
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let sealed: Vec<u8> = row.get(1)?;
            all.push((uint(row.get(0)?), self.sample(device, &sealed)?));
        }
        Ok(all)
    }

    fn sample(&self, device: u64, sealed: &[u8]) -> Result<Sample, SensorError> {
        from_body(&self.open_row("sample", &[device], sealed)?)
    }

    fn batches(&self, device: u64) -> Result<Vec<RestoredBatch>, SensorError> {
        let sql = "SELECT sequence, pairing, category, epoch, closed, seed FROM batch
                   WHERE device = ?1 ORDER BY sequence";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([int(device)])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let sequence = uint(row.get(0)?);
            let sealed: Vec<u8> = row.get(5)?;
            let seed = self.open_row("batch", &[device, sequence], &sealed)?;
            let damaged = |_| SensorError::StoreDamaged { what: "batch" };
            all.push(RestoredBatch {
                head: BatchHead {
                    device,
                    pairing: row.get(1)?,
                    sequence,
                    category: category(row.get(2)?)?,
                    epoch: row.get(3)?,
                },
                seed: seed.as_slice().try_into().map_err(damaged)?,
                closed: row.get(4)?,
                samples: self.samples_of(device, sequence)?,
            });
        }
        Ok(all)
    }

    fn samples_of(&self, device: u64, sequence: u64) -> Result<Vec<(u64, Sample)>, SensorError> {
        let sql = "SELECT id, body FROM sample WHERE device = ?1 AND sequence = ?2 ORDER BY place";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query((int(device), int(sequence)))?;
        self.numbered(device, rows)
    }

    fn placed(&self, device: u64) -> Result<BTreeMap<Category, Millis>, SensorError> {
        let sql = "SELECT category, at_ms FROM placed WHERE device = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([int(device)])?;
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next()? {
            all.insert(category(row.get(0)?)?, uint(row.get(1)?));
        }
        Ok(all)
    }
}

fn category(code: u8) -> Result<Category, SensorError> {
    Category::from_code(code).map_err(|_| SensorError::StoreDamaged { what: "category" })
}
