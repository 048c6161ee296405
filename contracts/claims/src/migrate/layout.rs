//! The state of 0.1.0: JSON under the keys of cw-storage-plus.

use cosmwasm_std::{Addr, Empty};
use cw_storage_plus::{Item, Map};
use serde::{Deserialize, Serialize};
use vitals_core::decision::Seconds;
use vitals_core::insurance::Amount;
use vitals_core::rule::{ClaimWindow, Rule};

pub const CONFIG: Item<Config> = Item::new("config");
pub const DENOMS: Map<&str, Empty> = Map::new("denoms");
pub const LAST_PRODUCT: Item<u64> = Item::new("last_product");
pub const PRODUCTS: Map<u64, Product> = Map::new("products");
pub const POOLS: Map<u64, Pool> = Map::new("pools");
pub const LAST_POLICY: Item<u64> = Item::new("last_policy");
pub const POLICIES: Map<u64, Policy> = Map::new("policies");
/// By patient and policy.
pub const POLICIES_OF: Map<(u64, u64), Empty> = Map::new("policies_of");
/// By patient and product.
pub const LAST_BOUND: Map<(u64, u64), u64> = Map::new("last_bound");
/// By policy and number within the policy, from 1.
pub const CLAIMS: Map<(u64, u8), Claim> = Map::new("claims");

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Config {
    pub consent: Addr,
    pub registry: Addr,
    pub anchor: Addr,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Product {
    pub insurer: Addr,
    pub terms: Terms,
}

/// Evidence was disclosed, and premiums were paid once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Terms {
    pub denom: String,
    pub benefit: Amount,
    pub premium: Amount,
    pub term_s: u32,
    pub waiting_s: u32,
    pub file_within_s: u32,
    pub max_claims: u8,
    pub separation_s: u32,
    pub terms_digest: [u8; 32],
    pub rule: Rule,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Pool {
    pub deposits: Amount,
    pub premiums: Amount,
    pub free: Amount,
    pub locked: Amount,
    pub paid: Amount,
    pub withdrawn: Amount,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Policy {
    pub product: u64,
    pub patient: u64,
    pub payee: Addr,
    pub bound_at: Seconds,
    pub covered_from: Seconds,
    pub covered_until: Seconds,
    pub file_until: Seconds,
    /// Zero once it is over.
    pub locked: Amount,
    pub paid: Vec<ClaimWindow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claim {
    pub claimant: Addr,
    pub amount: Amount,
    pub window: ClaimWindow,
    pub paid_at: Seconds,
}
