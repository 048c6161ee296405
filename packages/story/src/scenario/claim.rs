//! Step 8: the claim publishes ten readings with one multiproof a batch, and is paid at once.

use std::collections::BTreeMap;

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::anchor::BatchInfo;
use vitals_api::claims::{self, EvidenceMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;
use vitals_core::rule::Rule;
use vitals_reader::VerifiedBatch;

use super::insurance::Insurance;
use super::people::Patient;
use super::recording::Played;
use super::{number, Stage};
use crate::report::Claim;
use crate::screen;

/// The patient's own cardiac batches, opened.
pub struct Opened(Vec<(BatchInfo, VerifiedBatch)>);

impl Stage<'_> {
    pub fn open_own(&self, patient: &Patient, played: &Played) -> Result<Opened> {
        let opened = self
            .batches(patient, Category::Cardiac)?
            .into_iter()
            .map(|info| {
                let ground = GroundRef::Patient {};
                let batch =
                    self.read(&played.vault, "patient", ground, &played.own_package, &info)?;
                Ok((info, batch))
            })
            .collect::<Result<_>>()?;
        Ok(Opened(opened))
    }

    /// Claims, and shows who had what before and after.
    pub fn claim(&mut self, insurance: &Insurance, opened: &Opened) -> Result<claims::ExecuteMsg> {
        screen::step(8, "A claim that pays itself");
        self.report.step("claim");
        screen::say("what a claim publishes is public for ever: ten heart rates and their times");
        let claims = self.at.claims.clone();
        let msg = opened.claim(insurance, |rule, value| rule.conditions[0].holds(value))?;
        let (locked_before, had) = self.pool_and_payee(insurance)?;
        let paid = self.act("patient", "claim", &claims, &msg)?;
        let (locked_after, has) = self.pool_and_payee(insurance)?;
        let amount = paid
            .attribute(&claims, "claim_paid", "amount")
            .context("the claim names no amount")?
            .to_string();
        ensure!(
            (has - had).to_string() == amount,
            "the payee got {}, the claim says {amount}",
            has - had
        );
        screen::say(&format!(
            "payee  {had} before, {has} after: {amount} paid in {}",
            paid.hash
        ));
        screen::say(&format!(
            "locked {locked_before} before, {locked_after} after"
        ));
        let claim = number(&paid, &claims, "claim_paid", "claim")?;
        self.report.claims.push(Claim {
            id: format!("{}/{claim}", insurance.policy),
            amount,
            tx: paid.hash.clone(),
            gas: paid.gas_used,
        });
        Ok(msg)
    }
}

impl Opened {
    /// The first readings that satisfy `wanted`, spaced as the rule asks, each batch with one
    /// proof.
    pub fn claim(
        &self,
        insurance: &Insurance,
        wanted: impl Fn(&Rule, i64) -> bool,
    ) -> Result<claims::ExecuteMsg> {
        let rule = &insurance.rule;
        let mut chosen: BTreeMap<usize, Vec<u16>> = BTreeMap::new();
        let (mut last, mut found) = (None, 0);
        for (batch, (info, opened)) in self.0.iter().enumerate() {
            for (reading, index) in opened.readings.iter().zip(0u16..) {
                let at = reading.at_ms(info.id.epoch);
                let spaced = last.is_none_or(|t| at >= t + u64::from(rule.spaced_s.max(1)) * 1_000);
                if found < rule.readings && spaced && wanted(rule, reading.value) {
                    chosen.entry(batch).or_default().push(index);
                    last = Some(at);
                    found += 1;
                }
            }
        }
        ensure!(
            found == rule.readings,
            "the recording has only {found} such readings"
        );
        Ok(claims::ExecuteMsg::Claim {
            policy: Uint64::new(insurance.policy),
            ground: GroundRef::Patient {},
            evidence: self.evidence(&chosen)?,
        })
    }

    fn evidence(&self, chosen: &BTreeMap<usize, Vec<u16>>) -> Result<Vec<EvidenceMsg>> {
        chosen
            .iter()
            .map(|(batch, indices)| {
                let (info, opened) = &self.0[*batch];
                Ok(EvidenceMsg {
                    batch: info.id.clone(),
                    proof: opened.prove(indices)?.into(),
                })
            })
            .collect()
    }
}

/// The same claim with one reading's value changed in one bit.
pub fn altered(msg: &claims::ExecuteMsg) -> claims::ExecuteMsg {
    let mut altered = msg.clone();
    if let claims::ExecuteMsg::Claim { evidence, .. } = &mut altered {
        for item in evidence.iter_mut().take(1) {
            // version, number of readings, index, measure: then the value's eight bytes
            let mut proof = item.proof.to_vec();
            proof[2 + 2 + 2 + 7] ^= 1;
            item.proof = proof.into();
        }
    }
    altered
}
