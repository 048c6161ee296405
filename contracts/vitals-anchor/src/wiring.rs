//! One deployment: what the contract is made for must belong together.

use cosmwasm_std::{Addr, QuerierWrapper};
use vitals_api::registry::record::{CONFIG, DEPLOYMENT};
use vitals_api::store::Remote;

use crate::error::ContractError;
use crate::record::Config;

/// The registry says whose deployment it is and which consent it asks: another would let pairings
/// and permissions come from two worlds.
pub fn config(
    querier: QuerierWrapper<'_>,
    consent: Addr,
    registry: Addr,
) -> Result<Config, ContractError> {
    let from = Remote {
        querier,
        contract: &registry,
    };
    let deployment = DEPLOYMENT.load(&from, &())?.0;
    let asked = CONFIG.load(&from, &())?.consent;
    if asked != consent.as_str() {
        return Err(ContractError::AnotherConsent {
            registry: registry.into(),
            asked,
            given: consent.into(),
        });
    }
    Ok(Config {
        paused: false,
        deployment,
        consent,
        registry,
    })
}
