use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmrs::proto::cosmwasm::wasm::v1::QueryRawContractStateResponse;
use serde_json::{json, Value};

use super::{parse_answer, read_query, Rpc, MAX_ANSWER};
use crate::wire::AbciQuery;
use crate::{Error, Result};

const PATH: &str = "/cosmwasm.wasm.v1.Query/RawContractState";

fn query(recorded: &str) -> Result<(QueryRawContractStateResponse, u64)> {
    let answer: AbciQuery = parse_answer("abci_query", 200, recorded.as_bytes())?;
    read_query(PATH, answer.response)
}

/// A port that answers every connection's first request with these bytes, or hangs up if there
/// are none.
fn answering(bytes: Vec<u8>) -> Rpc {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // Either side may hang up first: what matters is what the client makes of it.
            let _ = stream.read(&mut [0; 4096]);
            if stream.write_all(&bytes).is_ok() && !bytes.is_empty() {
                let _ = stream.read_to_end(&mut Vec::new());
            }
        }
    });
    Rpc::new(&url).unwrap()
}

#[test]
fn recorded_query_is_read_with_its_height() {
    let (answer, height) = query(include_str!("../testdata/query_raw.json")).unwrap();
    let stored: Value = serde_json::from_slice(&answer.data).unwrap();
    assert_eq!(stored["symbol"], "CARE");
    assert_eq!(height, 435);
}

#[test]
fn recorded_refused_query_is_an_error_with_the_contracts_text() {
    let error = query(include_str!("../testdata/query_failed.json")).unwrap_err();
    assert!(matches!(error, Error::Query { code: 6, .. }));
    let text = error.contract_error().unwrap();
    assert!(text.starts_with("Error parsing into type cw20_base::msg::QueryMsg"));
    assert!(text.ends_with("`download_logo`"));
}

#[test]
fn recorded_unknown_transaction_is_the_nodes_refusal() {
    let recorded = include_str!("../testdata/tx_unknown.json");
    let error = parse_answer::<Value>("tx", 500, recorded.as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Rpc { code: -32603, .. }));
    assert!(error.log().unwrap().ends_with("not found"));
}

#[test]
fn query_values_that_are_no_protobuf_are_refused() {
    for value in ["%", &BASE64.encode([0xff; 5])] {
        let answer = json!({"result": {"response": {"code": 0, "value": value, "height": "1"}}});
        assert!(matches!(
            query(&answer.to_string()),
            Err(Error::Decode { .. })
        ));
    }
}

#[test]
fn answers_that_are_no_json_rpc_are_refused() {
    let parse = |status, body: &str| parse_answer::<Value>("status", status, body.as_bytes());
    assert!(matches!(
        parse(502, "<html>"),
        Err(Error::Http { status: 502, .. })
    ));
    for body in ["", "<html>", "[]", "{}", "7", r#"{"result":null}"#] {
        assert!(
            matches!(parse(200, body), Err(Error::Decode { .. })),
            "{body:?} was taken"
        );
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(parse(200, &deep), Err(Error::Decode { .. })));
}

#[test]
fn endless_answer_is_cut_off() {
    let length = MAX_ANSWER + 1;
    let mut bytes = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").into_bytes();
    bytes.resize(bytes.len() + usize::try_from(length).unwrap(), b' ');
    let error = answering(bytes).call::<Value>("status", json!({}));
    assert_eq!(
        error,
        Err(Error::TooLarge {
            method: "status",
            limit: MAX_ANSWER
        })
    );
}

#[test]
fn redirects_are_not_followed() {
    let bytes = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    let error = answering(bytes.to_vec()).call::<Value>("status", json!({}));
    assert!(matches!(error, Err(Error::Http { status: 302, .. })));
}

#[test]
fn silent_and_absent_nodes_are_unreachable() {
    let hung_up = answering(Vec::new());
    let absent = Rpc::new("http://127.0.0.1:1").unwrap();
    for rpc in [hung_up, absent] {
        assert!(matches!(
            rpc.call::<Value>("status", json!({})),
            Err(Error::Unreachable { .. })
        ));
    }
}

#[test]
fn plain_urls_are_taken() {
    for url in [
        "http://127.0.0.1:26657",
        "http://localhost:26657/",
        "http://[::1]:26657",
        "http://node.example/rpc",
    ] {
        assert!(Rpc::new(url).is_ok(), "{url} was refused");
    }
    assert_eq!(
        Rpc::new("https://node.example").is_ok(),
        cfg!(feature = "tls")
    );
}

#[test]
fn other_urls_are_refused() {
    for url in [
        "",
        "localhost:26657",
        "127.0.0.1",
        "tcp://127.0.0.1:26657",
        "file:///etc/passwd",
        "http://",
        "http://:26657",
        "http://user:secret@node.example",
        "http://node.example/?x=1",
        "http://node.example/#x",
        "http://node.example:99999",
        "http://node example",
    ] {
        assert!(Rpc::new(url).is_err(), "{url} was taken");
    }
}
