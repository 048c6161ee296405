//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response};
use vitals_api::consent::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};
use vitals_api::{admin, parse};

use crate::error::ContractError;
use crate::execute::{self, Call};
use crate::{access, migrate as migration, query as queries, reply as replies};

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    parse::no_funds(&info.funds)?;
    let owner = parse::address(deps.api, &msg.owner)?;
    admin::init(deps.storage, &owner)?;
    execute::set_timing(deps.storage, &msg.timing)?;
    migration::stamp(deps.storage)?;
    Ok(Response::new())
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    parse::no_funds(&info.funds)?;
    let caller = access::Caller {
        storage: deps.storage,
        api: deps.api,
        sender: &info.sender,
        now: env.block.time.seconds(),
    };
    let acting = access::check(&caller, &msg)?;
    let call = Call {
        api: deps.api,
        env: &env,
        sender: &info.sender,
        acting,
        with: &[],
    };
    execute::dispatch(deps.storage, &call, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::dispatch(deps, &env, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn reply(_deps: DepsMut, _env: Env, msg: Reply) -> Result<Response, ContractError> {
    replies::reply(&msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, msg: MigrateMsg) -> Result<Response, ContractError> {
    Ok(Response::new().add_event(migration::upgrade(deps.storage, &msg)?))
}
