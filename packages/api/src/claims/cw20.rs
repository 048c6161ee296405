//! Money as cw20 tokens (the CW-20 specification's shapes).

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_core::decision::{GroundRef, Seconds};

use super::InvoiceMsg;

/// What a token's contract sends when somebody sends tokens here.
#[cw_serde]
pub struct Cw20ReceiveMsg {
    pub sender: String,
    pub amount: Uint128,
    /// A [`ReceiveMsg`].
    pub msg: Binary,
}

/// The messages that take funds. Each is its namesake in [`super::ExecuteMsg`], field by field, and
/// read as that.
#[cw_serde]
pub enum ReceiveMsg {
    Deposit {
        product: Uint64,
    },
    Offer {
        product: Uint64,
        version: u32,
        patient: Uint64,
        payee: String,
        until: Seconds,
    },
    Bind {
        product: Uint64,
        version: u32,
        patient: Uint64,
        ground: GroundRef,
        payee: String,
    },
    PayPremium {
        policy: Uint64,
    },
    FileInvoice {
        policy: Uint64,
        ground: GroundRef,
        invoice: InvoiceMsg,
    },
}

/// What is sent to a token's contract.
#[cw_serde]
pub enum TokenExecuteMsg {
    Transfer {
        recipient: String,
        amount: Uint128,
    },
    Send {
        contract: String,
        amount: Uint128,
        msg: Binary,
    },
}

/// What is asked of a token's contract.
#[cw_serde]
pub enum TokenQueryMsg {
    Balance { address: String },
}

#[cw_serde]
pub struct TokenBalance {
    pub balance: Uint128,
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::{from_json, to_json_vec};

    use super::*;
    use crate::claims::ExecuteMsg;

    #[test]
    fn each_message_is_read_as_its_namesake() {
        let (product, policy) = (Uint64::new(1), Uint64::new(2));
        let (patient, ground) = (Uint64::new(3), GroundRef::Grant { id: 4 });
        let invoice = InvoiceMsg {
            digest: Binary::new(vec![5; 32]),
            amount: Uint128::new(6),
            served_from: 7,
            served_until: 8,
        };
        let sent = [
            ReceiveMsg::Deposit { product },
            ReceiveMsg::Offer {
                product,
                version: 9,
                patient,
                payee: "payee".into(),
                until: 10,
            },
            ReceiveMsg::Bind {
                product,
                version: 9,
                patient,
                ground,
                payee: "payee".into(),
            },
            ReceiveMsg::PayPremium { policy },
            ReceiveMsg::FileInvoice {
                policy,
                ground,
                invoice,
            },
        ];
        for msg in sent {
            let json = to_json_vec(&msg).unwrap();
            let read: ExecuteMsg = from_json(&json).unwrap();
            assert_eq!(to_json_vec(&read).unwrap(), json);
        }
    }
}
