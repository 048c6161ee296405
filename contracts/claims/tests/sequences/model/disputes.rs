//! Claims on invoices, and who decides them.

use super::{ensure, Claim, Ground, Model, Turn, Who, ARBITER, INSURER, STAFF};
use crate::sequences::deed::Bill;
use crate::sequences::plan::{Coin, Invoicing, Plan, Uses};
use vitals_core::insurance::ClaimState;

/// A claim by its policy's place and its own number.
type At = (usize, u16);

impl Plan {
    pub fn invoicing(&self) -> Option<Invoicing> {
        match self.uses {
            Uses::Invoices(terms) => Some(terms),
            _ => None,
        }
    }
}

impl Model {
    pub fn claim_at(&self, (policy, claim): At) -> Option<&Claim> {
        let place = usize::from(claim).checked_sub(1)?;
        self.policies.get(policy)?.claims.get(place)
    }

    fn claim_mut(&mut self, (policy, claim): At) -> &mut Claim {
        &mut self.policies[policy].claims[usize::from(claim) - 1]
    }

    /// The terms of a claim on an invoice in such a state.
    fn in_state(&self, at: At, state: ClaimState) -> Option<Invoicing> {
        let terms = self.policies.get(at.0)?.plan.invoicing()?;
        ensure(self.claim_at(at)?.state(self.now()) == state)?;
        Some(terms)
    }

    fn is_known(&self, product: usize, digest: u8) -> bool {
        self.policies_of(product)
            .flat_map(|policy| &policy.claims)
            .filter(|claim| claim.is_open() || claim.paid > 0)
            .any(|claim| claim.digest == Some(digest))
    }

    pub(super) fn file(
        &mut self,
        from: Who,
        at: usize,
        ground: Ground,
        bill: &Bill,
        funds: Option<(Coin, u128)>,
    ) -> Option<()> {
        let now = self.now();
        let policy = self.policies.get(at)?;
        let terms = policy.plan.invoicing()?;
        policy.ensure_claimable(now)?;
        policy.ensure_one_left()?;
        ensure(bill.amount > 0 && bill.amount <= policy.plan.benefit)?;
        ensure(bill.served_until > bill.served_from)?;
        let last_ms = bill.served_until * 1_000 - 1;
        policy.ensure_in_time(bill.served_from * 1_000, last_ms, self.now_ms)?;
        self.ensure_due(policy.product, funds, terms.fee)?;
        self.may(from, policy.patient, ground)?;
        ensure(!self.is_known(policy.product, bill.digest))?;
        let product = policy.product;
        self.products[product].book.claim_deposits += terms.fee;
        self.policies[at].claims.push(Claim {
            claimed: bill.amount,
            paid: 0,
            turn: Turn::Assessor {
                until: now + terms.assess_s,
            },
            at_ms: None,
            digest: Some(bill.digest),
            deposit: terms.fee,
            by: from,
            assessed: None,
        });
        Some(())
    }

    pub(super) fn assess(&mut self, from: Who, at: At, award: u128, reasoned: bool) -> Option<()> {
        ensure(from == INSURER || STAFF.contains(&from))?;
        let terms = self.in_state(at, ClaimState::Filed)?;
        let claimed = self.claim_at(at)?.claimed;
        ensure(award <= claimed && (reasoned || award == claimed))?;
        let product = self.policies[at.0].product;
        if self.waits_for_another(from, product, Some(at), award, reasoned)? {
            return Some(());
        }
        self.claim_mut(at).assessed = Some(award);
        if award == claimed {
            self.close(at, award, Fate::Return);
            return Some(());
        }
        self.award(at, award);
        let until = self.now() + terms.appeal_s;
        self.claim_mut(at).turn = Turn::Claimant { until };
        Some(())
    }

    pub(super) fn appeal(&mut self, from: Who, at: At, ground: Ground) -> Option<()> {
        let terms = self.in_state(at, ClaimState::Assessed)?;
        self.may(from, self.policies[at.0].patient, ground)?;
        self.goes_to_the_arbiter(at, terms);
        Some(())
    }

    fn goes_to_the_arbiter(&mut self, at: At, terms: Invoicing) {
        let until = self.now() + terms.arbitrate_s;
        self.claim_mut(at).turn = Turn::Arbiter { until };
    }

    pub(super) fn arbitrate(&mut self, from: Who, at: At, award: u128) -> Option<()> {
        let terms = self.in_state(at, ClaimState::Appealed)?;
        ensure(from == ARBITER)?;
        let claim = self.claim_at(at)?;
        ensure(award <= claim.claimed && award >= claim.paid)?;
        let insurer_lost = award > claim.assessed.unwrap_or(0);
        let product = self.policies[at.0].product;
        if insurer_lost {
            self.close(at, award, Fate::Return);
            self.products[product].book.fees += terms.fee;
            self.pay(product, ARBITER, terms.fee);
        } else {
            self.close(at, award, Fate::Arbiter);
        }
        Some(())
    }

    pub(super) fn settle(&mut self, at: At) -> Option<()> {
        let terms = self.in_state(at, ClaimState::Overdue)?;
        let claim = self.claim_at(at)?.clone();
        let product = self.policies[at.0].product;
        self.waiting.remove(&(product, Some(at)));
        match (claim.turn, claim.assessed) {
            (Turn::Assessor { .. }, _) if !terms.approves => self.goes_to_the_arbiter(at, terms),
            (Turn::Claimant { .. }, Some(0)) => self.close(at, 0, Fate::Forfeit),
            (_, Some(award)) => self.close(at, award, Fate::Return),
            (_, None) => self.close(at, claim.claimed, Fate::Return),
        }
        Some(())
    }

    /// So much in all; what is not paid of it yet is paid.
    fn award(&mut self, at: At, award: u128) {
        let claim = self.claim_mut(at);
        let more = award - claim.paid;
        claim.paid = award;
        let (product, payee) = (self.policies[at.0].product, self.policies[at.0].payee);
        self.products[product].book.paid += more;
        self.pay(product, payee, more);
    }

    fn close(&mut self, at: At, award: u128, fate: Fate) {
        self.award(at, award);
        let claim = self.claim_mut(at);
        claim.turn = Turn::Nobody;
        let (deposit, by) = (claim.deposit, claim.by);
        let product = self.policies[at.0].product;
        let book = &mut self.products[product].book;
        match fate {
            Fate::Return => {
                book.returned += deposit;
                self.pay(product, by, deposit);
            }
            Fate::Arbiter => {
                book.fees += deposit;
                self.pay(product, ARBITER, deposit);
            }
            Fate::Forfeit => {}
        }
        self.rebate_and_exhaust(at.0);
    }
}

/// Whose a deposit is once its claim is closed.
enum Fate {
    Return,
    Arbiter,
    /// It stays, and is free.
    Forfeit,
}
