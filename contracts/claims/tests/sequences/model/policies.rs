//! Policies: sold, paid for, ended.

use std::collections::BTreeSet;

use vitals_core::insurance::PolicyState;

use super::{ensure, Ground, Model, Policy, Stage, Who, INSURER, STAFF, TERMS};
use crate::sequences::deed::Sale;
use crate::sequences::plan::Coin;

const LONGEST_OFFER_S: u64 = 90 * 86_400;

impl Policy {
    /// When the next payment is due, where one is left.
    pub fn due(&self) -> Option<u64> {
        let (every_s, _) = self.plan.instalments?;
        let is_left = self.stage == Stage::Live && self.payments < self.plan.payments();
        is_left.then_some(self.bound_at + every_s * self.payments)
    }

    /// When the grace after it is over.
    pub fn grace_until(&self) -> Option<u64> {
        let (_, grace_s) = self.plan.instalments?;
        Some(self.due()? + grace_s)
    }

    fn is_overdue(&self, now: u64) -> bool {
        self.grace_until().is_some_and(|until| now >= until)
    }

    /// When cover ends, as it stands.
    pub fn ends(&self, now: u64) -> u64 {
        let sold = self.bound_at + self.plan.term_s;
        match self.stage {
            Stage::Cancelled { at } | Stage::Lapsed { at } => at.min(sold),
            _ if self.is_overdue(now) => self.due().unwrap_or(sold),
            _ => sold,
        }
    }

    pub fn state(&self, now: u64) -> PolicyState {
        match self.stage {
            Stage::Offered { until } if now < until => PolicyState::Offered,
            Stage::Offered { .. } => PolicyState::OfferOver,
            Stage::Withdrawn => PolicyState::Withdrawn,
            Stage::Exhausted => PolicyState::Exhausted,
            Stage::Expired => PolicyState::Expired,
            _ if now >= self.ends(now) + self.plan.file_within_s => PolicyState::Elapsed,
            Stage::Cancelled { .. } => PolicyState::Cancelled,
            Stage::Lapsed { .. } => PolicyState::Lapsed,
            Stage::Live if self.is_overdue(now) => PolicyState::Overdue,
            Stage::Live if self.due().is_some_and(|due| now >= due) => PolicyState::Grace,
            Stage::Live if now >= self.ends(now) => PolicyState::RunOff,
            Stage::Live if now < self.bound_at + self.plan.waiting_s => PolicyState::Bound,
            Stage::Live => PolicyState::Active,
        }
    }

    pub(super) fn is_covered_now(&self, now: u64) -> bool {
        use PolicyState as S;
        matches!(self.state(now), S::Bound | S::Active | S::Grace)
    }
}

impl Model {
    pub(super) fn live_policy(&self, sale: (usize, usize)) -> bool {
        let now = self.now();
        let is_elapsed = |policy: &Policy| policy.state(now) == PolicyState::Elapsed;
        self.policies
            .iter()
            .filter(|policy| (policy.product, policy.patient) == sale)
            .any(|policy| policy.is_live() && !is_elapsed(policy))
    }

    /// The insurer is one still.
    fn is_insured(&self) -> bool {
        self.now() < self.lasts_until
    }

    pub(super) fn amend(&mut self, from: Who, product: usize, benefit: u128) -> Option<()> {
        ensure(from == INSURER || STAFF.contains(&from))?;
        ensure(!self.paused && self.is_insured())?;
        let mut plan = self.products[product].versions.last()?.clone();
        plan.benefit = benefit;
        if self.waits_for_another(from, product, Some(TERMS), plan.lock(), false)? {
            return Some(());
        }
        self.products[product].versions.push(plan);
        Some(())
    }

    fn ensure_sold(&self, sale: &Sale) -> Option<()> {
        let product = &self.products[sale.product];
        ensure(!self.paused && product.on_sale && self.is_insured())?;
        ensure(product.versions.len() == sale.version as usize)
    }

    fn unsold(&self, holder: Who, sale: &Sale) -> Policy {
        Policy {
            product: sale.product,
            plan: self.products[sale.product].versions[sale.version as usize - 1].clone(),
            patient: sale.patient,
            payee: sale.payee,
            holder,
            stage: Stage::Live,
            bound_at: self.now_ms.div_ceil(1_000),
            payments: 1,
            payers: vec![holder],
            premium_paid: 0,
            refund_due: 0,
            claims: Vec::new(),
            days_shown: BTreeSet::new(),
            rebated: false,
        }
    }

