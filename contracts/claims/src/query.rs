//! What can be asked: one file for each thing it is about.

use cosmwasm_std::{to_json_binary, Binary, Deps, Env};
use serde::Serialize;
use vitals_api::admin;
use vitals_api::claims::QueryMsg;

use crate::error::{unreadable, ContractError};

mod claims;
mod history;
mod insurers;
mod money;
mod policies;
mod products;

pub fn answer(deps: Deps, env: &Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let now = env.block.time.seconds();
    match msg {
        QueryMsg::Admin {} => json(&admin::info(deps.storage)?),
        QueryMsg::Config {} => json(&insurers::config(deps)?),
        QueryMsg::Denoms { start_after, limit } => json(&money::denoms(deps, start_after, limit)?),
        QueryMsg::Staff {
            insurer,
            start_after,
            limit,
        } => json(&insurers::staff(deps, &insurer, start_after, limit)?),
        QueryMsg::Product { product, version } => {
            json(&products::product(deps, product.u64(), version)?)
        }
        QueryMsg::Products {
            insurer,
            start_after,
            limit,
        } => json(&products::products(deps, insurer, start_after, limit)?),
        QueryMsg::Pool { product } => json(&money::pool(deps, product.u64())?),
        QueryMsg::Exposure { product } => json(&money::exposure(deps, product)?),
        QueryMsg::Waiting {
            product,
            start_after,
            limit,
        } => json(&insurers::waiting(deps, product.u64(), start_after, limit)?),
        QueryMsg::Policy { policy } => json(&policies::policy(deps, policy.u64(), now)?),
        QueryMsg::Policies {
            patient,
            start_after,
            limit,
        } => json(&policies::of_patient(
            deps,
            patient.u64(),
            start_after,
            limit,
            now,
        )?),
        QueryMsg::ProductPolicies {
            product,
            state,
            start_after,
            limit,
        } => json(&policies::of_product(
            deps,
            product.u64(),
            state,
            start_after,
            limit,
            now,
        )?),
        QueryMsg::RewardDays {
            policy,
            start_after,
            limit,
        } => json(&policies::reward_days(
            deps,
            policy.u64(),
            start_after,
            limit,
        )?),
        QueryMsg::History {
            policy,
            skip,
            limit,
        } => json(&history::history(deps, policy.u64(), skip, limit)?),
        QueryMsg::Claim { policy, claim } => json(&claims::claim(deps, policy.u64(), claim, now)?),
        QueryMsg::Claims {
            policy,
            start_after,
            limit,
        } => json(&claims::of_policy(
            deps,
            policy.u64(),
            start_after,
            limit,
            now,
        )?),
        QueryMsg::ProductClaims {
            product,
            state,
            start_after,
            limit,
        } => json(&claims::of_product(
            deps,
            product.u64(),
            state,
            start_after,
            limit,
            now,
        )?),
        QueryMsg::Owed { product, account } => json(&money::owed(deps, product.u64(), &account)?),
    }
}

fn json(answer: &impl Serialize) -> Result<Binary, ContractError> {
    to_json_binary(answer).map_err(unreadable("answer"))
}

/// A page of what was found with one more than its limit, and whether there is more.
fn cut<T>(mut found: Vec<T>, limit: usize) -> (Vec<T>, bool) {
    let goes_on = found.len() > limit;
    found.truncate(limit);
    (found, goes_on)
}
