//! Entry points: check funds, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo, Response};
use vitals_api::care::{ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::{admin, parse};

use crate::error::ContractError;
use crate::execute::acknowledge::acknowledge;
use crate::execute::escalate::escalate;
use crate::execute::raise_alert::{raise_alert, Signed};
use crate::execute::resolve::resolve;
use crate::execute::set_ladder::set_ladder;
use crate::{instantiate as setup, migrate as migration, query as queries};

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    parse::no_funds(&info.funds)?;
    setup::instantiate(deps, &msg)?;
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
    let event = dispatch(deps, &env, &info, msg)?;
    Ok(Response::new().add_event(event))
}

fn dispatch(
    deps: DepsMut,
    env: &Env,
    info: &MessageInfo,
    msg: ExecuteMsg,
) -> Result<Event, ContractError> {
    let (storage, api, querier) = (deps.storage, deps.api, deps.querier);
    let (sender, now) = (&info.sender, env.block.time);
    match msg {
        ExecuteMsg::Admin(msg) => Ok(admin::execute(storage, api, sender, &msg)?),
        ExecuteMsg::SetLadder {
            patient,
            ladder,
            tiers,
        } => {
            admin::ensure_running(storage)?;
            set_ladder(storage, api, querier, sender, patient.u64(), ladder, &tiers)
        }
        ExecuteMsg::RaiseAlert {
            body,
            signature,
            ground,
        } => {
            let signed = Signed::parse(&body, &signature)?;
            raise_alert(storage, api, querier, sender, now, &signed, ground)
        }
        ExecuteMsg::Acknowledge { alert, ground } => {
            acknowledge(storage, querier, sender, now, alert.u64(), ground)
        }
        ExecuteMsg::Resolve { alert } => resolve(storage, querier, sender, now, alert.u64()),
        ExecuteMsg::Escalate { alert } => escalate(storage, now, alert.u64()),
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
