//! Policies and what is claimed under them.

use cosmwasm_std::{Coin, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::admin::AdminMsg;
use vitals_api::claims::{
    EvidenceMsg, ExecuteMsg, ExposureInfo, HistoryPage, PolicyInfo, QueryMsg, TermsMsg,
};
use vitals_api::{anchor, consent};
use vitals_core::decision::{GroundRef, Power};
use vitals_core::measure::Measure;
use vitals_testing::device::TestBatch;
use vitals_testing::suite::{number, Refused};

use super::{World, HIGH, PREMIUM};

pub const PATIENT: GroundRef = GroundRef::Patient {};

impl World {
    /// A policy of `patient`, paid to `other`, whose waiting period is over.
    pub fn covered_by(terms: &TermsMsg) -> (Self, u64) {
        let mut world = Self::selling(terms);
        let policy = world.bind().unwrap();
        world.suite.advance(terms.waiting_s.into());
        (world, policy)
    }

    pub fn set_on_sale(&mut self, on_sale: bool) {
        let product = Uint64::new(self.product);
        let msg = ExecuteMsg::SetOnSale { product, on_sale };
        self.tell("insurer", &msg).unwrap();
    }

    pub fn pause(&mut self) {
        let pause = ExecuteMsg::Admin(AdminMsg::Pause {});
        self.tell("owner", &pause).unwrap();
    }

    pub fn bind(&mut self) -> Result<u64, Refused> {
        let funds = self.suite.coins(PREMIUM);
        self.bind_as("patient", PATIENT, &funds)
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
            version: self.version,
            patient: Uint64::new(self.patient),
            ground,
            payee: payee.into(),
        }
    }

    /// By `employer`, for an hour.
    pub fn offer(&mut self) -> Result<u64, Refused> {
        let until = self.suite.now_s() + 3_600;
        let msg = self.offering(until, "other");
        let funds = self.suite.coins(PREMIUM);
        let done = self.send("employer", &msg, &funds)?;
        Ok(number(&done.events, "policy_offered", "policy"))
    }

    pub fn offering(&self, until: u64, payee: &str) -> ExecuteMsg {
        ExecuteMsg::Offer {
            product: Uint64::new(self.product),
            version: self.version,
            patient: Uint64::new(self.patient),
            payee: self.suite.actor(payee).into(),
            until,
        }
    }

    pub fn accept(&mut self, policy: u64) -> Result<AppResponse, Refused> {
        self.accept_as("patient", PATIENT, policy)
    }

    pub fn accept_as(
        &mut self,
        sender: &str,
        ground: GroundRef,
        policy: u64,
    ) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.tell(sender, &ExecuteMsg::Accept { policy, ground })
    }

    pub fn withdraw_offer(&mut self, sender: &str, policy: u64) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.tell(sender, &ExecuteMsg::WithdrawOffer { policy })
    }

    pub fn pay_premium(&mut self, policy: u64, amount: u128) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        let funds = self.suite.coins(amount);
        self.send("stranger", &ExecuteMsg::PayPremium { policy }, &funds)
    }

    /// As the policyholder.
    pub fn cancel(&mut self, sender: &str, policy: u64) -> Result<AppResponse, Refused> {
        self.cancel_on(sender, None, policy)
    }

    pub fn cancel_on(
        &mut self,
        sender: &str,
        ground: Option<GroundRef>,
        policy: u64,
    ) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.tell(sender, &ExecuteMsg::Cancel { policy, ground })
    }

    pub fn lapse(&mut self, policy: u64) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.tell("stranger", &ExecuteMsg::Lapse { policy })
    }

    pub fn expire(&mut self, policy: u64) -> Result<AppResponse, Refused> {
        let policy = Uint64::new(policy);
        self.tell("stranger", &ExecuteMsg::Expire { policy })
    }

    pub fn claim(&mut self, policy: u64, evidence: &EvidenceMsg) -> Result<AppResponse, Refused> {
        let evidence = vec![evidence.clone()];
        self.claim_as("patient", PATIENT, policy, evidence)
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
        self.tell(sender, &msg)
    }

    pub fn claim_reward(
        &mut self,
        policy: u64,
        evidence: Vec<EvidenceMsg>,
    ) -> Result<AppResponse, Refused> {
        let msg = ExecuteMsg::ClaimReward {
            policy: Uint64::new(policy),
            ground: PATIENT,
            evidence,
        };
        self.tell("patient", &msg)
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

    pub fn policy(&self, policy: u64) -> PolicyInfo {
        let policy = Uint64::new(policy);
        self.query(&QueryMsg::Policy { policy }).unwrap()
    }

    pub fn history(&self, policy: u64) -> HistoryPage {
        let asked = QueryMsg::History {
            policy: Uint64::new(policy),
            skip: None,
            limit: Some(30),
        };
        self.query(&asked).unwrap()
    }

    pub fn exposure(&self) -> ExposureInfo {
        let product = Uint64::new(self.product);
        self.query(&QueryMsg::Exposure { product }).unwrap()
    }

    /// Nothing is promised any more: all that is here is the insurer's, and leaves.
    #[track_caller]
    pub fn assert_nothing_stays(&mut self) {
        let (pool, exposure) = (self.pool(), self.exposure());
        self.assert_whole();
        assert_eq!((pool.locked.u128(), pool.held.u128()), (0, 0));
        assert_eq!(exposure.most_payable.u128(), 0);
        let counts = (exposure.policies_live.u64(), exposure.claims_open.u64());
        assert_eq!(counts, (0, 0));
        if !pool.free.is_zero() {
            self.withdraw(pool.free.u128()).unwrap();
        }
        assert_eq!(self.held(), 0);
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
