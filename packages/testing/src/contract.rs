//! The five contracts: what they are called, and who may send them what.

use cosmwasm_std::Addr;
use vitals_api::access::Row;

use crate::schema::{messages, with_admin};
use crate::suite::Contracts;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contract {
    Consent,
    DeviceRegistry,
    VitalsAnchor,
    Care,
    Claims,
}

impl Contract {
    pub const ALL: [Self; 5] = [
        Self::Consent,
        Self::DeviceRegistry,
        Self::VitalsAnchor,
        Self::Care,
        Self::Claims,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::DeviceRegistry => "device-registry",
            Self::VitalsAnchor => "vitals-anchor",
            Self::Care => "care",
            Self::Claims => "claims",
        }
    }

    /// The name as files and crates of Rust have it.
    pub fn file(self) -> String {
        self.name().replace('-', "_")
    }

    pub fn address(self, at: &Contracts) -> &Addr {
        match self {
            Self::Consent => &at.consent,
            Self::DeviceRegistry => &at.registry,
            Self::VitalsAnchor => &at.anchor,
            Self::Care => &at.care,
            Self::Claims => &at.claims,
        }
    }

    /// Its table, with the rows of the housekeeping.
    pub fn rows(self) -> Vec<Row> {
        with_admin(match self {
            Self::Consent => consent::access::TABLE,
            Self::DeviceRegistry => device_registry::access::TABLE,
            Self::VitalsAnchor => vitals_anchor::access::TABLE,
            Self::Care => care::access::TABLE,
            Self::Claims => claims::access::TABLE,
        })
    }

    /// # Panics
    /// Where the contract has no such message.
    pub fn row(self, message: &str) -> Row {
        self.rows()
            .into_iter()
            .find(|row| row.message == message)
            .unwrap_or_else(|| panic!("{}: no row {message}", self.name()))
    }

    /// Names of its messages, by their schema.
    pub fn messages(self) -> Vec<String> {
        match self {
            Self::Consent => messages::<vitals_api::consent::ExecuteMsg>(),
            Self::DeviceRegistry => messages::<vitals_api::registry::ExecuteMsg>(),
            Self::VitalsAnchor => messages::<vitals_api::anchor::ExecuteMsg>(),
            Self::Care => messages::<vitals_api::care::ExecuteMsg>(),
            Self::Claims => messages::<vitals_api::claims::ExecuteMsg>(),
        }
    }
}
