//! What the insurer sells, in coins and in tokens, and who buys it.

use cosmwasm_std::{Addr, Uint128, Uint64};
use cw_multi_test::AppResponse;
use serde::Serialize;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{DenomMsg, ExecuteMsg, ProductMsg, SilenceMsg, StaffPart, TermsMsg};
use vitals_core::decision::GroundRef;

use super::World;
use crate::access::ACTORS;
use crate::products::{episodes, instalments, invoices, PREMIUM};
use crate::suite::{number, DENOM};
use crate::token::{self, Fault};

/// Into each pool.
const DEPOSIT: u128 = 10_000;
/// What everybody has of the token.
const TOKENS: u128 = 10_000;
/// How long offers stand, in seconds.
pub const OFFERED_S: u64 = 3_600;

const STAFF: [(&str, StaffPart); 3] = [
    ("underwriter", StaffPart::Underwriter),
    ("assessor", StaffPart::Assessor),
    ("treasurer", StaffPart::Treasurer),
];

impl World {
    pub(super) fn sell_cover(&mut self) {
        for denom in [coins(), self.tokens()] {
            self.claims("owner", &ExecuteMsg::AdmitDenom { denom }, 0);
        }
        self.hand_out_tokens();
        for (account, part) in STAFF {
            let msg = self.staff_msg(account, &[part]);
            self.claims("insurer", &msg, 0);
        }
        self.product = self.sell(episodes());
        self.other_product = self.sell(episodes());
        self.token_product = self.sell_in_tokens(episodes());
        let arbiter = self.address("arbiter");
        self.invoice_product = self.sell(invoices(SilenceMsg::Approves, arbiter.as_str()));
        self.policy = self.bind(self.product);
        // an insurer has its products when its credential is withdrawn
        self.create("former insurer", coins(), episodes());
    }

    /// The suite's token is in the hands of a few.
    fn hand_out_tokens(&mut self) {
        let token = self.token.at.clone();
        for actor in ACTORS {
            let transfer = token::ExecuteMsg::Transfer {
                recipient: self.address(actor.name).into(),
                amount: Uint128::new(TOKENS),
            };
            self.act("owner", &token, &transfer);
        }
    }

    pub fn tokens(&self) -> DenomMsg {
        DenomMsg::Cw20(self.token.at.to_string())
    }

    pub fn staff_msg(&self, account: &str, parts: &[StaffPart]) -> ExecuteMsg {
        ExecuteMsg::SetStaff {
            account: self.address(account).into(),
            parts: parts.to_vec(),
        }
    }

    /// A product for coins, by the insurer, with money in its pool.
    pub fn sell(&mut self, terms: TermsMsg) -> u64 {
        let number = self.create("insurer", coins(), terms);
        let product = Uint64::new(number);
        self.claims("insurer", &ExecuteMsg::Deposit { product }, DEPOSIT);
        number
    }

    /// The same for tokens.
    pub fn sell_in_tokens(&mut self, terms: TermsMsg) -> u64 {
        let number = self.create("insurer", self.tokens(), terms);
        let product = Uint64::new(number);
        self.send_tokens("insurer", DEPOSIT, &ReceiveMsg::Deposit { product });
        number
    }

    fn create(&mut self, insurer: &str, denom: DenomMsg, terms: TermsMsg) -> u64 {
        let create = ExecuteMsg::CreateProduct {
            insurer: None,
            product: ProductMsg { denom, terms },
        };
        let created = self.claims(insurer, &create, 0);
        number(&created.events, "product_created", "product")
    }

    /// As somebody, to claims, with coins.
    ///
    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn claims(&mut self, name: &str, msg: &ExecuteMsg, amount: u128) -> AppResponse {
        let claims = self.suite.at.claims.clone();
        let funds = match amount {
            0 => Vec::new(),
            amount => self.suite.coins(amount),
        };
        self.act_with(name, &claims, msg, &funds)
    }

    /// As somebody, to claims, with tokens.
    ///
    /// # Panics
    /// Where it is refused.
    #[track_caller]
    pub fn send_tokens(&mut self, name: &str, amount: u128, msg: &ReceiveMsg) -> AppResponse {
        let token = self.token.at.clone();
        let send = self.send_msg(amount, msg);
        self.act(name, &token, &send)
    }

    /// What the token is told, for it to tell claims.
    pub fn send_msg(&self, amount: u128, msg: &impl Serialize) -> token::ExecuteMsg {
        token::ExecuteMsg::Send {
            contract: self.suite.at.claims.to_string(),
            amount: Uint128::new(amount),
            msg: cosmwasm_std::to_json_binary(msg).expect("a message is JSON"),
        }
    }

    pub fn bind_msg(&self, product: u64, ground: GroundRef) -> ExecuteMsg {
        ExecuteMsg::Bind {
            product: Uint64::new(product),
            version: 1,
            patient: Uint64::new(self.patient),
            ground,
            payee: self.address("patient").into(),
        }
    }

    /// A policy that the patient takes out and is paid by.
    pub fn bind(&mut self, product: u64) -> u64 {
        let msg = self.bind_msg(product, GroundRef::Patient {});
        let bound = self.claims("patient", &msg, PREMIUM);
        number(&bound.events, "policy_bound", "policy")
    }

    /// One that is paid by instalments, of a product of its own.
    pub fn by_instalments(&mut self) -> Uint64 {
        let product = self.sell(instalments());
        Uint64::new(self.bind(product))
    }

    pub fn offer_msg(&self, product: u64) -> ExecuteMsg {
        ExecuteMsg::Offer {
            product: Uint64::new(product),
            version: 1,
            patient: Uint64::new(self.patient),
            payee: self.address("patient").into(),
            until: self.suite.now_s() + OFFERED_S,
        }
    }

    /// A policy that the employer offers the patient.
    pub fn offer(&mut self) -> u64 {
        let msg = self.offer_msg(self.other_product);
        let offered = self.claims("employer", &msg, PREMIUM);
        number(&offered.events, "policy_offered", "policy")
    }

    /// One that the patient accepted.
    pub fn accepted(&mut self) -> u64 {
        let number = self.offer();
        let accept = ExecuteMsg::Accept {
            policy: Uint64::new(number),
            ground: GroundRef::Patient {},
        };
        self.claims("patient", &accept, 0);
        number
    }

    /// The token failed when the creditor was to get back what it had paid for an offer.
    pub fn owe(&mut self) {
        let offer = self.token_offer();
        let offered = self.send_tokens("creditor", PREMIUM, &offer);
        let policy = Uint64::new(number(&offered.events, "policy_offered", "policy"));
        self.break_token(Fault::FailsOnTransfer);
        self.claims("creditor", &ExecuteMsg::WithdrawOffer { policy }, 0);
        self.break_token(Fault::None);
    }

    /// An offer to the patient, for tokens.
    pub fn token_offer(&self) -> ReceiveMsg {
        ReceiveMsg::Offer {
            product: Uint64::new(self.token_product),
            version: 1,
            patient: Uint64::new(self.patient),
            payee: self.address("patient").into(),
            until: self.suite.now_s() + OFFERED_S,
        }
    }

    fn break_token(&mut self, fault: Fault) {
        let token: Addr = self.token.at.clone();
        self.act("owner", &token, &token::ExecuteMsg::Break { fault });
    }
}

/// What the suite's chain has.
fn coins() -> DenomMsg {
    DenomMsg::Native(DENOM.into())
}
