//! Step 10: a claimant that is not ours: `clients/claimant`, which knows CosmJS and the schema.
//! Where no node runs, the story sends the same messages itself.

use std::fs;

use anyhow::{anyhow, ensure, Context, Result};
use cosmwasm_std::{Uint128, Uint64};
use serde::Deserialize;
use vitals_api::claims::{EvidenceMsg, ExecuteMsg};
use vitals_core::decision::GroundRef;
use vitals_core::rule::Rule;
use vitals_ledger::{Call, LedgerError, TxOutcome};

use super::claim::Opened;
use super::insurance::Insurance;
use super::{number, Stage};
use crate::report::Claim;
use crate::screen;

/// What the program is sent to do for the patient.
pub enum Errand {
    /// Pays what the product asks for; `premium` is what that is.
    Bind {
        product: u64,
        patient: u64,
        premium: u128,
    },
    Claim {
        policy: u64,
        evidence: Vec<EvidenceMsg>,
    },
}

/// What it prints of it.
#[derive(Debug, Deserialize)]
pub struct Done {
    #[serde(deserialize_with = "decimal")]
    pub policy: u64,
    #[serde(default)]
    pub claim: u16,
    #[serde(default)]
    pub amount: Uint128,
    pub tx: String,
}

fn decimal<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    Ok(Uint64::deserialize(from)?.u64())
}

impl Stage<'_> {
    /// Runs the program; a refusal is its, with the contract's code.
    pub fn errand(&mut self, errand: &Errand) -> Result<Result<Done, LedgerError>> {
        let file = self.backend.home().join("evidence.json");
        if let Errand::Claim { evidence, .. } = errand {
            fs::write(&file, serde_json::to_string_pretty(evidence)?)?;
        }
        match self.backend.claimant(&self.at, "patient", errand, &file)? {
            Some(Ok(printed)) => Ok(Ok(serde_json::from_str(&printed)?)),
            Some(Err(reason)) => Ok(Err(LedgerError::Refused { reason })),
            None => self.in_its_place(errand),
        }
    }

    /// The messages that the program would send, by the story itself.
    fn in_its_place(&mut self, errand: &Errand) -> Result<Result<Done, LedgerError>> {
        let patient = self.service("patient")?;
        let claims = self.at.claims.clone();
        let call = match errand {
            Errand::Bind {
                product,
                patient: id,
                premium,
            } => Call::new(&claims, &bind_msg(*product, *id, patient.address()))?
                .with_funds(self.backend.denom(), *premium),
            Errand::Claim { policy, evidence } => {
                Call::new(&claims, &claim_msg(*policy, evidence.clone()))?
            }
        };
        match patient.execute(&[call]) {
            Ok(done) => Ok(Ok(told(errand, &claims, done)?)),
            Err(refused) => Ok(Err(refused)),
        }
    }

    /// It claims a day with what the patient's own program prepared, and the same day again.
    pub fn claim_by_program(&mut self, insurance: &Insurance, opened: &Opened) -> Result<()> {
        screen::step(10, "A claimant of another's making");
        self.report.step("claimant");
        let holds = |rule: &Rule, value| rule.conditions[0].holds(value);
        let errand = Errand::Claim {
            policy: insurance.days.policy,
            evidence: opened.evidence(&insurance.rule, holds)?,
        };
        self.paid_by_program(&errand)?;
        let again = self
            .errand(&errand)?
            .err()
            .context("a day was paid twice")?;
        self.refused(
            "the program claiming the same day again",
            "claims/day_paid",
            again.code().into(),
            again.to_string(),
        )?;
        self.check_books()
    }

    fn paid_by_program(&mut self, errand: &Errand) -> Result<()> {
        let (patient, coins) = (self.address("patient")?, self.coins());
        let had = self.holds(&patient, &coins)?;
        let done = self.errand(errand)?.map_err(|refused| anyhow!(refused))?;
        let got = self.holds(&patient, &coins)? - had;
        ensure!(
            got == done.amount.u128() && got > 0,
            "the payee got {got}, the program says {done:?}"
        );
        screen::say(&format!(
            "a hand-written program on CosmJS bound policy {} and was paid {got} for the day",
            done.policy
        ));
        match self.backend.sets_clock() {
            true => screen::say("  (no node runs here: the story sent its messages itself)"),
            false => self.report.insurance.by_another_program += 1,
        }
        self.report.claims.push(Claim {
            id: format!("{}/{}", done.policy, done.claim),
            amount: done.amount.to_string(),
            tx: done.tx,
            gas: 0,
        });
        Ok(())
    }
}

/// What the program would print of a transaction.
fn told(errand: &Errand, claims: &str, done: TxOutcome) -> Result<Done> {
    let event = |event, key| number(&done, claims, event, key);
    let (policy, claim, amount) = match errand {
        Errand::Bind { .. } => (event("policy_bound", "policy")?, 0, 0),
        Errand::Claim { policy, .. } => (
            *policy,
            u16::try_from(event("claim_paid", "claim")?)?,
            event("claim_paid", "amount")?,
        ),
    };
    Ok(Done {
        policy,
        claim,
        amount: amount.into(),
        tx: done.hash,
    })
}

fn bind_msg(product: u64, patient: u64, payee: &str) -> ExecuteMsg {
    ExecuteMsg::Bind {
        product: Uint64::new(product),
        version: 1,
        patient: Uint64::new(patient),
        ground: GroundRef::Patient {},
        payee: payee.into(),
    }
}

/// The patient's own claim.
pub fn claim_msg(policy: u64, evidence: Vec<EvidenceMsg>) -> ExecuteMsg {
    ExecuteMsg::Claim {
        policy: Uint64::new(policy),
        ground: GroundRef::Patient {},
        evidence,
    }
}
