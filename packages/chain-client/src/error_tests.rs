use super::Error;

const TEXT: &str = "consent/grant_expired: grant 7 ended at 1200";

fn failed(log: &str) -> Error {
    Error::Failed {
        hash: None,
        code: 6,
        codespace: "sdk".to_string(),
        log: log.to_string(),
    }
}

#[track_caller]
fn assert_unwraps(log: &str) {
    assert_eq!(failed(log).contract_error(), Some(TEXT), "from {log:?}");
}

// The wrappings are those that wasmd 0.70.3 was seen to use, or has in its source ("dispatch").

#[test]
fn contract_error_is_cut_out_of_a_failed_transaction() {
    assert_unwraps(&format!(
        "failed to execute message; message index: 0: {TEXT}: execute wasm contract failed"
    ));
    assert_unwraps(&format!(
        "failed to execute message; message index: 12: {TEXT}: migrate wasm contract failed"
    ));
}

#[test]
fn contract_error_is_cut_out_of_a_failed_simulation() {
    for call in ["execute", "instantiate", "migrate"] {
        assert_unwraps(&format!(
            "rpc error: code = Unknown desc = failed to execute message; message index: 0: {TEXT}: {call} wasm contract failed [CosmWasm/wasmd@v0.70.3/x/wasm/keeper/keeper.go:452] with gas used: '97206': unknown request"
        ));
    }
}

#[test]
fn contract_error_is_cut_out_of_a_failed_query() {
    let query = Error::Query {
        path: "/cosmwasm.wasm.v1.Query/SmartContractState",
        code: 6,
        codespace: "sdk".to_string(),
        log: format!("{TEXT}: query wasm contract failed: unknown request"),
    };
    assert_eq!(query.contract_error(), Some(TEXT));
}

#[test]
fn contract_error_is_cut_out_of_a_nested_call() {
    assert_unwraps(&format!(
        "failed to execute message; message index: 0: dispatch: dispatch: {TEXT}: execute wasm contract failed"
    ));
    assert_unwraps(&format!(
        "failed to execute message; message index: 0: dispatch: reply: {TEXT}: execute wasm contract failed"
    ));
}

#[test]
fn text_of_an_outer_contract_keeps_what_it_quotes() {
    let quoting = "Generic error: Querier contract error: no: query wasm contract failed";
    let log = format!("{quoting}: query wasm contract failed: unknown request");
    assert_eq!(failed(&log).contract_error(), Some(quoting));
}

#[test]
fn errors_that_no_contract_returned_have_no_contract_error() {
    for log in [
        "",
        "out of gas in location: WritePerByte; gasWanted: 50000, gasUsed: 51327: out of gas",
        "address wasm1x: no such contract: unknown request",
        "failed to execute message; message index: 0: Error calling the VM: Missing export migrate: wasmvm error",
        "execute wasm contract failed",
    ] {
        assert_eq!(failed(log).contract_error(), None, "from {log:?}");
    }
    let timeout = Error::Timeout {
        hash: String::new(),
        seconds: 1,
        expires_at_height: 2,
        trouble: None,
    };
    assert_eq!(timeout.contract_error(), None);
}

#[test]
fn empty_contract_error_is_empty() {
    let log = "failed to execute message; message index: 0: : execute wasm contract failed";
    assert_eq!(failed(log).contract_error(), Some(""));
}

#[test]
fn expected_sequence_is_read_from_the_log() {
    let log = "account sequence mismatch, expected 41, got 39: incorrect account sequence";
    assert_eq!(failed(log).expected_sequence(), Some(41));
    for other in [
        "",
        "account sequence mismatch",
        "account sequence mismatch, expected x, got 1",
    ] {
        assert_eq!(failed(other).expected_sequence(), None);
    }
}

#[test]
fn what_a_terminal_would_obey_or_is_no_text_is_not_shown() {
    let error = Error::Failed {
        hash: None,
        codespace: "sdk".into(),
        code: 6,
        log: "a\u{1b}[2Jb\nc \u{fffd}y: d".into(),
    };
    assert_eq!(
        error.to_string(),
        "execution failed (sdk 6): a?[2Jb?c <bytes>: d"
    );
    assert_eq!(error.log(), Some("a\u{1b}[2Jb\nc \u{fffd}y: d"));
}
