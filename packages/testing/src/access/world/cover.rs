//! Products with money in their pools, and a policy of the patient.

use cosmwasm_std::{Binary, Uint128, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::anchor::BatchId;
use vitals_api::claims::{EvidenceKind, EvidenceMsg, ExecuteMsg, ProductMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

use super::World;
use crate::suite::{number, DENOM};

pub const PREMIUM: u128 = 50;
/// Seconds after which a policy bound now can be expired.
pub const OVER_S: u64 = 86_400 + 7_200 + 1;

/// Two claims of three readings of a heart rate of 120 or more, a second apart, within a minute.
pub fn terms() -> ProductMsg {
    ProductMsg {
        denom: DENOM.into(),
        benefit: Uint128::new(1_000),
        premium: Uint128::new(PREMIUM),
        term_s: 86_400,
        waiting_s: 3_600,
        file_within_s: 7_200,
        max_claims: 2,
        separation_s: 600,
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
            accept_simulated: false,
            paired_for_s: 0,
            calibrated: false,
        },
    }
}

impl World {
    pub(super) fn sell_cover(&mut self) {
        let denom = DENOM.into();
        self.claims("owner", &ExecuteMsg::AdmitDenom { denom }, 0);
        self.product = self.create_product();
        self.other_product = self.create_product();
        let bind = self.bind_msg(self.product, GroundRef::Patient {});
        let bound = self.claims("patient", &bind, PREMIUM);
        self.policy = number(&bound.events, "policy_bound", "policy");
    }

    fn create_product(&mut self) -> u64 {
        let product = terms();
        let created = self.claims("insurer", &ExecuteMsg::CreateProduct { product }, 0);
        let number = number(&created.events, "product_created", "product");
        let product = Uint64::new(number);
        self.claims("insurer", &ExecuteMsg::Deposit { product }, 10_000);
        number
    }

    #[track_caller]
    fn claims(&mut self, name: &str, msg: &ExecuteMsg, amount: u128) -> AppResponse {
        let claims = self.suite.at.claims.clone();
        let funds = match amount {
            0 => Vec::new(),
            amount => self.suite.coins(amount),
        };
        self.act_with(name, &claims, msg, &funds)
    }

    pub fn bind_msg(&self, product: u64, ground: GroundRef) -> ExecuteMsg {
        ExecuteMsg::Bind {
            product: Uint64::new(product),
            patient: Uint64::new(self.patient),
            ground,
            payee: self.address("patient").into(),
        }
    }

    /// A claim on the patient's policy for the world's episode.
    pub fn claim_msg(&self, ground: GroundRef) -> ExecuteMsg {
        let measured = self.episode.measured();
        let evidence = EvidenceMsg {
            batch: BatchId {
                patient: Uint64::new(self.patient),
                category: measured.category,
                epoch: measured.epoch,
                device: Uint64::new(measured.device),
                sequence: Uint64::new(measured.sequence),
            },
            proof: self.episode.prove(&[0, 1, 2]),
        };
        ExecuteMsg::Claim {
            policy: Uint64::new(self.policy),
            ground,
            evidence: vec![evidence],
        }
    }
}
