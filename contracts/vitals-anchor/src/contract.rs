//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{
    to_json_binary, Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo, Response, Storage,
};
use vitals_api::admin::{self, AdminMsg};
use vitals_api::anchor::{ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::parse;

use crate::access::{self, Sealer};
use crate::error::ContractError;
use crate::execute::shred::{self, Order};
use crate::execute::{anchor, gap, Call};
use crate::{migrate as migration, query as queries, state, wiring};

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
    let config = wiring::config(deps.querier, consent, registry)?;
    migration::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    state::save_config(deps.storage, deps.api, &config)?;
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
    let config = state::config(deps.storage, deps.api)?;
    let (sender, now) = (&info.sender, env.block.time);
    access::check(&config, deps.querier, sender, now, &msg)?;
    let call = Call {
        config: &config,
        api: deps.api,
        querier: deps.querier,
        now,
        sender,
    };
    dispatch(deps.storage, &call, msg)
}

fn dispatch(
    storage: &mut dyn Storage,
    call: &Call<'_>,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    let done = Response::new();
    match msg {
        ExecuteMsg::Admin(msg) => Ok(done.add_event(administer(storage, call, &msg)?)),
        ExecuteMsg::Anchor { ground, batches } => {
            let sealer = Sealer {
                account: call.sender.as_str(),
                ground,
            };
            Ok(done.add_events(anchor::anchor(storage, call, sealer, &batches)?))
        }
        ExecuteMsg::NoteGap { notice, signature } => {
            Ok(done.add_event(gap::note(storage, call, &notice, &signature)?))
        }
        ExecuteMsg::Shred {
            patient,
            categories,
            window,
            start_after,
        } => {
            let order = Order::parse(patient, &categories, window, start_after.as_ref())?;
            let (event, answer) = shred::shred(storage, call, &order)?;
            Ok(done.add_event(event).set_data(to_json_binary(&answer)?))
        }
    }
}

/// The pause is copied into what anchoring reads anyway.
fn administer(
    storage: &mut dyn Storage,
    call: &Call<'_>,
    msg: &AdminMsg,
) -> Result<Event, ContractError> {
    let event = admin::execute(storage, call.api, call.sender, msg)?;
    state::copy_pause(storage, call.api, call.config)?;
    Ok(event)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, _env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::query(deps.storage, deps.api, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    Ok(Response::new().add_event(migration::upgrade(deps.storage, deps.api)?))
}
