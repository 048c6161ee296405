//! Reads a table into a struct and gathers everything that is wrong with it. serde stops at the
//! first fault; so the fault is written down, the value taken out or stood in for, and read again.

use std::collections::BTreeMap;

use serde_path_to_error::{Path, Segment};
use toml::{Table, Value};

use super::{Fault, Settings};

/// Texts from outside the file, by the path of their key.
pub type Overrides = BTreeMap<Vec<String>, String>;

pub fn read_whole<T: Settings>(mut table: Table, over: Overrides) -> Result<T, Vec<Fault>> {
    for (path, text) in &over {
        put(&mut table, path, typed(text));
    }
    let mut reading = Reading {
        table,
        over,
        faults: Vec::new(),
    };
    loop {
        match reading.attempt::<T>() {
            Ok(settings) => return reading.checked(settings),
            Err(error) => {
                if !reading.note::<T>(&error) {
                    return Err(reading.faults);
                }
            }
        }
    }
}

type Error = serde_path_to_error::Error<toml::de::Error>;

struct Reading {
    table: Table,
    over: Overrides,
    faults: Vec<Fault>,
}

impl Reading {
    fn attempt<T: Settings>(&self) -> Result<T, Error> {
        serde_path_to_error::deserialize(Value::Table(self.table.clone()))
    }

    /// What was wrong with a value is not said twice, nor what is wrong with one that stands in.
    fn checked<T: Settings>(mut self, settings: T) -> Result<T, Vec<Fault>> {
        let told: Vec<_> = self.faults.iter().map(|fault| fault.key.clone()).collect();
        let more = settings.check();
        let first = |key: &str| key.split('.').next().map(str::to_owned);
        self.faults.extend(
            more.into_iter()
                .filter(|fault| !told.iter().any(|key| first(key) == first(&fault.key))),
        );
        match self.faults.is_empty() {
            true => Ok(settings),
            false => Err(self.faults),
        }
    }

    /// Whether reading can go on behind this fault.
    fn note<T: Settings>(&mut self, error: &Error) -> bool {
        let (key, missing) = place(error);
        if !missing {
            // Removed: the same text is tried as a text only once.
            if let Some(text) = self.over.remove(&key) {
                return put(&mut self.table, &key, Value::String(text));
            }
        }
        let told = key.join(".");
        let again = self.faults.iter().any(|fault| fault.key == told);
        if !again {
            let rule = match missing {
                true => "is missing",
                false => error.inner().message(),
            };
            self.faults.push(Fault::new(told, rule));
        }
        match missing {
            true => self.stand_in::<T>(&key),
            false => !again && remove(&mut self.table, &key),
        }
    }

    /// Puts some value where one is missing, so that what is wrong behind it is found as well.
    fn stand_in<T: Settings>(&mut self, key: &[String]) -> bool {
        stand_ins().into_iter().any(|value| {
            put(&mut self.table, key, value)
                && match self.attempt::<T>() {
                    Ok(_) => true,
                    Err(error) => place(&error).0 != key,
                }
        })
    }
}

fn stand_ins() -> [Value; 5] {
    [
        Value::String("0".into()),
        Value::Integer(1),
        Value::Boolean(false),
        Value::Array(Vec::new()),
        Value::Table(Table::new()),
    ]
}

/// The keys on the way to a value, up to the first list.
fn keys(path: &Path) -> Vec<String> {
    let key = |segment: &Segment| match segment {
        Segment::Map { key } => Some(key.clone()),
        _ => None,
    };
    path.iter().map_while(key).collect()
}

/// The key an error is about, and whether it is missing: then serde names the table it is not in.
fn place(error: &Error) -> (Vec<String>, bool) {
    let mut key = keys(error.path());
    let message = error.inner().message();
    let missing = message.strip_prefix("missing field `");
    let missing = missing.and_then(|rest| rest.split('`').next());
    key.extend(missing.map(str::to_owned));
    (key, missing.is_some())
}

/// A text as the TOML value it spells, else as it is.
fn typed(text: &str) -> Value {
    let spelled = format!("value = {text}").parse::<Table>().ok();
    let value = spelled.filter(|table| table.len() == 1);
    let value = value.and_then(|mut table| table.remove("value"));
    value.unwrap_or_else(|| Value::String(text.into()))
}

/// False where something on the way is no table.
fn put(table: &mut Table, path: &[String], value: Value) -> bool {
    match path {
        [] => false,
        [last] => {
            table.insert(last.clone(), value);
            true
        }
        [first, rest @ ..] => {
            let next = table
                .entry(first.clone())
                .or_insert_with(|| Value::Table(Table::new()));
            next.as_table_mut()
                .is_some_and(|next| put(next, rest, value))
        }
    }
}

fn remove(table: &mut Table, path: &[String]) -> bool {
    match path {
        [] => false,
        [last] => table.remove(last).is_some(),
        [first, rest @ ..] => table
            .get_mut(first)
            .and_then(Value::as_table_mut)
            .is_some_and(|next| remove(next, rest)),
    }
}
