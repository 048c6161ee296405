//! The devices of one message: each record and head is read once, each head written once.

use std::collections::btree_map::Entry;
use std::collections::BTreeMap;

use cosmwasm_std::Storage;
use vitals_api::registry::record::{Device, Pairing, DEVICES, PAIRINGS};
use vitals_api::store::Source;
use vitals_api::ApiError;

use crate::record::Head;
use crate::state;

pub struct OpenDevice {
    pub record: Device,
    pub head: Head,
}

#[derive(Default)]
pub struct Devices(BTreeMap<u64, OpenDevice>);

impl Devices {
    pub fn open(
        &mut self,
        storage: &dyn Storage,
        registry: &impl Source,
        number: u64,
    ) -> Result<&mut OpenDevice, ApiError> {
        Ok(match self.0.entry(number) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(place) => place.insert(OpenDevice {
                record: DEVICES.load(registry, &number)?,
                head: state::head(storage, number)?,
            }),
        })
    }

    pub fn save_heads(&self, storage: &mut dyn Storage) -> Result<(), ApiError> {
        self.0
            .iter()
            .try_for_each(|(number, device)| state::save_head(storage, *number, &device.head))
    }
}

/// A pairing by its number: the one that lasts is in the device's record, others take a read.
pub fn pairing(
    registry: &impl Source,
    number: u64,
    device: &Device,
    pairing: u32,
) -> Result<Pairing, ApiError> {
    match device.paired {
        Some(paired) if device.pairing == pairing => Ok(Pairing {
            patient: paired.patient,
            from_ms: paired.from_ms,
            to_ms: None,
        }),
        _ => PAIRINGS.load(registry, &(number, pairing)),
    }
}
