//! The world with a product that is sold in a cw20 token.

use cosmwasm_std::{Addr, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{DenomMsg, ExecuteMsg, ProductMsg, TermsMsg};
use vitals_core::decision::GroundRef;
use vitals_testing::suite::{number, Refused};
use vitals_testing::token::Fault;
use vitals_testing::Token;

use super::{assert_balanced, kept, terms, World, DEPOSIT, PREMIUM};

pub struct TokenWorld {
    pub world: World,
    pub token: Token,
}

impl TokenWorld {
    pub fn new() -> Self {
        Self::selling(&terms())
    }

    /// With a product of these terms and [`DEPOSIT`] tokens in its pool.
    pub fn selling(terms: &TermsMsg) -> Self {
        let mut world = World::before_any_product();
        let token = Token::new(&mut world.suite);
        let denom = DenomMsg::Cw20(token.at.to_string());
        let admit = ExecuteMsg::AdmitDenom {
            denom: denom.clone(),
        };
        world.tell("owner", &admit).unwrap();
        let terms = terms.clone();
        let product = ProductMsg { denom, terms };
        world.product = world.create_as("insurer", None, product).unwrap();
        let mut sold = Self { world, token };
        sold.deposit(DEPOSIT).unwrap();
        sold
    }

    pub fn set_fault(&mut self, fault: Fault) {
        self.token.set_fault(&mut self.world.suite, fault);
    }

    /// Sends tokens to the contract with a message.
    pub fn pay(
        &mut self,
        sender: &str,
        amount: u128,
        msg: &ReceiveMsg,
    ) -> Result<AppResponse, Refused> {
        let claims = self.world.suite.at.claims.clone();
        self.token
            .send(&mut self.world.suite, sender, &claims, amount, msg)
    }

    pub fn deposit(&mut self, amount: u128) -> Result<AppResponse, Refused> {
        let product = Uint64::new(self.world.product);
        self.pay("insurer", amount, &ReceiveMsg::Deposit { product })
    }

    pub fn binding(&self) -> ReceiveMsg {
        ReceiveMsg::Bind {
            product: Uint64::new(self.world.product),
            version: self.world.version,
            patient: Uint64::new(self.world.patient),
            ground: GroundRef::Patient {},
            payee: self.world.suite.actor("other").into(),
        }
    }

    pub fn bind(&mut self) -> Result<u64, Refused> {
        let done = self.pay("patient", PREMIUM, &self.binding())?;
        Ok(number(&done.events, "policy_bound", "policy"))
    }

    pub fn balance(&self, account: &str) -> u128 {
        self.balance_of(&self.world.suite.actor(account))
    }

    /// What the token says the contract has.
    pub fn held(&self) -> u128 {
        self.balance_of(&self.world.suite.at.claims)
    }

    fn balance_of(&self, account: &Addr) -> u128 {
        self.token.balance(&self.world.suite, account)
    }

    /// The book is whole, and the contract has what it says.
    #[track_caller]
    pub fn assert_whole(&self) {
        let pool = self.world.pool();
        assert_balanced(&pool);
        assert_eq!(kept(&pool), self.held(), "{pool:?}");
    }
}
