use cosmrs::proto::cosmwasm::wasm::v1::CodeInfoResponse;

use super::{time_ms, CodeInfo, Node};
use crate::rpc::parse_answer;
use crate::wire::StatusAnswer;
use crate::Error;

#[test]
fn recorded_status_is_read() {
    let recorded = include_str!("../testdata/status.json");
    let answer: StatusAnswer = parse_answer("status", 200, recorded.as_bytes()).unwrap();
    assert_eq!(answer.node_info.network, "ccl-1");
    assert!(answer.sync_info.latest_block_height > 0);
    assert!(!answer.sync_info.catching_up);
    assert!(time_ms(&answer.sync_info.latest_block_time).is_ok());
}

#[test]
fn times_are_cut_to_milliseconds() {
    assert_eq!(time_ms("1970-01-01T00:00:01Z"), Ok(1000));
    assert_eq!(
        time_ms("2026-11-22T19:46:24.622353101Z"),
        Ok(1_795_376_784_622)
    );
}

#[test]
fn times_before_1970_and_other_texts_are_refused() {
    for text in ["", "now", "1969-12-31T23:59:59Z", "2026-11-22"] {
        assert!(time_ms(text).is_err(), "{text:?} was taken");
    }
}

#[test]
fn code_hash_of_a_wrong_length_is_refused() {
    let code = |data_hash| CodeInfoResponse {
        code_id: 3,
        data_hash,
        ..CodeInfoResponse::default()
    };
    assert_eq!(
        CodeInfo::try_from(code(vec![7; 32])).unwrap().checksum,
        [7; 32]
    );
    for length in [0, 31, 33] {
        assert!(CodeInfo::try_from(code(vec![7; length])).is_err());
    }
}

#[test]
fn malformed_transaction_hashes_are_refused_unasked() {
    let node = Node::new("http://127.0.0.1:1").unwrap();
    for hash in ["", "00", &"0x".repeat(32), &"0".repeat(66)] {
        assert!(matches!(node.tx(hash), Err(Error::Input { .. })));
    }
}
