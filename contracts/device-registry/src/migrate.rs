//! Whose state this is and of which version, and how newer code takes it over.

use cosmwasm_std::{Event, Storage};
use vitals_api::migrate;

use crate::error::ContractError;
use crate::record::{Maker, Numbers, Progress};
use crate::state;

const NAME: &str = "cw-vitals:device-registry";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// At instantiation.
pub fn stamp(storage: &mut dyn Storage) -> Result<(), ContractError> {
    Ok(migrate::stamp(storage, NAME, VERSION)?)
}

/// Models and pairings that one run lists: some 5,000 gas each, so that it fits a block whatever was
/// registered by whom.
const STEPS: u32 = 1_000;

/// Release 0.1.0 kept no list of a maker's models, nor of a patient's devices: both are written. A
/// run that comes to its end before they are says how far it came, leaves the version as it is, and
/// the next run of the same migration goes on from there. The contract works in between: records are
/// read in either layout, and what is not listed yet is only not in those two lists.
pub fn upgrade(storage: &mut dyn Storage) -> Result<Event, ContractError> {
    migrate::older(storage, NAME, VERSION)?;
    let last = state::numbers(storage)?;
    let mut progress = state::progress(storage)?;
    for _ in 0..STEPS {
        let Some(next) = next(storage, &last, progress)? else {
            state::end_progress(storage);
            return Ok(migrate::upgrade(storage, NAME, VERSION)?);
        };
        list(storage, progress, next)?;
        progress = next;
    }
    state::save_progress(storage, &progress)?;
    Ok(Event::new("migration_goes_on")
        .add_attribute("model", progress.model.to_string())
        .add_attribute("device", progress.device.to_string())
        .add_attribute("pairing", progress.pairing.to_string()))
}

/// What is done after one more step: models first, then device by device its pairings, oldest first,
/// so that the last one with each patient stays. None where all is done.
fn next(
    storage: &dyn Storage,
    last: &Numbers,
    done: Progress,
) -> Result<Option<Progress>, ContractError> {
    if done.model < last.model {
        let model = done.model.saturating_add(1);
        return Ok(Some(Progress { model, ..done }));
    }
    if done.device >= last.device {
        return Ok(None);
    }
    let device = done.device.saturating_add(1);
    let pairings = state::device(storage, device)?.pairing;
    if done.pairing < pairings {
        let pairing = done.pairing.saturating_add(1);
        return Ok(Some(Progress { pairing, ..done }));
    }
    Ok(Some(Progress {
        device,
        pairing: 0,
        ..done
    }))
}

/// What the step from one to the other is about.
fn list(storage: &mut dyn Storage, done: Progress, next: Progress) -> Result<(), ContractError> {
    if next.model > done.model {
        return list_model(storage, next.model);
    }
    if next.pairing > done.pairing {
        return list_pairing(storage, done.device.saturating_add(1), next.pairing);
    }
    Ok(())
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

fn list_pairing(storage: &mut dyn Storage, device: u64, number: u32) -> Result<(), ContractError> {
    let patient = state::pairing(storage, device, number)?.patient;
    Ok(state::list_device(storage, patient, device, number)?)
}
