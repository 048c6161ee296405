//! The patient sets who is called.

use cosmwasm_std::{Api, Event, Storage};
use vitals_api::care::{TierMsg, MAX_RESPONDERS, MAX_TIERS, MAX_TIER_S};
use vitals_api::{parse, ApiError};

use super::Call;
use crate::config::ensure_seconds;
use crate::error::ContractError;
use crate::ladder::{Ladder, Tier};
use crate::{events, state};

pub fn set_ladder(
    storage: &mut dyn Storage,
    call: &Call,
    patient: u64,
    ladder: u8,
    tiers: &[TierMsg],
    ends_in_emergency: bool,
) -> Result<Event, ContractError> {
    let config = state::config(storage)?;
    parse::length("tiers", tiers.len(), 1, MAX_TIERS)?;
    let tiers = tiers
        .iter()
        .map(|tier| parse_tier(call.api, tier, config.min_tier_s))
        .collect::<Result<_, _>>()?;
    let parsed = Ladder {
        tiers,
        ends_in_emergency,
    };
    let set = state::add_ladder(storage, patient, ladder, &parsed)?;
    Ok(events::ladder_set(patient, set))
}

fn parse_tier(api: &dyn Api, tier: &TierMsg, min_tier_s: u32) -> Result<Tier, ContractError> {
    ensure_seconds("within_s", tier.within_s, min_tier_s, MAX_TIER_S)?;
    Ok(Tier {
        responders: parse_responders(api, &tier.responders)?,
        within_s: tier.within_s,
    })
}

/// Told apart after they are brought to their one form.
fn parse_responders(api: &dyn Api, accounts: &[String]) -> Result<Vec<String>, ApiError> {
    parse::length("responders", accounts.len(), 1, MAX_RESPONDERS)?;
    let mut responders = Vec::with_capacity(accounts.len());
    for account in accounts {
        let value = parse::address(api, account)?.into_string();
        if responders.contains(&value) {
            return Err(ApiError::Duplicate {
                field: "responders",
                value,
            });
        }
        responders.push(value);
    }
    Ok(responders)
}
