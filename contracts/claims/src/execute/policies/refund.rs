//! Premium that goes back after a cancellation.

use cosmwasm_std::{Addr, Storage};
use vitals_api::claims::MAX_INSTALMENTS;
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Amount, Terms};

use crate::error::ContractError;
use crate::state::{self, Policy};

/// What a cancellation now leaves to be given back once the policy is over. Nobody is refunded whom
/// 0.1.0 did not keep.
pub(super) fn due(policy: &Policy, terms: &Terms, now: Seconds) -> Amount {
    if is_earned(policy) || policy.policyholder().is_none() {
        return 0;
    }
    policy.life.refund(terms, policy.premium_paid, now)
}

/// Who gets how much of it, now that no claim is open: what was paid last goes back first, to who
/// paid it, and of the first payment the rest to the policyholder.
pub(super) fn parts(
    storage: &dyn Storage,
    number: u64,
    policy: &Policy,
) -> Result<Vec<(Addr, Amount)>, ContractError> {
    let mut left = policy.refund_due();
    let Some(policyholder) = policy.policyholder().filter(|_| left > 0) else {
        return Ok(Vec::new());
    };
    if is_earned(policy) {
        return Ok(Vec::new());
    }
    let mut parts = Vec::new();
    let payments = state::payments(storage, number, None, MAX_INSTALMENTS.into())?;
    for (_, payment) in payments.iter().rev() {
        let part = payment.amount.min(left);
        add(&mut parts, &payment.by, part);
        left = left.saturating_sub(part);
    }
    add(&mut parts, policyholder, left);
    Ok(parts)
}

/// Each account is paid once, however many payments it made.
fn add(parts: &mut Vec<(Addr, Amount)>, to: &Addr, amount: Amount) {
    match parts.iter_mut().find(|(account, _)| account == to) {
        Some((_, part)) => *part = part.saturating_add(amount),
        None => parts.push((to.clone(), amount)),
    }
}

/// Once a claim was paid, or the rebate was.
fn is_earned(policy: &Policy) -> bool {
    policy.slots > policy.open || policy.rebated_at.is_some()
}
