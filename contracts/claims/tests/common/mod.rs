//! A world in which cover can be bought and claimed: an insurer with a funded product, a patient
//! with a paired device.
#![allow(dead_code, reason = "each test file uses its part")]

use cosmwasm_std::{Binary, Coin, Uint128, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::claims::{
    EvidenceKind, EvidenceMsg, ExecuteMsg, PolicyInfo, PoolInfo, ProductMsg, QueryMsg,
};
use vitals_api::{anchor, consent};
use vitals_core::decision::{GroundRef, Power, Role};
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};
use vitals_testing::device::TestBatch;
use vitals_testing::suite::{number, Refused, Suite, DENOM};
use vitals_testing::TestDevice;

pub const BENEFIT: u128 = 1_000;
pub const PREMIUM: u128 = 50;
pub const DEPOSIT: u128 = 10_000;
pub const WAITING_S: u64 = 3_600;
pub const TERM_S: u64 = 86_400;
pub const FILE_WITHIN_S: u64 = 7_200;
pub const SEPARATION_S: u64 = 600;
/// A heart rate of 130, above the rule's threshold of 120.
pub const HIGH: i64 = 1_300;

pub struct World {
    pub suite: Suite,
    pub patient: u64,
    pub device: TestDevice,
    pub product: u64,
}

/// Two claims of three readings of a heart rate of 120 or more, a second apart, within a minute.
pub fn terms() -> ProductMsg {
    ProductMsg {
        denom: DENOM.into(),
        benefit: Uint128::new(BENEFIT),
        premium: Uint128::new(PREMIUM),
        term_s: TERM_S as u32,
        waiting_s: WAITING_S as u32,
        file_within_s: FILE_WITHIN_S as u32,
        max_claims: 2,
        separation_s: SEPARATION_S as u32,
        terms_digest: Binary::new(vec![7; 32]),
        evidence: EvidenceKind::Disclosed,
        rule: Rule {
            conditions: vec![Condition {
                measure: Measure::HeartRate,
                comparison: Comparison::AtLeast,
                threshold: 1_200,
            }],
            readings: 3,
            spaced_s: 1,
            within_s: 60,
            anchored_within_s: 3_600,
            min_assurance: Assurance::Maker,
            accept_questionable: false,
            paired_for_s: 0,
            calibrated: false,
            accept_simulated: false,
        },
    }
}

impl World {
    pub fn new() -> Self {
        Self::selling(&terms())
    }

    /// With a product of these terms and [`DEPOSIT`] in its pool.
    pub fn selling(product: &ProductMsg) -> Self {
        let mut suite = Suite::new();
        let patient = suite.enrol("patient");
        let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
        suite.credential("insurer", Role::Insurer);
        let mut world = Self {
            suite,
            patient,
            device,
            product: 0,
        };
        let denom = DENOM.into();
        world
            .send("owner", &ExecuteMsg::AdmitDenom { denom }, &[])
            .unwrap();
        world.product = world.create(product).unwrap();
        world.deposit(DEPOSIT).unwrap();
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

    pub fn create(&mut self, product: &ProductMsg) -> Result<u64, Refused> {
        let product = product.clone();
        let done = self.send("insurer", &ExecuteMsg::CreateProduct { product }, &[])?;
        Ok(number(&done.events, "product_created", "product"))
    }

    pub fn deposit(&mut self, amount: u128) -> Result<AppResponse, Refused> {
        let product = Uint64::new(self.product);
        let funds = self.suite.coins(amount);
        self.send("insurer", &ExecuteMsg::Deposit { product }, &funds)
    }

    pub fn withdraw(&mut self, amount: u128) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::Withdraw {
            product: Uint64::new(self.product),
            amount: Uint128::new(amount),
        };
        self.send("insurer", &msg, &[])
    }

    pub fn bind(&mut self) -> Result<u64, Refused> {
        let funds = self.suite.coins(PREMIUM);
        self.bind_as("patient", GroundRef::Patient {}, &funds)
    }

    pub fn bind_as(
        &mut self,
        sender: &str,
        ground: GroundRef,
        funds: &[Coin],
    ) -> Result<u64, Refused> {
        let msg = self.binding(ground, self.suite.actor("other").as_str());
        let done = self.send(sender, &msg, funds)?;
        Ok(number(&done.events, "policy_bound", "policy"))
    }

    pub fn binding(&self, ground: GroundRef, payee: &str) -> ExecuteMsg {
        ExecuteMsg::Bind {
            product: Uint64::new(self.product),
            patient: Uint64::new(self.patient),
            ground,
            payee: payee.into(),
        }
    }

    pub fn claim(&mut self, policy: u64, evidence: &EvidenceMsg) -> Result<AppResponse, Refused> {
        let evidence = vec![evidence.clone()];
        self.claim_as("patient", GroundRef::Patient {}, policy, evidence)
    }

    pub fn claim_as(
        &mut self,
        sender: &str,
        ground: GroundRef,
        policy: u64,
        evidence: Vec<EvidenceMsg>,
    ) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::Claim {
            policy: Uint64::new(policy),
            ground,
            evidence,
        };
        self.send(sender, &msg, &[])
    }

    pub fn expire(&mut self, policy: u64) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.send("stranger", &ExecuteMsg::Expire { policy }, &[])
    }

    /// Measures these values now, one a second, and anchors them a minute later.
    pub fn measured(&mut self, values: &[i64]) -> TestBatch {
        let from = self.suite.now_ms();
        let batch = self.device.measure(Measure::HeartRate, from, values);
        self.suite.advance(60);
        self.suite.anchor("patient", &batch).unwrap();
        batch
    }

    /// An episode that meets the rule, all of it shown.
    pub fn episode(&mut self) -> EvidenceMsg {
        let batch = self.measured(&[HIGH, HIGH, HIGH]);
        self.shown(&batch, &[0, 1, 2])
    }

    pub fn shown(&self, batch: &TestBatch, indices: &[u16]) -> EvidenceMsg {
        evidence(self.patient, batch, indices)
    }

    /// `guardian` gets these powers for a year.
    pub fn appoint(&mut self, powers: &[Power]) {
        let consent = self.suite.at.consent.clone();
        let msg = consent::ExecuteMsg::AppointGuardian {
            patient: Uint64::new(self.patient),
            guardian: self.suite.actor("guardian").into(),
            powers: powers.to_vec(),
            until: self.suite.now_s() + 31_536_000,
        };
        self.suite.execute("patient", &consent, &msg).unwrap();
    }

    pub fn query<T: serde::de::DeserializeOwned>(&self, msg: &QueryMsg) -> Result<T, Refused> {
        self.suite.query(&self.suite.at.claims, msg)
    }

    pub fn pool(&self) -> PoolInfo {
        let product = Uint64::new(self.product);
        self.query(&QueryMsg::Pool { product }).unwrap()
    }

    pub fn policy(&self, policy: u64) -> PolicyInfo {
        let policy = Uint64::new(policy);
        self.query(&QueryMsg::Policy { policy }).unwrap()
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
}

pub fn evidence(patient: u64, batch: &TestBatch, indices: &[u16]) -> EvidenceMsg {
    let measured = batch.measured();
    EvidenceMsg {
        batch: anchor::BatchId {
            patient: Uint64::new(patient),
            category: measured.category,
            epoch: measured.epoch,
            device: Uint64::new(measured.device),
            sequence: Uint64::new(measured.sequence),
        },
        proof: batch.prove(indices),
    }
}

/// The refusal must carry this code.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, Refused>, code: &str) {
    let text = result.expect_err("should be refused");
    assert!(text.contains(code), "{code} expected, got: {text}");
}
