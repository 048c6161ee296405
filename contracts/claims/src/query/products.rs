//! What is sold.

use cosmwasm_std::{Deps, Uint64};
use vitals_api::claims::{ProductInfo, ProductsPage};
use vitals_api::page::page_limit;
use vitals_api::parse;

use crate::error::ContractError;
use crate::{state, terms};

/// With the latest terms, where no version is named.
pub fn product(
    deps: Deps,
    number: u64,
    version: Option<u32>,
) -> Result<ProductInfo, ContractError> {
    let product = state::product(deps.storage, number)?;
    let version = version.unwrap_or(product.latest);
    Ok(ProductInfo {
        product: number.into(),
        insurer: product.insurer.into(),
        denom: product.denom.into(),
        on_sale: product.on_sale,
        two_people_above: product.two_people_above.map(Into::into),
        latest: product.latest,
        version,
        terms: terms::shown(&state::terms(deps.storage, number, version)?),
    })
}

pub fn products(
    deps: Deps,
    insurer: Option<String>,
    start_after: Option<Uint64>,
    limit: Option<u32>,
) -> Result<ProductsPage, ContractError> {
    let (after, limit) = (start_after.map(|n| n.u64()), page_limit(limit));
    let numbers = match insurer {
        Some(insurer) => {
            let insurer = parse::address(deps.api, &insurer)?;
            state::products_of(deps.storage, insurer.as_str(), after, limit)?
        }
        None => state::products(deps.storage, after, limit)?,
    };
    let products = numbers
        .into_iter()
        .map(|number| product(deps, number, None));
    Ok(ProductsPage {
        products: products.collect::<Result<_, _>>()?,
    })
}
