//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response};
use vitals_api::claims::{ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::{admin, parse};

use crate::access;
use crate::error::ContractError;
use crate::execute::{claims, policies, pools, products};
use crate::policy::now_s;
use crate::state::{self, Config};
use crate::{migrate as migration, query as queries};

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    parse::no_funds(&info.funds)?;
    let owner = parse::address(deps.api, &msg.owner)?;
    let config = Config {
        consent: parse::address(deps.api, &msg.consent)?,
        registry: parse::address(deps.api, &msg.registry)?,
        anchor: parse::address(deps.api, &msg.anchor)?,
    };
    migration::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    state::save_config(deps.storage, &config)?;
    Ok(Response::new())
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    // two messages take money; how much is for their products to say
    if !matches!(msg, ExecuteMsg::Deposit { .. } | ExecuteMsg::Bind { .. }) {
        parse::no_funds(&info.funds)?;
    }
    access::check(deps.storage, deps.querier, &info.sender, now_s(&env), &msg)?;
    match msg {
        ExecuteMsg::Admin(msg) => {
            let event = admin::execute(deps.storage, deps.api, &info.sender, &msg)?;
            Ok(Response::new().add_event(event))
        }
        ExecuteMsg::AdmitDenom { denom } => products::admit_denom(deps.storage, &denom),
        ExecuteMsg::CreateProduct { product } => {
            products::create(deps.storage, &info.sender, &product)
        }
        ExecuteMsg::Deposit { product } => pools::deposit(deps.storage, product.u64(), &info.funds),
        ExecuteMsg::Withdraw { product, amount } => {
            pools::withdraw(deps.storage, &info.sender, product.u64(), amount)
        }
        ExecuteMsg::Bind {
            product,
            patient,
            ground,
            payee,
        } => {
            let asked = policies::Binding {
                product: product.u64(),
                patient: patient.u64(),
                ground,
                payee: parse::address(deps.api, &payee)?,
            };
            policies::bind(deps, &env, &info, asked)
        }
        ExecuteMsg::Claim {
            policy,
            ground,
            evidence,
        } => claims::claim(deps, &env, &info.sender, policy.u64(), ground, &evidence),
        ExecuteMsg::Expire { policy } => policies::expire(deps.storage, &env, policy.u64()),
    }
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::answer(deps, &env, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    Ok(Response::new().add_event(migration::upgrade(deps.storage)?))
}
