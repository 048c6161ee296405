//! From when on readings can go into a batch that the chain takes.

use std::collections::BTreeMap;

use vitals_core::measure::Category;
use vitals_core::time::Millis;

use super::sensors::SignedSensors;
use crate::SensorError;

/// What a gateway knows of a device of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// When the pairing began: what was measured before is somebody else's.
    pub paired_from_ms: Millis,
    /// Begin of the first hour that is sealed in any case.
    pub sealed_from_ms: Millis,
    /// Time of each category's last reading on the chain.
    pub anchored: BTreeMap<Category, Millis>,
}

impl Limits {
    fn check_pairing(&self, at_ms: Millis) -> Result<(), SensorError> {
        let from_ms = self.paired_from_ms;
        match at_ms < from_ms {
            true => Err(SensorError::BeforePairing { at_ms, from_ms }),
            false => Ok(()),
        }
    }

    fn check(&self, at_ms: Millis) -> Result<(), SensorError> {
        self.check_pairing(at_ms)?;
        let from_ms = self.sealed_from_ms;
        match at_ms < from_ms {
            true => Err(SensorError::TooOld { at_ms, from_ms }),
            false => Ok(()),
        }
    }
}

impl SignedSensors {
    /// Tells what the gateway knows of a device, before each of its lines that may ask for a batch.
    /// What waits for a batch and is from before the pairing is put aside. What only grew old while
    /// it waited here is not: it came in time.
    pub fn set_limits(&mut self, device: u64, limits: Limits) -> Result<(), SensorError> {
        if self.limits.get(&device) == Some(&limits) {
            return Ok(());
        }
        self.change(|sensors| {
            let link = &mut sensors.sensor(device)?.link;
            link.set_anchored(limits.anchored.clone());
            let before = |at_ms| limits.check_pairing(at_ms).err();
            for (id, at_ms) in link.drop_waiting(|at_ms| before(at_ms).is_some()) {
                let code = before(at_ms).map_or_else(String::new, |error| error.code());
                sensors.store.put_kept_aside(device, id, at_ms, &code)?;
            }
            Ok(())
        })?;
        self.limits.insert(device, limits);
        Ok(())
    }

    /// Those of a device that the gateway does not know yet are told later.
    pub(super) fn check_limits(&self, device: u64, at_ms: Millis) -> Result<(), SensorError> {
        let limits = self.limits.get(&device);
        limits.map_or(Ok(()), |limits| limits.check(at_ms))
    }
}
