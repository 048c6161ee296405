//! Claims, with what happened to them.

use cosmwasm_std::{Addr, Storage};
use serde::{Deserialize, Serialize};
use vitals_api::index::Number;
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Amount, Dispute};
use vitals_core::rule::ClaimWindow;

use super::keys::{CLAIMS, INVOICES, PAID_DAYS};
use super::packed::packed;
use super::policies::numbered;
use crate::error::ContractError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claim {
    pub claimant: Addr,
    pub filed_at: Seconds,
    pub evidence: ClaimEvidence,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ClaimEvidence {
    /// Paid when it was filed.
    Disclosed {
        window: ClaimWindow,
        paid: Amount,
    },
    Invoice(Box<Invoice>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub digest: [u8; 32],
    pub served_from: Seconds,
    pub served_until: Seconds,
    pub deposit: Amount,
    pub dispute: Dispute,
    pub assessed: Option<Verdict>,
    pub appealed: Option<Appeal>,
    pub arbitrated: Option<Verdict>,
    pub closed_at: Option<Seconds>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Verdict {
    pub award: Amount,
    pub by: Addr,
    pub at: Seconds,
    pub reason: Option<[u8; 32]>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Appeal {
    pub at: Seconds,
    /// None where the assessor's silence took it to the arbiter, as is the reason.
    pub by: Option<Addr>,
    pub reason: Option<[u8; 32]>,
}

/// Which claim an invoice is claimed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ClaimOf {
    policy: u64,
    claim: u16,
}

packed! { Claim => "claim", ClaimOf => "invoice" }

pub(crate) fn claim(
    storage: &dyn Storage,
    product: u64,
    policy: u64,
    number: u16,
) -> Result<Claim, ContractError> {
    Ok(CLAIMS.load(&storage, &(product, (policy, number)))?)
}

pub(crate) fn save_claim(
    storage: &mut dyn Storage,
    product: u64,
    policy: u64,
    number: u16,
    claim: &Claim,
) -> Result<(), ContractError> {
    Ok(CLAIMS.save(storage, &(product, (policy, number)), claim)?)
}

/// A policy's claims after a number, with their numbers, oldest first.
pub(crate) fn claims_of_policy(
    storage: &dyn Storage,
    product: u64,
    policy: u64,
    start_after: Option<u16>,
    limit: usize,
) -> Result<Vec<(u16, Claim)>, ContractError> {
    let after = start_after.map(|number| (product, (policy, number)).flat());
    let prefix = (product, policy).flat();
    numbered(CLAIMS.page(storage, &prefix, after.as_deref(), limit)?)
}

/// A product's claims after a policy's claim, by policy and number.
pub(crate) fn claims_of_product(
    storage: &dyn Storage,
    product: u64,
    start_after: Option<(u64, u16)>,
    limit: usize,
) -> Result<Vec<(u64, u16, Claim)>, ContractError> {
    let after = start_after.map(|claim| (product, claim).flat());
    CLAIMS
        .page(storage, &product.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(key, claim)| {
            let mut reader = Reader::new("claim", &key);
            Ok((reader.u64()?, reader.u16()?, claim))
        })
        .collect::<Result<_, _>>()
        .map_err(|cause| ContractError::Api(ApiError::Format(cause)))
}

pub(crate) fn is_day_paid(
    storage: &dyn Storage,
    policy: u64,
    day: u16,
) -> Result<bool, ContractError> {
    Ok(PAID_DAYS.may_load(&storage, &(policy, day))?.is_some())
}

pub(crate) fn mark_day_paid(
    storage: &mut dyn Storage,
    policy: u64,
    day: u16,
    claim: u16,
) -> Result<(), ContractError> {
    Ok(PAID_DAYS.save(storage, &(policy, day), &Number(claim.into()))?)
}

/// The policy and claim that an invoice was claimed under, unless it was refused.
pub(crate) fn invoice_known(
    storage: &dyn Storage,
    product: u64,
    digest: [u8; 32],
) -> Result<Option<(u64, u16)>, ContractError> {
    let of = INVOICES.may_load(&storage, &(product, digest))?;
    Ok(of.map(|of| (of.policy, of.claim)))
}

pub(crate) fn note_invoice(
    storage: &mut dyn Storage,
    product: u64,
    digest: [u8; 32],
    policy: u64,
    claim: u16,
) -> Result<(), ContractError> {
    let of = ClaimOf { policy, claim };
    Ok(INVOICES.save(storage, &(product, digest), &of)?)
}

/// It may be claimed again.
pub(crate) fn forget_invoice(storage: &mut dyn Storage, product: u64, digest: [u8; 32]) {
    INVOICES.remove(storage, &(product, digest));
}
