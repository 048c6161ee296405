//! From the layout of 0.1.0.

use std::collections::BTreeMap;

use cosmwasm_std::{Event, Order, StdResult, Storage};
use cw_storage_plus::{Item, Map, PrimaryKey};
use vitals_api::claims::DEFAULT_LEAST_DEADLINE_S;
use vitals_core::insurance::{
    Amount, Benefit, EvidenceTerms, Life, MoveKind, Premium, Standing, Terms,
};

use super::layout::{self, Pool};
use crate::error::{unreadable, ContractError};
use crate::ledger::{About, Ledger};
use crate::state::{
    self, Books, Claim, ClaimEvidence, Config, Denom, Policy, Policyholder, Product,
};

/// Every version of the terms of 0.1.0 was the first.
const FIRST: u32 = 1;

/// Nothing where the state is not of 0.1.0.
pub fn convert(storage: &mut dyn Storage) -> Result<Vec<Event>, ContractError> {
    let Some(config) = taken(storage, &layout::CONFIG)? else {
        return Ok(Vec::new());
    };
    let config = Config {
        consent: config.consent,
        registry: config.registry,
        anchor: config.anchor,
        least_deadline_s: DEFAULT_LEAST_DEADLINE_S,
    };
    state::save_config(storage, &config)?;
    convert_denoms(storage)?;
    let pools = convert_products(storage)?;
    let counts = convert_policies(storage)?;
    let mut events = Vec::new();
    for (product, pool) in pools {
        let counts = counts.get(&product).cloned().unwrap_or_default();
        events.extend(open_books(storage, product, &pool, counts)?);
    }
    Ok(events)
}

fn convert_denoms(storage: &mut dyn Storage) -> Result<(), ContractError> {
    let denoms = layout::DENOMS
        .keys(storage, None, None, Order::Ascending)
        .collect::<StdResult<Vec<_>>>()
        .map_err(unreadable("denomination"))?;
    denoms
        .iter()
        .try_for_each(|denom| state::admit_native(storage, denom))
}

/// Gives the pools, whose books are opened last.
fn convert_products(storage: &mut dyn Storage) -> Result<Vec<(u64, Pool)>, ContractError> {
    let last = taken(storage, &layout::LAST_PRODUCT)?.unwrap_or(0);
    let mut pools = Vec::new();
    for number in 1..=last {
        let product = taken_from(storage, &layout::PRODUCTS, number, "product")?;
        pools.push((number, taken_from(storage, &layout::POOLS, number, "pool")?));
        let converted = Product {
            insurer: product.insurer,
            denom: Denom::Native(product.terms.denom.clone()),
            latest: FIRST,
            on_sale: true,
            two_people_above: None,
        };
        state::add_product(storage, &converted, &terms(product.terms))?;
    }
    Ok(pools)
}

/// A policy of 0.1.0 could not be cancelled: all of its premium is the minimum charge.
fn terms(terms: layout::Terms) -> Terms {
    Terms {
        benefit: Benefit::PerEvent {
            amount: terms.benefit,
            max_claims: terms.max_claims,
            separation_s: terms.separation_s,
        },
        premium: Premium::Once {
            amount: terms.premium,
        },
        minimum_charge: terms.premium,
        term_s: terms.term_s,
        waiting_s: terms.waiting_s,
        file_within_s: terms.file_within_s,
        evidence: EvidenceTerms::Disclosed {
            rule: terms.rule,
            models: Vec::new(),
        },
        reward: None,
        terms_digest: terms.terms_digest,
    }
}

/// Gives what the policies of each product count in its books.
fn convert_policies(storage: &mut dyn Storage) -> Result<BTreeMap<u64, Books>, ContractError> {
    let last = taken(storage, &layout::LAST_POLICY)?.unwrap_or(0);
    let mut counts: BTreeMap<u64, Books> = BTreeMap::new();
    for _ in 1..=last {
        let number = state::next_policy(storage)?;
        let old = taken_from(storage, &layout::POLICIES, number, "policy")?;
        layout::POLICIES_OF.remove(storage, (old.patient, number));
        let terms = state::terms(storage, old.product, FIRST)?;
        let last_paid = convert_claims(storage, number, &old)?;
        let policy = policy(old, &terms, last_paid);
        count(counts.entry(policy.product).or_default(), &policy, &terms);
        save_converted(storage, number, &policy)?;
    }
    Ok(counts)
}

