//! From when until when a maker vouches for a device's calibration.

use cosmwasm_std::{Event, Storage};
use vitals_api::parse;
use vitals_api::registry::record::Calibration;
use vitals_core::decision::Seconds;

use super::fitness;
use crate::access::Caller;
use crate::error::ContractError;
use crate::state;

pub fn calibrate(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    number: u64,
    from: Option<Seconds>,
    until: Seconds,
) -> Result<Event, ContractError> {
    let mut device = state::device(storage, number)?;
    let model = state::model(storage, device.model)?;
    caller.ensure_maker_of(storage, device.model, &model)?;
    fitness::ensure_not_retired(number, &device)?;
    let now = caller.now.seconds();
    let from = from.unwrap_or(now);
    // nothing measured before a calibration is made better by it
    parse::date("from", from, now.saturating_sub(1))?;
    parse::date("until", until, from)?;

    let next = Calibration { from, until };
    let held = prolonged(number, device.calibration, next, now)?;
    device.calibration = Some(held);
    state::save_device(storage, number, &device)?;
    Ok(Event::new("calibrated")
        .add_attribute("device", number.to_string())
        .add_attribute("from", held.from.to_string())
        .add_attribute("until", held.until.to_string()))
}

/// One that is over gives way. One that lasts or is to come keeps all its time: what is not
/// anchored yet was measured within it.
fn prolonged(
    device: u64,
    held: Option<Calibration>,
    next: Calibration,
    now: Seconds,
) -> Result<Calibration, ContractError> {
    let Some(held) = held.filter(|held| held.until > now) else {
        return Ok(next);
    };
    if next.from > held.until || next.until < held.until {
        return Err(ContractError::CalibrationCut {
            device,
            from: held.from,
            until: held.until,
        });
    }
    Ok(Calibration {
        from: held.from.min(next.from),
        until: next.until,
    })
}
