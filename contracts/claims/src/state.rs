//! What is stored. Keys are private; everything goes through these functions.

use cosmwasm_std::{Addr, Empty, Order, QuerierWrapper, Storage};
use cw_storage_plus::{Bound, Item, Map};
use serde::{Deserialize, Serialize};
use vitals_api::store::Remote;
use vitals_core::decision::Seconds;
use vitals_core::money::{Amount, Pool};
use vitals_core::rule::ClaimWindow;

use crate::error::{not_found, unreadable, ContractError};
use crate::terms::Terms;

const CONFIG: Item<Config> = Item::new("config");
const DENOMS: Map<&str, Empty> = Map::new("denoms");
const LAST_PRODUCT: Item<u64> = Item::new("last_product");
const PRODUCTS: Map<u64, Product> = Map::new("products");
const POOLS: Map<u64, Pool> = Map::new("pools");
const LAST_POLICY: Item<u64> = Item::new("last_policy");
const POLICIES: Map<u64, Policy> = Map::new("policies");
/// By patient and policy.
const POLICIES_OF: Map<(u64, u64), Empty> = Map::new("policies_of");
/// By patient and product: the last policy bound, the only one that can be live.
const LAST_BOUND: Map<(u64, u64), u64> = Map::new("last_bound");
/// By policy and number within the policy, from 1.
const CLAIMS: Map<(u64, u8), Claim> = Map::new("claims");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Config {
    pub consent: Addr,
    pub registry: Addr,
    pub anchor: Addr,
}

impl Config {
    pub fn consent<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        remote(querier, &self.consent)
    }

    pub fn registry<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        remote(querier, &self.registry)
    }

    pub fn anchor<'a>(&'a self, querier: QuerierWrapper<'a>) -> Remote<'a> {
        remote(querier, &self.anchor)
    }
}

