//! Step 16: a premium by instalments that stops being paid, a keeper that ends what is over, and
//! money that takes two people to withdraw.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::ExecuteMsg;
use vitals_core::insurance::PolicyState;
use vitals_core::rule::Rule;

use super::claim::Opened;
use super::claimant::claim_msg;
use super::insurance::{Cover, Insurance};
use super::people::Patient;
use super::products::{self, EVERY_S, GRACE_S, INSTALMENT};
use super::Stage;
use crate::screen;

const DEPOSIT: u128 = 10_000;
const ONE_PERSON: u128 = 10_000;
const WITHDRAWN: u128 = 40_000;

impl Stage<'_> {
    pub fn instalments(
        &mut self,
        patient: &Patient,
        insurance: &Insurance,
        opened: &Opened,
    ) -> Result<()> {
        screen::step(16, "Instalments, a keeper, and two people for a withdrawal");
        self.report.step("instalments");
        let coins = self.coins();
        let product = self.sell(&coins, products::instalments(), DEPOSIT)?;
        let cover = self.bind(patient, product, &coins, INSTALMENT)?;
        screen::say(&format!(
            "three instalments of {INSTALMENT}, {EVERY_S} s apart: the seconds stand for months"
        ));
        self.in_grace(cover, opened)?;
        let grace_over = self.due(cover)? + u64::from(GRACE_S);
        self.withdrawal(insurance.episodes)?;
        self.kept_past(grace_over, cover, PolicyState::Lapsed)?;
        self.report.insurance.lapsed += 1;
        screen::say(&format!(
            "policy {}: the third instalment was not paid; the keeper lapsed it",
            cover.policy
        ));
        let file_until = self.policy(cover.policy)?.file_until;
        self.kept_past(file_until, cover, PolicyState::Expired)?;
        self.report.insurance.expired += 1;
        let pool = self.pool(product)?;
        ensure!(pool.locked.is_zero(), "the lock is not freed: {pool:?}");
        screen::say(&format!(
            "policy {}: the time to file is over too; the keeper expired it, nothing is locked",
            cover.policy
        ));
        self.check_books()
    }

    /// The second instalment is late: claims wait until it is paid, by whomever.
    fn in_grace(&mut self, cover: Cover, opened: &Opened) -> Result<()> {
        let due = self.due(cover)?;
        self.backend.wait_past(due * 1_000)?;
        let fast = |rule: &Rule, value| rule.conditions[0].holds(value);
        let evidence = opened.evidence(&products::one_reading(), fast)?;
        let claims = self.at.claims.clone();
        self.refused_tx(
            "a claim while an instalment is due",
            "claims/premium_due",
            "patient",
            &claims,
            &claim_msg(cover.policy, evidence),
        )?;
        let msg = ReceiveMsg::PayPremium {
            policy: Uint64::new(cover.policy),
        };
        let call = self.paying(&self.coins(), INSTALMENT, &msg)?;
        self.act_with("employer", "pay_premium", call)?;
        screen::say("the second came late, within the grace, from the employer");
        Ok(())
    }

    fn due(&self, cover: Cover) -> Result<u64> {
        self.policy(cover.policy)?
            .next_due
            .context("no instalment is left")
    }

    /// The keeper looks once, as soon as it may.
    fn kept_past(&mut self, at: u64, cover: Cover, state: PolicyState) -> Result<()> {
        self.backend.wait_past(at * 1_000)?;
        self.backend.keeper(&self.at)?;
        let policy = self.policy(cover.policy)?;
        ensure!(
            policy.state == state,
            "the keeper left the policy {:?}, {state:?} was due",
            policy.state
        );
        Ok(())
    }

    fn withdrawal(&mut self, cover: Cover) -> Result<()> {
        let claims = self.at.claims.clone();
        let limit = ExecuteMsg::SetTwoPeopleAbove {
            product: Uint64::new(cover.product),
            amount: Some(Uint128::new(ONE_PERSON)),
        };
        self.act("insurer", "set_two_people_above", &claims, &limit)?;
        self.refused_withdrawals(cover)?;
        self.two_people(cover)
    }

    /// Above the limit the treasurer's word needs another's.
    fn two_people(&mut self, cover: Cover) -> Result<()> {
        let claims = self.at.claims.clone();
        let withdraw = withdraw(cover, WITHDRAWN);
        let coins = self.coins();
        let insurer = self.address("insurer")?;
        let had = self.holds(&insurer, &coins)?;
        self.act("treasurer", "withdraw_first", &claims, &withdraw)?;
        ensure!(
            self.holds(&insurer, &coins)? == had,
            "one person's word moved money"
        );
        self.refused_tx(
            "the treasurer confirming its own withdrawal",
            "claims/second_person",
            "treasurer",
            &claims,
            &withdraw,
        )?;
        self.act("insurer", "withdraw", &claims, &withdraw)?;
        let got = self.holds(&insurer, &coins)? - had;
        ensure!(got == WITHDRAWN, "{got} came of {WITHDRAWN} withdrawn");
        self.report.insurance.withdrawn_by_two += 1;
        screen::say(&format!(
            "product {}: {WITHDRAWN} withdrawn, by the treasurer and then the insurer",
            cover.product
        ));
        Ok(())
    }

    /// What policies lock stays in any case.
    fn refused_withdrawals(&mut self, cover: Cover) -> Result<()> {
        let claims = self.at.claims.clone();
        self.refused_tx(
            "the assessor withdrawing money",
            "claims/not_staff",
            "assessor",
            &claims,
            &withdraw(cover, 1),
        )?;
        let free = self.pool(cover.product)?.free.u128();
        self.refused_tx(
            "an insurer withdrawing what is locked for a policy",
            "claims/pool_too_small",
            "insurer",
            &claims,
            &withdraw(cover, free + 1),
        )
    }
}

fn withdraw(cover: Cover, amount: u128) -> ExecuteMsg {
    ExecuteMsg::Withdraw {
        product: Uint64::new(cover.product),
        amount: Uint128::new(amount),
    }
}
