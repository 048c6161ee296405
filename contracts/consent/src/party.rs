//! Whom a message names, checked at the edge.

use cosmwasm_std::{Api, Storage};
use vitals_api::consent::Party;
use vitals_api::{parse, ApiError};

use crate::state;

/// An account in its one normal form, or a team that exists.
pub fn existing(storage: &dyn Storage, api: &dyn Api, named: &Party) -> Result<Party, ApiError> {
    match named {
        Party::Account(account) => Ok(Party::Account(parse::address(api, account)?.into())),
        Party::Team(team) => {
            state::team(storage, team.u64())?;
            Ok(Party::Team(*team))
        }
    }
}
