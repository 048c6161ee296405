//! The messages a contract takes, by their JSON schema.

use std::collections::BTreeSet;

use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::JsonSchema;
use serde_json::Value;
use vitals_api::access::{Row, ADMIN_ROWS};
use vitals_api::admin::AdminMsg;

/// Names of an enumeration's variants in JSON.
///
/// # Panics
/// Where the type is none.
pub fn variants<T: JsonSchema>() -> Vec<String> {
    let schema = serde_json::to_value(schema_for!(T)).expect("a schema is JSON");
    let one_of = schema["oneOf"].as_array().expect("messages are variants");
    let names = |variant: &Value, of: &str| variant[of].as_array().cloned().unwrap_or_default();
    one_of
        .iter()
        .flat_map(|variant| [names(variant, "enum"), names(variant, "required")].concat())
        .map(|name| name.as_str().expect("a name is text").to_string())
        .collect()
}

/// Names of an `ExecuteMsg`'s messages as tables have them: of `admin`, each of its own.
pub fn messages<T: JsonSchema>() -> Vec<String> {
    let (own, admin) = (variants::<T>(), variants::<AdminMsg>());
    own.into_iter()
        .filter(|name| name != "admin")
        .chain(admin.iter().map(|name| format!("admin.{name}")))
        .collect()
}

/// # Panics
/// Unless a contract's table, with the rows of the housekeeping that it may leave out, has exactly
/// one row for each message and no other.
pub fn assert_rows<T: JsonSchema>(table: &[Row]) {
    let rows = with_admin(table);
    let named: BTreeSet<String> = rows.iter().map(|row| row.message.into()).collect();
    assert_eq!(named.len(), rows.len(), "a message has two rows");
    assert_eq!(named, messages::<T>().into_iter().collect());
}

/// A contract's table, with the rows of the housekeeping first.
pub fn with_admin(table: &[Row]) -> Vec<Row> {
    let mut rows = table.to_vec();
    if !ADMIN_ROWS.iter().any(|row| table.contains(row)) {
        rows.splice(0..0, ADMIN_ROWS);
    }
    rows
}

#[cfg(test)]
mod tests {
    use vitals_api::anchor::ExecuteMsg;

    use super::*;

    #[test]
    fn messages_are_found_with_the_housekeeping_and_admin_itself_is_none() {
        let found = messages::<ExecuteMsg>();
        for name in ["anchor", "note_gap", "shred", "admin.pause", "admin.resume"] {
            assert!(found.contains(&name.to_string()), "{found:?}");
        }
        assert!(!found.contains(&"admin".to_string()));
    }

    #[test]
    #[should_panic(expected = "assertion")]
    fn a_table_that_lacks_a_message_is_noticed() {
        assert_rows::<ExecuteMsg>(&vitals_anchor::access::TABLE[1..]);
    }
}
