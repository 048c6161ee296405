//! What was sent at the cost of a fee grant.

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use cosmrs::proto::cosmos::tx::v1beta1::{TxBody, TxRaw};
use cosmrs::proto::cosmwasm::wasm::v1::MsgExecuteContract;
use cosmrs::proto::traits::{Message, Name};

use crate::search::Seen;
use crate::wire::{TxAnswer, WireEvent};
use crate::{Error, Node, Result};

/// A transaction whose fee a granter paid, whether it succeeded or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub hash: String,
    pub height: u64,
    /// Whom the chain says it was paid for.
    pub grantee: String,
    /// Contracts that its messages call.
    pub contracts: Vec<String>,
    /// Types of its messages that are not calls of contracts.
    pub others: Vec<String>,
}

impl Node {
    /// Transactions in blocks after a height whose fees this account granted, oldest first. As far
    /// as the node has indexed and kept them.
    pub fn paid_by(&self, granter: &str, after: u64) -> Result<Vec<Paid>> {
        let used = Seen {
            event: USED,
            attribute: "granter",
            value: granter,
        };
        let found = self.found(&[used], after)?.into_iter();
        found.map(|tx| read(tx, granter)).collect()
    }
}

/// Of the SDK, from before the messages run: it is there of failed transactions too.
const USED: &str = "use_feegrant";

fn read(tx: TxAnswer, granter: &str) -> Result<Paid> {
    let decode = |cause: String| Error::decode("transaction", cause);
    let bytes = BASE64.decode(&tx.tx).map_err(|e| decode(e.to_string()))?;
    let raw = TxRaw::decode(bytes.as_slice()).map_err(|e| decode(e.to_string()))?;
    let body = TxBody::decode(raw.body_bytes.as_slice()).map_err(|e| decode(e.to_string()))?;
    let grantee = grantee(&tx.tx_result.events, granter)
        .ok_or_else(|| decode(format!("{} names no grantee of {granter}", tx.hash)))?;
    let (mut contracts, mut others) = (Vec::new(), Vec::new());
    for message in body.messages {
        match message.type_url == MsgExecuteContract::type_url() {
            false => others.push(message.type_url),
            true => contracts.push(
                MsgExecuteContract::decode(message.value.as_slice())
                    .map_err(|e| decode(e.to_string()))?
                    .contract,
            ),
        }
    }
    Ok(Paid {
        hash: tx.hash,
        height: tx.height,
        grantee,
        contracts,
        others,
    })
}

fn grantee(events: &[WireEvent], granter: &str) -> Option<String> {
    let value = |event: &WireEvent, key: &str| {
        let attribute = event.attributes.iter().find(|a| a.key == key);
        attribute.map(|a| a.value.clone())
    };
    events
        .iter()
        .filter(|event| event.ty == USED)
        .find(|event| value(event, "granter").as_deref() == Some(granter))
        .and_then(|event| value(event, "grantee"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmrs::Any;
    use serde_json::json;

    const GRANTER: &str = "wasm1granter";

    fn call(contract: &str) -> Any {
        let msg = MsgExecuteContract {
            contract: contract.into(),
            ..MsgExecuteContract::default()
        };
        Any {
            type_url: MsgExecuteContract::type_url(),
            value: msg.encode_to_vec(),
        }
    }

    /// As `tx_search` answers, with this result code.
    fn answer(messages: Vec<Any>, granter: &str, code: u32) -> TxAnswer {
        let body = TxBody {
            messages,
            ..TxBody::default()
        };
        let raw = TxRaw {
            body_bytes: body.encode_to_vec(),
            ..TxRaw::default()
        };
        let attributes = json!([
            {"key": "granter", "value": granter}, {"key": "grantee", "value": "wasm1patient"},
        ]);
        serde_json::from_value(json!({
            "hash": "AB", "height": "7", "tx": BASE64.encode(raw.encode_to_vec()),
            "tx_result": {
                "code": code, "gas_wanted": "1", "gas_used": "1",
                "events": [{"type": "use_feegrant", "attributes": attributes}],
            },
        }))
        .unwrap()
    }

    #[test]
    fn a_paid_transaction_names_who_spent_and_on_what_though_it_failed() {
        let send = Any {
            type_url: "/cosmos.bank.v1beta1.MsgSend".into(),
            value: vec![],
        };
        let messages = vec![call("wasm1ours"), call("wasm1theirs"), send];
        let paid = read(answer(messages, GRANTER, 5), GRANTER).unwrap();
        assert_eq!(paid.grantee, "wasm1patient");
        assert_eq!(paid.contracts, ["wasm1ours", "wasm1theirs"]);
        assert_eq!(paid.others, ["/cosmos.bank.v1beta1.MsgSend"]);
        assert_eq!((paid.hash.as_str(), paid.height), ("AB", 7));
    }

    #[test]
    fn an_answer_of_another_granter_s_transaction_is_refused() {
        let other = read(answer(vec![call("wasm1ours")], "wasm1other", 0), GRANTER);
        assert!(matches!(other, Err(Error::Decode { .. })), "{other:?}");
    }
}
