//! Models that makers list.

use cosmwasm_std::{Event, Storage};
use vitals_api::parse;
use vitals_api::registry::{MAX_MODELS, MAX_NAME};
use vitals_core::measure::Measure;

use crate::access::Caller;
use crate::error::ContractError;
use crate::record::{Maker, Model};
use crate::state;

pub fn list(
    storage: &mut dyn Storage,
    caller: &Caller<'_>,
    name: String,
    measures: &[Measure],
    lowest_firmware: u32,
) -> Result<Event, ContractError> {
    parse::length("name", name.len(), 1, MAX_NAME)?;
    let model = Model {
        maker: caller.sender.to_string(),
        name,
        measures: parse::set("measures", measures)?,
        lowest_firmware,
        newest_firmware: 0,
        recalled: false,
    };
    count(storage, caller.sender.as_str())?;
    let number = state::add_model(storage, &model)?;
    Ok(Event::new("model_listed").add_attribute("model", number.to_string()))
}

fn count(storage: &mut dyn Storage, account: &str) -> Result<(), ContractError> {
    let maker = state::maker(storage, account)?;
    if maker.models >= MAX_MODELS {
        return Err(ContractError::TooManyModels {
            maker: account.into(),
            most: MAX_MODELS,
        });
    }
    let counted = Maker {
        models: maker.models.saturating_add(1),
        ..maker
    };
    Ok(state::save_maker(storage, account, &counted)?)
}
