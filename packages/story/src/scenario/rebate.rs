//! Step 14: premium back for doses taken, counted from the dispenser's own readings. Step 21: the
//! same over several days, where the clock can be set.

use anyhow::{ensure, Result};
use cosmwasm_std::Uint64;
use vitals_api::claims::{EvidenceMsg, ExecuteMsg};
use vitals_core::decision::GroundRef;
use vitals_core::key::Ed25519Signer;
use vitals_core::measure::Measure;
use vitals_core::time::{epoch_of, epoch_start};
use vitals_testing::device::TestBatch;
use vitals_testing::TestDevice;

use super::doses::{batch_id, dispense, Doses};
use super::insurance::{Cover, Insurance};
use super::people::{Patient, MAKER_SEED};
use super::products::{self, REBATE, REBATE_PREMIUM};
use super::recording::Played;
use super::{number, Stage};
use crate::screen;

const SECOND_DISPENSER_SEED: u8 = 17;
const DAYS: u16 = 3;
const DAY_MS: u64 = 86_400_000;
const DEPOSIT: u128 = 25_000;

impl Stage<'_> {
    pub fn rebate(&mut self, insurance: &Insurance, doses: &Doses) -> Result<()> {
        screen::step(14, "Premium back for doses taken");
        self.report.step("rebate");
        let claims = self.at.claims.clone();
        let cover = insurance.doses;
        let shown = |indices: &[u16]| {
            let proof = doses.batch.prove(indices);
            reward_msg(cover, vec![evidence(doses, proof)])
        };
        self.refused_tx(
            "premium back for fewer doses than the product asks for",
            "claims/reward_day",
            "patient",
            &claims,
            &shown(&[0, 1]),
        )?;
        self.rebated(cover, &shown(&[0, 1, 2]))?;
        self.refused_tx(
            "the same day shown again",
            "claims/rebated",
            "patient",
            &claims,
            &shown(&[0, 1, 2]),
        )?;
        self.check_books()
    }

    /// The last day needed: the rebate is paid with it.
    fn rebated(&mut self, cover: Cover, msg: &ExecuteMsg) -> Result<()> {
        let claims = self.at.claims.clone();
        let coins = self.coins();
        let had = self.holds(&self.address("patient")?, &coins)?;
        let done = self.act("patient", "claim_reward", &claims, msg)?;
        let amount = number(&done, &claims, "rebated", "amount")?;
        let has = self.holds(&self.address("patient")?, &coins)?;
        ensure!(
            has - had == REBATE && u128::from(amount) == REBATE,
            "{} came back, {REBATE} was due",
            has - had
        );
        let policy = self.policy(cover.policy)?;
        ensure!(policy.rebated, "the policy does not say so: {policy:?}");
        self.report.insurance.rebates += 1;
        screen::say(&format!(
            "policy {}: {} of its days shown, {amount} of {} premium back",
            cover.policy, policy.reward_days, policy.premium_paid
        ));
        Ok(())
    }

    /// Three days of a new dispenser's, each counted once.
    pub fn several_days(&mut self, patient: &Patient, played: &Played) -> Result<()> {
        screen::step(21, "Premium back for several days");
        self.report.step("several_days");
        if !self.backend.sets_clock() {
            screen::say("days cannot be waited out here; told where the clock can be set");
            return Ok(());
        }
        self.by_clock = true;
        let told = self.show_days(patient, played);
        self.by_clock = false;
        told
    }

    fn show_days(&mut self, patient: &Patient, played: &Played) -> Result<()> {
        let claims = self.at.claims.clone();
        let coins = self.coins();
        let product = self.sell(&coins, products::rebate(2, DAYS), DEPOSIT)?;
        let cover = self.bind(patient, product, &coins, REBATE_PREMIUM)?;
        let maker = Ed25519Signer::from_seed(&MAKER_SEED);
        let doses = [Measure::DoseTaken];
        let mut dispenser = self.device(SECOND_DISPENSER_SEED, "maker", &doses, Some(&maker))?;
        self.pair(patient, &mut dispenser)?;
        for day in 1..=DAYS {
            let doses = self.a_day_later(patient, played, &mut dispenser)?;
            let msg = reward_msg(cover, vec![evidence(&doses, doses.batch.prove(&[0, 1]))]);
            if day == DAYS {
                self.rebated(cover, &msg)?;
                break;
            }
            self.act("patient", "claim_reward", &claims, &msg)?;
            let shown = self.policy(cover.policy)?;
            ensure!(
                shown.reward_days == day && !shown.rebated,
                "day {day} is not what counted: {shown:?}"
            );
            self.refused_tx(
                "one of several days shown twice",
                "claims/day_counted",
                "patient",
                &claims,
                &msg,
            )?;
        }
        self.check_books()
    }

    fn a_day_later(
        &mut self,
        patient: &Patient,
        played: &Played,
        dispenser: &mut TestDevice,
    ) -> Result<Doses> {
        self.backend.wait_past(self.now_ms()? + DAY_MS)?;
        let hour = epoch_start(epoch_of(self.now_ms()?).unwrap_or_default());
        let batch: TestBatch = dispense(dispenser, &[hour, hour + 1_000])?;
        self.anchor_own(patient, played, &batch)?;
        Ok(Doses {
            id: batch_id(patient, &batch),
            batch,
        })
    }
}

fn evidence(doses: &Doses, proof: cosmwasm_std::Binary) -> EvidenceMsg {
    EvidenceMsg {
        batch: doses.id.clone(),
        proof,
    }
}

fn reward_msg(cover: Cover, evidence: Vec<EvidenceMsg>) -> ExecuteMsg {
    ExecuteMsg::ClaimReward {
        policy: Uint64::new(cover.policy),
        ground: GroundRef::Patient {},
        evidence,
    }
}
