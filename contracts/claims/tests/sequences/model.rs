//! What should happen, told a second time and another way: policies and claims remember what was
//! done, locks and what is free follow from them, and every balance is counted.

use std::collections::{BTreeMap, BTreeSet};

use vitals_core::insurance::ClaimState;

use super::deed::{Deed, Ground, Who};
use super::plan::{Coin, Plan};

mod books;
mod claims;
mod deadlines;
mod disputes;
mod ends;
mod money;
mod policies;

pub use books::Book;

/// Where the contract's own balance is counted.
pub const CONTRACT: Who = "claims";
/// Who a re-entering token is.
pub const TOKEN: Who = "token";
pub const INSURER: Who = "insurer";
pub const ARBITER: Who = "board";
/// Assess and withdraw for the insurer, as does its own account.
pub const STAFF: [Who; 2] = ["gateway", "vault"];
pub const PATIENTS: [Who; 2] = ["patient", "clinician"];

/// What is wrong with the bad token.
#[derive(Debug, Clone, Default)]
pub enum Fault {
    #[default]
    None,
    TakesFee,
    LiesAboutAmount,
    MovesNothing,
    LiesAboutSender(Who),
    FailsOnTransfer,
    Mute,
    Reenters {
        deed: Box<Deed>,
        quietly: bool,
    },
}

/// In the place of a claim, where claims are numbered from 1: terms.
pub const TERMS: (usize, u16) = (0, 0);

/// A product's withdrawal or terms, or the award of a claim under a policy.
pub type Subject = (usize, Option<(usize, u16)>);
/// An amount, whether it has a reason, and who asked.
pub type Asked = (u128, bool, Who);

#[derive(Debug, Clone, Default)]
pub struct Model {
    pub now_ms: u64,
    pub paused: bool,
    pub products: Vec<Product>,
    pub policies: Vec<Policy>,
    pub episodes: Vec<Episode>,
    pub balances: BTreeMap<(Coin, Who), u128>,
    pub waiting: BTreeMap<Subject, Asked>,
    pub fault: Fault,
    /// Of the guardian's power and the insurer's credential.
    pub lasts_until: u64,
    /// Payments of the message that is being obeyed: product, account, amount.
    leaving: Vec<(usize, Who, u128)>,
}

#[derive(Debug, Clone)]
pub struct Product {
    pub coin: Coin,
    pub versions: Vec<Plan>,
    pub on_sale: bool,
    pub two_people_above: Option<u128>,
    pub book: Book,
}

#[derive(Debug, Clone)]
pub struct Policy {
    pub product: usize,
    pub plan: Plan,
    pub patient: usize,
    pub payee: Who,
    pub holder: Who,
    pub stage: Stage,
    pub bound_at: u64,
    pub payments: u64,
    /// Of each payment of premium, in order.
    pub payers: Vec<Who>,
    pub premium_paid: u128,
    /// Once it is over, unless it is earned until then.
    pub refund_due: u128,
    pub claims: Vec<Claim>,
    pub days_shown: BTreeSet<u64>,
    pub rebated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Offered { until: u64 },
    Withdrawn,
    Live,
    Cancelled { at: u64 },
    Lapsed { at: u64 },
    Exhausted,
    Expired,
}

#[derive(Debug, Clone)]
pub struct Claim {
    pub claimed: u128,
    pub paid: u128,
    pub turn: Turn,
    /// Of readings: when they were measured.
    pub at_ms: Option<u64>,
    pub digest: Option<u8>,
    pub deposit: u128,
    pub by: Who,
    pub assessed: Option<u128>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Assessor { until: u64 },
    Claimant { until: u64 },
    Arbiter { until: u64 },
    Nobody,
}

/// One reading that meets every rule, and when the chain knew.
#[derive(Debug, Clone)]
pub struct Episode {
    pub patient: usize,
    pub at_ms: u64,
    pub anchored_ms: u64,
    /// Of steps, not of the heart.
    pub steps: bool,
}

/// Nothing, or the end of what was asked.
fn ensure(is: bool) -> Option<()> {
    is.then_some(())
}

impl Claim {
    pub fn is_open(&self) -> bool {
        self.turn != Turn::Nobody
    }

