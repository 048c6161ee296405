//! Models that makers list.

use cosmwasm_std::{Addr, Event, Storage};
use vitals_api::parse;
use vitals_api::registry::{MAX_MEASURES, MAX_NAME};
use vitals_api::ApiError;
use vitals_core::measure::Measure;

use super::makers;
use crate::error::ContractError;
use crate::record::Model;
use crate::state;

pub fn list(
    storage: &mut dyn Storage,
    sender: &Addr,
    name: String,
    measures: Vec<Measure>,
    lowest_firmware: u32,
) -> Result<Event, ContractError> {
    makers::active(storage, sender.as_str())?;
    parse::length("name", name.len(), 1, MAX_NAME)?;
    check_measures(&measures)?;
    let model = Model {
        maker: sender.to_string(),
        name,
        measures,
        lowest_firmware,
    };
    let number = state::add_model(storage, &model)?;
    Ok(Event::new("model_listed").add_attribute("model", number.to_string()))
}

fn check_measures(measures: &[Measure]) -> Result<(), ApiError> {
    parse::length("measures", measures.len(), 1, MAX_MEASURES)?;
    let mut seen = std::collections::BTreeSet::new();
    match measures.iter().find(|measure| !seen.insert(**measure)) {
        None => Ok(()),
        Some(measure) => Err(ApiError::Duplicate {
            field: "measures",
            value: format!("{measure:?}"),
        }),
    }
}
