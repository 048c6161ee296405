//! Which devices are the patient's, and by what keys they sign.

use vitals_api::registry::DeviceInfo;
use vitals_core::device::BatchHead;
use vitals_core::key::PublicKey;
use vitals_core::link::Refusal;
use vitals_core::reading::Reading;
use vitals_core::set::Set;
use vitals_ledger::{Account, LedgerError};

use crate::blob::BlobStore;
use crate::intake::Refused;
use crate::store::device::DeviceRow;
use crate::{Gateway, GatewayError};

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Whether the chain answered for all of them. What is kept of a device holds until it does.
    pub(crate) fn refresh_devices(&mut self) -> Result<bool, GatewayError> {
        let mut all = self.config.devices.clone();
        all.extend(self.devices.keys());
        all.sort_unstable();
        all.dedup();
        let mut answered = true;
        for device in all {
            answered &= self.ask_registry(device)?;
        }
        Ok(answered)
    }

    /// A device that is paired with our patient: as last heard, else as the registry says now.
    pub(crate) fn known(&mut self, device: u64) -> Result<Option<DeviceRow>, GatewayError> {
        if !self.devices.contains_key(&device) && self.strangers.insert(device) {
            self.ask_registry(device)?;
        }
        Ok(self.devices.get(&device).cloned())
    }

    /// The device a message names, if it may speak for that pairing.
    pub(crate) fn speaker(
        &mut self,
        head: &BatchHead,
    ) -> Result<Result<DeviceRow, Refused>, GatewayError> {
        let mut known = self.known(head.device)?;
        let other = known.as_ref().is_some_and(|d| d.pairing != head.pairing);
        if other && self.strangers.insert(head.device) {
            self.ask_registry(head.device)?;
            known = self.devices.get(&head.device).cloned();
        }
        Ok(match known {
            None => Err(Refused::new(Refusal::Device, "gateway/device_foreign")),
            Some(device) if device.pairing != head.pairing => {
                Err(Refused::new(Refusal::Device, "gateway/pairing_other"))
            }
            Some(device) if !device.categories.contains(head.category) => {
                Err(Refused::new(Refusal::Device, "gateway/category_unmeasured"))
            }
            Some(device) => Ok(device),
        })
    }

    fn ask_registry(&mut self, device: u64) -> Result<bool, GatewayError> {
        match self.registered(device).and_then(|info| self.ours(info)) {
            Ok(Some(row)) => {
                self.store.put_device(&row)?;
                self.devices.insert(device, row);
                Ok(true)
            }
            Ok(None) => {
                self.store.forget_device(device)?;
                self.devices.remove(&device);
                Ok(true)
            }
            Err(error) => {
                tracing::warn!(device, code = error.code(), "the registry did not answer");
                Ok(matches!(error, LedgerError::Refused { .. }))
            }
        }
    }

    fn ours(&self, info: DeviceInfo) -> Result<Option<DeviceRow>, LedgerError> {
        if info.patient.map(|patient| patient.u64()) != Some(self.config.patient) {
            return Ok(None);
        }
        let key = PublicKey::new(info.key.scheme, info.key.bytes.as_slice());
        let device = info.device.u64();
        Ok(Some(DeviceRow {
            device,
            pairing: info.pairing,
            key: key.map_err(|cause| LedgerError::Answer {
                what: "key of a device".into(),
                cause: cause.to_string(),
            })?,
            categories: Set::of(&info.categories),
            lost_from_ms: info.lost_from_ms,
            anchored: self.chain_head(device)?,
        }))
    }
}

impl DeviceRow {
    /// Whether one of these was measured after the device was lost.
    pub(crate) fn lost_before(&self, head: &BatchHead, readings: &[Reading]) -> bool {
        let last = readings.last().map(|reading| reading.at_ms(head.epoch));
        matches!((self.lost_from_ms, last), (Some(lost), Some(last)) if last >= lost)
    }
}
