//! Configuration: one TOML file, over it `VITALS_<SECTION>__<FIELD>` of the environment, over that
//! what the command line says.
//!
//! A section is read into a struct with `#[serde(deny_unknown_fields)]` that implements
//! [`Settings`]; what is wrong with it is told whole, each fault with its key.

mod source;
mod whole;

use std::fmt;

use serde::de::DeserializeOwned;

pub use source::Source;

/// What a section of the configuration is read into.
pub trait Settings: DeserializeOwned {
    /// Values that can be read and cannot be meant, by their keys within the section.
    fn check(&self) -> Vec<Fault> {
        Vec::new()
    }
}

/// What is wrong with one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `field`, or `table.field`; empty for the section itself.
    pub key: String,
    /// The value and the rule it breaks.
    pub rule: String,
}

impl Fault {
    pub fn new(key: impl Into<String>, rule: impl fmt::Display) -> Self {
        Self {
            key: key.into(),
            rule: rule.to_string(),
        }
    }

    /// `section.field: rule`.
    pub fn told(&self, section: &str) -> String {
        match self.key.is_empty() {
            true => format!("{section}: {}", self.rule),
            false => format!("{section}.{}: {}", self.key, self.rule),
        }
    }
}

/// Why there is no configuration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("config/file: {path}: {cause}")]
    File { path: String, cause: String },
    #[error("config/toml: {cause}")]
    Toml { cause: String },
    /// All faults, a line each.
    #[error("config/invalid: {}", .0.join("\n  "))]
    Invalid(Vec<String>),
}

#[cfg(test)]
mod tests;
