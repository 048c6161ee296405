//! Which devices are the patient's, and by what keys they sign.

use vitals_api::registry::DeviceInfo;
use vitals_core::key::PublicKey;
use vitals_core::set::Set;
use vitals_core::time::Millis;
use vitals_ledger::{Account, LedgerError};

use crate::blob::BlobStore;
use crate::conditions::Standing;
use crate::store::device::DeviceRow;
use crate::{Gateway, GatewayError};

/// Devices that spoke and are not known: so many are asked for in a tick.
const WANTED_AT_ONCE: u32 = 8;

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

    /// Asks for devices that spoke and are not known, a few at a time.
    pub(crate) fn ask_for_wanted(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        for device in self.store.wanted(WANTED_AT_ONCE)? {
            if self.ask_registry(device)? {
                self.store.set_asked(device, now_ms)?;
            }
        }
        Ok(())
    }

    fn ask_registry(&mut self, device: u64) -> Result<bool, GatewayError> {
        let info = self.registered(device);
        if let Ok(info) = &info {
            self.standings.insert(device, Standing::of(info));
        }
        match info.and_then(|info| self.ours(info)) {
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
