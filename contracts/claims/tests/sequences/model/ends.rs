//! Policies ended, and what goes back then.

use vitals_core::insurance::PolicyState;

use super::{ensure, Ground, Model, Policy, Stage, Who};

impl Policy {
    fn is_earned(&self) -> bool {
        self.rebated || self.paid_claims() > 0
    }

    /// Of what is paid, the share of the paid time that is left, rounded down.
    fn unearned(&self, now: u64) -> u128 {
        if self.is_earned() {
            return 0;
        }
        let covers = self.plan.covers_s(self.payments);
        let left = (self.bound_at + covers).saturating_sub(now).min(covers);
        let share = self.premium_paid * u128::from(left) / u128::from(covers);
        share.min(self.premium_paid.saturating_sub(self.plan.minimum_charge))
    }

    /// What is due back, of the last payments first, and to each payer at once.
    fn refunds(&self) -> Vec<(Who, u128)> {
        let mut left = if self.is_earned() { 0 } else { self.refund_due };
        let mut refunds: Vec<(Who, u128)> = Vec::new();
        for payer in self.payers.iter().rev() {
            let part = left.min(self.plan.premium);
            left -= part;
            match refunds.iter_mut().find(|(to, _)| to == payer) {
                Some((_, amount)) => *amount += part,
                None => refunds.push((payer, part)),
            }
        }
        refunds
    }
}

impl Model {
    pub(super) fn cancel(&mut self, from: Who, at: usize, ground: Option<Ground>) -> Option<()> {
        let now = self.now();
        let policy = self.policies.get(at)?;
        match ground {
            Some(ground) => self.may(from, policy.patient, ground)?,
            None => ensure(from == policy.holder)?,
        }
        ensure(policy.is_covered_now(now))?;
        let ends = policy.due().map_or(now, |due| due.min(now));
        let covered_from = policy.bound_at + policy.plan.waiting_s;
        let is_claimed = policy.open() > 0 || policy.paid_claims() > 0;
        let policy = &mut self.policies[at];
        policy.refund_due = policy.unearned(now);
        policy.stage = Stage::Cancelled { at: ends };
        if ends <= covered_from && !is_claimed {
            self.end(at);
        }
        Some(())
    }

    pub(super) fn lapse(&mut self, at: usize) -> Option<()> {
        let now = self.now();
        let policy = self.policies.get_mut(at)?;
        ensure(policy.state(now) == PolicyState::Overdue)?;
        policy.stage = Stage::Lapsed { at: policy.due()? };
        Some(())
    }

    pub(super) fn expire(&mut self, at: usize) -> Option<()> {
        let now = self.now();
        let policy = self.policies.get(at)?;
        ensure(policy.state(now) == PolicyState::Elapsed && policy.open() == 0)?;
        self.end(at);
        Some(())
    }

    fn end(&mut self, at: usize) {
        let policy = &mut self.policies[at];
        policy.stage = Stage::Expired;
        let (product, refunds) = (policy.product, policy.refunds());
        for (to, amount) in refunds {
            self.products[product].book.refunded += amount;
            self.pay(product, to, amount);
        }
    }
}
