//! One module for each thing the contract does.

use cosmwasm_std::{Addr, Api, QuerierWrapper, Timestamp};
use vitals_api::block::millis;
use vitals_api::verify::ChainVerifier;
use vitals_core::time::Millis;

use crate::record::Config;

pub mod anchor;
pub mod gap;
pub mod shred;

mod cached;
mod checks;
mod devices;

/// A message's surroundings.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub config: &'a Config,
    pub api: &'a dyn Api,
    pub querier: QuerierWrapper<'a>,
    pub now: Timestamp,
    pub sender: &'a Addr,
}

impl<'a> Call<'a> {
    fn verifier(&self) -> ChainVerifier<'a> {
        ChainVerifier(self.api)
    }

    fn now_ms(&self) -> Millis {
        millis(self.now)
    }
}
