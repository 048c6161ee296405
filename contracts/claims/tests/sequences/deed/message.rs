//! The same in the contract's words.

use cosmwasm_std::{to_json_binary, Binary, Uint128, Uint64};
use vitals_api::admin::AdminMsg;
use vitals_api::claims::cw20::{Cw20ReceiveMsg, ReceiveMsg};
use vitals_api::claims::{ExecuteMsg, InvoiceMsg};

use super::{Bill, Deed, Who};

/// Of a product or a policy, from 1.
pub fn number(place: usize) -> Uint64 {
    Uint64::new(place as u64 + 1)
}

impl Deed {
    /// As it goes with tokens, where it takes funds.
    pub fn receive(
        &self,
        patients: [u64; 2],
        address: &dyn Fn(Who) -> String,
    ) -> Option<ReceiveMsg> {
        Some(match self {
            Deed::Deposit { product } => ReceiveMsg::Deposit {
                product: number(*product),
            },
            Deed::Offer(sale, until) => ReceiveMsg::Offer {
                product: number(sale.product),
                version: sale.version,
                patient: Uint64::new(patients[sale.patient]),
                payee: address(sale.payee),
                until: *until,
            },
            Deed::Bind(sale, ground) => ReceiveMsg::Bind {
                product: number(sale.product),
                version: sale.version,
                patient: Uint64::new(patients[sale.patient]),
                ground: (*ground).into(),
                payee: address(sale.payee),
            },
            Deed::Pay { policy } => ReceiveMsg::PayPremium {
                policy: number(*policy),
            },
            Deed::File {
                policy,
                ground,
                bill,
            } => ReceiveMsg::FileInvoice {
                policy: number(*policy),
                ground: (*ground).into(),
                invoice: bill.msg(),
            },
            _ => return None,
        })
    }

    /// What needs no evidence and no terms, and brings no funds.
    pub fn plain(&self, address: &dyn Fn(Who) -> String) -> Option<ExecuteMsg> {
        Some(match *self {
            Deed::Withdraw { product, amount } => ExecuteMsg::Withdraw {
                product: number(product),
                amount: Uint128::new(amount),
            },
            Deed::Collect { product, to } => ExecuteMsg::Collect {
                product: number(product),
                to: to.map(address),
            },
            Deed::Reclaim { product, account } => ExecuteMsg::ReclaimUnclaimed {
                product: number(product),
                account: address(account),
            },
            Deed::TwoPeopleAbove { product, amount } => ExecuteMsg::SetTwoPeopleAbove {
                product: number(product),
                amount: amount.map(Uint128::new),
            },
            Deed::SetOnSale { product, on_sale } => ExecuteMsg::SetOnSale {
                product: number(product),
                on_sale,
            },
            Deed::SetPaused(true) => ExecuteMsg::Admin(AdminMsg::Pause {}),
            Deed::SetPaused(false) => ExecuteMsg::Admin(AdminMsg::Resume {}),
            Deed::Receive {
                from,
                amount,
                product,
            } => said_to_arrive(address(from), amount, product),
            _ => return self.of_policy().or_else(|| self.of_claim()),
        })
    }

    fn of_policy(&self) -> Option<ExecuteMsg> {
        Some(match *self {
            Deed::WithdrawOffer { policy } => ExecuteMsg::WithdrawOffer {
                policy: number(policy),
            },
            Deed::Accept { policy, ground } => ExecuteMsg::Accept {
                policy: number(policy),
                ground: ground.into(),
            },
            Deed::Cancel { policy, ground } => ExecuteMsg::Cancel {
                policy: number(policy),
                ground: ground.map(Into::into),
            },
            Deed::Lapse { policy } => ExecuteMsg::Lapse {
                policy: number(policy),
            },
            Deed::Expire { policy } => ExecuteMsg::Expire {
                policy: number(policy),
            },
            _ => return None,
        })
    }

    fn of_claim(&self) -> Option<ExecuteMsg> {
        Some(match *self {
            Deed::Assess {
                at: (policy, claim),
                award,
                reasoned,
            } => ExecuteMsg::Assess {
                policy: number(policy),
                claim,
                award: Uint128::new(award),
                reason: reasoned.then(reason),
            },
            Deed::Appeal {
                at: (policy, claim),
                ground,
            } => ExecuteMsg::Appeal {
                policy: number(policy),
                claim,
                ground: ground.into(),
                reason: reason(),
            },
            Deed::Arbitrate {
                at: (policy, claim),
                award,
            } => ExecuteMsg::Arbitrate {
                policy: number(policy),
                claim,
                award: Uint128::new(award),
                reason: reason(),
            },
            Deed::Settle {
                at: (policy, claim),
            } => ExecuteMsg::Settle {
                policy: number(policy),
                claim,
            },
            _ => return None,
        })
    }
}

fn said_to_arrive(sender: String, amount: u128, product: usize) -> ExecuteMsg {
    let deposit = ReceiveMsg::Deposit {
        product: number(product),
    };
    ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender,
        amount: Uint128::new(amount),
        msg: to_json_binary(&deposit).unwrap(),
    })
}

fn reason() -> Binary {
    Binary::new(vec![1; 32])
}

impl Bill {
    fn msg(&self) -> InvoiceMsg {
        InvoiceMsg {
            digest: Binary::new(vec![self.digest; 32]),
            amount: Uint128::new(self.amount),
            served_from: self.served_from,
            served_until: self.served_until,
        }
    }
}
