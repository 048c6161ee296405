//! Products, and the versions of their terms.

use cosmwasm_std::{Addr, Storage};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vitals_api::index::{Listed, Number};
use vitals_api::store::{Key, Leading, Record, RecordMap};
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::insurance::{Amount, Terms};

use super::keys::{LAST_PRODUCT, PRODUCTS, PRODUCTS_OF, TERMS};
use super::packed::packed;
use super::{save_books, Books, Denom};
use crate::error::ContractError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Product {
    pub insurer: Addr,
    pub denom: Denom,
    /// Version of the latest terms, from 1.
    pub latest: u32,
    pub on_sale: bool,
    /// Withdrawals, awards and what new terms lock take two people above it.
    pub two_people_above: Option<Amount>,
}

/// One version of a product's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version(pub Terms);

packed! { Product => "product", Version => "terms" }

/// Numbers a new product with its first terms, and opens its books.
pub(crate) fn add_product(
    storage: &mut dyn Storage,
    product: &Product,
    terms: &Terms,
) -> Result<u64, ContractError> {
    let number = next(storage, &LAST_PRODUCT)?;
    PRODUCTS_OF.save(
        storage,
        &(Leading(product.insurer.as_str()), number),
        &Listed,
    )?;
    save_books(storage, number, &Books::default())?;
    save_product(storage, number, product)?;
    add_terms(storage, number, product.latest, terms)?;
    Ok(number)
}

pub(crate) fn product(storage: &dyn Storage, number: u64) -> Result<Product, ContractError> {
    Ok(PRODUCTS.load(&storage, &number)?)
}

pub(crate) fn save_product(
    storage: &mut dyn Storage,
    number: u64,
    product: &Product,
) -> Result<(), ContractError> {
    Ok(PRODUCTS.save(storage, &number, product)?)
}

pub(crate) fn terms(
    storage: &dyn Storage,
    product: u64,
    version: u32,
) -> Result<Terms, ContractError> {
    Ok(TERMS.load(&storage, &(product, version))?.0)
}

pub(crate) fn add_terms(
    storage: &mut dyn Storage,
    product: u64,
    version: u32,
    terms: &Terms,
) -> Result<(), ContractError> {
    Ok(TERMS.save(storage, &(product, version), &Version(terms.clone()))?)
}

/// SHA-256 of the terms as they are stored.
pub(crate) fn terms_digest(terms: &Terms) -> Result<[u8; 32], ContractError> {
    let stored = Version(terms.clone()).to_bytes();
    let stored = stored.map_err(|cause| ContractError::Api(cause.into()))?;
    Ok(Sha256::digest(stored).into())
}

pub(crate) fn has_products(storage: &dyn Storage, insurer: &str) -> Result<bool, ContractError> {
    let first = PRODUCTS_OF.page(storage, &Leading(insurer).flat(), None, 1)?;
    Ok(!first.is_empty())
}

/// Products after a number, in order.
pub(crate) fn products(
    storage: &dyn Storage,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<u64>, ContractError> {
    let after = start_after.map(|number| number.flat());
    let page = PRODUCTS.page(storage, &[], after.as_deref(), limit)?;
    numbers(page)
}

/// An insurer's products after a number, in order.
pub(crate) fn products_of(
    storage: &dyn Storage,
    insurer: &str,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<u64>, ContractError> {
    let insurer = Leading(insurer);
    let after = start_after.map(|number| (insurer, number).flat());
    numbers(PRODUCTS_OF.page(storage, &insurer.flat(), after.as_deref(), limit)?)
}

/// Numbers that end the keys of a page.
pub(super) fn numbers<R: Record>(page: Vec<(Vec<u8>, R)>) -> Result<Vec<u64>, ContractError> {
    page.into_iter()
        .map(|(key, _)| Reader::new(R::NAME, &key).u64())
        .collect::<Result<_, _>>()
        .map_err(|cause| ContractError::Api(ApiError::Format(cause)))
}

/// The number after the last one given.
pub(super) fn next(
    storage: &mut dyn Storage,
    last: &RecordMap<(), Number>,
) -> Result<u64, ContractError> {
    let number = last
        .may_load(&(&*storage), &())?
        .map_or(0, |number| number.0)
        .checked_add(1)
        .ok_or(ContractError::NumbersUsedUp)?;
    last.save(storage, &(), &Number(number))?;
    Ok(number)
}