fn remote<'a>(querier: QuerierWrapper<'a>, contract: &'a Addr) -> Remote<'a> {
    Remote { querier, contract }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Product {
    pub insurer: Addr,
    pub terms: Terms,
}

/// A person's cover. Its state is derived, see [`crate::policy`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Policy {
    pub product: u64,
    pub patient: u64,
    pub payee: Addr,
    pub bound_at: Seconds,
    pub covered_from: Seconds,
    pub covered_until: Seconds,
    pub file_until: Seconds,
    /// Of the pool's lock, what is this policy's. Zero once it is over.
    pub locked: Amount,
    /// The time used up, in the order of payment; a new claim keeps its distance from each.
    pub paid: Vec<ClaimWindow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claim {
    pub claimant: Addr,
    pub amount: Amount,
    pub window: ClaimWindow,
    pub paid_at: Seconds,
}

pub(crate) fn config(storage: &dyn Storage) -> Result<Config, ContractError> {
    CONFIG.load(storage).map_err(unreadable("configuration"))
}

pub(crate) fn save_config(storage: &mut dyn Storage, config: &Config) -> Result<(), ContractError> {
    CONFIG
        .save(storage, config)
        .map_err(unreadable("configuration"))
}

pub(crate) fn is_denom_admitted(storage: &dyn Storage, denom: &str) -> bool {
    DENOMS.has(storage, denom)
}

pub(crate) fn admit_denom(storage: &mut dyn Storage, denom: &str) -> Result<(), ContractError> {
    DENOMS
        .save(storage, denom, &Empty {})
        .map_err(unreadable("denomination"))
}

/// Numbers a new product, and opens its pool.
pub(crate) fn add_product(
    storage: &mut dyn Storage,
    product: &Product,
) -> Result<u64, ContractError> {
    let number = next(storage, &LAST_PRODUCT)?;
    PRODUCTS
        .save(storage, number, product)
        .map_err(unreadable("product"))?;
    save_pool(storage, number, &Pool::default())?;
    Ok(number)
}

pub(crate) fn product(storage: &dyn Storage, number: u64) -> Result<Product, ContractError> {
    PRODUCTS
        .may_load(storage, number)
        .map_err(unreadable("product"))?
        .ok_or_else(|| not_found("product", number))
}

pub(crate) fn pool(storage: &dyn Storage, product: u64) -> Result<Pool, ContractError> {
    POOLS
        .may_load(storage, product)
        .map_err(unreadable("pool"))?
        .ok_or_else(|| not_found("product", product))
}

pub(crate) fn save_pool(
    storage: &mut dyn Storage,
    product: u64,
    pool: &Pool,
) -> Result<(), ContractError> {
    POOLS
        .save(storage, product, pool)
        .map_err(unreadable("pool"))
}

/// Numbers a new policy, and makes it the one of its patient and product.
pub(crate) fn add_policy(storage: &mut dyn Storage, policy: &Policy) -> Result<u64, ContractError> {
    let number = next(storage, &LAST_POLICY)?;
    save_policy(storage, number, policy)?;
    POLICIES_OF
        .save(storage, (policy.patient, number), &Empty {})
        .map_err(unreadable("policy"))?;
    LAST_BOUND
        .save(storage, (policy.patient, policy.product), &number)
        .map_err(unreadable("policy"))?;
    Ok(number)
}

pub(crate) fn policy(storage: &dyn Storage, number: u64) -> Result<Policy, ContractError> {
    POLICIES
        .may_load(storage, number)
        .map_err(unreadable("policy"))?
        .ok_or_else(|| not_found("policy", number))
}

pub(crate) fn save_policy(
    storage: &mut dyn Storage,
    number: u64,
    policy: &Policy,
) -> Result<(), ContractError> {
    POLICIES
        .save(storage, number, policy)
        .map_err(unreadable("policy"))
}

/// The last policy a patient was sold of a product.
pub(crate) fn last_bound(
    storage: &dyn Storage,
    patient: u64,
    product: u64,
) -> Result<Option<u64>, ContractError> {
    LAST_BOUND
        .may_load(storage, (patient, product))
        .map_err(unreadable("policy"))
}

/// Numbers of a patient's policies after `start_after`, oldest first.
pub(crate) fn policies_of(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<u64>, ContractError> {
    POLICIES_OF
        .prefix(patient)
        .keys(
            storage,
            start_after.map(Bound::exclusive),
            None,
            Order::Ascending,
        )
        .take(limit)
        .collect::<Result<_, _>>()
        .map_err(unreadable("policy"))
}

pub(crate) fn claim(
    storage: &dyn Storage,
    policy: u64,
    number: u8,
) -> Result<Claim, ContractError> {
    CLAIMS
        .may_load(storage, (policy, number))
        .map_err(unreadable("claim"))?
        .ok_or_else(|| not_found("claim", format!("{policy}/{number}")))
}

/// A policy's claims with their numbers, oldest first; as many as it paid, 16 at the most.
pub(crate) fn claims(
    storage: &dyn Storage,
    policy: u64,
) -> Result<Vec<(u8, Claim)>, ContractError> {
    CLAIMS
        .prefix(policy)
        .range(storage, None, None, Order::Ascending)
        .collect::<Result<_, _>>()
        .map_err(unreadable("claim"))
}

pub(crate) fn save_claim(
    storage: &mut dyn Storage,
    policy: u64,
    number: u8,
    claim: &Claim,
) -> Result<(), ContractError> {
    CLAIMS
        .save(storage, (policy, number), claim)
        .map_err(unreadable("claim"))
}

fn next(storage: &mut dyn Storage, last: &Item<u64>) -> Result<u64, ContractError> {
    let number = last
        .may_load(storage)
        .map_err(unreadable("number"))?
        .unwrap_or(0)
        .checked_add(1)
        .ok_or(ContractError::NumbersUsedUp)?;
    last.save(storage, &number).map_err(unreadable("number"))?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::MockStorage;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_things_are_stored_under_one_key() {
        let mut keys: Vec<Vec<u8>> = vec![
            CONFIG.as_slice().to_vec(),
            DENOMS.namespace_bytes().to_vec(),
            LAST_PRODUCT.as_slice().to_vec(),
            PRODUCTS.namespace_bytes().to_vec(),
            POOLS.namespace_bytes().to_vec(),
            LAST_POLICY.as_slice().to_vec(),
            POLICIES.namespace_bytes().to_vec(),
            POLICIES_OF.namespace_bytes().to_vec(),
            LAST_BOUND.namespace_bytes().to_vec(),
            CLAIMS.namespace_bytes().to_vec(),
            cw2::CONTRACT.as_slice().to_vec(),
        ];
        keys.extend(vitals_api::admin::STORAGE_KEYS.map(Vec::from));
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len());
    }

    #[test]
    fn the_largest_amounts_come_back_whole() {
        let mut storage = MockStorage::new();
        let pool = Pool::default().deposit(u128::MAX).unwrap();
        save_pool(&mut storage, 1, &pool).unwrap();
        assert_eq!(super::pool(&storage, 1), Ok(pool));
    }
}
