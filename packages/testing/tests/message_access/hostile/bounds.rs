//! The most that each field takes, and one more.

use cosmwasm_std::Binary;
use serde_json::{json, Value};
use vitals_api::claims::StaffPart;
use vitals_core::decision::{Action, Power, Purpose, Role};
use vitals_core::measure::{Category, Measure};
use vitals_core::set::Member;
use vitals_testing::Contract;

use super::forms::{is_address, leaves};
use super::{assert_none, code, in_every_scene, Scene};

mod claims;
mod others;
mod table;

use claims::CLAIMS;
use others::{ELSEWHERE, NAMES_A_RECORD};
use table::BOUNDS;

/// What is put into a field.
#[derive(Clone, Copy)]
enum Size {
    Bytes(usize),
    Letters(usize),
    /// This many of what the list has.
    Items(usize),
    Number(u64),
    /// Block seconds, so many from now.
    FromNow(u64),
    /// So many before now.
    BeforeNow(u64),
    /// Block milliseconds, so many from now.
    FromNowMs(u64),
    /// All there are, or one of them twice besides.
    Every(Kind),
    EveryAndOneMore(Kind),
}

#[derive(Clone, Copy)]
enum Kind {
    Actions,
    Categories,
    Measures,
    Powers,
    Purposes,
    Roles,
    StaffParts,
}

/// A field, and what is answered to the most it takes and to one more.
struct Bound {
    field: &'static str,
    most: Size,
    /// `ok`, or what is refused next: a body of the greatest length is no body for it.
    at_most: &'static str,
    beyond: Size,
    /// A code, or nothing where it is no message any more.
    refused: &'static str,
}

impl Kind {
    fn all(self) -> Value {
        fn list<T: Member + serde::Serialize>() -> Value {
            let all: Vec<&T> = T::ALL.iter().collect();
            json!(all)
        }
        match self {
            Self::Actions => list::<Action>(),
            Self::Categories => list::<Category>(),
            Self::Measures => list::<Measure>(),
            Self::Powers => list::<Power>(),
            Self::Purposes => list::<Purpose>(),
            Self::Roles => list::<Role>(),
            Self::StaffParts => list::<StaffPart>(),
        }
    }
}

impl Size {
    fn value(self, scene: &Scene<'_>, held: &Value) -> Value {
        let bytes = |count| json!(Binary::new(vec![1; count]));
        let suite = &scene.world.suite;
        match self {
            Self::Bytes(count) => bytes(count),
            Self::Letters(count) => json!("a".repeat(count)),
            Self::Items(count) => Value::Array(vec![held[0].clone(); count]),
            Self::Number(number) => json!(number),
            Self::FromNow(seconds) => json!(suite.now_s() + seconds),
            Self::BeforeNow(seconds) => json!(suite.now_s() - seconds),
            Self::FromNowMs(millis) => json!(suite.now_ms() + millis),
            Self::Every(kind) => kind.all(),
            Self::EveryAndOneMore(kind) => {
                let mut all = kind.all();
                let first = all[0].clone();
                all.as_array_mut().unwrap().push(first);
                all
            }
        }
    }
}

fn bounds() -> impl Iterator<Item = &'static Bound> {
    BOUNDS.iter().chain(CLAIMS)
}

fn at_each_bound(scene: &mut Scene<'_>) -> Vec<String> {
    let whole = scene.sent.msg.clone();
    let mut found = Vec::new();
    for bound in bounds() {
        let Some(held) = whole.pointer(bound.field) else {
            continue;
        };
        for (size, expected) in [(bound.most, bound.at_most), (bound.beyond, bound.refused)] {
            let mut msg = whole.clone();
            *msg.pointer_mut(bound.field).unwrap() = size.value(scene, held);
            let attempt = scene.attempt(&msg);
            let got = code(&attempt);
            scene.reset();
            let as_said = match expected {
                "" => attempt.result.is_err(),
                expected => got == expected,
            };
            if !as_said {
                found.push(format!(
                    "{}: {expected} expected, {:?}",
                    bound.field,
                    attempt.result.err()
                ));
            }
        }
    }
    found
}

/// Whoever may send a message sends it as large as it may be, and larger by one in one field: the
/// first is taken (or refused for what is in it), the second by the rule of that field.
#[test]
fn each_field_takes_the_most_it_may_and_not_one_more() {
    for contract in Contract::ALL {
        assert_none(&in_every_scene(contract, at_each_bound));
    }
}

/// A field added to a message later has a bound here, or a test of its own is named.
#[test]
fn no_field_is_without_a_bound() {
    for contract in Contract::ALL {
        assert_none(&in_every_scene(contract, unbound));
    }
}

fn unbound(scene: &mut Scene<'_>) -> Vec<String> {
    let msg = &scene.sent.msg;
    let value = |path: &String| msg.pointer(path).map_or(&Value::Null, |value| value);
    let all = leaves(msg).into_iter();
    all.filter(|path| is_sized(scene, value(path)) && !is_known(path))
        .collect()
}

/// Text, bytes, a number or a list; neither an address nor one of a few words.
fn is_sized(scene: &Scene<'_>, value: &Value) -> bool {
    match value {
        Value::Number(_) | Value::Array(_) => true,
        Value::String(text) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let word = text.chars().all(plain) && text.len() < 20;
            let number = text.parse::<u64>().is_ok();
            !word && !number && !is_address(scene.world, text)
        }
        _ => false,
    }
}

/// Amended terms are read as new ones are.
fn is_known(path: &str) -> bool {
    let new = path.replace("/amend_product/terms", "/create_product/product/terms");
    is_listed(path) || is_listed(&new)
}

fn is_listed(path: &str) -> bool {
    bounds().any(|bound| bound.field == path)
        || ELSEWHERE.iter().any(|(field, _)| *field == path)
        || NAMES_A_RECORD.contains(&path)
}

#[test]
fn every_test_named_for_a_bound_exists() {
    let tests = vitals_testing::named::tests_below("contracts").unwrap();
    for (field, test) in ELSEWHERE {
        assert!(tests.contains_key(*test), "{field}: no test {test}");
    }
}
