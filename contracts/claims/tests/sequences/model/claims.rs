//! Claims on readings.

use super::{ensure, Claim, Episode, Ground, Model, Policy, Turn, Who};
use crate::sequences::plan::Uses;

const EPOCH_MS: u64 = 3_600_000;

impl Policy {
    fn is_claimable(&self, now: u64) -> bool {
        use vitals_core::insurance::PolicyState as S;
        let claimable = [S::Active, S::Overdue, S::RunOff, S::Cancelled, S::Lapsed];
        claimable.contains(&self.state(now))
    }

    pub(super) fn ensure_claimable(&self, now: u64) -> Option<()> {
        ensure(self.is_claimable(now))
    }

    pub(super) fn ensure_one_left(&self) -> Option<()> {
        ensure(self.paid_claims() + self.open() < self.plan.most)
    }

    /// Of a time from the first to the last instant: covered, over, and not too old.
    pub(super) fn ensure_in_time(&self, from_ms: u64, to_ms: u64, now_ms: u64) -> Option<()> {
        let ends = self.ends(now_ms / 1_000);
        ensure(from_ms >= (self.bound_at + self.plan.waiting_s) * 1_000)?;
        ensure(to_ms < ends * 1_000 && to_ms < now_ms)?;
        ensure(now_ms - to_ms <= self.plan.file_within_s * 1_000)
    }

    fn day_of(&self, at_ms: u64) -> u64 {
        (at_ms / EPOCH_MS - self.bound_at * 1_000 / EPOCH_MS) / 24
    }

    /// The first and the last instant that a claim would use up.
    fn uses(&self, at_ms: u64) -> (u64, u64) {
        if matches!(self.plan.uses, Uses::Time { .. }) {
            return (at_ms, at_ms);
        }
        let first = self.bound_at * 1_000 / EPOCH_MS;
        let from_ms = (first + 24 * self.day_of(at_ms)) * EPOCH_MS;
        (from_ms, from_ms + 24 * EPOCH_MS - 1)
    }

    fn least_gap_ms(&self) -> u64 {
        match self.plan.uses {
            Uses::Time { separation_s } => (separation_s * 1_000).max(1),
            _ => 1,
        }
    }
}

impl Model {
    /// By any policy that the patient ever had of the product.
    fn is_used_up(&self, policy: &Policy, at_ms: u64) -> bool {
        let (from_ms, to_ms) = policy.uses(at_ms);
        self.policies_of(policy.product)
            .filter(|other| other.patient == policy.patient)
            .flat_map(|other| other.claims.iter().map(move |claim| (other, claim)))
            .filter_map(|(other, claim)| Some(other.uses(claim.at_ms?)))
            .any(|(paid_from_ms, paid_to_ms)| {
                let after = from_ms.saturating_sub(paid_to_ms);
                let before = paid_from_ms.saturating_sub(to_ms);
                after.max(before) < policy.least_gap_ms()
            })
    }

    /// A reading that this policy can be shown at all.
    fn shown(
        &self,
        from: Who,
        policy: &Policy,
        ground: Ground,
        episode: usize,
        steps: bool,
    ) -> Option<Episode> {
        policy.ensure_claimable(self.now())?;
        let episode = self.episodes.get(episode)?;
        ensure((episode.patient, episode.steps) == (policy.patient, steps))?;
        self.may(from, policy.patient, ground)?;
        ensure(episode.anchored_ms > policy.bound_at * 1_000)?;
        policy.ensure_in_time(episode.at_ms, episode.at_ms, self.now_ms)?;
        Some(episode.clone())
    }

    pub(super) fn claim(
        &mut self,
        from: Who,
        at: usize,
        ground: Ground,
        episode: usize,
    ) -> Option<()> {
        let policy = self.policies.get(at)?;
        ensure(!matches!(policy.plan.uses, Uses::Invoices(_)))?;
        policy.ensure_one_left()?;
        let shown = self.shown(from, policy, ground, episode, false)?;
        ensure(!self.is_used_up(policy, shown.at_ms))?;
        let (product, payee, benefit) = (policy.product, policy.payee, policy.plan.benefit);
        self.policies[at].claims.push(Claim {
            claimed: benefit,
            paid: benefit,
            turn: Turn::Nobody,
            at_ms: Some(shown.at_ms),
            digest: None,
            deposit: 0,
            by: from,
            assessed: None,
        });
        self.products[product].book.paid += benefit;
        self.pay(product, payee, benefit);
        self.rebate_and_exhaust(at);
        Some(())
    }

    pub(super) fn claim_reward(
        &mut self,
        from: Who,
        at: usize,
        ground: Ground,
        episode: usize,
    ) -> Option<()> {
        let policy = self.policies.get(at)?;
        ensure(policy.plan.reward.is_some() && !policy.rebated)?;
        let shown = self.shown(from, policy, ground, episode, true)?;
        let day = policy.day_of(shown.at_ms);
        ensure(self.policies[at].days_shown.insert(day))?;
        self.rebate_and_exhaust(at);
        Some(())
    }
}
