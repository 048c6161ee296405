//! The five contracts: their tables, their messages, and how each message is tried.

use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::schema::RootSchema;
use cosmwasm_std::Addr;
use vitals_api::access::{Row, ADMIN_ROWS};
use vitals_api::admin::AdminMsg;
use vitals_testing::suite::Contracts;

use crate::cases::{self, Case};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    pub fn address(self, at: &Contracts) -> &Addr {
        match self {
            Self::Consent => &at.consent,
            Self::DeviceRegistry => &at.registry,
            Self::VitalsAnchor => &at.anchor,
            Self::Care => &at.care,
            Self::Claims => &at.claims,
        }
    }

    /// Its table, where housekeeping may be left out, and that.
    pub fn rows(self) -> Vec<Row> {
        let own = match self {
            Self::Consent => consent::access::TABLE,
            Self::DeviceRegistry => device_registry::access::TABLE,
            Self::VitalsAnchor => vitals_anchor::access::TABLE,
            Self::Care => care::access::TABLE,
            Self::Claims => claims::access::TABLE,
        };
        let mut rows = own.to_vec();
        if !ADMIN_ROWS.iter().any(|row| own.contains(row)) {
            rows.splice(0..0, ADMIN_ROWS);
        }
        rows
    }

    pub fn row(self, message: &str) -> Row {
        self.rows()
            .into_iter()
            .find(|row| row.message == message)
            .unwrap_or_else(|| panic!("{}: no row {message}", self.name()))
    }

    /// Names of its messages, by their schema.
    pub fn messages(self) -> Vec<String> {
        let own = variants(&match self {
            Self::Consent => schema_for!(vitals_api::consent::ExecuteMsg),
            Self::DeviceRegistry => schema_for!(vitals_api::registry::ExecuteMsg),
            Self::VitalsAnchor => schema_for!(vitals_api::anchor::ExecuteMsg),
            Self::Care => schema_for!(vitals_api::care::ExecuteMsg),
            Self::Claims => schema_for!(vitals_api::claims::ExecuteMsg),
        });
        let admin = variants(&schema_for!(AdminMsg));
        own.into_iter()
            .filter(|name| name != "admin")
            .chain(admin.iter().map(|name| format!("admin.{name}")))
            .collect()
    }

    pub fn cases(self) -> Vec<Case> {
        let own = match self {
            Self::Consent => cases::consent(),
            Self::DeviceRegistry => cases::registry::CASES.to_vec(),
            Self::VitalsAnchor => cases::anchor::CASES.to_vec(),
            Self::Care => cases::care::CASES.to_vec(),
            Self::Claims => cases::claims::CASES.to_vec(),
        };
        [cases::admin::CASES.to_vec(), own].concat()
    }
}

/// Names of an enumeration's variants in JSON.
fn variants(schema: &RootSchema) -> Vec<String> {
    let schema = serde_json::to_value(schema).expect("a schema is JSON");
    let one_of = schema["oneOf"].as_array().expect("messages are variants");
    let plain = |v: &serde_json::Value| v["enum"].as_array().cloned().unwrap_or_default();
    let carrying = |v: &serde_json::Value| v["required"].as_array().cloned().unwrap_or_default();
    one_of
        .iter()
        .flat_map(|variant| [plain(variant), carrying(variant)].concat())
        .map(|name| name.as_str().expect("a name is text").to_string())
        .collect()
}
