//! All sensors of a gateway at work on one file.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::Path;

use vitals_core::link::{DeviceMessage, GatewayMessage};

use super::aside::Aside;
use super::limits::Limits;
use super::loading::Sensor;
use super::store::Store;
use super::taking::NOT_NOW;
use crate::{LinkStateError, Sample, SensorError};

/// Readings kept at most, of all sensors together: nearly six days of one a second, some 60 MB on
/// disk and half of that in memory.
pub const MOST_KEPT: usize = 500_000;

pub struct SignedSensors {
    /// Held while it is open: two processes would spend the same numbers. The operating system
    /// frees it when the process ends, however it ends.
    _lock: File,
    pub(super) store: Store,
    sensors: BTreeMap<u64, Sensor>,
    pub(super) limits: BTreeMap<u64, Limits>,
    /// Levels not told to the gateway yet, in percent.
    pub(super) batteries: BTreeMap<u64, u8>,
    most_kept: usize,
}

/// What a sensor's device is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SensorStatus {
    /// Readings not anchored yet.
    pub readings: usize,
    pub batches: usize,
    /// Batches that the gateway refused: only time, people or a new link move them on.
    pub halted: Vec<u64>,
    /// Payloads put aside, of all time.
    pub refused: u64,
    /// Payloads for which there was no room, of all time.
    pub not_now: u64,
}

impl SignedSensors {
    /// Opens the file or makes it; `key` is the gateway's store key. `most_kept` is
    /// [`MOST_KEPT`] unless there is a reason.
    pub fn open(path: &Path, key: &[u8; 32], most_kept: usize) -> Result<Self, SensorError> {
        let lock = locked(path)?;
        let store = Store::open(path, key)?;
        let mut sensors = Self {
            _lock: lock,
            store,
            sensors: BTreeMap::new(),
            limits: BTreeMap::new(),
            batteries: BTreeMap::new(),
            most_kept,
        };
        for device in sensors.devices()? {
            sensors.sensor(device)?;
        }
        Ok(sensors)
    }

    /// Device numbers, lowest first; those that were added since it was opened too.
    pub fn devices(&self) -> Result<Vec<u64>, SensorError> {
        self.store.devices()
    }

    pub fn is_sensor(&self, device: u64) -> Result<bool, SensorError> {
        Ok(self.sensors.contains_key(&device) || self.store.sensor(device)?.is_some())
    }

    /// Takes a line from the gateway; the lines to send back.
    pub fn on_line(&mut self, device: u64, line: &str) -> Result<Vec<String>, SensorError> {
        let message = GatewayMessage::from_line(line).map_err(LinkStateError::from)?;
        self.change(|sensors| {
            sensors.sensor(device)?.link.on_message(message)?;
            sensors.keep_changes(device)
        })?;
        self.lines(device)
    }

    /// What is to be sent now, after [`Self::take`] for one: everything it speaks of is on disk.
    pub fn lines(&mut self, device: u64) -> Result<Vec<String>, SensorError> {
        let mut lines = self.sensor(device)?.link.lines()?;
        if let Some(percent) = self.batteries.remove(&device) {
            let battery = DeviceMessage::Battery { device, percent };
            lines.push(battery.to_line().map_err(LinkStateError::from)?);
        }
        Ok(lines)
    }

    /// The link is new, or an answer is overdue: announces every batch it keeps.
    pub fn resend(&mut self, device: u64) -> Result<Vec<String>, SensorError> {
        self.sensor(device)?.link.resend();
        self.lines(device)
    }

    pub fn status(&mut self, device: u64) -> Result<SensorStatus, SensorError> {
        let link = &self.sensor(device)?.link;
        let mut status = SensorStatus {
            readings: link.kept_readings(),
            batches: link.kept_batches(),
            halted: link.halted().into_iter().collect(),
            ..SensorStatus::default()
        };
        status.refused = self.store.counted(device, "refused")?;
        status.not_now = self.store.counted(device, NOT_NOW)?;
        Ok(status)
    }

    /// What came and was not taken, the newest first.
    pub fn aside(&self, limit: u32) -> Result<Vec<Aside>, SensorError> {
        self.store.aside(limit)
    }

    /// Does what changes the store: whole, or not at all. After an error what is in memory is
    /// ahead of the disk, and is read again.
    pub(super) fn change<T>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, SensorError>,
    ) -> Result<T, SensorError> {
        self.store.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = act(self).and_then(|done| {
            self.store.db.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() {
            self.sensors.clear();
            if !self.store.db.is_autocommit() {
                self.store.db.execute_batch("ROLLBACK")?;
            }
        }
        done
    }

    pub(super) fn sensor(&mut self, device: u64) -> Result<&mut Sensor, SensorError> {
        if !self.sensors.contains_key(&device) {
            let unknown = SensorError::Unknown { device };
            let mut loaded = self.store.load(device)?.ok_or(unknown)?;
            if let Some(limits) = self.limits.get(&device) {
                loaded.link.set_anchored(limits.anchored.clone());
            }
            self.sensors.insert(device, loaded);
        }
        let unknown = SensorError::Unknown { device };
        self.sensors.get_mut(&device).ok_or(unknown)
    }

    /// Whether so many readings more can be kept.
    pub(super) fn room(&self, more: usize) -> Result<(), SensorError> {
        let kept = self.sensors.values().map(|s| s.link.kept_readings()).sum();
        match self.most_kept.saturating_sub(kept) >= more {
            true => Ok(()),
            false => Err(SensorError::Full { kept }),
        }
    }

    pub(super) fn keep(&mut self, device: u64, samples: &[Sample]) -> Result<(), SensorError> {
        self.room(samples.len())?;
        let mut numbered = Vec::with_capacity(samples.len());
        for sample in samples {
            numbered.push((self.store.put_sample(device, sample)?, *sample));
        }
        self.sensor(device)?.link.measure(numbered)?;
        self.keep_changes(device)
    }

    fn keep_changes(&mut self, device: u64) -> Result<(), SensorError> {
        let changes = self.sensor(device)?.link.take_changes();
        let keep = |change| self.store.keep(device, change);
        changes.iter().try_for_each(keep)
    }
}

fn locked(store: &Path) -> Result<File, SensorError> {
    let path = store.with_extension("lock");
    let mut options = OpenOptions::new();
    let lock = options.write(true).create(true).truncate(false).open(&path);
    let lock = lock.map_err(|cause| SensorError::File {
        path: path.clone(),
        cause: cause.to_string(),
    })?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(_) => Err(SensorError::InUse {
            path: store.to_owned(),
        }),
    }
}
