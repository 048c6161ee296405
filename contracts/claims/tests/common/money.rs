//! Laws of a product's book.

use cosmwasm_std::Uint128;
use vitals_api::claims::PoolInfo;

/// What the contract must have of the product's denomination.
pub fn kept(pool: &PoolInfo) -> u128 {
    sum(&[pool.free, pool.locked, pool.held, pool.owed])
}

/// Whether everything that came in is somewhere.
#[track_caller]
pub fn assert_balanced(pool: &PoolInfo) {
    let came = [
        pool.deposits,
        pool.premiums,
        pool.claim_deposits,
        pool.reclaimed,
    ];
    let is = [
        pool.free,
        pool.locked,
        pool.held,
        pool.paid,
        pool.rebated,
        pool.withdrawn,
        pool.refunded,
        pool.returned,
        pool.fees,
    ];
    assert_eq!(sum(&came), sum(&is), "{pool:?}");
}

fn sum(amounts: &[Uint128]) -> u128 {
    amounts.iter().map(|amount| amount.u128()).sum()
}
