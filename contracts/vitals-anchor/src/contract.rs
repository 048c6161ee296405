//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo, Response};
use vitals_api::anchor::{ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::registry::record::DEPLOYMENT;
use vitals_api::store::Remote;
use vitals_api::{admin, parse};

use crate::error::ContractError;
use crate::execute::anchor::{self, Sender};
use crate::execute::gap;
use crate::record::Config;
use crate::{migrate as migration, query as queries, state};

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    parse::no_funds(&info.funds)?;
    let owner = parse::address(deps.api, &msg.owner)?;
    let consent = parse::address(deps.api, &msg.consent)?;
    let registry = parse::address(deps.api, &msg.registry)?;
    let from = Remote {
        querier: deps.querier,
        contract: &registry,
    };
    let config = Config {
        deployment: DEPLOYMENT.load(&from, &())?.0,
        consent,
        registry,
    };
    migration::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    state::init(deps.storage, &config)?;
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
    let events = dispatch(deps, &env, &info, msg)?;
    Ok(Response::new().add_events(events))
}

fn dispatch(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    msg: ExecuteMsg,
) -> Result<Vec<Event>, ContractError> {
    let (storage, api, querier) = (deps.storage, deps.api, deps.querier);
    let now = env.block.time;
    match msg {
        ExecuteMsg::Admin(msg) => Ok(vec![admin::execute(storage, api, &info.sender, &msg)?]),
        ExecuteMsg::Anchor { ground, batches } => {
            admin::ensure_running(storage)?;
            let sender = Sender {
                account: info.sender.as_str(),
                ground,
            };
            anchor::anchor(storage, api, querier, now, sender, &batches)
        }
        ExecuteMsg::NoteGap { notice, signature } => {
            let event = gap::note(storage, api, querier, now, &notice, &signature)?;
            Ok(vec![event])
        }
    }
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, _env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::query(deps.storage, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    Ok(Response::new().add_event(migration::upgrade(deps.storage)?))
}
