//! A policy's money. What it locks, the books of its product and what it may still pay change here
//! and nowhere else, together: a pool's lock is the sum of its policies' locks at any time, and
//! when a policy ends nothing of it stays locked.

use cosmwasm_std::{Addr, Event, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Account, Amount, DepositFate, MoneyError, MoveKind, Standing, Terms};

use crate::error::ContractError;
use crate::ledger::{About, Ledger};
use crate::state::{self, Denom, Policy, Product};

/// A policy as a message finds it.
pub(crate) struct Sold {
    pub product: Product,
    pub terms: Terms,
    pub policy: Policy,
}

impl Sold {
    pub fn load(storage: &dyn Storage, number: u64) -> Result<Self, ContractError> {
        let policy = state::policy(storage, number)?;
        Ok(Self {
            product: state::product(storage, policy.product)?,
            terms: state::terms(storage, policy.product, policy.version)?,
            policy,
        })
    }
}

#[must_use = "an account that is not closed has changed nothing"]
pub(crate) struct PolicyAccount<'a> {
    number: u64,
    terms: &'a Terms,
    pub policy: Policy,
    ledger: Ledger<'a>,
}

impl<'a> PolicyAccount<'a> {
    pub fn open(
        storage: &dyn Storage,
        number: u64,
        policy: Policy,
        denom: &'a Denom,
        terms: &'a Terms,
    ) -> Result<Self, ContractError> {
        let ledger = Ledger::open(storage, policy.product, denom)?;
        Ok(Self {
            number,
            terms,
            policy,
            ledger,
        })
    }

    /// The first premium of an offer, which is the policyholder's until the patient accepts.
    pub fn hold_premium(&mut self, from: &Addr) -> Result<(), ContractError> {
        let amount = self.terms.premium.payment();
        self.policy.premium_paid = amount;
        let held = &mut self.ledger.books.offers_held;
        *held = more(*held, amount)?;
        self.ledger
            .record(MoveKind::OfferedPremium, amount, self.about().account(from))
    }

    /// The premium of an offer that ends without a policy.
    pub fn return_premium(&mut self, to: &Addr) -> Result<(), ContractError> {
        let amount = std::mem::take(&mut self.policy.premium_paid);
        self.hold_less(amount)?;
        self.ledger
            .pay(MoveKind::OfferRefund, amount, to, self.about())
    }

    /// The premium an offer held is the policy's.
    pub fn accept_premium(&mut self) -> Result<(), ContractError> {
        let amount = self.policy.premium_paid;
        self.hold_less(amount)?;
        self.lock(MoveKind::AcceptedPremium, amount, self.about())
    }

    pub fn take_premium(&mut self, from: &Addr) -> Result<(), ContractError> {
        let amount = self.terms.premium.payment();
        self.policy.premium_paid = more(self.policy.premium_paid, amount)?;
        self.lock(MoveKind::Premium, amount, self.about().account(from))
    }

    /// All that the policy may have to pay is locked, or it is not sold.
    pub fn lock_benefits(&mut self) -> Result<(), ContractError> {
        self.lock(MoveKind::Lock, self.terms.lock()?, self.about())?;
        let books = &mut self.ledger.books;
        books.most_payable = more(books.most_payable, self.terms.most_payable()?)?;
        books.policies_live = books.policies_live.saturating_add(1);
        books.policies_bound = books.policies_bound.saturating_add(1);
        Ok(())
    }

    /// Of the premium, to one of those who paid it.
    pub fn refund(&mut self, amount: Amount, to: &Addr) -> Result<(), ContractError> {
        self.policy.locked = less(self.policy.locked, amount)?;
        self.ledger
            .pay(MoveKind::PremiumRefund, amount, to, self.about())
    }

    /// To the payee, for a claim: all at once, or what is awarded so far.
    pub fn pay_benefit(&mut self, claim: u16, amount: Amount) -> Result<(), ContractError> {
        self.policy.locked = less(self.policy.locked, amount)?;
        self.promise_less(amount)?;
        let about = About::claim(self.number, claim);
        self.ledger
            .pay(MoveKind::Benefit, amount, &self.policy.payee, about)
    }

    /// A claim that was paid in one.
    pub fn count_paid(&mut self) {
        let books = &mut self.ledger.books;
        self.policy.slots = self.policy.slots.saturating_add(1);
        books.claims_paid = books.claims_paid.saturating_add(1);
    }

    /// An invoice is filed: until it is closed its benefit and bond wait for it.
    pub fn open_claim(&mut self, claim: u16, from: &Addr) -> Result<(), ContractError> {
        let books = &mut self.ledger.books;
        self.policy.slots = self.policy.slots.saturating_add(1);
        self.policy.open = self.policy.open.saturating_add(1);
        books.claims_open = books.claims_open.saturating_add(1);
        let about = About::claim(self.number, claim).account(from);
        self.ledger
            .record(MoveKind::ClaimDeposit, self.terms.bond(), about)
    }

    /// An invoice is closed with so much paid in all: the rest of its benefit, and its bond, are
    /// free; without payment they wait for another claim.
    pub fn close_claim(
        &mut self,
        claim: u16,
        paid: Amount,
        bond_to: Option<&Addr>,
    ) -> Result<(), ContractError> {
        let books = &mut self.ledger.books;
        self.policy.open = self.policy.open.saturating_sub(1);
        books.claims_open = books.claims_open.saturating_sub(1);
        if paid == 0 {
            self.policy.slots = self.policy.slots.saturating_sub(1);
            return Ok(());
        }
        books.claims_paid = books.claims_paid.saturating_add(1);
        let unpaid = less(self.terms.benefit.amount(), paid)?;
        self.promise_less(unpaid)?;
        let about = About::claim(self.number, claim);
        let bond = self.terms.bond();
        let freed = match bond_to {
            Some(arbiter) => {
                self.policy.locked = less(self.policy.locked, bond)?;
                self.ledger
                    .pay(MoveKind::BondToArbiter, bond, arbiter, about)?;
                unpaid
            }
            None => more(unpaid, bond)?,
        };
        self.release(freed, about)
    }

