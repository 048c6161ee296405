//! Values for a field that it should not take, by what is in it.

use cosmwasm_std::Api;
use serde_json::{json, Value};
use vitals_testing::access::World;

/// A value, and what is known of the answer.
pub struct Form {
    pub what: &'static str,
    pub value: Value,
    /// Where it must be refused: with this code, or with any where that is empty.
    pub refused: Option<&'static str>,
    /// It may not even be a message.
    pub malformed: bool,
}

impl Form {
    /// Taken or refused, as the field's rules say.
    fn any(what: &'static str, value: Value) -> Self {
        Self {
            what,
            value,
            refused: None,
            malformed: true,
        }
    }

    fn refused(what: &'static str, value: Value) -> Self {
        Self {
            refused: Some(""),
            ..Self::any(what, value)
        }
    }

    fn not_an_address(what: &'static str, value: String) -> Self {
        Self {
            what,
            value: value.into(),
            refused: Some("input/address"),
            malformed: false,
        }
    }
}

/// Pointers (RFC 6901) to everything in a message, lists and what is in them included.
pub fn leaves(of: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(of, "", &mut found);
    found
}

fn collect(of: &Value, at: &str, found: &mut Vec<String>) {
    if !at.is_empty() {
        found.push(at.to_string());
    }
    match of {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(value, &format!("{at}/{name}"), found);
            }
        }
        // all of a list's items have one shape
        Value::Array(items) => {
            if let Some(first) = items.first() {
                collect(first, &format!("{at}/0"), found);
            }
        }
        _ => {}
    }
}

pub fn forms(world: &World, value: &Value) -> Vec<Form> {
    match value {
        Value::String(text) if is_address(world, text) => addresses(text),
        Value::String(text) => texts(text),
        Value::Number(_) => numbers(),
        Value::Array(items) => lists(items),
        // the library reads past what it finds where there is nothing to read
        Value::Object(fields) if fields.is_empty() => Vec::new(),
        Value::Object(_) => vec![
            Form::refused("a list", json!([])),
            Form::refused("an unknown variant", json!({ "x": {} })),
        ],
        Value::Bool(_) => vec![Form::refused("no flag", json!(2))],
        Value::Null => Vec::new(),
    }
}

pub fn is_address(world: &World, text: &str) -> bool {
    world.suite.app.api().addr_validate(text).is_ok()
}

fn addresses(address: &str) -> Vec<Form> {
    let tail: String = address.chars().skip(1).collect();
    vec![
        Form::not_an_address("in upper case", address.to_uppercase()),
        Form::not_an_address("in mixed case", format!("C{tail}")),
        Form::not_an_address("of another chain", FOREIGN.into()),
        Form::not_an_address("with a space", format!("{address} ")),
        Form::not_an_address("with a zero byte", format!("{address}\0")),
        Form::not_an_address("empty", String::new()),
        Form::not_an_address("of 10,000 letters", "x".repeat(10_000)),
        Form::refused("a number", json!(1)),
    ]
}

/// A good checksum for another prefix.
const FOREIGN: &str = "osmo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqmcn030";

fn texts(text: &str) -> Vec<Form> {
    let mut forms = vec![
        Form::refused("empty", json!("")),
        Form::any("twice as long", json!(text.repeat(2))),
        Form::refused("of 10,000 letters", json!("A".repeat(10_000))),
        Form::refused("of 100,000 letters", json!("A".repeat(100_000))),
        Form::refused("a number", json!(1)),
        Form::any("the largest number there is", json!(u64::MAX.to_string())),
        Form::any("number 0", json!("0")),
    ];
    if text.parse::<u64>().is_ok() {
        forms.push(Form::refused("below zero", json!("-1")));
        forms.push(Form::any("beyond 64 bits", json!("18446744073709551616")));
        forms.push(Form::refused("two to the 128", json!(two_to_the_128())));
    }
    forms
}

fn two_to_the_128() -> &'static str {
    "340282366920938463463374607431768211456"
}

fn numbers() -> Vec<Form> {
    vec![
        Form::any("0", json!(0)),
        Form::any("the largest of 32 bits", json!(u32::MAX)),
        Form::any("the largest of 53 bits", json!((1u64 << 53) - 1)),
        Form::any("the largest there is", json!(u64::MAX)),
        Form::refused("below zero", json!(-1)),
        Form::refused("a fraction", json!(1.5)),
        Form::refused("text", json!("x")),
    ]
}

fn lists(items: &[Value]) -> Vec<Form> {
    let mut forms = vec![Form::refused("no list", json!("x"))];
    forms.push(Form::any("empty", json!([])));
    if let Some(first) = items.first() {
        let many = |count| Value::Array(vec![first.clone(); count]);
        forms.push(Form::any("one thing twice", many(2)));
        forms.push(Form::refused("300 things", many(300)));
        forms.push(Form::refused("3,000 things", many(3_000)));
    }
    forms
}
