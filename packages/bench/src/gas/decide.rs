//! What the decision costs a contract that asks for it.
//!
//! A query is free for who asks from outside, and a node does not tell what it used. Asked by a
//! contract, the transaction pays for it. So two contracts are made, of one text but for the question:
//! the difference between what their transactions cost is what the answer costs.

use std::fs;

use anyhow::{ensure, Result};
use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::consent::{DecideMsg, Decision, QueryMsg};
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;

use super::consent::People;
use super::contract::Contract;
use super::cost::Cost;
use super::stage::Stage;

pub fn measure(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let question = question(stage, people)?;
    let decision: Decision = stage.query(Contract::Consent, &question)?;
    ensure!(
        matches!(decision, Decision::Permit { .. }),
        "the decision measured is a permission, not {decision:?}"
    );
    let silent = ask(stage, &question, "")?;
    let asking = ask(stage, &question, "(drop (call $query (i32.const 0)))")?;
    let cost = Cost {
        gas: asking.gas.saturating_sub(silent.gas),
        loads: 1,
        ..Cost::default()
    };
    stage.keep("decide", cost)
}

/// May the clinician read, by the grant it names?
fn question(stage: &Stage<'_>, people: &People) -> Result<QueryMsg> {
    Ok(QueryMsg::Decide(DecideMsg {
        patient: Uint64::new(people.patient),
        who: stage.address("clinician")?,
        purpose: Purpose::Treatment,
        category: Category::Cardiac,
        action: Action::Read,
        window: people.window(),
        ground: Some(GroundRef::Grant { id: people.reading }),
    }))
}

/// A transaction to a contract that does `work` when it is executed.
fn ask(stage: &mut Stage<'_>, question: &QueryMsg, work: &str) -> Result<Cost> {
    let request = json!({ "wasm": { "smart": {
        "contract_addr": stage.at(Contract::Consent)?,
        "msg": BASE64.encode(serde_json::to_vec(question)?),
    } } });
    let file = tempfile::NamedTempFile::new()?;
    fs::write(
        file.path(),
        wat::parse_str(text(&request.to_string(), work))?,
    )?;
    let asker = stage.create(file.path(), &json!({}))?;
    let (_, cost) = stage.probe_at("stranger", &asker, &json!({}), &[])?;
    Ok(cost)
}

/// The least contract there can be: it keeps nothing, answers everybody with nothing, and holds the
/// question and its own answer in its memory, each under a region (offset, capacity, length).
fn text(request: &str, work: &str) -> String {
    const REQUEST: usize = 64;
    const ANSWER: usize = 8_192;
    let answer = r#"{"ok":{"messages":[],"attributes":[],"events":[],"data":null}}"#;
    format!(
        r#"(module
  (import "env" "query_chain" (func $query (param i32) (result i32)))
  (memory (export "memory") 4)
  (global $free (mut i32) (i32.const 16384))
  (data (i32.const 0) "{request_region}{answer_region}")
  (data (i32.const {REQUEST}) "{request_bytes}")
  (data (i32.const {ANSWER}) "{answer_bytes}")
  (func (export "interface_version_8"))
  (func (export "allocate") (param $size i32) (result i32)
    (local $region i32)
    (local.set $region (global.get $free))
    (i32.store (local.get $region) (i32.add (local.get $region) (i32.const 12)))
    (i32.store offset=4 (local.get $region) (local.get $size))
    (global.set $free
      (i32.add (i32.add (local.get $region) (i32.const 12)) (local.get $size)))
    (local.get $region))
  (func (export "deallocate") (param i32))
  (func (export "instantiate") (param i32 i32 i32) (result i32) (i32.const 12))
  (func (export "execute") (param i32 i32 i32) (result i32) {work} (i32.const 12)))"#,
        request_region = region(REQUEST, request.len()),
        answer_region = region(ANSWER, answer.len()),
        request_bytes = escaped(request.as_bytes()),
        answer_bytes = escaped(answer.as_bytes()),
    )
}

fn region(offset: usize, length: usize) -> String {
    let numbers = [offset, length, length].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    numbers.map(|n| escaped(&n.to_le_bytes())).concat()
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_a_module_and_the_question_stands_in_it() {
        let asking = wat::parse_str(text("\"why?\"", "(drop (call $query (i32.const 0)))"));
        let asking = asking.unwrap();
        let silent = wat::parse_str(text("\"why?\"", "")).unwrap();
        assert!(silent.len() < asking.len());
        assert!(asking.windows(6).any(|w| w == b"\"why?\""));
    }

    #[test]
    fn a_region_is_three_numbers_in_little_endian() {
        assert_eq!(region(64, 258), r"\40\00\00\00\02\01\00\00\02\01\00\00");
    }
}
