//! What commands print: JSON as the contract gives it, or lines for people, with times in RFC 3339
//! and amounts with their denomination.

use cosmwasm_std::Binary;
use serde::Serialize;
use serde_json::{json, Map, Value};
use vitals_api::claims::DenomMsg;
use vitals_insurance::{show_ms, show_time, Money};
use vitals_ledger::{LedgerEvent, TxOutcome};

use crate::failure::Failure;

/// Fields that are block seconds; milliseconds end in `_ms`.
const TIMES: [&str; 12] = [
    "at",
    "bound_at",
    "closed_at",
    "covered_from",
    "covered_until",
    "deadline",
    "file_until",
    "filed_at",
    "next_due",
    "offered_until",
    "served_from",
    "served_until",
];

/// Fields that are smallest units of the product's denomination.
const AMOUNTS: [&str; 27] = [
    "amount",
    "award",
    "claim_deposits",
    "claimed",
    "deposit",
    "deposits",
    "fee",
    "fees",
    "free",
    "held",
    "locked",
    "minimum_charge",
    "most_payable",
    "next_amount",
    "owed",
    "paid",
    "premium_paid",
    "premiums",
    "premiums_net",
    "rebate",
    "rebated",
    "reclaimed",
    "refunded",
    "returned",
    "two_people_above",
    "waiting",
    "withdrawn",
];

/// Fields that are digests: base64 in messages, hex for people, as `sha256sum` prints them.
const DIGESTS: [&str; 3] = ["digest", "reason", "terms_digest"];

/// What the chain adds to a contract's attributes.
const NOT_OURS: [&str; 2] = ["_contract_address", "msg_index"];

/// What a transaction did, by the contract's own events.
pub fn done(outcome: &TxOutcome, contract: &str, json: bool) {
    let events: Vec<(&str, Map<String, Value>)> = outcome
        .events
        .iter()
        .filter(|event| event.attribute("_contract_address") == Some(contract))
        .filter_map(|event| Some((event.ty.strip_prefix("wasm-")?, attributes(event))))
        .collect();
    if json {
        let events = events
            .iter()
            .map(|(name, with)| json!({"event": name, "attributes": with}));
        println!(
            "{}",
            json!({
                "tx": outcome.hash, "height": outcome.height.to_string(),
                "gas_used": outcome.gas_used.to_string(), "events": events.collect::<Vec<_>>(),
            })
        );
        return;
    }
    for (name, with) in &events {
        println!("{name}: {}", one_line(with));
    }
    println!(
        "transaction {} in block {}, {} gas",
        outcome.hash, outcome.height, outcome.gas_used
    );
}

fn attributes(event: &LedgerEvent) -> Map<String, Value> {
    event
        .attributes
        .iter()
        .filter(|(key, _)| !NOT_OURS.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), Value::String(value.clone())))
        .collect()
}

fn one_line(fields: &Map<String, Value>) -> String {
    let fields = fields
        .iter()
        .map(|(key, value)| format!("{key} {}", shown(key, value, None)));
    fields.collect::<Vec<_>>().join(", ")
}

/// An answer: as JSON, or field by field.
pub fn answer(
    answer: &impl Serialize,
    denom: Option<&DenomMsg>,
    json: bool,
) -> Result<(), Failure> {
    let value = serde_json::to_value(answer).map_err(|cause| Failure::new("cli/json", cause))?;
    if json {
        println!("{value}");
    } else {
        lines(&value, denom, 0)
            .iter()
            .for_each(|line| println!("{line}"));
    }
    Ok(())
}

/// A list: as one JSON array, or a line each.
pub fn list<T: Serialize>(
    entries: &[T],
    json: bool,
    line: impl Fn(&T) -> String,
) -> Result<(), Failure> {
    if json {
        return answer(&entries, None, true);
    }
    entries.iter().for_each(|entry| println!("{}", line(entry)));
    Ok(())
}

fn lines(value: &Value, denom: Option<&DenomMsg>, depth: usize) -> Vec<String> {
    let indent = "  ".repeat(depth);
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => items.iter().map(|v| ("-".to_string(), v)).collect(),
        other => return vec![format!("{indent}{}", plain(other))],
    };
    entries
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .flat_map(|(key, value)| match value {
            Value::Object(_) | Value::Array(_) => {
                let head = format!("{indent}{key}:");
                std::iter::once(head)
                    .chain(lines(value, denom, depth + 1))
                    .collect()
            }
            leaf => vec![format!("{indent}{key}: {}", shown(&key, leaf, denom))],
        })
        .collect()
}

/// A field for people.
fn shown(key: &str, value: &Value, denom: Option<&DenomMsg>) -> String {
    let text = plain(value);
    if DIGESTS.contains(&key) {
        return match Binary::from_base64(&text) {
            Ok(bytes) if bytes.len() == 32 => hex::encode(bytes.as_slice()),
            _ => text,
        };
    }
    let Ok(number) = text.parse::<u128>() else {
        return text;
    };
    let short = u64::try_from(number).unwrap_or(u64::MAX);
    match denom {
        _ if TIMES.contains(&key) && short > 0 => show_time(short),
        _ if key.ends_with("_ms") => show_ms(short),
        Some(denom) if AMOUNTS.contains(&key) => Money::new(number, denom).to_string(),
        _ => text,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_times_and_denominations_and_no_empty_fields() {
        let value = json!({
            "bound_at": 1_795_392_000, "locked": "500", "state": "active", "next_due": null,
            "evidence": {"disclosed": {"from_ms": 1_795_392_000_000u64}}, "days": [1],
        });
        let denom = DenomMsg::Native("uvital".into());
        assert_eq!(
            lines(&value, Some(&denom), 0),
            [
                "bound_at: 2026-11-23T00:00:00Z",
                "days:",
                "  -: 1",
                "evidence:",
                "  disclosed:",
                "    from_ms: 2026-11-23T00:00:00Z",
                "locked: 500uvital",
                "state: active",
            ]
        );
    }

    #[test]
    fn a_time_that_is_not_set_stays_a_nought() {
        assert_eq!(shown("bound_at", &json!(0), None), "0");
        assert_eq!(shown("bound_at", &json!("soon"), None), "soon");
    }

    #[test]
    fn a_digest_is_shown_as_hex_however_it_came() {
        let hex = "00".repeat(32);
        let base64 = Binary::new(vec![0; 32]).to_base64();
        assert_eq!(shown("digest", &json!(base64), None), hex);
        // 64 hex digits are base64 too, of 48 bytes
        assert_eq!(shown("reason", &json!(hex), None), hex);
    }
}
