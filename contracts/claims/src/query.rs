//! What can be asked.

use cosmwasm_std::{to_json_binary, Binary, Deps, Env, Storage, Uint64};
use serde::Serialize;
use vitals_api::admin;
use vitals_api::claims::{
    ClaimInfo, ClaimsList, ConfigInfo, PoliciesPage, PolicyInfo, PoolInfo, ProductInfo, QueryMsg,
};
use vitals_api::page::page_limit;
use vitals_core::decision::Seconds;

use crate::error::{unreadable, ContractError};
use crate::policy::now_s;
use crate::state::{self, Claim};

pub fn answer(deps: Deps, env: &Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let storage = deps.storage;
    match msg {
        QueryMsg::Admin {} => json(&admin::info(storage)?),
        QueryMsg::Config {} => json(&config(storage)?),
        QueryMsg::Product { product } => json(&product_info(storage, product.u64())?),
        QueryMsg::Pool { product } => json(&pool(storage, product.u64())?),
        QueryMsg::Policy { policy } => json(&policy_info(storage, policy.u64(), now_s(env))?),
        QueryMsg::Policies {
            patient,
            start_after,
            limit,
        } => {
            let after = start_after.map(|n| n.u64());
            let numbers = state::policies_of(storage, patient.u64(), after, page_limit(limit))?;
            json(&policies(storage, &numbers, now_s(env))?)
        }
        QueryMsg::Claim { policy, claim } => {
            let found = state::claim(storage, policy.u64(), claim)?;
            json(&claim_info(policy, claim, found))
        }
        QueryMsg::Claims { policy } => json(&claims(storage, policy)?),
    }
}

fn json(answer: &impl Serialize) -> Result<Binary, ContractError> {
    to_json_binary(answer).map_err(unreadable("answer"))
}

fn config(storage: &dyn Storage) -> Result<ConfigInfo, ContractError> {
    let config = state::config(storage)?;
    Ok(ConfigInfo {
        consent: config.consent.into(),
        registry: config.registry.into(),
        anchor: config.anchor.into(),
    })
}

fn product_info(storage: &dyn Storage, number: u64) -> Result<ProductInfo, ContractError> {
    let product = state::product(storage, number)?;
    Ok(ProductInfo {
        product: number.into(),
        insurer: product.insurer.into(),
        terms: product.terms.to_msg(),
    })
}

fn pool(storage: &dyn Storage, product: u64) -> Result<PoolInfo, ContractError> {
    let pool = state::pool(storage, product)?;
    Ok(PoolInfo {
        denom: state::product(storage, product)?.terms.denom,
        deposits: pool.deposits().into(),
        premiums: pool.premiums().into(),
        free: pool.free().into(),
        locked: pool.locked().into(),
        paid: pool.paid().into(),
        withdrawn: pool.withdrawn().into(),
    })
}

fn policy_info(
    storage: &dyn Storage,
    number: u64,
    now: Seconds,
) -> Result<PolicyInfo, ContractError> {
    let policy = state::policy(storage, number)?;
    let terms = state::product(storage, policy.product)?.terms;
    Ok(PolicyInfo {
        policy: number.into(),
        product: policy.product.into(),
        patient: policy.patient.into(),
        state: policy.state(&terms, now),
        claims_paid: policy.claims_paid(),
        payee: policy.payee.into(),
        bound_at: policy.bound_at,
        covered_from: policy.covered_from,
        covered_until: policy.covered_until,
        file_until: policy.file_until,
        locked: policy.locked.into(),
    })
}

fn policies(
    storage: &dyn Storage,
    numbers: &[u64],
    now: Seconds,
) -> Result<PoliciesPage, ContractError> {
    let policies = numbers
        .iter()
        .map(|number| policy_info(storage, *number, now))
        .collect::<Result<_, _>>()?;
    Ok(PoliciesPage { policies })
}

fn claims(storage: &dyn Storage, policy: Uint64) -> Result<ClaimsList, ContractError> {
    let found = state::claims(storage, policy.u64())?;
    Ok(ClaimsList {
        claims: found
            .into_iter()
            .map(|(number, claim)| claim_info(policy, number, claim))
            .collect(),
    })
}

fn claim_info(policy: Uint64, number: u8, claim: Claim) -> ClaimInfo {
    ClaimInfo {
        policy,
        claim: number,
        claimant: claim.claimant.into(),
        amount: claim.amount.into(),
        from_ms: claim.window.from_ms,
        to_ms: claim.window.to_ms,
        paid_at: claim.paid_at,
    }
}
