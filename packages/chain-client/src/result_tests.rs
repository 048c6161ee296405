use cosmrs::proto::cosmwasm::wasm::v1::{MsgExecuteContractResponse, MsgStoreCodeResponse};

use super::{gas, responses, Event, TxResult};
use crate::rpc::parse_answer;
use crate::wire::TxAnswer;
use crate::{Error, Result};

const EXECUTED: &str = include_str!("../testdata/tx_executed.json");
const FAILED: &str = include_str!("../testdata/tx_failed.json");

/// The cw20 contract of the recorded transaction.
const CW20: &str = "wasm1nc5tatafv6eyq7llkr2gv50ff9e22mnf70qgjlv737ktmt4eswrqr5j2ht";

fn read(recorded: &str) -> Result<TxResult> {
    let answer: TxAnswer = parse_answer("tx", 200, recorded.as_bytes())?;
    TxResult::read(answer.hash, answer.height, answer.tx_result)
}

#[test]
fn recorded_execution_is_read() {
    let result = read(EXECUTED).unwrap();
    assert_eq!(
        result.hash,
        "9350AE5D8A5504AAC79321FD4C8288624D49AD8B3E0B22330AD9054E7E95D20E"
    );
    assert_eq!(result.height, 336);
    assert_eq!((result.gas_used, result.gas_wanted), (127_563, 161_314));
    assert_eq!(result.responses.len(), 1);
    assert_eq!(result.contract_data(0).unwrap(), Some(Vec::new()));
    assert_eq!(result.contract_data(1).unwrap(), None);
}

#[test]
fn attributes_are_found_by_type_and_emitting_contract() {
    let result = read(EXECUTED).unwrap();
    assert_eq!(result.attribute("wasm", CW20, "action"), Some("transfer"));
    assert_eq!(result.attribute("wasm", CW20, "amount"), Some("1"));
    assert_eq!(result.attribute("wasm", CW20, "absent"), None);
    assert_eq!(result.attribute("wasm-other", CW20, "action"), None);
    assert_eq!(result.attribute("wasm", "wasm1other", "action"), None);
    assert_eq!(result.events_of("wasm", CW20).count(), 1);
}

#[test]
fn events_of_the_sdk_have_no_contract() {
    let attributes = vec![("_contract_address".to_string(), CW20.to_string())];
    let event = |ty: &str| Event {
        ty: ty.to_string(),
        attributes: attributes.clone(),
    };
    assert_eq!(event("transfer").contract(), None);
    assert_eq!(event("wasmish").contract(), None);
    assert_eq!(event("wasm-consent").contract(), Some(CW20));
}

#[test]
fn recorded_failure_is_an_error_with_hash_and_contract_error() {
    let error = read(FAILED).unwrap_err();
    assert_eq!(
        error.contract_error(),
        Some("Overflow: Cannot Sub with 0 and 1")
    );
    let Error::Failed {
        hash: Some(hash),
        code: 5,
        codespace,
        ..
    } = error
    else {
        panic!("not a failure in a block: {error:?}");
    };
    assert_eq!(codespace, "wasm");
    assert!(hash.starts_with("E14EAFC2"));
}

#[test]
fn response_of_another_type_is_refused() {
    let result = read(EXECUTED).unwrap();
    assert!(result
        .first_response::<MsgExecuteContractResponse>()
        .is_ok());
    assert!(matches!(
        result.first_response::<MsgStoreCodeResponse>(),
        Err(Error::Decode { .. })
    ));
}

#[test]
fn malformed_results_are_decode_errors() {
    assert!(matches!(gas(-1), Err(Error::Decode { .. })));
    assert!(matches!(responses("%%"), Err(Error::Decode { .. })));
    assert!(matches!(responses("/////w=="), Err(Error::Decode { .. })));
    assert_eq!(responses("").unwrap(), []);
}

#[test]
fn cut_answers_are_errors() {
    for end in (0..EXECUTED.len() - 2).step_by(7) {
        let cut = &EXECUTED.as_bytes()[..end];
        assert!(parse_answer::<TxAnswer>("tx", 200, cut).is_err());
    }
}
