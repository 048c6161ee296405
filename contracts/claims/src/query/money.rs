//! Where a product's money is, and what may still leave it.

use cosmwasm_std::{Deps, Uint128, Uint64};
use vitals_api::claims::{DenomMsg, DenomsPage, ExposureInfo, OwedInfo, PoolInfo};
use vitals_api::page::page_limit;
use vitals_api::parse;
use vitals_core::insurance::{Account, Amount, Pool};

use crate::error::ContractError;
use crate::execute::reclaimable_from;
use crate::state::{self, Books, Denom};

/// Native ones first, then tokens; those admitted.
pub fn denoms(
    deps: Deps,
    start_after: Option<DenomMsg>,
    limit: Option<u32>,
) -> Result<DenomsPage, ContractError> {
    let limit = page_limit(limit);
    let (native, token) = match start_after {
        Some(DenomMsg::Cw20(token)) => (None, Some(token)),
        Some(DenomMsg::Native(denom)) => (Some(Some(denom)), None),
        None => (Some(None), None),
    };
    let mut denoms: Vec<DenomMsg> = Vec::new();
    if let Some(after) = native {
        let found = state::denoms_native(deps.storage, after.as_deref(), limit)?;
        denoms.extend(found.into_iter().map(DenomMsg::Native));
    }
    let room = limit.saturating_sub(denoms.len());
    let tokens = state::tokens_admitted(deps.storage, token.as_deref(), room)?;
    denoms.extend(tokens.into_iter().map(DenomMsg::Cw20));
    Ok(DenomsPage { denoms })
}

pub fn pool(deps: Deps, product: u64) -> Result<PoolInfo, ContractError> {
    let denom = state::product(deps.storage, product)?.denom;
    let pool = state::books(deps.storage, product)?.pool;
    let sum = |account| Uint128::new(pool.sum(account));
    Ok(PoolInfo {
        denom: denom.into(),
        deposits: sum(Account::Deposits),
        premiums: sum(Account::Premiums),
        claim_deposits: sum(Account::ClaimDeposits),
        reclaimed: sum(Account::Reclaimed),
        free: sum(Account::Free),
        locked: sum(Account::Locked),
        held: sum(Account::Held),
        paid: sum(Account::Paid),
        rebated: sum(Account::Rebated),
        withdrawn: sum(Account::Withdrawn),
        refunded: sum(Account::Refunded),
        returned: sum(Account::Returned),
        fees: sum(Account::Fees),
        owed: pool.owed().into(),
        movements: pool.movements().into(),
    })
}

pub fn exposure(deps: Deps, product: Uint64) -> Result<ExposureInfo, ContractError> {
    let denom: Denom = state::product(deps.storage, product.u64())?.denom;
    let books = state::books(deps.storage, product.u64())?;
    let pool = &books.pool;
    let (premiums_net, paid) = (premiums_net(&books), paid(pool));
    Ok(ExposureInfo {
        product,
        denom: denom.into(),
        free: pool.sum(Account::Free).into(),
        locked: pool.sum(Account::Locked).into(),
        policies_live: books.policies_live.into(),
        policies_bound: books.policies_bound.into(),
        claims_open: books.claims_open.into(),
        claims_paid: books.claims_paid.into(),
        most_payable: books.most_payable.into(),
        premiums_net: premiums_net.into(),
        paid: paid.into(),
        loss_ratio_bp: loss_ratio_bp(paid, premiums_net).map(Uint128::new),
    })
}

/// Refunds are of premiums, paid before; those of offers are not the insurer's yet.
fn premiums_net(books: &Books) -> Amount {
    let pool = &books.pool;
    pool.sum(Account::Premiums)
        .saturating_sub(pool.sum(Account::Refunded))
        .saturating_sub(books.offers_held)
}

fn paid(pool: &Pool) -> Amount {
    let benefits = pool.sum(Account::Paid);
    benefits.saturating_add(pool.sum(Account::Rebated))
}

/// Paid for each 10,000 of premium, rounded down.
fn loss_ratio_bp(paid: Amount, premiums: Amount) -> Option<Amount> {
    let whole = paid.checked_div(premiums)?;
    let rest = paid.checked_rem(premiums)?;
    // where the product is too large, so is the divisor: a 10,000th of it is exact enough
    let part = match rest.checked_mul(BASIS) {
        Some(scaled) => scaled.checked_div(premiums)?,
        None => rest.checked_div(premiums.checked_div(BASIS)?)?,
    };
    Some(whole.saturating_mul(BASIS).saturating_add(part))
}

const BASIS: Amount = 10_000;

pub fn owed(deps: Deps, product: u64, account: &str) -> Result<OwedInfo, ContractError> {
    state::product(deps.storage, product)?;
    let account = parse::address(deps.api, account)?;
    let owed = state::owed(deps.storage, product, account.as_str())?;
    Ok(OwedInfo {
        amount: owed.map_or(0, |owed| owed.amount).into(),
        since: owed.map(|owed| owed.since),
        reclaimable_from: owed.map(|owed| reclaimable_from(&owed)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_ratio_is_paid_for_each_ten_thousand_of_premium_rounded_down() {
        assert_eq!(loss_ratio_bp(0, 0), None);
        assert_eq!(loss_ratio_bp(5, 0), None, "nothing without premium");
        for (paid, premiums, ratio) in [
            (0, 1, 0),
            (1, 3, 3_333),
            (3, 3, 10_000),
            (20, 3, 66_666),
            (u128::MAX, u128::MAX, 10_000),
            (u128::MAX / 2, u128::MAX, 5_000),
            (u128::MAX, 1, u128::MAX),
        ] {
            assert_eq!(
                loss_ratio_bp(paid, premiums),
                Some(ratio),
                "{paid}/{premiums}"
            );
        }
    }
}
