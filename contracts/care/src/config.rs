//! What is fixed when the contract is instantiated.

use cosmwasm_std::{Addr, Binary, QuerierWrapper};
use vitals_api::care::ConfigInfo;
use vitals_api::store::{Record, Remote};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::signing::DeploymentId;
use vitals_core::FormatError;

const VERSION: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub consent: Addr,
    pub registry: Addr,
    /// The registry's; in every signed body.
    pub deployment: DeploymentId,
    pub cooldown_s: u32,
    pub min_tier_s: u32,
}

impl Config {
    /// The consent contract's records.
    pub fn consent<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        Remote {
            querier,
            contract: &self.consent,
        }
    }

    /// The device registry's records.
    pub fn registry<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        Remote {
            querier,
            contract: &self.registry,
        }
    }

    pub fn info(self) -> ConfigInfo {
        ConfigInfo {
            consent: self.consent.into(),
            registry: self.registry.into(),
            deployment_id: Binary::new(self.deployment.to_vec()),
            cooldown_s: self.cooldown_s,
            min_tier_s: self.min_tier_s,
        }
    }
}

impl Record for Config {
    const NAME: &'static str = "configuration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .raw(&self.deployment)
            .u32(self.cooldown_s)
            .u32(self.min_tier_s)
            .short("consent", self.consent.as_bytes())?
            .short("registry", self.registry.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let config = Self {
            deployment: r.array()?,
            cooldown_s: r.u32()?,
            min_tier_s: r.u32()?,
            // validated before they were written
            consent: Addr::unchecked(r.short_str()?),
            registry: Addr::unchecked(r.short_str()?),
        };
        r.end()?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_comes_back_whole() {
        let config = Config {
            consent: Addr::unchecked("cosmos1consent"),
            registry: Addr::unchecked("cosmos1registry"),
            deployment: [7; 32],
            cooldown_s: 60,
            min_tier_s: 1,
        };
        assert_eq!(Config::from_bytes(&config.to_bytes().unwrap()), Ok(config));
    }
}
