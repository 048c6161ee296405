//! A chain of one account behind a real HTTP port, which can be told to misbehave.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountInfoResponse};
use cosmrs::proto::cosmos::base::abci::v1beta1::GasInfo;
use cosmrs::proto::cosmos::tx::v1beta1::{AuthInfo, SimulateRequest, SimulateResponse, TxRaw};
use cosmrs::proto::traits::Message;
use serde_json::{json, Value};
use sha2::{Digest, Sha256};

/// What the next broadcast does; after the last one, transactions are included.
pub enum OnBroadcast {
    Include,
    /// Taken, answered with success, never included.
    Drop,
    /// Included, but the connection breaks before the answer.
    IncludeWithoutAnswer,
    /// Lost, and the connection breaks.
    DropWithoutAnswer,
    /// Refused for its sequence, whatever it is: the chain expects this one.
    Expect(u64),
    /// Refused by CometBFT with a JSON-RPC error.
    Refuse(&'static str),
}

#[derive(Default)]
pub struct State {
    pub sequence: u64,
    pub height: u64,
    /// Blocks made for every look-up of a transaction.
    pub blocks_per_poll: u64,
    pub catching_up: bool,
    /// Look-ups of transactions are answered with an unexpected error.
    pub index_broken: bool,
    pub on_broadcast: VecDeque<OnBroadcast>,
    pub contract_error: Option<&'static str>,
    /// Hashes in the order of arrival, repeats included.
    pub broadcasts: Vec<String>,
    pub account_queries: usize,
    pub by_hash: BTreeMap<String, u64>,
}

impl State {
    pub fn included(&self) -> usize {
        self.by_hash.len()
    }

    fn include(&mut self, hash: String) {
        self.height += 1;
        self.sequence += 1;
        self.by_hash.insert(hash, self.height);
    }

    fn answer(&mut self, method: &str, params: &Value) -> Option<Value> {
        match method {
            "status" => Some(self.status()),
            "abci_query" => Some(json!({"result": {"response": self.query(params)}})),
            "broadcast_tx_sync" => self.broadcast(params),
            "tx" => Some(self.tx(params)),
            other => panic!("unexpected method {other}"),
        }
    }

    fn status(&self) -> Value {
        json!({"result": {
            "node_info": {"network": "fake-1"},
            "sync_info": {
                "latest_block_height": self.height.to_string(),
                "latest_block_time": "2026-01-01T00:00:00.5Z",
                "catching_up": self.catching_up,
            },
        }})
    }

    fn query(&mut self, params: &Value) -> Value {
        let path = params["path"].as_str().unwrap();
        let data = hex::decode(params["data"].as_str().unwrap()).unwrap();
        match path {
            "/cosmos.auth.v1beta1.Query/AccountInfo" => {
                self.account_queries += 1;
                let info = BaseAccount {
                    account_number: 3,
                    sequence: self.sequence,
                    ..BaseAccount::default()
                };
                self.value(&QueryAccountInfoResponse { info: Some(info) })
            }
            "/cosmos.tx.v1beta1.Service/Simulate" => self.simulate(&data),
            other => panic!("unexpected query {other}"),
        }
    }

    fn simulate(&self, request: &[u8]) -> Value {
        let tx = SimulateRequest::decode(request).unwrap().tx_bytes;
        let sequence = sequence_of(&tx);
        if sequence != self.sequence {
            return self.refusal(&mismatch(self.sequence, sequence));
        }
        if let Some(text) = self.contract_error {
            let log = format!("rpc error: code = Unknown desc = failed to execute message; message index: 0: {text}: execute wasm contract failed [CosmWasm/wasmd@v0.70.3/x/wasm/keeper/keeper.go:452] with gas used: '97206': unknown request");
            return self.refusal(&log);
        }
        let gas_info = Some(GasInfo {
            gas_wanted: 0,
            gas_used: 100_000,
        });
        self.value(&SimulateResponse {
            gas_info,
            result: None,
        })
    }

    fn value(&self, message: &impl Message) -> Value {
        let value = BASE64.encode(message.encode_to_vec());
        json!({"code": 0, "log": "", "value": value, "height": self.height.to_string(), "codespace": ""})
    }

    fn refusal(&self, log: &str) -> Value {
        json!({"code": 6, "log": log, "value": null, "height": self.height.to_string(), "codespace": "sdk"})
    }

    fn broadcast(&mut self, params: &Value) -> Option<Value> {
        let tx = BASE64.decode(params["tx"].as_str().unwrap()).unwrap();
        let hash = hex::encode_upper(Sha256::digest(&tx));
        let sequence = sequence_of(&tx);
        self.broadcasts.push(hash.clone());
        let behaviour = match self.on_broadcast.pop_front() {
            Some(behaviour) => behaviour,
            None if sequence != self.sequence => OnBroadcast::Expect(self.sequence),
            None => OnBroadcast::Include,
        };
        match behaviour {
            OnBroadcast::Include => self.include(hash),
            OnBroadcast::Drop => {}
            OnBroadcast::IncludeWithoutAnswer => {
                self.include(hash);
                return None;
            }
            OnBroadcast::DropWithoutAnswer => return None,
            OnBroadcast::Expect(expected) => {
                let log = mismatch(expected, sequence);
                return Some(json!({"result": {"code": 32, "codespace": "sdk", "log": log}}));
            }
            OnBroadcast::Refuse(reason) => {
                return Some(internal_error(reason));
            }
        }
        Some(json!({"result": {"code": 0, "codespace": "", "log": ""}}))
    }

    fn tx(&mut self, params: &Value) -> Value {
        self.height += self.blocks_per_poll;
        if self.index_broken {
            return internal_error("transaction indexing is disabled");
        }
        let hash = BASE64.decode(params["hash"].as_str().unwrap()).unwrap();
        let hash = hex::encode_upper(hash);
        match self.by_hash.get(&hash) {
            None => internal_error(&format!("tx ({hash}) not found")),
            Some(height) => json!({"result": {
                "hash": hash,
                "height": height.to_string(),
                "tx_result": {"code": 0, "data": null, "gas_wanted": "130000", "gas_used": "100000", "events": []},
            }}),
        }
    }
}

fn internal_error(reason: &str) -> Value {
    json!({"error": {"code": -32603, "message": "Internal error", "data": reason}})
}

fn mismatch(expected: u64, got: u64) -> String {
    format!("account sequence mismatch, expected {expected}, got {got}: incorrect account sequence")
}

fn sequence_of(tx: &[u8]) -> u64 {
    let raw = TxRaw::decode(tx).unwrap();
    let auth = AuthInfo::decode(raw.auth_info_bytes.as_slice()).unwrap();
    auth.signer_infos[0].sequence
}

pub struct FakeChain {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl FakeChain {
    pub fn start(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream.unwrap(), &shared));
            }
        });
        Self { url, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

/// Answers requests of one connection until the client, or the behaviour, ends it.
fn serve(stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while let Some(request) = read_request(&mut reader) {
        let method = request["method"].as_str().unwrap();
        let answer = state.lock().unwrap().answer(method, &request["params"]);
        let Some(answer) = answer else { return };
        let body = answer.to_string();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        writer.write_all((head + &body).as_bytes()).unwrap();
    }
}

fn read_request(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
