//! Claims, open or closed, with what happened to them.

use cosmwasm_std::{Addr, Binary, Deps};
use vitals_api::claims::{
    AppealInfo, ClaimEvidenceInfo, ClaimId, ClaimInfo, ClaimsPage, InvoiceInfo, VerdictInfo,
};
use vitals_api::page::page_limit;
use vitals_core::decision::Seconds;
use vitals_core::insurance::ClaimState;

use super::cut;
use crate::error::ContractError;
use crate::state::{self, Appeal, Claim, ClaimEvidence, Invoice, Verdict};

pub(super) fn claim(
    deps: Deps,
    policy: u64,
    number: u16,
    now: Seconds,
) -> Result<ClaimInfo, ContractError> {
    let product = state::policy(deps.storage, policy)?.product;
    let found = state::claim(deps.storage, product, policy, number)?;
    Ok(info(policy, number, found, now))
}

pub(super) fn of_policy(
    deps: Deps,
    policy: u64,
    start_after: Option<u16>,
    limit: Option<u32>,
    now: Seconds,
) -> Result<ClaimsPage, ContractError> {
    let limit = page_limit(limit);
    let product = state::policy(deps.storage, policy)?.product;
    let found = state::claims_of_policy(
        deps.storage,
        product,
        policy,
        start_after,
        limit.saturating_add(1),
    )?;
    let found = found
        .into_iter()
        .map(|(number, claim)| (policy, number, claim))
        .collect();
    Ok(page(found, limit, None, now))
}

pub(super) fn of_product(
    deps: Deps,
    product: u64,
    state: Option<ClaimState>,
    start_after: Option<ClaimId>,
    limit: Option<u32>,
    now: Seconds,
) -> Result<ClaimsPage, ContractError> {
    let limit = page_limit(limit);
    let after = start_after.map(|id| (id.policy.u64(), id.claim));
    let found = state::claims_of_product(deps.storage, product, after, limit.saturating_add(1))?;
    Ok(page(found, limit, state, now))
}

/// Of what was found, one more than the limit where the list goes on.
fn page(
    found: Vec<(u64, u16, Claim)>,
    limit: usize,
    state: Option<ClaimState>,
    now: Seconds,
) -> ClaimsPage {
    let (found, goes_on) = cut(found, limit);
    let last = found.last().filter(|_| goes_on);
    let next = last.map(|(policy, claim, _)| ClaimId {
        policy: (*policy).into(),
        claim: *claim,
    });
    let claims = found
        .into_iter()
        .map(|(policy, number, claim)| info(policy, number, claim, now))
        .filter(|info| state.is_none_or(|asked| asked == info.state))
        .collect();
    ClaimsPage { claims, next }
}

fn info(policy: u64, number: u16, claim: Claim, now: Seconds) -> ClaimInfo {
    let (state, paid, evidence) = match claim.evidence {
        ClaimEvidence::Disclosed { window, paid } => {
            let evidence = ClaimEvidenceInfo::Disclosed {
                from_ms: window.from_ms,
                to_ms: window.to_ms,
            };
            (ClaimState::Paid, paid, evidence)
        }
        ClaimEvidence::Invoice(invoice) => {
            let dispute = invoice.dispute;
            let evidence = ClaimEvidenceInfo::Invoice(Box::new(invoice_info(*invoice)));
            (dispute.state(now), dispute.paid, evidence)
        }
    };
    ClaimInfo {
        policy: policy.into(),
        claim: number,
        state,
        claimant: claim.claimant.into(),
        filed_at: claim.filed_at,
        paid: paid.into(),
        evidence,
    }
}

fn invoice_info(invoice: Invoice) -> InvoiceInfo {
    InvoiceInfo {
        digest: Binary::new(invoice.digest.to_vec()),
        claimed: invoice.dispute.claimed.into(),
        served_from: invoice.served_from,
        served_until: invoice.served_until,
        deposit: invoice.deposit.into(),
        deadline: invoice.dispute.deadline(),
        assessed: invoice.assessed.map(verdict_info),
        appealed: invoice.appealed.map(appeal_info),
        arbitrated: invoice.arbitrated.map(verdict_info),
        closed_at: invoice.closed_at,
    }
}

fn verdict_info(verdict: Verdict) -> VerdictInfo {
    VerdictInfo {
        award: verdict.award.into(),
        by: verdict.by.into(),
        at: verdict.at,
        reason: verdict.reason.map(digest),
    }
}

fn appeal_info(appeal: Appeal) -> AppealInfo {
    AppealInfo {
        at: appeal.at,
        by: appeal.by.map(Addr::into_string),
        reason: appeal.reason.map(digest),
    }
}

fn digest(bytes: [u8; 32]) -> Binary {
    Binary::new(bytes.to_vec())
}
