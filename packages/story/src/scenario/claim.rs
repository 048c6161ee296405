//! Steps 8 and 9: the claim publishes ten readings with one multiproof a batch, and is paid at
//! once, in coins and in tokens.

use std::collections::BTreeMap;

use anyhow::{ensure, Context, Result};
use vitals_api::anchor::BatchInfo;
use vitals_api::claims::{EvidenceMsg, ExecuteMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;
use vitals_core::rule::Rule;
use vitals_reader::VerifiedBatch;

use super::claimant::claim_msg;
use super::insurance::{Cover, Insurance};
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

    /// Claims in coins, and shows who had what before and after.
    pub fn claim(&mut self, insurance: &Insurance, opened: &Opened) -> Result<ExecuteMsg> {
        screen::step(8, "A claim that pays itself");
        self.report.step("claim");
        screen::say("what a claim publishes is public for ever: ten heart rates and their times");
        let msg = opened.episode(insurance.episodes, &insurance.rule)?;
        self.claim_paid("claim", insurance.episodes, &msg)?;
        self.check_books()?;
        Ok(msg)
    }

    /// The same episode under another product, whose money is tokens.
    pub fn claim_in_tokens(&mut self, insurance: &Insurance, opened: &Opened) -> Result<()> {
        screen::step(9, "The same, paid in tokens");
        self.report.step("claim_in_tokens");
        let msg = opened.episode(insurance.in_tokens, &insurance.rule)?;
        self.claim_paid("claim_cw20", insurance.in_tokens, &msg)?;
        self.report.insurance.claims_in_tokens += 1;
        self.check_books()
    }

    fn claim_paid(&mut self, kind: &str, cover: Cover, msg: &ExecuteMsg) -> Result<()> {
        let claims = self.at.claims.clone();
        let payee = self.address("patient")?;
        let before = self.pool(cover.product)?;
        let had = self.holds(&payee, &before.denom)?;
        let paid = self.act("patient", kind, &claims, msg)?;
        let after = self.pool(cover.product)?;
        let has = self.holds(&payee, &before.denom)?;
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
            "locked {} before, {} after",
            before.locked, after.locked
        ));
        let claim = number(&paid, &claims, "claim_paid", "claim")?;
        self.report.claims.push(Claim {
            id: format!("{}/{claim}", cover.policy),
            amount,
            tx: paid.hash.clone(),
            gas: paid.gas_used,
        });
        Ok(())
    }
}

impl Opened {
    fn episode(&self, cover: Cover, rule: &Rule) -> Result<ExecuteMsg> {
        let holds = |rule: &Rule, value| rule.conditions[0].holds(value);
        Ok(claim_msg(cover.policy, self.evidence(rule, holds)?))
    }

    /// The first readings that satisfy `wanted`, spaced as the rule asks, each batch with one
    /// proof.
    pub fn evidence(
        &self,
        rule: &Rule,
        wanted: impl Fn(&Rule, i64) -> bool,
    ) -> Result<Vec<EvidenceMsg>> {
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
        self.proofs(&chosen)
    }

    fn proofs(&self, chosen: &BTreeMap<usize, Vec<u16>>) -> Result<Vec<EvidenceMsg>> {
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
pub fn altered(msg: &ExecuteMsg) -> ExecuteMsg {
    let mut altered = msg.clone();
    if let ExecuteMsg::Claim { evidence, .. } = &mut altered {
        for item in evidence.iter_mut().take(1) {
            // version, number of readings, index, measure: then the value's eight bytes
            let mut proof = item.proof.to_vec();
            proof[2 + 2 + 2 + 7] ^= 1;
            item.proof = proof.into();
        }
    }
    altered
}