    pub fn deadline(&self) -> Option<u64> {
        match self.turn {
            Turn::Assessor { until } | Turn::Claimant { until } | Turn::Arbiter { until } => {
                Some(until)
            }
            Turn::Nobody => None,
        }
    }

    pub fn state(&self, now: u64) -> ClaimState {
        match self.turn {
            Turn::Nobody if self.paid > 0 => ClaimState::Paid,
            Turn::Nobody => ClaimState::Refused,
            _ if self.deadline().is_some_and(|until| now >= until) => ClaimState::Overdue,
            Turn::Assessor { .. } => ClaimState::Filed,
            Turn::Claimant { .. } => ClaimState::Assessed,
            Turn::Arbiter { .. } => ClaimState::Appealed,
        }
    }
}

impl Model {
    pub fn now(&self) -> u64 {
        self.now_ms / 1_000
    }

    /// Whether a message is obeyed. One that is not has changed nothing.
    pub fn execute(&mut self, from: Who, deed: &Deed, funds: Option<(Coin, u128)>) -> bool {
        let mut next = self.clone();
        let is_done = next.arrive(from, deed, funds).is_some();
        if is_done {
            *self = next;
        }
        is_done
    }

    /// Changes are there before anything is paid; what cannot be paid is owed.
    fn obey(&mut self, from: Who, deed: &Deed, funds: Option<(Coin, u128)>) -> Option<()> {
        self.change(from, deed, funds)?;
        self.pay_out();
        Some(())
    }

    fn change(&mut self, from: Who, deed: &Deed, funds: Option<(Coin, u128)>) -> Option<()> {
        match *deed {
            Deed::Deposit { product } => self.deposit(product, funds),
            Deed::Withdraw { product, amount } => self.withdraw(from, product, amount),
            Deed::Offer(ref sale, until) => self.offer(from, sale, until, funds),
            Deed::WithdrawOffer { policy } => self.withdraw_offer(from, policy),
            Deed::Accept { policy, ground } => self.accept(from, policy, ground),
            Deed::Bind(ref sale, ground) => self.bind(from, sale, ground, funds),
            Deed::Pay { policy } => self.pay_premium(from, policy, funds),
            Deed::Cancel { policy, ground } => self.cancel(from, policy, ground),
            Deed::Lapse { policy } => self.lapse(policy),
            Deed::Expire { policy } => self.expire(policy),
            Deed::Claim {
                policy,
                ground,
                episode,
            } => self.claim(from, policy, ground, episode),
            Deed::ClaimReward {
                policy,
                ground,
                episode,
            } => self.claim_reward(from, policy, ground, episode),
            Deed::File {
                policy,
                ground,
                ref bill,
            } => self.file(from, policy, ground, bill, funds),
            Deed::Assess {
                at,
                award,
                reasoned,
            } => self.assess(from, at, award, reasoned),
            Deed::Appeal { at, ground } => self.appeal(from, at, ground),
            Deed::Arbitrate { at, award } => self.arbitrate(from, at, award),
            Deed::Settle { at } => self.settle(at),
            Deed::Collect { product, to } => self.collect(from, product, to),
            Deed::Reclaim { product, account } => self.reclaim(product, account),
            Deed::Receive {
                from: sender,
                amount,
                product,
            } => self.said_to_arrive(from, sender, amount, product),
            _ => self.change_sale(from, deed),
        }
    }

    fn change_sale(&mut self, from: Who, deed: &Deed) -> Option<()> {
        match *deed {
            Deed::TwoPeopleAbove { product, amount } => {
                ensure(from == INSURER)?;
                self.products[product].two_people_above = amount;
                for claim in [None, Some(TERMS)] {
                    self.waiting.remove(&(product, claim));
                }
            }
            Deed::Amend { product, benefit } => self.amend(from, product, benefit)?,
            Deed::SetOnSale { product, on_sale } => {
                ensure(from == INSURER)?;
                self.products[product].on_sale = on_sale;
            }
            Deed::SetPaused(paused) => {
                ensure(from == "owner")?;
                self.paused = paused;
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether somebody may act for a patient.
    fn may(&self, from: Who, patient: usize, ground: Ground) -> Option<()> {
        ensure(match ground {
            Ground::Patient => from == PATIENTS[patient],
            Ground::Guardian => from == "guardian" && patient == 0 && self.now() < self.lasts_until,
        })
    }
}
