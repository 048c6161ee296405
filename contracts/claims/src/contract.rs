//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response};
use vitals_api::claims::{ExecuteMsg, InstantiateMsg, QueryMsg, MAX_LEAST_DEADLINE_S};
use vitals_api::{admin, parse};

use crate::access::{self, Caller};
use crate::error::ContractError;
use crate::execute::{self, cw20};
use crate::funds::Funds;
use crate::state::{self, Config};
use crate::{migrate as migration, payout, query as queries};

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
        least_deadline_s: least_deadline(msg.least_deadline_s)?,
    };
    migration::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    state::save_config(deps.storage, &config)?;
    Ok(Response::new())
}

fn least_deadline(seconds: u32) -> Result<u32, ContractError> {
    if (1..=MAX_LEAST_DEADLINE_S).contains(&seconds) {
        return Ok(seconds);
    }
    Err(ContractError::LeastDeadline { seconds })
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    mut deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    if !access::takes_funds(&msg) {
        parse::no_funds(&info.funds)?;
    }
    access::check(&caller(&deps, &env, &info.sender), &msg)?;
    if let ExecuteMsg::Receive(msg) = msg {
        let (funds, msg) = cw20::receive(deps.branch(), &env, &info.sender, &msg)?;
        access::check(&caller(&deps, &env, &funds.from), &msg)?;
        return execute::dispatch(deps, &env, funds, msg);
    }
    let funds = Funds::coins(info.sender, info.funds);
    execute::dispatch(deps, &env, funds, msg)
}

fn caller<'a>(deps: &'a DepsMut, env: &Env, sender: &'a Addr) -> Caller<'a> {
    Caller {
        storage: deps.storage,
        api: deps.api,
        querier: deps.querier,
        sender,
        now: env.block.time.seconds(),
    }
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn reply(deps: DepsMut, env: Env, msg: Reply) -> Result<Response, ContractError> {
    payout::failed(deps.storage, env.block.time.seconds(), &msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::answer(deps, &env, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    migration::upgrade(deps.storage)
}
