//! From when on readings of a device can be anchored.

use std::collections::BTreeMap;

use vitals_core::measure::Category;
use vitals_core::time::{epoch_start, Millis};

use super::Intake;
use crate::GatewayError;

/// For a device that can choose which of its readings it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceLimits {
    /// When its pairing with the patient began.
    pub paired_from_ms: Millis,
    /// Begin of the first hour that the gateway's grant reaches and whose keys are kept in any case;
    /// 0 before the chain was asked.
    pub sealed_from_ms: Millis,
    /// The chain's last reading of each category.
    pub anchored: BTreeMap<Category, Millis>,
}

impl Intake {
    /// As the registry and the chain had it when last asked; none of a device that is not known.
    pub fn limits(&mut self, device: u64) -> Result<Option<DeviceLimits>, GatewayError> {
        self.state.catch_up(&self.store)?;
        let from = self.store.sealed_from()?.unwrap_or(0);
        let known = self.state.devices.get(&device);
        Ok(known.map(|row| DeviceLimits {
            paired_from_ms: row.paired_from_ms,
            sealed_from_ms: epoch_start(from),
            anchored: row.anchored_until.clone(),
        }))
    }
}
