//! That no message of a contract was left out.

use std::collections::BTreeSet;

use anyhow::{bail, Result};
use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::schema::{RootSchema, Schema, SchemaObject};
use vitals_api::{admin, anchor, care, claims, consent, registry};

use super::contract::Contract;

/// What a run cannot reach, because time passes on a chain as it does outside.
pub const UNREACHED: [(&str, &str); 7] = [
    ("consent.propose_recovery", NOTICE),
    ("consent.approve_recovery", NOTICE),
    ("consent.veto_recovery", NOTICE),
    ("consent.cancel_recovery", NOTICE),
    ("consent.complete_recovery", NOTICE),
    (
        "care.record_adherence",
        "its period is whole hours after the plan was acknowledged",
    ),
    (
        "claims.reclaim_unclaimed",
        "money waits three years for whom it could not be paid to",
    ),
];
const NOTICE: &str = "a guardian's power to recover counts after two hours at the least";
/// Sent by another contract, and measured in that one's message: consent's, a token's.
const WITHIN: [&str; 2] = ["care.consent_hook", "claims.receive"];

/// Fails with the messages that are not among `measured`.
pub fn check(measured: &BTreeSet<String>) -> Result<()> {
    let missing: Vec<String> = Contract::ALL
        .into_iter()
        .flat_map(messages)
        .filter(|name| !measured.contains(name) && !is_excused(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("not measured: {}", missing.join(", "))
}

fn is_excused(name: &str) -> bool {
    WITHIN.contains(&name) || UNREACHED.iter().any(|(unreached, _)| *unreached == name)
}

/// `contract.message` of every message a contract takes.
fn messages(contract: Contract) -> Vec<String> {
    let schema = match contract {
        Contract::Consent => schema_for!(consent::ExecuteMsg),
        Contract::DeviceRegistry => schema_for!(registry::ExecuteMsg),
        Contract::VitalsAnchor => schema_for!(anchor::ExecuteMsg),
        Contract::Care => schema_for!(care::ExecuteMsg),
        Contract::Claims => schema_for!(claims::ExecuteMsg),
    };
    let mut names = variants(&schema);
    names.retain(|name| name != "admin");
    let housekeeping = variants(&schema_for!(admin::AdminMsg));
    names.extend(housekeeping.iter().map(|name| format!("admin.{name}")));
    names
        .iter()
        .map(|name| format!("{}.{name}", contract.name()))
        .collect()
}

/// Each variant of an enum is an object with one property.
fn variants(schema: &RootSchema) -> Vec<String> {
    let subschemas = schema.schema.subschemas.as_deref();
    let one_of = subschemas.and_then(|s| s.one_of.as_deref());
    one_of
        .unwrap_or_default()
        .iter()
        .filter_map(only_property)
        .collect()
}

fn only_property(schema: &Schema) -> Option<String> {
    let Schema::Object(SchemaObject {
        object: Some(object),
        ..
    }) = schema
    else {
        return None;
    };
    object.properties.keys().next().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contract_s_messages_are_found_with_the_housekeeping() {
        for contract in Contract::ALL {
            let found = messages(contract);
            assert!(found.contains(&format!("{}.admin.pause", contract.name())));
            assert!(found.len() > 4, "{found:?}");
            assert!(!found.contains(&format!("{}.admin", contract.name())));
        }
        assert!(messages(Contract::Consent).contains(&"consent.revoke".to_string()));
    }

    #[test]
    fn what_is_excused_is_a_message() {
        let all: Vec<String> = Contract::ALL.into_iter().flat_map(messages).collect();
        let excused = UNREACHED.iter().map(|(name, _)| *name).chain(WITHIN);
        for name in excused {
            assert!(all.contains(&name.to_string()), "{name}");
        }
    }

    #[test]
    fn what_is_left_out_is_named() {
        let all: BTreeSet<String> = Contract::ALL.into_iter().flat_map(messages).collect();
        assert!(check(&all).is_ok());
        let mut fewer = all;
        fewer.remove("care.escalate");
        let error = check(&fewer).unwrap_err().to_string();
        assert_eq!(error, "not measured: care.escalate");
    }
}
