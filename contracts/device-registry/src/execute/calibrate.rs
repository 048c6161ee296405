//! Until when a maker vouches for a device's calibration.

use cosmwasm_std::{Addr, Event, Storage, Timestamp};
use vitals_core::decision::Seconds;

use super::makers;
use crate::error::ContractError;
use crate::state;

pub fn calibrate(
    storage: &mut dyn Storage,
    sender: &Addr,
    now: Timestamp,
    number: u64,
    until: Seconds,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    ensure_maker_of(storage, sender, device.model)?;
    let now = now.seconds();
    if until <= now {
        return Err(ContractError::CalibrationOver { until, now });
    }
    device.calibrated_until = Some(until);
    state::save_device(storage, number, &device)?;
    Ok(Event::new("calibrated")
        .add_attribute("device", number.to_string())
        .add_attribute("until", until.to_string()))
}

fn ensure_maker_of(storage: &dyn Storage, sender: &Addr, model: u32) -> Result<(), ContractError> {
    let maker = state::model(storage, model)?.maker;
    if maker != sender.as_str() {
        return Err(ContractError::NotTheMaker {
            sender: sender.to_string(),
            model,
            maker,
        });
    }
    makers::active(storage, sender.as_str())?;
    Ok(())
}
