//! Records of the device registry, read by raw key as contracts read them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use vitals_api::anchor::BatchInfo;
use vitals_api::registry::read::{pairing_of, recall_of};
use vitals_api::registry::record::{Device, Pairing, DEVICES};
use vitals_api::store::Source;
use vitals_api::ApiError;

use crate::Refusal;

/// What was read so far, and which keys were asked for that were not.
#[derive(Default)]
pub struct Records {
    /// By key; none where the contract has nothing there.
    known: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    missing: RefCell<BTreeSet<Vec<u8>>>,
}

/// What the chain knows of a batch's device.
pub struct OfDevice {
    pub device: Device,
    pub pairing: Pairing,
    pub recalled_from_ms: Option<u64>,
}

impl Records {
    pub fn put(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.missing.get_mut().remove(&key);
        self.known.insert(key, value);
    }

    /// Keys to read next.
    pub fn missing(&self) -> Vec<Vec<u8>> {
        self.missing.borrow().iter().cloned().collect()
    }

    /// None while records are missing.
    pub fn of(&self, info: &BatchInfo) -> Result<Option<OfDevice>, Refusal> {
        let before = self.missing.borrow().len();
        match self.load(info) {
            Err(_) if self.missing.borrow().len() > before => Ok(None),
            loaded => Ok(loaded.map(Some)?),
        }
    }

    fn load(&self, info: &BatchInfo) -> Result<OfDevice, ApiError> {
        let number = info.id.device.u64();
        let device = DEVICES.load(self, &number)?;
        let pairing = pairing_of(self, number, &device, info.pairing);
        let recall = recall_of(self, &device);
        Ok(OfDevice {
            pairing: pairing?,
            recalled_from_ms: recall?.map(|recall| recall.at_ms),
            device,
        })
    }
}

impl Source for Records {
    fn raw(&self, what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
        if let Some(known) = self.known.get(key) {
            return Ok(known.clone());
        }
        self.missing.borrow_mut().insert(key.to_vec());
        Err(ApiError::NotFound {
            what,
            key: hex::encode(key),
        })
    }

    fn contract(&self) -> String {
        "the device registry".into()
    }
}
