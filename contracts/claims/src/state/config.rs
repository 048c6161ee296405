//! Which contracts this one reads, and what it asks of products.

use cosmwasm_std::{Addr, QuerierWrapper, Storage};
use serde::{Deserialize, Serialize};
use vitals_api::store::Remote;

use super::keys::CONFIG;
use super::packed::packed;
use crate::error::ContractError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Config {
    pub consent: Addr,
    pub registry: Addr,
    pub anchor: Addr,
    /// The least that deadlines of invoice terms are.
    pub least_deadline_s: u32,
}

packed! { Config => "configuration" }

impl Config {
    pub fn consent<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        remote(querier, &self.consent)
    }

    pub fn registry<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        remote(querier, &self.registry)
    }

    pub fn anchor<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        remote(querier, &self.anchor)
    }
}

fn remote<'a>(querier: QuerierWrapper<'a>, contract: &'a Addr) -> Remote<'a> {
    Remote { querier, contract }
}

pub(crate) fn config(storage: &dyn Storage) -> Result<Config, ContractError> {
    Ok(CONFIG.load(&storage, &())?)
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) -> Result<(), ContractError> {
    Ok(CONFIG.save(storage, &(), config)?)
}
