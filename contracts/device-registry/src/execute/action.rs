//! The number of each action of a device.

use vitals_api::registry::record::Device;

use crate::error::ContractError;

/// Takes the number in what a device signed: exactly the last plus one, so that no signature works
/// twice.
pub fn take(device: &mut Device, number: u64, got: u64) -> Result<(), ContractError> {
    let expected = next(device)?;
    if got != expected {
        return Err(ContractError::ActionNumber {
            device: number,
            expected,
            got,
        });
    }
    device.action = expected;
    Ok(())
}

/// Takes a number for what was done without the device, so that what it signed before and nobody
/// has sent is of no more use.
pub fn skip(device: &mut Device) -> Result<(), ContractError> {
    device.action = next(device)?;
    Ok(())
}

fn next(device: &Device) -> Result<u64, ContractError> {
    let next = device.action.checked_add(1);
    next.ok_or(ContractError::NumbersUsedUp { what: "action" })
}
