//! A chain in a thread of its own, and accounts on it.

use std::sync::mpsc::{channel, Sender};
use std::thread;

use cosmwasm_std::{coin, Addr, CosmosMsg, WasmMsg};
use serde_json::Value;
use vitals_ledger::{Account, Call, LedgerError, LedgerEvent, Reader, TxOutcome};
use vitals_testing::suite::contracts_own;
use vitals_testing::{Codes, Suite};

type Job = Box<dyn FnOnce(&mut Suite) + Send>;

/// A handle on the thread that owns the suite.
#[derive(Clone)]
pub struct Chain {
    jobs: Sender<Job>,
}

impl Chain {
    pub fn start(codes: impl FnOnce() -> Codes + Send + 'static) -> Self {
        let (jobs, inbox) = channel::<Job>();
        thread::spawn(move || {
            let mut suite = Suite::with_codes(codes());
            while let Ok(job) = inbox.recv() {
                job(&mut suite);
            }
        });
        Self { jobs }
    }

    pub fn with<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Suite) -> T + Send + 'static,
    ) -> Result<T, LedgerError> {
        let (answer, result) = channel();
        let stopped = |_| LedgerError::Unreachable {
            cause: "the chain's thread stopped".into(),
        };
        self.jobs
            .send(Box::new(move |suite| {
                let _ = answer.send(job(suite));
            }))
            .map_err(|_| stopped(()))?;
        result.recv().map_err(|_| stopped(()))
    }
}

/// One account on it.
pub struct NativeAccount {
    pub chain: Chain,
    pub address: String,
}

impl Reader for NativeAccount {
    fn chain_id(&self) -> Result<String, LedgerError> {
        self.chain.with(|s| s.app.block_info().chain_id)
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        self.chain.with(|s| s.now_ms())
    }

    fn height(&self) -> Result<u64, LedgerError> {
        self.chain.with(|s| s.app.block_info().height)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let (contract, msg) = (Addr::unchecked(contract), msg.clone());
        self.chain
            .with(move |s| s.query(&contract, &msg))?
            .map_err(|reason| LedgerError::Refused { reason })
    }

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError> {
        let (account, denom) = (account.to_string(), denom.to_string());
        let answer = |cause: String| LedgerError::Answer {
            what: "balance".into(),
            cause,
        };
        let amount = self
            .chain
            .with(move |s| s.app.wrap().query_balance(account, denom))?
            .map_err(|e| answer(e.to_string()))?
            .amount;
        amount
            .to_string()
            .parse()
            .map_err(|_| answer(amount.to_string()))
    }
}

impl Account for NativeAccount {
    fn address(&self) -> &str {
        &self.address
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let sender = Addr::unchecked(&self.address);
        let msgs: Vec<CosmosMsg> = calls.iter().map(message).collect();
        self.chain.with(move |s| {
            let responses =
                s.app
                    .execute_multi(sender, msgs)
                    .map_err(|e| LedgerError::Refused {
                        reason: contracts_own(&e.to_string()),
                    })?;
            s.advance(1);
            let events = responses.into_iter().flat_map(|r| r.events);
            Ok(TxOutcome {
                hash: format!("native-{}", s.app.block_info().height),
                height: s.app.block_info().height,
                gas_used: 0,
                events: events.map(event).collect(),
            })
        })?
    }
}

fn message(call: &Call) -> CosmosMsg {
    WasmMsg::Execute {
        contract_addr: call.contract.clone(),
        msg: call.msg.to_string().into_bytes().into(),
        funds: call
            .funds
            .iter()
            .map(|f| coin(f.amount, &f.denom))
            .collect(),
    }
    .into()
}

fn event(event: cosmwasm_std::Event) -> LedgerEvent {
    LedgerEvent {
        ty: event.ty,
        attributes: event
            .attributes
            .into_iter()
            .map(|a| (a.key, a.value))
            .collect(),
    }
}