    fn pay_first(&mut self, policy: &mut Policy, funds: Option<(Coin, u128)>) -> Option<()> {
        let premium = policy.plan.premium;
        self.ensure_due(policy.product, funds, premium)?;
        policy.premium_paid = premium;
        self.products[policy.product].book.premiums += premium;
        Some(())
    }

    pub(super) fn offer(
        &mut self,
        from: Who,
        sale: &Sale,
        until: u64,
        funds: Option<(Coin, u128)>,
    ) -> Option<()> {
        self.ensure_sold(sale)?;
        ensure(until > self.now() && until <= self.now() + LONGEST_OFFER_S)?;
        let mut policy = self.unsold(from, sale);
        policy.stage = Stage::Offered { until };
        (policy.bound_at, policy.payments) = (0, 0);
        self.pay_first(&mut policy, funds)?;
        self.policies.push(policy);
        Some(())
    }

    pub(super) fn withdraw_offer(&mut self, from: Who, at: usize) -> Option<()> {
        let now = self.now();
        let policy = self.policies.get_mut(at)?;
        ensure(match policy.state(now) {
            PolicyState::Offered => from == policy.holder,
            state => state == PolicyState::OfferOver,
        })?;
        policy.stage = Stage::Withdrawn;
        let (product, holder) = (policy.product, policy.holder);
        let premium = std::mem::take(&mut policy.premium_paid);
        self.products[product].book.refunded += premium;
        self.pay(product, holder, premium);
        Some(())
    }

    pub(super) fn accept(&mut self, from: Who, at: usize, ground: Ground) -> Option<()> {
        let policy = self.policies.get(at)?.clone();
        ensure(policy.state(self.now()) == PolicyState::Offered)?;
        self.may(from, policy.patient, ground)?;
        let on_sale = self.products[policy.product].on_sale;
        ensure(!self.paused && on_sale && self.is_insured())?;
        ensure(!self.live_policy((policy.product, policy.patient)))?;
        let bound_at = self.now_ms.div_ceil(1_000);
        let policy = &mut self.policies[at];
        policy.stage = Stage::Live;
        (policy.bound_at, policy.payments) = (bound_at, 1);
        self.bound(at)
    }

    /// All that it may have to pay is there, or it is not sold.
    fn bound(&mut self, at: usize) -> Option<()> {
        let product = self.policies[at].product;
        self.products[product].book.bound += 1;
        self.free(product).map(drop)
    }

    pub(super) fn bind(
        &mut self,
        from: Who,
        sale: &Sale,
        ground: Ground,
        funds: Option<(Coin, u128)>,
    ) -> Option<()> {
        self.ensure_sold(sale)?;
        self.may(from, sale.patient, ground)?;
        ensure(!self.live_policy((sale.product, sale.patient)))?;
        let mut policy = self.unsold(from, sale);
        self.pay_first(&mut policy, funds)?;
        self.policies.push(policy);
        self.bound(self.policies.len() - 1)
    }

    pub(super) fn pay_premium(
        &mut self,
        from: Who,
        at: usize,
        funds: Option<(Coin, u128)>,
    ) -> Option<()> {
        let policy = self.policies.get(at)?;
        ensure(policy.is_covered_now(self.now()))?;
        policy.due()?;
        let (product, premium) = (policy.product, policy.plan.premium);
        self.ensure_due(product, funds, premium)?;
        let policy = &mut self.policies[at];
        policy.payments += 1;
        policy.payers.push(from);
        policy.premium_paid += premium;
        self.products[product].book.premiums += premium;
        self.rebate_and_exhaust(at);
        Some(())
    }

    /// What a payment, a claim or a decision may have been the last thing for.
    pub(super) fn rebate_and_exhaust(&mut self, at: usize) {
        let policy = &mut self.policies[at];
        let (product, payee) = (policy.product, policy.payee);
        if let Some((days, rebate)) = policy.plan.reward {
            let is_shown = policy.days_shown.len() >= days;
            let is_paid_for = policy.premium_paid - policy.refund_due >= rebate;
            if !policy.rebated && is_shown && is_paid_for {
                policy.rebated = true;
                self.products[product].book.rebated += rebate;
                self.pay(product, payee, rebate);
            }
        }
        let policy = &mut self.policies[at];
        let is_rebated = policy.rebated || policy.plan.reward.is_none();
        if is_rebated && policy.paid_claims() == policy.plan.most {
            policy.stage = Stage::Exhausted;
        }
    }
}
