//! A node and an account on it, as the services see a chain.

use cosmrs::Coin;
use serde_json::Value;
use vitals_ledger::{Account, Call, Funds, LedgerError, LedgerEvent, Reader, TxOutcome};

use crate::{Error, Event, Node, Sender, TxResult};

impl Reader for Node {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok(self.status()?.chain_id)
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok(self.status()?.time_ms)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(self.status()?.height)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        Ok(self.smart(contract, msg)?)
    }

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError> {
        Ok(Node::balance(self, account, denom)?)
    }
}

impl Reader for Sender {
    fn chain_id(&self) -> Result<String, LedgerError> {
        self.node().chain_id()
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        self.node().block_time_ms()
    }

    fn height(&self) -> Result<u64, LedgerError> {
        self.node().height()
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        self.node().query(contract, msg)
    }

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError> {
        Reader::balance(self.node(), account, denom)
    }
}

impl Account for Sender {
    fn address(&self) -> &str {
        self.wallet().address()
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let calls = calls.iter().map(encode).collect::<Result<_, Error>>()?;
        Ok(self.execute_many(calls)?.into())
    }
}

fn encode(call: &Call) -> Result<crate::Call, Error> {
    let funds = call.funds.iter().map(coin).collect::<Result<Vec<_>, _>>()?;
    crate::Call::new(&call.contract, &call.msg, &funds)
}

fn coin(funds: &Funds) -> Result<Coin, Error> {
    Ok(Coin {
        denom: funds
            .denom
            .parse()
            .map_err(|cause| Error::input("denomination", format!("{cause:#}")))?,
        amount: funds.amount,
    })
}

impl From<TxResult> for TxOutcome {
    fn from(tx: TxResult) -> Self {
        let events = tx.events.into_iter();
        Self {
            hash: tx.hash,
            height: tx.height,
            gas_used: tx.gas_used,
            events: events
                .filter(|event| event.contract().is_some())
                .map(LedgerEvent::from)
                .collect(),
        }
    }
}

impl From<Event> for LedgerEvent {
    fn from(event: Event) -> Self {
        Self {
            ty: event.ty,
            attributes: event.attributes,
        }
    }
}

/// A contract's refusal keeps the contract's words; the chain's own gets a code of this client.
impl From<Error> for LedgerError {
    fn from(error: Error) -> Self {
        if let Some(text) = error.contract_error() {
            return Self::Refused {
                reason: text.into(),
            };
        }
        match error {
            Error::Unreachable { .. }
            | Error::Http { .. }
            | Error::TooLarge { .. }
            | Error::Rpc { .. }
            | Error::CatchingUp { .. }
            | Error::Timeout { .. }
            | Error::Expired { .. } => Self::Unreachable {
                cause: error.to_string(),
            },
            Error::Decode { what, reason } => Self::Answer {
                what: what.into(),
                cause: reason,
            },
            Error::Input { .. } | Error::Signature => Self::Refused {
                reason: format!("chain/input: {error}"),
            },
            Error::Query { .. } | Error::Rejected { .. } | Error::Failed { .. } => Self::Refused {
                reason: format!("chain/refused: {error}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(log: &str) -> LedgerError {
        LedgerError::from(Error::Failed {
            hash: None,
            code: 5,
            codespace: "wasm".into(),
            log: log.into(),
        })
    }

    #[test]
    fn a_contract_s_refusal_keeps_its_words_and_code() {
        let error = failed("failed to execute message; message index: 0: consent/grant_revoked: grant 4 is revoked: execute wasm contract failed");
        assert_eq!(error.code(), "consent/grant_revoked");
        assert_eq!(
            error.to_string(),
            "consent/grant_revoked: grant 4 is revoked"
        );
    }

    #[test]
    fn what_the_chain_itself_refuses_has_a_code_of_its_own() {
        assert_eq!(failed("out of gas").code(), "chain/refused");
    }

    #[test]
    fn an_open_outcome_asks_to_try_again() {
        let error = LedgerError::from(Error::Timeout {
            hash: "AB".into(),
            seconds: 30,
            expires_at_height: 9,
            trouble: None,
        });
        assert_eq!(error.code(), "chain/unreachable");
    }

    #[test]
    fn only_events_of_contracts_are_passed_on() {
        let event = |ty: &str, contract: Option<&str>| Event {
            ty: ty.into(),
            attributes: contract
                .map(|at| ("_contract_address".to_string(), at.to_string()))
                .into_iter()
                .collect(),
        };
        let outcome = TxOutcome::from(TxResult {
            hash: "AB".into(),
            height: 3,
            gas_used: 7,
            gas_wanted: 9,
            events: vec![
                event("transfer", None),
                event("wasm-granted", Some("wasm1consent")),
            ],
            responses: vec![],
        });
        assert_eq!(outcome.events.len(), 1);
        assert_eq!(
            outcome.attribute("wasm1consent", "granted", "_contract_address"),
            Some("wasm1consent")
        );
    }
}