    /// The deposit of a closed claim goes to whom it is.
    pub fn settle_deposit(
        &mut self,
        claim: u16,
        deposit: Amount,
        fate: DepositFate,
        claimant: &Addr,
        arbiter: &Addr,
    ) -> Result<(), ContractError> {
        let about = About::claim(self.number, claim);
        let ledger = &mut self.ledger;
        match fate {
            DepositFate::Return => ledger.pay(MoveKind::DepositReturned, deposit, claimant, about),
            DepositFate::Arbiter => ledger.pay(MoveKind::DepositToArbiter, deposit, arbiter, about),
            DepositFate::Forfeit => ledger.record(MoveKind::DepositForfeited, deposit, about),
        }
    }

    /// The rebate, once enough days are shown. It is given back from premium: never more than was
    /// paid and kept, so it may wait for the next instalment.
    pub fn rebate_if_earned(&mut self, now: Seconds) -> Result<Option<Event>, ContractError> {
        let Some(reward) = &self.terms.reward else {
            return Ok(None);
        };
        let policy = &mut self.policy;
        let is_earned = policy.reward_days >= reward.days && policy.premium_kept() >= reward.rebate;
        if policy.rebated_at.is_some() || !is_earned {
            return Ok(None);
        }
        policy.rebated_at = Some(now);
        policy.locked = less(policy.locked, reward.rebate)?;
        self.promise_less(reward.rebate)?;
        let payee = &self.policy.payee;
        let about = About::policy(self.number);
        self.ledger
            .pay(MoveKind::Rebate, reward.rebate, payee, about)?;
        let event = ClaimsEvent::Rebated {
            policy: self.number,
            amount: reward.rebate,
            payee: payee.as_str(),
        };
        Ok(Some(event.into()))
    }

    /// Ends a policy that has nothing left to pay: its premium is earned.
    pub fn exhaust_if_done(&mut self, now: Seconds) -> Result<Option<Event>, ContractError> {
        let policy = &self.policy;
        let is_rebated = self.terms.reward.is_none() || policy.rebated_at.is_some();
        let is_claimed = policy.slots >= self.terms.benefit.most() && policy.open == 0;
        if !is_rebated || !is_claimed {
            return Ok(None);
        }
        let event = ClaimsEvent::PolicyExhausted {
            policy: self.number,
            product: policy.product,
        };
        self.end(Standing::Exhausted, now)?;
        Ok(Some(event.into()))
    }

    /// Over: all that it locked is free. No claim of it may be open.
    pub fn end(&mut self, standing: Standing, now: Seconds) -> Result<(), ContractError> {
        self.promise_less(self.still_payable()?)?;
        self.release(self.policy.locked, self.about())?;
        let books = &mut self.ledger.books;
        books.policies_live = books.policies_live.saturating_sub(1);
        self.policy.life.standing = standing;
        self.policy.ended_at = Some(now);
        Ok(())
    }

    /// Saves policy and books. The response announces the movements, and carries the payments.
    pub fn close(self, storage: &mut dyn Storage) -> Result<Response, ContractError> {
        state::save_policy(storage, self.number, &self.policy)?;
        self.ledger.close(storage)
    }

    /// Benefits that nobody claimed, and a rebate that was not earned.
    fn still_payable(&self) -> Result<Amount, MoneyError> {
        let left = self.terms.benefit.most().saturating_sub(self.policy.slots);
        let benefits = self.terms.benefit.amount().checked_mul(left.into());
        let rebate = match self.policy.rebated_at {
            Some(_) => 0,
            None => self.terms.rebate(),
        };
        more(benefits.ok_or(MoneyError::TooLarge)?, rebate)
    }

    fn lock(
        &mut self,
        kind: MoveKind,
        amount: Amount,
        about: About<'_>,
    ) -> Result<(), ContractError> {
        self.policy.locked = more(self.policy.locked, amount)?;
        self.ledger.record(kind, amount, about)
    }

    fn release(&mut self, amount: Amount, about: About<'_>) -> Result<(), ContractError> {
        self.policy.locked = less(self.policy.locked, amount)?;
        self.ledger.record(MoveKind::Release, amount, about)
    }

    fn promise_less(&mut self, amount: Amount) -> Result<(), MoneyError> {
        let books = &mut self.ledger.books;
        books.most_payable = less(books.most_payable, amount)?;
        Ok(())
    }

    fn hold_less(&mut self, premium: Amount) -> Result<(), MoneyError> {
        let held = &mut self.ledger.books.offers_held;
        *held = less(*held, premium)?;
        Ok(())
    }

    fn about<'b>(&self) -> About<'b> {
        About::policy(self.number)
    }
}

fn more(a: Amount, b: Amount) -> Result<Amount, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::TooLarge)
}

fn less(there: Amount, needed: Amount) -> Result<Amount, MoneyError> {
    there.checked_sub(needed).ok_or(MoneyError::NotThere {
        account: Account::Locked,
        needed,
        there,
    })
}
