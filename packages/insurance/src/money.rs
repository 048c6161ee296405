//! Amounts with their denomination, and messages that take them.

use std::fmt;
use std::str::FromStr;

use cosmwasm_std::{to_json_binary, Uint128};
use vitals_api::claims::cw20::{ReceiveMsg, TokenExecuteMsg};
use vitals_api::claims::{DenomMsg, ExecuteMsg};
use vitals_ledger::{Call, LedgerError};

use crate::InsuranceError;

const CW20: &str = "cw20:";

/// Smallest units of a denomination: `100uvital`, or `100cw20:wasm1…` of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    pub amount: u128,
    pub denom: DenomMsg,
}

impl Money {
    pub fn new(amount: impl Into<u128>, denom: &DenomMsg) -> Self {
        Self {
            amount: amount.into(),
            denom: denom.clone(),
        }
    }

    /// The amount, where it is in the product's denomination.
    pub fn of_product(&self, denom: &DenomMsg) -> Result<u128, InsuranceError> {
        if self.denom == *denom {
            return Ok(self.amount);
        }
        Err(InsuranceError::Denomination {
            product: denom_text(denom),
            got: denom_text(&self.denom),
        })
    }
}

impl FromStr for Money {
    type Err = InsuranceError;

    fn from_str(text: &str) -> Result<Self, InsuranceError> {
        let refused = || InsuranceError::Amount { text: text.into() };
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (amount, denom) = text.split_at(digits);
        let denom = match denom.strip_prefix(CW20) {
            Some("") => return Err(refused()),
            Some(token) => DenomMsg::Cw20(token.into()),
            None if denom.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                DenomMsg::Native(denom.into())
            }
            None => return Err(refused()),
        };
        let amount = amount.parse().map_err(|_| refused())?;
        Ok(Self { amount, denom })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, denom_text(&self.denom))
    }
}

/// As it stands after an amount: `uvital`, `cw20:wasm1…`.
pub fn denom_text(denom: &DenomMsg) -> String {
    match denom {
        DenomMsg::Native(denom) => denom.clone(),
        DenomMsg::Cw20(token) => format!("{CW20}{token}"),
    }
}

/// A message with the funds it takes: coins go along with it, tokens are sent to the contract by
/// their own contract, with the message inside. Nothing is sent where the amount is 0.
pub fn funded(claims: &str, msg: &ReceiveMsg, money: &Money) -> Result<Call, LedgerError> {
    match &money.denom {
        DenomMsg::Cw20(token) if money.amount > 0 => {
            let send = TokenExecuteMsg::Send {
                contract: claims.into(),
                amount: Uint128::new(money.amount),
                msg: to_json_binary(msg).map_err(|cause| LedgerError::Answer {
                    what: "message".into(),
                    cause: cause.to_string(),
                })?,
            };
            Call::new(token, &send)
        }
        DenomMsg::Native(denom) if money.amount > 0 => {
            Ok(Call::new(claims, &plain(msg))?.with_funds(denom, money.amount))
        }
        _ => Call::new(claims, &plain(msg)),
    }
}

/// The message of the same name that takes coins.
fn plain(msg: &ReceiveMsg) -> ExecuteMsg {
    match msg.clone() {
        ReceiveMsg::Deposit { product } => ExecuteMsg::Deposit { product },
        ReceiveMsg::Offer {
            product,
            version,
            patient,
            payee,
            until,
        } => ExecuteMsg::Offer {
            product,
            version,
            patient,
            payee,
            until,
        },
        ReceiveMsg::Bind {
            product,
            version,
            patient,
            ground,
            payee,
        } => ExecuteMsg::Bind {
            product,
            version,
            patient,
            ground,
            payee,
        },
        ReceiveMsg::PayPremium { policy } => ExecuteMsg::PayPremium { policy },
        ReceiveMsg::FileInvoice {
            policy,
            ground,
            invoice,
        } => ExecuteMsg::FileInvoice {
            policy,
            ground,
            invoice,
        },
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::{from_json, Uint64};
    use vitals_ledger::Funds;

    use super::*;

    fn deposit() -> ReceiveMsg {
        ReceiveMsg::Deposit {
            product: Uint64::new(3),
        }
    }

    #[test]
    fn an_amount_names_its_denomination() {
        for text in ["0uvital", "100ibc/ABC", "7cw20:wasm1token"] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "100",
            "uvital",
            "1.5uvital",
            "-1uvital",
            "1 uvital",
            "5cw20:",
        ] {
            let error = text.parse::<Money>().unwrap_err().to_string();
            assert!(error.starts_with("insurance/amount: "), "{error}");
        }
        let huge = format!("{}0uvital", u128::MAX);
        assert!(huge.parse::<Money>().is_err());
    }

    #[test]
    fn another_denomination_than_the_product_s_is_refused() {
        let money: Money = "5uvital".parse().unwrap();
        assert_eq!(money.of_product(&DenomMsg::Native("uvital".into())), Ok(5));
        let error = money.of_product(&DenomMsg::Cw20("wasm1token".into()));
        assert_eq!(
            error.unwrap_err().to_string(),
            "insurance/denomination: the product is in cw20:wasm1token, not in uvital"
        );
    }

    #[test]
    fn coins_go_along_and_tokens_are_sent_by_their_contract() {
        let coins = funded("wasm1claims", &deposit(), &"5uvital".parse().unwrap()).unwrap();
        assert_eq!(coins.contract, "wasm1claims");
        assert_eq!(coins.msg, serde_json::json!({"deposit": {"product": "3"}}));
        let five = Funds {
            denom: "uvital".into(),
            amount: 5,
        };
        assert_eq!(coins.funds, [five]);

        let tokens = funded("wasm1claims", &deposit(), &"5cw20:wasm1t".parse().unwrap()).unwrap();
        assert_eq!(
            (tokens.contract.as_str(), tokens.funds.len()),
            ("wasm1t", 0)
        );
        let send: TokenExecuteMsg = serde_json::from_value(tokens.msg).unwrap();
        let TokenExecuteMsg::Send {
            contract,
            amount,
            msg,
        } = send
        else {
            panic!("tokens are not sent");
        };
        assert_eq!((contract.as_str(), amount.u128()), ("wasm1claims", 5));
        assert_eq!(from_json::<ReceiveMsg>(&msg).unwrap(), deposit());
    }

    #[test]
    fn what_costs_nothing_takes_no_funds() {
        for text in ["0uvital", "0cw20:wasm1t"] {
            let free = funded("wasm1claims", &deposit(), &text.parse().unwrap()).unwrap();
            assert_eq!(
                (free.contract.as_str(), free.funds.len()),
                ("wasm1claims", 0)
            );
        }
    }
}
