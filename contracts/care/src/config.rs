//! What is fixed when the contract is instantiated.

use cosmwasm_std::{Addr, Binary, QuerierWrapper};
use vitals_api::care::{ConfigInfo, DEFAULT_REOPENS_S, MAX_REOPENS_S, MIN_REOPENS_S};
use vitals_api::store::{Record, Remote};
use vitals_core::bytes::{Reader, Writer};
use vitals_core::signing::DeploymentId;
use vitals_core::FormatError;

use crate::error::ContractError;

/// Layout 1 had no reopening time.
const LAYOUT: u8 = 2;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub consent: Addr,
    pub registry: Addr,
    /// The registry's; in every signed body.
    pub deployment: DeploymentId,
    pub cooldown_s: u32,
    pub min_tier_s: u32,
    pub reopens_after_s: u32,
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
            reopens_after_s: self.reopens_after_s,
        }
    }
}

impl Record for Config {
    const NAME: &'static str = "configuration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(LAYOUT)
            .raw(&self.deployment)
            .u32(self.cooldown_s)
            .u32(self.min_tier_s)
            .short("consent", self.consent.as_bytes())?
            .short("registry", self.registry.as_bytes())?
            .u32(self.reopens_after_s)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, LAYOUT, bytes)?;
        let config = Self {
            deployment: r.array()?,
            cooldown_s: r.u32()?,
            min_tier_s: r.u32()?,
            // validated before they were written
            consent: Addr::unchecked(r.short_str()?),
            registry: Addr::unchecked(r.short_str()?),
            reopens_after_s: match layout {
                1 => DEFAULT_REOPENS_S,
                _ => r.u32()?,
            },
        };
        r.end()?;
        Ok(config)
    }
}

/// A number of seconds within bounds.
pub fn ensure_seconds(
    field: &'static str,
    got: u32,
    least: u32,
    most: u32,
) -> Result<u32, ContractError> {
    if least <= got && got <= most {
        return Ok(got);
    }
    Err(ContractError::Seconds {
        field,
        least,
        most,
        got,
    })
}

/// What was asked for within its bounds, or another value where nothing was.
pub fn reopens_after(asked: Option<u32>, otherwise: u32) -> Result<u32, ContractError> {
    asked.map_or(Ok(otherwise), |got| {
        ensure_seconds("reopens_after_s", got, MIN_REOPENS_S, MAX_REOPENS_S)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            consent: Addr::unchecked("con"),
            registry: Addr::unchecked("reg"),
            deployment: [7; 32],
            cooldown_s: 60,
            min_tier_s: 1,
            reopens_after_s: 90,
        }
    }

    #[test]
    fn the_configuration_comes_back_whole() {
        let bytes = config().to_bytes().unwrap();
        assert_eq!(Config::from_bytes(&bytes), Ok(config()));
        assert!(Config::from_bytes(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn layout_1_reopens_after_the_default() {
        let tail = b"\0\0\0\x3c\0\0\0\x01\x03con\x03reg";
        let first = [&[1], &[7; 32][..], tail].concat();
        let expected = Config {
            reopens_after_s: DEFAULT_REOPENS_S,
            ..config()
        };
        assert_eq!(Config::from_bytes(&first), Ok(expected));
    }
}