/// Policies come in the order they were bound, so that the last of a patient and product stays.
fn save_converted(
    storage: &mut dyn Storage,
    number: u64,
    policy: &Policy,
) -> Result<(), ContractError> {
    layout::LAST_BOUND.remove(storage, (policy.patient, policy.product));
    state::list_policy(storage, number, policy)?;
    state::save_policy(storage, number, policy)?;
    state::save_bound(storage, number, policy)
}

fn policy(old: layout::Policy, terms: &Terms, last_paid: Option<u64>) -> Policy {
    // no more than 16
    let paid = u16::try_from(old.paid.len()).unwrap_or(u16::MAX);
    let exhausted = paid >= terms.benefit.most();
    let standing = match old.locked {
        _ if exhausted => Standing::Exhausted,
        0 => Standing::Expired,
        _ => Standing::Live,
    };
    Policy {
        product: old.product,
        version: FIRST,
        patient: old.patient,
        payee: old.payee,
        policyholder: Policyholder::Unknown,
        life: Life {
            standing,
            // from the first whole second
            bound_at: old.covered_until.saturating_sub(terms.term_s.into()),
            payments: 1,
        },
        premium_paid: terms.premium.payment(),
        slots: paid,
        open: 0,
        last_claim: paid,
        locked: old.locked,
        paid: old.paid,
        used_until_ms: None,
        reward_days: 0,
        rebated_at: None,
        offered_at: None,
        cancelled: None,
        lapsed_at: None,
        ended_at: last_paid.filter(|_| exhausted),
    }
}

fn count(books: &mut Books, policy: &Policy, terms: &Terms) {
    let unpaid = terms.benefit.most().saturating_sub(policy.slots);
    books.policies_bound = books.policies_bound.saturating_add(1);
    books.claims_paid = books.claims_paid.saturating_add(policy.slots.into());
    if policy.life.standing == Standing::Live {
        let payable = terms.benefit.amount().saturating_mul(unpaid.into());
        books.policies_live = books.policies_live.saturating_add(1);
        books.most_payable = books.most_payable.saturating_add(payable);
    }
}

/// Gives when the last one was paid.
fn convert_claims(
    storage: &mut dyn Storage,
    number: u64,
    policy: &layout::Policy,
) -> Result<Option<u64>, ContractError> {
    let mut last_paid = None;
    for claim in (1..=u8::MAX).take(policy.paid.len()) {
        let old = taken_from(storage, &layout::CLAIMS, (number, claim), "claim")?;
        last_paid = Some(old.paid_at);
        let converted = Claim {
            claimant: old.claimant,
            filed_at: old.paid_at,
            evidence: ClaimEvidence::Disclosed {
                window: old.window,
                paid: old.amount,
            },
        };
        state::save_claim(storage, policy.product, number, claim.into(), &converted)?;
    }
    Ok(last_paid)
}

/// Movements that lead to what the pool was: conservation held, so they do.
fn open_books(
    storage: &mut dyn Storage,
    product: u64,
    pool: &Pool,
    counts: Books,
) -> Result<Vec<Event>, ContractError> {
    let denom = state::product(storage, product)?.denom;
    let mut ledger = Ledger::open(storage, product, &denom)?;
    ledger.books = counts;
    let locked_or_paid = pool.locked.saturating_add(pool.paid);
    let moves: [(MoveKind, Amount); 6] = [
        (MoveKind::Deposit, pool.deposits),
        (MoveKind::Premium, pool.premiums),
        (MoveKind::Release, pool.premiums),
        (MoveKind::Withdrawal, pool.withdrawn),
        (MoveKind::Lock, locked_or_paid),
        (MoveKind::Benefit, pool.paid),
    ];
    for (kind, amount) in moves {
        ledger.record(kind, amount, About::default())?;
    }
    Ok(ledger.close(storage)?.events)
}

/// A record of 0.1.0, which is gone then.
fn taken_from<'a, K, T>(
    storage: &mut dyn Storage,
    map: &Map<K, T>,
    key: K,
    what: &'static str,
) -> Result<T, ContractError>
where
    K: PrimaryKey<'a>,
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let record = map.load(storage, key.clone()).map_err(unreadable(what))?;
    map.remove(storage, key);
    Ok(record)
}

fn taken<T>(storage: &mut dyn Storage, item: &Item<T>) -> Result<Option<T>, ContractError>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let record = item
        .may_load(storage)
        .map_err(unreadable("state of 0.1.0"))?;
    item.remove(storage);
    Ok(record)
}

#[cfg(test)]
mod tests;
