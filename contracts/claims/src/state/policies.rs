//! Policies, and what was paid for them.

use cosmwasm_std::{Addr, Storage};
use serde::{Deserialize, Serialize};
use vitals_api::index::{Listed, Number};
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Amount, Life};
use vitals_core::rule::ClaimWindow;
use vitals_core::time::Millis;

use super::keys::{
    LAST_BOUND, LAST_POLICY, PAYMENTS, POLICIES, POLICIES_IN, POLICIES_OF, REWARD_DAYS,
};
use super::packed::packed;
use super::products::{next, numbers};
use crate::error::ContractError;

/// A person's cover, or the offer of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Policy {
    pub product: u64,
    /// Of the product's terms.
    pub version: u32,
    pub patient: u64,
    pub payee: Addr,
    pub policyholder: Policyholder,
    pub life: Life,
    pub premium_paid: Amount,
    /// Claims that are open or count as paid; the terms say how many at the most.
    pub slots: u16,
    /// Claims on invoices that are not closed.
    pub open: u16,
    /// Number of the last claim, refused ones included.
    pub last_claim: u16,
    /// Of the pool's lock, what is this policy's. Zero once it is over.
    pub locked: Amount,
    /// The time used up, in the order of payment; a new claim keeps its distance from each. At most
    /// 16; where days are paid the latest of them, where invoices are none.
    pub paid: Vec<ClaimWindow>,
    /// Last instant that earlier policies of the patient and product used up.
    pub used_until_ms: Option<Millis>,
    /// Days counted for the reward.
    pub reward_days: u16,
    pub rebated_at: Option<Seconds>,
    pub offered_at: Option<Seconds>,
    pub cancelled: Option<Cancelled>,
    pub lapsed_at: Option<Seconds>,
    /// Withdrawn, expired or exhausted.
    pub ended_at: Option<Seconds>,
}

/// Who offered or bound it, and gets refunds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Policyholder {
    Payee,
    Account(Addr),
    /// Bound under 0.1.0, which did not keep it and gave nothing back.
    Unknown,
}

impl Policyholder {
    pub fn of(account: &Addr, payee: &Addr) -> Self {
        if account == payee {
            Self::Payee
        } else {
            Self::Account(account.clone())
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cancelled {
    pub at: Seconds,
    pub by: Addr,
    /// Due back once the policy is over, unless a claim is paid until then.
    pub refund: Amount,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub at: Seconds,
    pub by: Addr,
    pub amount: Amount,
}

packed! { Policy => "policy", Payment => "payment" }

impl Policy {
    /// None where 0.1.0 did not keep it.
    pub fn policyholder(&self) -> Option<&Addr> {
        match &self.policyholder {
            Policyholder::Payee => Some(&self.payee),
            Policyholder::Account(account) => Some(account),
            Policyholder::Unknown => None,
        }
    }

    /// Last instant used up under it and the policies before it, which ended before it was bound.
    pub fn last_used_ms(&self) -> Option<Millis> {
        let paid = self.paid.iter().map(|window| window.to_ms);
        paid.max().or(self.used_until_ms)
    }
}

/// The number of a new policy or offer.
pub(crate) fn next_policy(storage: &mut dyn Storage) -> Result<u64, ContractError> {
    next(storage, &LAST_POLICY)
}

/// Lists a new policy or offer with its patient and its product.
pub(crate) fn list_policy(
    storage: &mut dyn Storage,
    number: u64,
    policy: &Policy,
) -> Result<(), ContractError> {
    POLICIES_OF.save(storage, &(policy.patient, number), &Listed)?;
    POLICIES_IN.save(storage, &(policy.product, number), &Listed)?;
    Ok(())
}

pub(crate) fn policy(storage: &dyn Storage, number: u64) -> Result<Policy, ContractError> {
    Ok(POLICIES.load(&storage, &number)?)
}

pub(crate) fn save_policy(
    storage: &mut dyn Storage,
    number: u64,
    policy: &Policy,
) -> Result<(), ContractError> {
    Ok(POLICIES.save(storage, &number, policy)?)
}

/// Makes a policy that was bound or accepted the one of its patient and product.
pub(crate) fn save_bound(
    storage: &mut dyn Storage,
    number: u64,
    policy: &Policy,
) -> Result<(), ContractError> {
    let key = (policy.patient, policy.product);
    Ok(LAST_BOUND.save(storage, &key, &Number(number))?)
}

/// The last policy a patient was sold of a product.
pub(crate) fn last_bound(
    storage: &dyn Storage,
    patient: u64,
    product: u64,
) -> Result<Option<u64>, ContractError> {
    let number = LAST_BOUND.may_load(&storage, &(patient, product))?;
    Ok(number.map(|number| number.0))
}

/// Numbers of a patient's policies after `start_after`, oldest first.
pub(crate) fn policies_of_patient(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<u64>, ContractError> {
    let after = start_after.map(|number| (patient, number).flat());
    numbers(POLICIES_OF.page(storage, &patient.flat(), after.as_deref(), limit)?)
}

/// Numbers of a product's policies after `start_after`, oldest first.
pub(crate) fn policies_of_product(
    storage: &dyn Storage,
    product: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<u64>, ContractError> {
    let after = start_after.map(|number| (product, number).flat());
    numbers(POLICIES_IN.page(storage, &product.flat(), after.as_deref(), limit)?)
}

/// The `number`th payment of premium, from 1.
pub(crate) fn save_payment(
    storage: &mut dyn Storage,
    policy: u64,
    number: u16,
    payment: &Payment,
) -> Result<(), ContractError> {
    Ok(PAYMENTS.save(storage, &(policy, number), payment)?)
}

/// Payments after a number, with their numbers, in order.
pub(crate) fn payments(
    storage: &dyn Storage,
    policy: u64,
    start_after: Option<u16>,
    limit: usize,
) -> Result<Vec<(u16, Payment)>, ContractError> {
    let after = start_after.map(|number| (policy, number).flat());
    let page = PAYMENTS.page(storage, &policy.flat(), after.as_deref(), limit)?;
    numbered(page)
}

/// Numbers within a policy, which end the keys of a page.
pub(super) fn numbered<R>(page: Vec<(Vec<u8>, R)>) -> Result<Vec<(u16, R)>, ContractError> {
    page.into_iter()
        .map(|(key, record)| Ok((Reader::new("number", &key).u16()?, record)))
        .collect::<Result<_, _>>()
        .map_err(|cause| ContractError::Api(ApiError::Format(cause)))
}

pub(crate) fn is_day_counted(
    storage: &dyn Storage,
    policy: u64,
    day: u16,
) -> Result<bool, ContractError> {
    Ok(REWARD_DAYS.may_load(&storage, &(policy, day))?.is_some())
}

pub(crate) fn mark_day_counted(
    storage: &mut dyn Storage,
    policy: u64,
    day: u16,
) -> Result<(), ContractError> {
    Ok(REWARD_DAYS.save(storage, &(policy, day), &Listed)?)
}

/// Days counted for the reward after one, in order.
pub(crate) fn counted_days(
    storage: &dyn Storage,
    policy: u64,
    start_after: Option<u16>,
    limit: usize,
) -> Result<Vec<u16>, ContractError> {
    let after = start_after.map(|day| (policy, day).flat());
    let page = REWARD_DAYS.page(storage, &policy.flat(), after.as_deref(), limit)?;
    Ok(numbered(page)?.into_iter().map(|(day, _)| day).collect())
}
