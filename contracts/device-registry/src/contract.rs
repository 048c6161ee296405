//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Api, Binary, Deps, DepsMut, Empty, Env, Event, MessageInfo, Response, Storage};
use vitals_api::registry::{ExecuteMsg, InstantiateMsg, QueryMsg};
use vitals_api::{admin, parse};
use vitals_core::signing::deployment_id;

use crate::access::{self, Caller};
use crate::error::ContractError;
use crate::execute::{
    calibrate, firmware, loss, makers, models, pair, recall, register, retire, rotate, suspend,
    transfer, unpair,
};
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
    let caller = access::check(
        deps.storage,
        deps.api,
        deps.querier,
        &info.sender,
        env.block.time,
        &msg,
    )?;
    let event = dispatch(deps.storage, deps.api, &caller, msg)?;
    Ok(Response::new().add_event(event))
}

fn dispatch(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    msg: ExecuteMsg,
) -> Result<Event, ContractError> {
    match msg {
        ExecuteMsg::Admin(msg) => Ok(admin::execute(storage, api, caller.sender, &msg)?),
        ExecuteMsg::AdmitMaker { maker, name, key } => {
            makers::admit(storage, api, &maker, name, &key)
        }
        ExecuteMsg::SuspendMaker { maker } => makers::suspend(storage, api, &maker),
        ExecuteMsg::ListModel {
            name,
            measures,
            lowest_firmware,
        } => models::list(storage, caller, name, &measures, lowest_firmware),
        ExecuteMsg::ApproveFirmware {
            model,
            version,
            digest,
        } => firmware::approve(storage, caller, model, version, &digest),
        ExecuteMsg::RaiseLowestFirmware { model, lowest } => {
            firmware::raise_lowest(storage, caller, model, lowest)
        }
        ExecuteMsg::Recall {
            model,
            from_firmware,
            to_firmware,
            reason,
        } => {
            let range = recall::Range {
                model,
                from_firmware,
                to_firmware,
                reason: &reason,
            };
            recall::recall(storage, caller, &range)
        }
        ExecuteMsg::MarkRecalled { devices } => recall::mark(storage, &devices),
        ExecuteMsg::Calibrate {
            device,
            from,
            until,
        } => calibrate::calibrate(storage, caller, device.u64(), from, until),
        ExecuteMsg::Register {
            body,
            possession,
            attestation,
            holder,
        } => {
            let signatures = register::Signatures {
                possession: &possession,
                attestation: attestation.as_ref(),
            };
            register::register(storage, api, caller, &body, &signatures, holder.as_ref())
        }
        ExecuteMsg::Pair { body, signature } => pair::pair(storage, api, caller, &body, &signature),
        ExecuteMsg::Unpair { device, signed } => {
            unpair::unpair(storage, api, caller, device.u64(), signed.as_ref())
        }
        ExecuteMsg::Transfer { body, signature } => {
            transfer::offer(storage, api, caller, &body, &signature)
        }
        ExecuteMsg::AcceptTransfer { device } => transfer::accept(storage, caller, device.u64()),
        ExecuteMsg::WithdrawTransfer { device } => {
            transfer::withdraw(storage, caller, device.u64())
        }
        ExecuteMsg::Suspend { device } => suspend::suspend(storage, caller, device.u64()),
        ExecuteMsg::Restore { device } => suspend::restore(storage, caller, device.u64()),
        ExecuteMsg::ReportLost {
            device,
            lost_from_ms,
        } => loss::report(storage, caller, device.u64(), lost_from_ms),
        ExecuteMsg::Retire { device, signed } => {
            retire::retire(storage, api, caller, device.u64(), signed.as_ref())
        }
        ExecuteMsg::RotateKey {
            body,
            old_signature,
            new_signature,
        } => {
            let signatures = rotate::Signatures {
                old: &old_signature,
                new: &new_signature,
            };
            rotate::rotate(storage, api, caller, &body, &signatures)
        }
        ExecuteMsg::UpdateFirmware { body, signature } => {
            firmware::update(storage, api, &body, &signature, caller.now)
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
