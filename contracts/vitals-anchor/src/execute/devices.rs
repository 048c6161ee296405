//! The devices of one message: each record and head is read once, each head written once.

use std::collections::btree_map::Entry;
use std::collections::BTreeMap;

use cosmwasm_std::Storage;
use vitals_api::registry::record::{Device, Status, DEVICES, RETIREMENTS};
use vitals_api::store::Source;
use vitals_api::ApiError;

use crate::error::ContractError;
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

/// A retired device said with which number it ended: what comes after is not its own.
pub fn ensure_not_after_last(
    registry: &impl Source,
    record: &Device,
    device: u64,
    sequence: u64,
) -> Result<(), ContractError> {
    if record.status != Status::Retired {
        return Ok(());
    }
    match RETIREMENTS.load(registry, &device)?.last_sequence {
        Some(last) if sequence > last => Err(ContractError::AfterLast {
            device,
            last,
            got: sequence,
        }),
        _ => Ok(()),
    }
}
