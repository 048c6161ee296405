//! A policy's history, out of its own record, its payments and its claims.

use cosmwasm_std::{Addr, Deps, Storage};
use vitals_api::claims::{HistoryEntry, HistoryKind, HistoryPage, MAX_FILED, MAX_INSTALMENTS};
use vitals_api::page::page_limit;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Amount, Standing, Terms};

use crate::error::ContractError;
use crate::state::{self, Claim, ClaimEvidence, Invoice, Policy};

pub(super) fn history(
    deps: Deps,
    number: u64,
    skip: Option<u32>,
    limit: Option<u32>,
) -> Result<HistoryPage, ContractError> {
    let skip = usize::try_from(skip.unwrap_or_default()).unwrap_or(usize::MAX);
    let entries = all(deps.storage, number)?;
    Ok(HistoryPage {
        entries: entries
            .into_iter()
            .skip(skip)
            .take(page_limit(limit))
            .collect(),
    })
}

/// What was done in one second stays in the order in which it is listed here.
fn all(storage: &dyn Storage, number: u64) -> Result<Vec<HistoryEntry>, ContractError> {
    let policy = state::policy(storage, number)?;
    let terms = state::terms(storage, policy.product, policy.version)?;
    let mut entries: Vec<HistoryEntry> = begun(&policy, &terms).into_iter().flatten().collect();
    for (_, payment) in state::payments(storage, number, None, MAX_INSTALMENTS.into())? {
        let paid = entry(HistoryKind::PremiumPaid, payment.at);
        entries.push(paid.by(&payment.by).amount(payment.amount).0);
    }
    let most = MAX_FILED.into();
    for (claim, record) in state::claims_of_policy(storage, policy.product, number, None, most)? {
        entries.extend(claimed(claim, &record));
    }
    entries.extend(ended(&policy, &terms).into_iter().flatten());
    // a policy is bound in the first whole second that is not before it was sold
    entries.sort_by_key(|entry| entry.at.max(policy.life.bound_at));
    Ok(entries)
}

fn begun(policy: &Policy, terms: &Terms) -> [Option<HistoryEntry>; 2] {
    let premium = terms.premium.payment();
    let holder = policy.policyholder();
    let offered = policy.offered_at.map(|at| {
        let offered = entry(HistoryKind::Offered, at).amount(premium);
        offered.by_whom(holder).0
    });
    let bound_at = Some(policy.life.bound_at).filter(|at| *at > 0);
    let bound = bound_at.map(|at| {
        let bound = entry(HistoryKind::Bound, at).amount(premium);
        // who accepted an offer is not kept
        bound.by_whom(holder.filter(|_| offered.is_none())).0
    });
    [offered, bound]
}

fn ended(policy: &Policy, terms: &Terms) -> [Option<HistoryEntry>; 4] {
    let cancelled = policy.cancelled.as_ref().map(|cancelled| {
        let entry = entry(HistoryKind::Cancelled, cancelled.at);
        entry.by(&cancelled.by).amount(cancelled.refund).0
    });
    let lapsed = policy.lapsed_at.map(|at| entry(HistoryKind::Lapsed, at).0);
    let rebated = policy.rebated_at.map(|at| {
        let rebated = entry(HistoryKind::Rebated, at);
        rebated.amount(terms.rebate()).0
    });
    let over = policy.ended_at.map(|at| {
        if policy.life.standing == Standing::Withdrawn {
            let withdrawn = entry(HistoryKind::OfferWithdrawn, at);
            return withdrawn.amount(terms.premium.payment()).0;
        }
        entry(HistoryKind::Ended, at).0
    });
    [cancelled, lapsed, rebated, over]
}

fn claimed(number: u16, claim: &Claim) -> Vec<HistoryEntry> {
    let entries = match &claim.evidence {
        ClaimEvidence::Disclosed { paid, .. } => {
            let paid = entry(HistoryKind::ClaimPaid, claim.filed_at).amount(*paid);
            vec![paid.by(&claim.claimant)]
        }
        ClaimEvidence::Invoice(invoice) => decided(claim, invoice),
    };
    entries
        .into_iter()
        .map(|Entry(entry)| HistoryEntry {
            claim: Some(number),
            ..entry
        })
        .collect()
}

fn decided(claim: &Claim, invoice: &Invoice) -> Vec<Entry> {
    let filed = entry(HistoryKind::ClaimFiled, claim.filed_at).by(&claim.claimant);
    let verdict = |kind: HistoryKind, verdict: &state::Verdict| {
        entry(kind, verdict.at)
            .by(&verdict.by)
            .amount(verdict.award)
    };
    let assessed = invoice.assessed.as_ref();
    let appealed = invoice.appealed.as_ref().map(|appeal| {
        let appealed = entry(HistoryKind::ClaimAppealed, appeal.at);
        appealed.by_whom(appeal.by.as_ref())
    });
    let arbitrated = invoice.arbitrated.as_ref();
    let closed = invoice
        .closed_at
        .map(|at| entry(HistoryKind::ClaimClosed, at).amount(invoice.dispute.paid));
    [
        Some(filed.amount(invoice.dispute.claimed)),
        assessed.map(|it| verdict(HistoryKind::ClaimAssessed, it)),
        appealed,
        arbitrated.map(|it| verdict(HistoryKind::ClaimArbitrated, it)),
        closed,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An entry while it is put together.
struct Entry(HistoryEntry);

fn entry(kind: HistoryKind, at: Seconds) -> Entry {
    Entry(HistoryEntry {
        at,
        kind,
        by: None,
        claim: None,
        amount: None,
    })
}

impl Entry {
    fn by(self, account: &Addr) -> Self {
        self.by_whom(Some(account))
    }

    fn by_whom(mut self, account: Option<&Addr>) -> Self {
        self.0.by = account.map(ToString::to_string);
        self
    }

    fn amount(mut self, amount: Amount) -> Self {
        self.0.amount = Some(amount.into());
        self
    }
}
