//! Every place in storage.

use vitals_api::index::{Listed, Number};
use vitals_api::store::{LeadingText, RecordMap, Text};

use super::{Books, Claim, Config, Owed, Parts, Payment, Policy, Product, Token, Waiting};
use crate::state::claims::ClaimOf;
use crate::state::products::Version;

pub(super) const CONFIG: RecordMap<(), Config> = RecordMap::new("config");

pub(super) const DENOMS: RecordMap<Text, Listed> = RecordMap::new("denoms");
/// By contract: tokens new products are sold in.
pub(super) const ADMITTED: RecordMap<Text, Listed> = RecordMap::new("admitted");
/// By contract: tokens ever admitted, since products are sold in them.
pub(super) const TOKENS: RecordMap<Text, Token> = RecordMap::new("tokens");
/// By product and account.
pub(super) const OWED: RecordMap<(u64, Text), Owed> = RecordMap::new("owed");

/// By insurer and account.
pub(super) const STAFF: RecordMap<(LeadingText, Text), Parts> = RecordMap::new("staff");
/// By insurer.
pub(super) const STAFF_COUNT: RecordMap<Text, Number> = RecordMap::new("staff_count");

pub(super) const LAST_PRODUCT: RecordMap<(), Number> = RecordMap::new("last_product");
pub(super) const PRODUCTS: RecordMap<u64, Product> = RecordMap::new("products");
/// By insurer and product.
pub(super) const PRODUCTS_OF: RecordMap<(LeadingText, u64), Listed> = RecordMap::new("products_of");
/// By insurer and account: arbiters of its products, now or before.
pub(super) const ARBITERS: RecordMap<(LeadingText, Text), Listed> = RecordMap::new("arbiters");
/// By product and version.
pub(super) const TERMS: RecordMap<(u64, u32), Version> = RecordMap::new("terms");
/// By product.
pub(super) const BOOKS: RecordMap<u64, Books> = RecordMap::new("books");
/// By product, policy and claim: zeros for a withdrawal, no policy and 1 for terms.
pub(super) const WAITING: RecordMap<(u64, (u64, u16)), Waiting> = RecordMap::new("waiting");

pub(super) const LAST_POLICY: RecordMap<(), Number> = RecordMap::new("last_policy");
pub(super) const POLICIES: RecordMap<u64, Policy> = RecordMap::new("policies");
/// By patient and policy.
pub(super) const POLICIES_OF: RecordMap<(u64, u64), Listed> = RecordMap::new("policies_of");
/// By product and policy.
pub(super) const POLICIES_IN: RecordMap<(u64, u64), Listed> = RecordMap::new("policies_in");
/// By patient and product: the last policy bound, the only one that can be live.
pub(super) const LAST_BOUND: RecordMap<(u64, u64), Number> = RecordMap::new("last_bound");
/// By policy and number of the payment, from 1.
pub(super) const PAYMENTS: RecordMap<(u64, u16), Payment> = RecordMap::new("payments");
/// By policy and day: counted for its reward.
pub(super) const REWARD_DAYS: RecordMap<(u64, u16), Listed> = RecordMap::new("reward_days");

/// By product, policy and number within the policy, from 1.
pub(super) const CLAIMS: RecordMap<(u64, (u64, u16)), Claim> = RecordMap::new("claims");
/// By policy and day: the claim that paid it.
pub(super) const PAID_DAYS: RecordMap<(u64, u16), Number> = RecordMap::new("paid_days");
/// By product and digest: the claim on the invoice, unless it was refused.
pub(super) const INVOICES: RecordMap<(u64, [u8; 32]), ClaimOf> = RecordMap::new("invoices");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_things_are_stored_under_one_key() {
        let maps = [
            CONFIG.namespace(),
            DENOMS.namespace(),
            ADMITTED.namespace(),
            TOKENS.namespace(),
            OWED.namespace(),
            STAFF.namespace(),
            STAFF_COUNT.namespace(),
            LAST_PRODUCT.namespace(),
            PRODUCTS.namespace(),
            PRODUCTS_OF.namespace(),
            ARBITERS.namespace(),
            TERMS.namespace(),
            BOOKS.namespace(),
            WAITING.namespace(),
            LAST_POLICY.namespace(),
            POLICIES.namespace(),
            POLICIES_OF.namespace(),
            POLICIES_IN.namespace(),
            LAST_BOUND.namespace(),
            PAYMENTS.namespace(),
            REWARD_DAYS.namespace(),
            CLAIMS.namespace(),
            PAID_DAYS.namespace(),
            INVOICES.namespace(),
        ];
        let contract = String::from_utf8(cw2::CONTRACT.as_slice().to_vec()).unwrap();
        let shared = vitals_api::admin::STORAGE_KEYS
            .into_iter()
            .chain([contract.as_str()]);
        let keys: Vec<&str> = maps.into_iter().chain(shared).collect();
        let unique: BTreeSet<&str> = keys.iter().copied().collect();
        assert_eq!(unique.len(), keys.len());
    }
}
