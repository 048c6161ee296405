//! Who may speak: a device paired with our patient, over its own link.

use vitals_core::device::BatchHead;
use vitals_core::link::Refusal;
use vitals_core::reading::Reading;
use vitals_core::time::{epoch_start, Millis};

use super::group::Group;
use super::refused::Refused;
use crate::store::device::DeviceRow;
use crate::GatewayError;

/// None: the registry is yet to be asked.
pub(super) type Speaker = Result<Option<DeviceRow>, Refused>;

fn refuse(code: &str) -> Speaker {
    Err(Refused::new(Refusal::Device, code))
}

impl Group<'_> {
    /// The device a message names, if it may speak for that pairing and measures the category.
    pub(super) fn speaker(&self, head: &BatchHead) -> Result<Speaker, GatewayError> {
        let speaker = self.paired(head.device, head.pairing)?;
        Ok(speaker.and_then(|device| match device {
            Some(device) if !device.categories.contains(head.category) => {
                refuse("gateway/category_unmeasured")
            }
            device => Ok(device),
        }))
    }

    /// The device, if it is in that pairing with our patient, or was and batches of it wait.
    pub(super) fn paired(&self, device: u64, pairing: u32) -> Result<Speaker, GatewayError> {
        let known = self.state.devices.get(&device);
        let knows = |row: &&DeviceRow| row.knows(pairing);
        if let Some(row) = known.filter(knows) {
            return Ok(Ok(Some(row.clone())));
        }
        Ok(match (self.was_asked(device)?, known) {
            (false, _) => Ok(None),
            (true, None) => refuse("gateway/device_foreign"),
            (true, Some(_)) => refuse("gateway/pairing_other"),
        })
    }

    /// Whether it is one of ours, in whatever pairing.
    pub(super) fn is_ours(&self, device: u64) -> Result<Result<bool, Refused>, GatewayError> {
        let known = self.state.devices.get(&device);
        if known.is_some_and(DeviceRow::is_paired) {
            return Ok(Ok(true));
        }
        Ok(match self.was_asked(device)? {
            true => Err(Refused::new(Refusal::Device, "gateway/device_foreign")),
            false => Ok(false),
        })
    }

    fn was_asked(&self, device: u64) -> Result<bool, GatewayError> {
        self.store.was_asked(device, self.now_ms)
    }
}

impl DeviceRow {
    /// Whether one of these was measured after the device was lost.
    pub(super) fn lost_before(&self, head: &BatchHead, readings: &[Reading]) -> bool {
        let last = readings.last().map(|reading| reading.at_ms(head.epoch));
        matches!((self.lost_from_ms, last), (Some(lost), Some(last)) if last >= lost)
    }

    /// Whether one of these was measured before the pairing began: of somebody else perhaps.
    pub(super) fn begun_after(&self, head: &BatchHead, readings: &[Reading]) -> bool {
        let first = readings.first().map(|reading| reading.at_ms(head.epoch));
        first.is_some_and(|first| first < self.begin_of(head.pairing))
    }

    /// Whether the pairing began when the batch's hour was over.
    pub(super) fn begun_after_hour(&self, head: &BatchHead) -> bool {
        epoch_start(head.epoch.saturating_add(1)) <= self.begin_of(head.pairing)
    }

    /// 0 of a pairing that is over.
    fn begin_of(&self, pairing: u32) -> Millis {
        match self.pairing == pairing {
            true => self.paired_from_ms,
            false => 0,
        }
    }

    /// Whether one of these was measured after the pairing ended: of somebody else perhaps.
    pub(super) fn ended_before(&self, head: &BatchHead, readings: &[Reading]) -> bool {
        let last = readings.last().map(|reading| reading.at_ms(head.epoch));
        let ended = self.ended.get(&head.pairing);
        matches!((ended, last), (Some(ended), Some(last)) if last >= *ended)
    }
}
