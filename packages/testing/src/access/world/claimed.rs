//! What is claimed: episodes, days of steps, invoices and what becomes of them.

use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_api::anchor::BatchId;
use vitals_api::claims::{EvidenceMsg, ExecuteMsg, InvoiceMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Measure;

use super::World;
use crate::device::TestBatch;
use crate::products::{rewarded, BENEFIT, FEE, HIGH, STEPS, WAITING_S};
use crate::suite::number;

/// The care on an invoice took so many seconds.
const SERVED_S: u64 = 3_600;

/// A claim by its policy and number.
#[derive(Debug, Clone, Copy)]
pub struct Claimed {
    pub policy: Uint64,
    pub claim: u16,
}

impl World {
    /// Values of the patient's device, a second apart and from now on, anchored a minute later by
    /// the patient. The device in [`World::devices`] does not count it.
    pub(super) fn record(&mut self, measure: Measure, values: &[i64]) -> TestBatch {
        let from = self.suite.now_ms();
        let mut device = self.device(self.devices.paired);
        let mut batch = device.measure(measure, from, values);
        batch.sealed.seal.generation = self.generation;
        self.suite.advance(60);
        self.suite
            .anchor("patient", &batch)
            .expect("the patient anchors");
        batch
    }

    fn shown(&self, batch: &TestBatch, indices: &[u16]) -> Vec<EvidenceMsg> {
        let measured = batch.measured();
        let evidence = EvidenceMsg {
            batch: BatchId {
                patient: Uint64::new(self.patient),
                category: measured.category,
                epoch: measured.epoch,
                device: Uint64::new(measured.device),
                sequence: Uint64::new(measured.sequence),
            },
            proof: batch.prove(indices),
        };
        vec![evidence]
    }

    /// A claim on the patient's policy for the world's episode.
    pub fn claim_msg(&self, ground: GroundRef) -> ExecuteMsg {
        ExecuteMsg::Claim {
            policy: Uint64::new(self.policy),
            ground,
            evidence: self.shown(&self.episode, &[0, 1, 2]),
        }
    }

    /// The patient's claim on another policy, for an episode that begins with its cover.
    pub fn episode_msg(&mut self) -> ExecuteMsg {
        let policy = Uint64::new(self.bind(self.other_product));
        self.suite.advance(WAITING_S.into());
        let batch = self.record(Measure::HeartRate, &[HIGH; 3]);
        ExecuteMsg::Claim {
            policy,
            ground: GroundRef::Patient {},
            evidence: self.shown(&batch, &[0, 1, 2]),
        }
    }

    /// One of two days that a reward asks for.
    pub fn reward_msg(&mut self, ground: GroundRef) -> ExecuteMsg {
        let product = self.sell(rewarded());
        let policy = Uint64::new(self.bind(product));
        let batch = self.record(Measure::Steps, &[STEPS.into()]);
        let evidence = self.shown(&batch, &[0]);
        ExecuteMsg::ClaimReward {
            policy,
            ground,
            evidence,
        }
    }

    /// A policy that pays invoices, held for as long as the care on one takes.
    pub fn cared_for(&mut self) -> Uint64 {
        let policy = self.bind(self.invoice_product);
        self.suite.advance(SERVED_S);
        Uint64::new(policy)
    }

    /// For the care until now.
    pub fn invoice(&self) -> InvoiceMsg {
        let now = self.suite.now_s();
        InvoiceMsg {
            digest: Binary::new(vec![2; 32]),
            amount: Uint128::new(BENEFIT),
            served_from: now - SERVED_S,
            served_until: now,
        }
    }

    pub fn file_msg(&self, policy: Uint64, ground: GroundRef) -> ExecuteMsg {
        ExecuteMsg::FileInvoice {
            policy,
            ground,
            invoice: self.invoice(),
        }
    }

    /// The assessor's turn.
    pub fn filed(&mut self) -> Claimed {
        let policy = self.cared_for();
        let file = self.file_msg(policy, GroundRef::Patient {});
        let filed = self.claims("patient", &file, FEE);
        let claim = number(&filed.events, "claim_filed", "claim");
        Claimed {
            policy,
            claim: u16::try_from(claim).expect("a policy has few claims"),
        }
    }

    /// The claimant's turn: half of it was awarded.
    pub fn assessed(&mut self) -> Claimed {
        let claimed = self.filed();
        self.claims("insurer", &claimed.assess(BENEFIT / 2), 0);
        claimed
    }

    /// The arbiter's turn.
    pub fn appealed(&mut self) -> Claimed {
        let claimed = self.assessed();
        let appeal = claimed.appeal(GroundRef::Patient {});
        self.claims("patient", &appeal, 0);
        claimed
    }
}

/// SHA-256 of a reason, made up.
fn reason() -> Binary {
    Binary::new(vec![3; 32])
}

impl Claimed {
    pub fn assess(self, award: u128) -> ExecuteMsg {
        ExecuteMsg::Assess {
            policy: self.policy,
            claim: self.claim,
            award: Uint128::new(award),
            reason: Some(reason()),
        }
    }

    pub fn appeal(self, ground: GroundRef) -> ExecuteMsg {
        ExecuteMsg::Appeal {
            policy: self.policy,
            claim: self.claim,
            ground,
            reason: reason(),
        }
    }

    pub fn arbitrate(self, award: u128) -> ExecuteMsg {
        ExecuteMsg::Arbitrate {
            policy: self.policy,
            claim: self.claim,
            award: Uint128::new(award),
            reason: reason(),
        }
    }

    pub fn settle(self) -> ExecuteMsg {
        ExecuteMsg::Settle {
            policy: self.policy,
            claim: self.claim,
        }
    }
}
