//! What a decision speaks of: purposes, actions, roles and powers.

use serde::{Deserialize, Serialize};

use crate::set::Member;

macro_rules! members {
    ($ty:ident, $name:literal, $($variant:ident = $bit:literal),+ $(,)?) => {
        impl Member for $ty {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const NAME: &'static str = $name;
            fn bit(self) -> u16 {
                match self { $(Self::$variant => $bit),+ }
            }
        }
    };
}

/// Why data is used (HL7 v3 PurposeOfUse).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
pub enum Purpose {
    /// treatment
    #[serde(rename = "TREAT")]
    Treatment,
    /// emergency treatment
    #[serde(rename = "ETREAT")]
    Emergency,
    /// healthcare payment
    #[serde(rename = "HPAYMT")]
    Payment,
    /// healthcare research
    #[serde(rename = "HRESCH")]
    Research,
    /// family requested
    #[serde(rename = "FAMRQT")]
    Family,
}
members!(
    Purpose,
    "purposes",
    Treatment = 1,
    Emergency = 2,
    Payment = 4,
    Research = 8,
    Family = 16
);

/// What is done under a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Fetch keys and ciphertext.
    Read,
    /// Publish readings in a claim.
    Disclose,
    WritePlan,
    ReceiveAlerts,
    /// Seal batches and send them to the chain.
    Seal,
}
members!(
    Action,
    "actions",
    Read = 1,
    Disclose = 2,
    WritePlan = 4,
    ReceiveAlerts = 8,
    Seal = 16
);

/// What an issuer can attest of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Clinician,
    Insurer,
    EmergencyResponder,
    Custodian,
    VaultOperator,
    VerifiedPerson,
}
members!(
    Role,
    "roles",
    Clinician = 1,
    Insurer = 2,
    EmergencyResponder = 4,
    Custodian = 8,
    VaultOperator = 16,
    VerifiedPerson = 32
);

/// What a guardian may do for a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    Read,
    Grant,
    Revoke,
    Acknowledge,
    Claim,
    Recover,
}
members!(
    Power,
    "powers",
    Read = 1,
    Grant = 2,
    Revoke = 4,
    Acknowledge = 8,
    Claim = 16,
    Recover = 32
);
