//! An invoice is filed.

use cosmwasm_std::{Addr, DepsMut, Env, Response, Storage};
use vitals_api::claims::event::ClaimsEvent;
use vitals_api::claims::InvoiceMsg;
use vitals_api::parse;
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::insurance::{Act, Amount, Dispute, EvidenceTerms, InvoiceTerms};

use super::case::{served, served_epochs};
use crate::account::{PolicyAccount, Sold};
use crate::error::ContractError;
use crate::execute::claims::next_claim;
use crate::execute::evidence::Claimant;
use crate::funds::Funds;
use crate::policy::{ensure_allows, now_ms, now_s};
use crate::state::{self, Claim, ClaimEvidence, Invoice};

/// An invoice as it came.
struct Bill {
    digest: [u8; 32],
    amount: Amount,
    served_from: Seconds,
    served_until: Seconds,
}

pub(crate) fn file(
    deps: DepsMut,
    env: &Env,
    funds: Funds,
    number: u64,
    ground: GroundRef,
    invoice: &InvoiceMsg,
) -> Result<Response, ContractError> {
    let sold = Sold::load(deps.storage, number)?;
    let (policy, terms) = (&sold.policy, &sold.terms);
    ensure_allows(number, policy, terms, Act::Claim, now_s(env))?;
    let EvidenceTerms::Invoice(of_invoices) = &terms.evidence else {
        return Err(ContractError::ClaimedByReadings { policy: number });
    };
    policy.ensure_slot(number, terms)?;
    let bill = Bill::parse(invoice, terms.benefit.amount())?;
    let window = served(bill.served_from, bill.served_until);
    policy.ensure_filed_in_time(terms, window, now_ms(env))?;
    funds.ensure_deposit(&sold.product.denom, of_invoices.fee)?;

    let claimant = Claimant {
        account: &funds.from,
        patient: policy.patient,
        ground,
    };
    let config = state::config(deps.storage)?;
    let asked = [(of_invoices.category, served_epochs(window))];
    claimant.ensure_may_disclose(&config.consent(deps.querier), &asked, now_s(env))?;
    claimant.ensure_no_judge(deps.storage, &sold.product.insurer, &of_invoices.arbiter)?;
    bill.ensure_new(deps.storage, policy.product)?;
    let opened = bill.opened(of_invoices, now_s(env));
    open(deps.storage, now_s(env), &funds.from, number, sold, opened)
}

/// Records the claim, and holds its deposit.
fn open(
    storage: &mut dyn Storage,
    now: Seconds,
    claimant: &Addr,
    number: u64,
    sold: Sold,
    invoice: Invoice,
) -> Result<Response, ContractError> {
    let Sold {
        product,
        terms,
        mut policy,
    } = sold;
    let claim = next_claim(number, &mut policy)?;
    let event = ClaimsEvent::ClaimFiled {
        policy: number,
        claim,
        product: policy.product,
        deadline: invoice.dispute.deadline().unwrap_or(now),
    };
    state::note_invoice(storage, policy.product, invoice.digest, number, claim)?;
    let record = Claim {
        claimant: claimant.clone(),
        filed_at: now,
        evidence: ClaimEvidence::Invoice(Box::new(invoice)),
    };
    state::save_claim(storage, policy.product, number, claim, &record)?;
    let mut account = PolicyAccount::open(storage, number, policy, &product.denom, &terms)?;
    account.open_claim(claim, claimant)?;
    Ok(account.close(storage)?.add_event(event))
}

impl Bill {
    fn parse(msg: &InvoiceMsg, benefit: Amount) -> Result<Self, ContractError> {
        let amount = msg.amount.u128();
        if amount == 0 || amount > benefit {
            return Err(ContractError::InvoiceAmount {
                amount: msg.amount,
                benefit: benefit.into(),
            });
        }
        Ok(Self {
            digest: parse::bytes("digest", &msg.digest)?,
            amount,
            served_from: msg.served_from,
            served_until: parse::date("served_until", msg.served_until, msg.served_from)?,
        })
    }

    /// No other claim of the product, unless it was refused, is on the same invoice.
    fn ensure_new(&self, storage: &dyn Storage, product: u64) -> Result<(), ContractError> {
        match state::invoice_known(storage, product, self.digest)? {
            Some((policy, claim)) => Err(ContractError::InvoiceKnown { policy, claim }),
            None => Ok(()),
        }
    }

    /// The assessor's turn.
    fn opened(&self, terms: &InvoiceTerms, now: Seconds) -> Invoice {
        Invoice {
            digest: self.digest,
            served_from: self.served_from,
            served_until: self.served_until,
            deposit: terms.fee,
            dispute: Dispute::filed(self.amount, terms, now),
            assessed: None,
            appealed: None,
            arbitrated: None,
            closed_at: None,
        }
    }
}
