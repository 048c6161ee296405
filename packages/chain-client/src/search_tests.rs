use serde_json::{json, Value};

use super::*;
use crate::rpc::parse_answer;

fn of_product(value: &str) -> Seen<'_> {
    Seen {
        event: "wasm-money_moved",
        attribute: "product",
        value,
    }
}

#[test]
fn conditions_are_joined_and_their_values_quoted() {
    let by = Seen {
        attribute: "_contract_address",
        value: "wasm1claims",
        ..of_product("")
    };
    assert_eq!(
        query(&[by, of_product("7")]).unwrap(),
        "wasm-money_moved._contract_address='wasm1claims' AND wasm-money_moved.product='7'"
    );
}

#[test]
fn a_value_that_could_end_its_quotes_is_refused_unasked() {
    for value in ["", "7'", "7' OR tx.height>0 '", "a b", "ä"] {
        assert!(
            matches!(query(&[of_product(value)]), Err(Error::Input { .. })),
            "{value:?}"
        );
    }
}

/// The answer of a node that has found this recorded transaction and one that failed.
fn answer() -> Value {
    let recorded = |text: &str| serde_json::from_str::<Value>(text).unwrap()["result"].clone();
    let found = recorded(include_str!("../testdata/tx_executed.json"));
    let failed = recorded(include_str!("../testdata/tx_failed.json"));
    json!({"jsonrpc": "2.0", "id": 1, "result": {"txs": [found, failed], "total_count": "2"}})
}

#[test]
fn what_failed_is_left_out_and_the_rest_is_read() {
    let body = answer().to_string();
    let answer: SearchAnswer = parse_answer("tx_search", 200, body.as_bytes()).unwrap();
    assert_eq!(answer.total_count, 2);
    let read = |tx: TxAnswer| TxResult::read(tx.hash, tx.height, tx.tx_result);
    let found = succeeded(answer.txs.into_iter().map(read)).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].height, found[0].gas_used), (336, 127_563));
}

#[test]
fn nothing_found_is_no_error() {
    for txs in [json!([]), json!(null)] {
        let body = json!({"result": {"txs": txs, "total_count": "0"}}).to_string();
        let answer: SearchAnswer = parse_answer("tx_search", 200, body.as_bytes()).unwrap();
        assert!(answer.txs.is_empty());
    }
}
