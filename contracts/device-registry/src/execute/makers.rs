//! Organisations that attest devices.

use cosmwasm_std::{Api, Event, Storage};
use vitals_api::parse;
use vitals_api::registry::{KeyMsg, MAX_NAME};
use vitals_core::key::PublicKey;

use crate::error::ContractError;
use crate::record::Maker;
use crate::state;

/// Admitting again replaces name and key and ends a suspension.
pub fn admit(
    storage: &mut dyn Storage,
    api: &dyn Api,
    maker: &str,
    name: String,
    key: &KeyMsg,
) -> Result<Event, ContractError> {
    let maker = parse::address(api, maker)?;
    parse::length("name", name.len(), 1, MAX_NAME)?;
    let before = state::may_load_maker(storage, maker.as_str())?;
    let admitted = Maker {
        name,
        key: PublicKey::new(key.scheme, &key.bytes)?,
        suspended: false,
        models: before.map_or(0, |before| before.models),
    };
    state::save_maker(storage, maker.as_str(), &admitted)?;
    Ok(Event::new("maker_admitted").add_attribute("maker", maker))
}

pub fn suspend(
    storage: &mut dyn Storage,
    api: &dyn Api,
    maker: &str,
) -> Result<Event, ContractError> {
    let maker = parse::address(api, maker)?;
    let suspended = Maker {
        suspended: true,
        ..state::maker(storage, maker.as_str())?
    };
    state::save_maker(storage, maker.as_str(), &suspended)?;
    Ok(Event::new("maker_suspended").add_attribute("maker", maker))
}

/// The maker behind an account, where it may still attest.
pub fn active(storage: &dyn Storage, account: &str) -> Result<Maker, ContractError> {
    match state::may_load_maker(storage, account)? {
        None => Err(ContractError::NotAMaker {
            sender: account.into(),
        }),
        Some(maker) if maker.suspended => Err(ContractError::MakerSuspended {
            maker: account.into(),
        }),
        Some(maker) => Ok(maker),
    }
}
