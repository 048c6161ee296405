//! The five contracts and the names of their messages.

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::Value;

pub use vitals_testing::Contract;

/// `contract.message`, and `contract.admin.message` of the housekeeping.
pub fn message_name(contract: Contract, msg: &impl Serialize) -> Result<String> {
    let value = serde_json::to_value(msg)?;
    let (mut name, inner) = only_key(&value).context("a message is an object with one key")?;
    if name == "admin" {
        let (inner, _) = only_key(inner).context("housekeeping is an object with one key")?;
        name = format!("admin.{inner}");
    }
    Ok(format!("{}.{name}", contract.name()))
}

fn only_key(value: &Value) -> Option<(String, &Value)> {
    let mut entries = value.as_object()?.iter();
    let (key, inner) = entries.next()?;
    entries.next().is_none().then(|| (key.clone(), inner))
}
