//! Step 15, in the middle: a partial award, an appeal, and the arbiter's last word.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_api::claims::{ClaimEvidenceInfo, ExecuteMsg};
use vitals_core::decision::GroundRef;
use vitals_core::insurance::ClaimState;
use vitals_vault_client::digest;

use super::insurance::Cover;
use super::products::FEE;
use super::Stage;
use crate::screen;

const PART: u128 = 10_000;
const MORE: u128 = 25_000;

/// What each writes off the chain, of which the chain has the digest.
const WHY_A_PART: &[u8] = b"the second night was not needed";
const WHY_AN_APPEAL: &[u8] = b"it was";
const WHY_MORE: &[u8] = b"it was, but for the single room";

impl Stage<'_> {
    pub fn dispute(&mut self, cover: Cover, claim: u16) -> Result<()> {
        let claims = self.at.claims.clone();
        self.refused_awards(cover, claim)?;
        let award = assess(cover, claim, PART, Some(WHY_A_PART));
        self.act("assessor", "assess", &claims, &award)?;
        screen::say(&format!(
            "claim {}/{claim}: the assessor awards {PART}, for a reason; it is paid at once",
            cover.policy
        ));
        let appeal = ExecuteMsg::Appeal {
            policy: Uint64::new(cover.policy),
            claim,
            ground: GroundRef::Patient {},
            reason: reason(WHY_AN_APPEAL),
        };
        self.act("patient", "appeal", &claims, &appeal)?;
        self.refused_tx(
            "the assessor deciding the appeal",
            "claims/not_the_arbiter",
            "assessor",
            &claims,
            &arbitrate(cover, claim, PART),
        )?;
        self.refused_tx(
            "an arbiter taking back what was awarded",
            "claims/award_below_paid",
            "arbiter",
            &claims,
            &arbitrate(cover, claim, PART - 1),
        )?;
        self.last_word(cover, claim)
    }

    fn refused_awards(&mut self, cover: Cover, claim: u16) -> Result<()> {
        let claims = self.at.claims.clone();
        self.refused_tx(
            "the treasurer awarding a claim",
            "claims/not_staff",
            "treasurer",
            &claims,
            &assess(cover, claim, PART, Some(WHY_A_PART)),
        )?;
        self.refused_tx(
            "an award of a part without a reason",
            "claims/award_without_reason",
            "assessor",
            &claims,
            &assess(cover, claim, PART, None),
        )
    }

    /// The insurer loses: its bond pays the arbiter, and the deposit goes back.
    fn last_word(&mut self, cover: Cover, claim: u16) -> Result<()> {
        let claims = self.at.claims.clone();
        let coins = self.coins();
        let (patient, arbiter) = (self.address("patient")?, self.address("arbiter")?);
        let had = (self.holds(&patient, &coins)?, self.holds(&arbiter, &coins)?);
        let msg = arbitrate(cover, claim, MORE);
        self.act("arbiter", "arbitrate", &claims, &msg)?;
        let got = (
            self.holds(&patient, &coins)? - had.0,
            self.holds(&arbiter, &coins)? - had.1,
        );
        ensure!(
            got == (MORE - PART + FEE, FEE),
            "the rest with the deposit, and the fee, are {got:?}"
        );
        let info = self.claim_info(cover, claim)?;
        ensure!(
            info.state == ClaimState::Paid && info.paid == Uint128::new(MORE),
            "the claim is not what was decided: {info:?}"
        );
        self.report.insurance.arbitrated += 1;
        screen::say(&format!(
            "claim {}/{claim}: the patient appealed, and the arbiter awards {MORE}: {} more are paid,",
            cover.policy,
            MORE - PART
        ));
        screen::say(&format!(
            "  the deposit goes back, and the insurer's bond pays the arbiter's {FEE}"
        ));
        Ok(())
    }

    /// Until when whoever is to act on an invoice may, block seconds.
    pub fn deadline(&self, cover: Cover, claim: u16) -> Result<u64> {
        match self.claim_info(cover, claim)?.evidence {
            ClaimEvidenceInfo::Invoice(invoice) => invoice.deadline.context("the claim is closed"),
            ClaimEvidenceInfo::Disclosed { .. } => anyhow::bail!("no invoice has a deadline there"),
        }
    }
}

fn reason(words: &[u8]) -> Binary {
    Binary::new(digest(words).to_vec())
}

fn assess(cover: Cover, claim: u16, award: u128, why: Option<&[u8]>) -> ExecuteMsg {
    ExecuteMsg::Assess {
        policy: Uint64::new(cover.policy),
        claim,
        award: Uint128::new(award),
        reason: why.map(reason),
    }
}

fn arbitrate(cover: Cover, claim: u16, award: u128) -> ExecuteMsg {
    ExecuteMsg::Arbitrate {
        policy: Uint64::new(cover.policy),
        claim,
        award: Uint128::new(award),
        reason: reason(WHY_MORE),
    }
}
