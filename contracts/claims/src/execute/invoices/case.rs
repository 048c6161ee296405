//! A claim on an invoice while a message decides it.

use cosmwasm_std::{Addr, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::insurance::{to_ms, ClaimAct, EvidenceTerms, InvoiceTerms, Outcome};
use vitals_core::rule::ClaimWindow;
use vitals_core::time::{epoch_of, Epoch, Window};

use crate::access;
use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::execute::evidence::Claimant;
use crate::state::{self, Claim, ClaimEvidence, Invoice, Subject};

impl Claimant<'_> {
    /// Who decides on invoices, or works with those who do, claims none on a grant: with invoices
    /// of next to nothing that it approves, an insurer could use up what a policy pays. Holders act
    /// for themselves, whoever they are: an insurer gives parts without asking.
    pub fn ensure_no_judge(
        &self,
        storage: &dyn Storage,
        insurer: &Addr,
        arbiter: &str,
    ) -> Result<(), ContractError> {
        if let GroundRef::Patient {} | GroundRef::Guardian {} = self.ground {
            return Ok(());
        }
        let is_judge = self.account.as_str() == arbiter
            || access::is_of_insurer(storage, self.account, insurer)?;
        if is_judge {
            return Err(ContractError::OwnJudge {
                sender: self.account.to_string(),
            });
        }
        Ok(())
    }
}

pub(super) struct Case {
    pub policy: u64,
    pub claim: u16,
    pub sold: Sold,
    /// Of this product's invoices.
    pub terms: InvoiceTerms,
    pub invoice: Box<Invoice>,
    pub claimant: Addr,
    filed_at: Seconds,
}

impl Case {
    pub fn load(storage: &dyn Storage, policy: u64, claim: u16) -> Result<Self, ContractError> {
        let sold = Sold::load(storage, policy)?;
        let found = state::claim(storage, sold.policy.product, policy, claim)?;
        match (found.evidence, &sold.terms.evidence) {
            (ClaimEvidence::Invoice(invoice), EvidenceTerms::Invoice(terms)) => Ok(Self {
                policy,
                claim,
                terms: terms.clone(),
                sold,
                invoice,
                claimant: found.claimant,
                filed_at: found.filed_at,
            }),
            _ => Err(ContractError::NotAnInvoice { policy, claim }),
        }
    }

    pub fn step(&self, act: ClaimAct, now: Seconds) -> Result<Outcome, ContractError> {
        Ok(self.invoice.dispute.step(&self.terms, act, now)?)
    }

    /// Whoever would have something of the award, or asked for it.
    pub fn insured(&self) -> [Option<&Addr>; 4] {
        let policy = &self.sold.policy;
        let appealed = self.invoice.appealed.as_ref();
        [
            Some(&self.claimant),
            Some(&policy.payee),
            policy.policyholder(),
            appealed.and_then(|it| it.by.as_ref()),
        ]
    }

    pub fn ensure_no_party(
        &self,
        sender: &Addr,
        parties: &[Option<&Addr>],
    ) -> Result<(), ContractError> {
        if !parties.contains(&Some(sender)) {
            return Ok(());
        }
        Err(ContractError::OwnClaim {
            sender: sender.to_string(),
            policy: self.policy,
            claim: self.claim,
        })
    }

    pub fn served_epochs(&self) -> Window {
        served_epochs(served(self.invoice.served_from, self.invoice.served_until))
    }

    /// What one person of the insurer's asked for is of no use once it is another's turn.
    pub fn forget_waiting(&self, storage: &mut dyn Storage) {
        let subject = Subject::Award {
            policy: self.policy,
            claim: self.claim,
        };
        state::forget_waiting(storage, self.sold.policy.product, subject);
    }

    /// Records what a step did, and pays what it says.
    pub fn record(
        mut self,
        storage: &mut dyn Storage,
        outcome: &Outcome,
        now: Seconds,
    ) -> Result<Response, ContractError> {
        self.invoice.dispute = outcome.dispute;
        self.invoice.closed_at = outcome.deposit.map(|_| now);
        let Self { policy, claim, .. } = self;
        let Sold {
            product,
            terms,
            policy: cover,
        } = self.sold;
        let (sold_as, payee) = (cover.product, cover.payee.clone());
        let mut account = PolicyAccount::open(storage, policy, cover, &product.denom, &terms)?;
        account.pay_benefit(claim, outcome.pay)?;
        let ended = match outcome.deposit {
            Some(fate) => {
                let arbiter = Addr::unchecked(self.terms.arbiter);
                account.settle_deposit(
                    claim,
                    self.invoice.deposit,
                    fate,
                    &self.claimant,
                    &arbiter,
                )?;
                let bond_to = outcome.bond_pays.then_some(&arbiter);
                account.close_claim(claim, outcome.dispute.paid, bond_to)?;
                account.exhaust_if_done(now)?
            }
            None => None,
        };
        if refused(outcome) {
            state::forget_invoice(storage, sold_as, self.invoice.digest);
        }
        let record = Claim {
            claimant: self.claimant,
            filed_at: self.filed_at,
            evidence: ClaimEvidence::Invoice(self.invoice),
        };
        state::save_claim(storage, sold_as, policy, claim, &record)?;
        let paid = (outcome.pay > 0).then_some(ClaimsEvent::ClaimPaid {
            policy,
            claim,
            amount: outcome.pay,
            payee: payee.as_str(),
        });
        Ok(account.close(storage)?.add_events(paid).add_events(ended))
    }
}

/// Closed with nothing paid: the same invoice may be claimed again.
fn refused(outcome: &Outcome) -> bool {
    outcome.deposit.is_some() && outcome.dispute.paid == 0
}

/// The time care was given, as readings have theirs: to the last millisecond, inside.
pub(super) fn served(from: Seconds, until: Seconds) -> ClaimWindow {
    ClaimWindow {
        from_ms: to_ms(from),
        to_ms: to_ms(until).saturating_sub(1),
    }
}

/// The epochs it touches; dates end long before epochs do.
pub(super) fn served_epochs(window: ClaimWindow) -> Window {
    let epoch = |at_ms| epoch_of(at_ms).unwrap_or(Epoch::MAX);
    Window {
        from: epoch(window.from_ms),
        to: Window::one(epoch(window.to_ms)).to,
    }
}
