//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo, Response};
use vitals_api::registry::{ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::{admin, parse};
use vitals_core::signing::deployment_id;

use crate::error::ContractError;
use crate::execute::{calibrate, loss, makers, models, pair, register, unpair};
use crate::{migrate as migration, query as queries, state};

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    parse::no_funds(&info.funds)?;
    let owner = parse::address(deps.api, &msg.owner)?;
    let consent = parse::address(deps.api, &msg.consent)?;
    let deployment = deployment_id(&env.block.chain_id, env.contract.address.as_str());
    migration::stamp(deps.storage)?;
    admin::init(deps.storage, &owner)?;
    state::init(deps.storage, &consent, deployment)?;
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
        ExecuteMsg::AdmitMaker { maker, name, key } => {
            admin::ensure_owner(storage, sender)?;
            admin::ensure_running(storage)?;
            makers::admit(storage, api, &maker, name, &key)
        }
        ExecuteMsg::SuspendMaker { maker } => {
            admin::ensure_owner(storage, sender)?;
            makers::suspend(storage, api, &maker)
        }
        ExecuteMsg::ListModel {
            name,
            measures,
            lowest_firmware,
        } => {
            admin::ensure_running(storage)?;
            models::list(storage, sender, name, measures, lowest_firmware)
        }
        ExecuteMsg::Register {
            body,
            possession,
            attestation,
        } => {
            admin::ensure_running(storage)?;
            register::register(
                storage,
                api,
                sender,
                &body,
                &possession,
                attestation.as_ref(),
            )
        }
        ExecuteMsg::Pair { body, signature } => {
            admin::ensure_running(storage)?;
            pair::pair(storage, api, querier, sender, now, &body, &signature)
        }
        ExecuteMsg::Unpair { device } => {
            unpair::unpair(storage, querier, sender, now, device.u64())
        }
        ExecuteMsg::ReportLost {
            device,
            lost_from_ms,
        } => loss::report(storage, querier, sender, now, device.u64(), lost_from_ms),
        ExecuteMsg::Calibrate { device, until } => {
            calibrate::calibrate(storage, sender, now, device.u64(), until)
        }
    }
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, _env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::query(deps.storage, deps.api, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    Ok(Response::new().add_event(migration::upgrade(deps.storage)?))
}
