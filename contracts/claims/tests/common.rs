//! A world in which cover can be bought and claimed: an insurer with a funded product, a patient
//! with a paired device.

use cosmwasm_std::{coins, Coin, Uint128, Uint64};
use cw_multi_test::{AppResponse, Executor};
use vitals_api::claims::{
    DenomMsg, ExecuteMsg, PoolInfo, ProductMsg, QueryMsg, StaffPart, TermsMsg,
};
use vitals_core::decision::Role;
use vitals_core::measure::Measure;
use vitals_testing::suite::{number, Refused, Suite, DENOM};
use vitals_testing::TestDevice;

mod disputes;
mod money;
mod policies;
mod terms;
mod tokens;

pub use money::{assert_balanced, kept};
pub use policies::*;
pub use terms::*;
pub use tokens::TokenWorld;

pub struct World {
    pub suite: Suite,
    pub patient: u64,
    pub device: TestDevice,
    pub product: u64,
    /// Of the terms that `bind` and `offer` name.
    pub version: u32,
}

/// [`terms`], changed.
pub fn changed(change: impl FnOnce(&mut TermsMsg)) -> TermsMsg {
    let mut terms = terms();
    change(&mut terms);
    terms
}

pub fn sold_in_coins(terms: TermsMsg) -> ProductMsg {
    let denom = native(DENOM);
    ProductMsg { denom, terms }
}

pub fn native(denom: &str) -> DenomMsg {
    DenomMsg::Native(denom.into())
}

impl World {
    pub fn new() -> Self {
        Self::selling(&terms())
    }

    /// With a product of these terms and [`DEPOSIT`] in its pool.
    pub fn selling(terms: &TermsMsg) -> Self {
        let mut world = Self::before_any_product();
        world.product = world.create(terms).unwrap();
        world.deposit(DEPOSIT).unwrap();
        world
    }

    /// Products may be sold in [`DENOM`], and none is. `employer` has coins too.
    pub fn before_any_product() -> Self {
        let mut suite = Suite::new();
        let (board, employer) = (suite.actor("board"), suite.actor("employer"));
        suite
            .app
            .send_tokens(board, employer, &coins(100_000, DENOM))
            .unwrap();
        let patient = suite.enrol("patient");
        let measures = [Measure::HeartRate];
        let device = suite.paired_device(1, &measures, "patient", patient);
        suite.credential("insurer", Role::Insurer);
        let mut world = Self {
            suite,
            patient,
            device,
            product: 0,
            version: 1,
        };
        let denom = native(DENOM);
        world
            .tell("owner", &ExecuteMsg::AdmitDenom { denom })
            .unwrap();
        world
    }

    /// And a policy of `patient`, paid to `other`, whose waiting period is over.
    pub fn covered() -> (Self, u64) {
        let mut world = Self::new();
        let policy = world.bind().unwrap();
        world.suite.advance(WAITING_S);
        (world, policy)
    }

    pub fn send(
        &mut self,
        sender: &str,
        msg: &ExecuteMsg,
        funds: &[Coin],
    ) -> Result<AppResponse, Refused> {
        let claims = self.suite.at.claims.clone();
        self.suite.execute_with(sender, &claims, msg, funds)
    }

    /// Without funds.
    pub fn tell(&mut self, sender: &str, msg: &ExecuteMsg) -> Result<AppResponse, Refused> {
        self.send(sender, msg, &[])
    }

    /// In [`DENOM`], by `insurer`.
    pub fn create(&mut self, terms: &TermsMsg) -> Result<u64, Refused> {
        self.create_as("insurer", None, sold_in_coins(terms.clone()))
    }

    pub fn create_as(
        &mut self,
        sender: &str,
        insurer: Option<&str>,
        product: ProductMsg,
    ) -> Result<u64, Refused> {
        let insurer = insurer.map(|name| self.suite.actor(name).into());
        let done = self.tell(sender, &ExecuteMsg::CreateProduct { insurer, product })?;
        Ok(number(&done.events, "product_created", "product"))
    }

    pub fn amend(&mut self, sender: &str, terms: &TermsMsg) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::AmendProduct {
            product: Uint64::new(self.product),
            terms: terms.clone(),
        };
        self.tell(sender, &msg)
    }

    pub fn staff(&mut self, account: &str, parts: &[StaffPart]) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::SetStaff {
            account: self.suite.actor(account).into(),
            parts: parts.to_vec(),
        };
        self.tell("insurer", &msg)
    }

    pub fn two_people_above(&mut self, amount: Option<u128>) {
        let msg = ExecuteMsg::SetTwoPeopleAbove {
            product: Uint64::new(self.product),
            amount: amount.map(Uint128::new),
        };
        self.tell("insurer", &msg).unwrap();
    }

    pub fn deposit(&mut self, amount: u128) -> Result<AppResponse, Refused> {
        let product = Uint64::new(self.product);
        let funds = self.suite.coins(amount);
        self.send("insurer", &ExecuteMsg::Deposit { product }, &funds)
    }

    pub fn withdraw(&mut self, amount: u128) -> Result<AppResponse, Refused> {
        self.withdraw_as("insurer", amount)
    }

    pub fn withdraw_as(&mut self, sender: &str, amount: u128) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::Withdraw {
            product: Uint64::new(self.product),
            amount: Uint128::new(amount),
        };
        self.tell(sender, &msg)
    }

    pub fn query<T: serde::de::DeserializeOwned>(&self, msg: &QueryMsg) -> Result<T, Refused> {
        self.suite.query(&self.suite.at.claims, msg)
    }

    pub fn pool(&self) -> PoolInfo {
        let product = Uint64::new(self.product);
        self.query(&QueryMsg::Pool { product }).unwrap()
    }

    /// Free, locked, paid and withdrawn.
    pub fn money(&self) -> [u128; 4] {
        let pool = self.pool();
        [pool.free, pool.locked, pool.paid, pool.withdrawn].map(|amount| amount.u128())
    }

    /// What the bank says the contract has.
    pub fn held(&self) -> u128 {
        let claims = self.suite.at.claims.clone();
        let coin = self.suite.app.wrap().query_balance(claims, DENOM).unwrap();
        Uint128::try_from(coin.amount).unwrap().u128()
    }

    /// The book is whole, and the contract has what it says.
    #[track_caller]
    pub fn assert_whole(&self) {
        let pool = self.pool();
        assert_balanced(&pool);
        assert_eq!(kept(&pool), self.held(), "{pool:?}");
    }
}

/// The refusal must carry this code.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, Refused>, code: &str) {
    let text = result.expect_err("should be refused");
    assert!(text.contains(code), "{code} expected, got: {text}");
}
