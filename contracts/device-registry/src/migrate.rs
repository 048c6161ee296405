//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Event, Storage};
use vitals_api::migrate;

use crate::error::ContractError;
use crate::record::Maker;
use crate::state;

const NAME: &str = "cw-vitals:device-registry";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ContractError> {
    Ok(migrate::stamp(storage, NAME, VERSION)?)
}

/// Models, and devices, that a migration lists: some 5,000 gas each, so that it fits a block
/// whatever was registered by whom.
const LISTED: u64 = 1_000;
const LISTED_MODELS: u32 = 1_000;
/// Of one device, the newest.
const LISTED_PAIRINGS: u32 = 4;

/// Release 0.1.0 kept no list of a maker's models, nor of a patient's devices: the first 1,000 of
/// each are listed, a later device when it is paired next. Records of devices are read in either
/// layout and stay as they are until they change.
pub fn upgrade(storage: &mut dyn Storage) -> Result<Event, ContractError> {
    let event = migrate::upgrade(storage, NAME, VERSION)?;
    let last = state::numbers(storage)?;
    (1..=last.model.min(LISTED_MODELS)).try_for_each(|number| list_model(storage, number))?;
    (1..=last.device.min(LISTED)).try_for_each(|number| list_devices(storage, number))?;
    Ok(event)
}

fn list_model(storage: &mut dyn Storage, number: u32) -> Result<(), ContractError> {
    let account = state::model(storage, number)?.maker;
    if state::is_listed(storage, &account, number)? {
        return Ok(());
    }
    let maker = state::maker(storage, &account)?;
    let counted = Maker {
        models: maker.models.saturating_add(1),
        ..maker
    };
    state::save_maker(storage, &account, &counted)?;
    Ok(state::list_model(storage, &account, number)?)
}

/// Its newest pairings, oldest first, so that the last one with each patient stays.
fn list_devices(storage: &mut dyn Storage, number: u64) -> Result<(), ContractError> {
    let last = state::device(storage, number)?.pairing;
    let first = last.saturating_sub(LISTED_PAIRINGS).max(1);
    (first..=last).try_for_each(|pairing| {
        let patient = state::pairing(storage, number, pairing)?.patient;
        Ok(state::list_device(storage, patient, number, pairing)?)
    })
}
