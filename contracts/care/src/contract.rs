//! Entry points: check funds and permission, dispatch; nothing else.

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, Event, MessageInfo, Response, Storage};
use vitals_api::care::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};
use vitals_api::{admin, parse};

use crate::access;
use crate::error::ContractError;
use crate::execute::acknowledge::acknowledge;
use crate::execute::acknowledge_plan::acknowledge_plan;
use crate::execute::consent_hook::consent_hook;
use crate::execute::escalate::escalate;
use crate::execute::raise_alert::{raise_alert, Signed};
use crate::execute::record_adherence::record_adherence;
use crate::execute::resolve::resolve;
use crate::execute::set_ladder::set_ladder;
use crate::execute::withdraw_plan::withdraw_plan;
use crate::execute::write_plan::write_plan;
use crate::execute::Call;
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
    let call = Call {
        api: deps.api,
        querier: deps.querier,
        sender: &info.sender,
        time: env.block.time,
    };
    access::check(deps.storage, &call, &msg)?;
    let event = dispatch(deps.storage, &call, msg)?;
    Ok(Response::new().add_event(event))
}

fn dispatch(
    storage: &mut dyn Storage,
    call: &Call,
    msg: ExecuteMsg,
) -> Result<Event, ContractError> {
    use ExecuteMsg::*;
    match msg {
        Admin(msg) => Ok(admin::execute(storage, call.api, call.sender, &msg)?),
        SetLadder {
            patient,
            ladder,
            tiers,
            ends_in_emergency,
        } => set_ladder(
            storage,
            call,
            patient.u64(),
            ladder,
            &tiers,
            ends_in_emergency,
        ),
        RaiseAlert {
            body,
            signature,
            ground,
        } => raise_alert(storage, call, &Signed::parse(&body, &signature)?, ground),
        Acknowledge { alert, ground } => acknowledge(storage, call, alert.u64(), ground),
        Resolve { alert } => resolve(storage, call, alert.u64()),
        Escalate { alert } => escalate(storage, call, alert.u64()),
        ConsentHook(msg) => consent_hook(storage, call, msg),
        WritePlan {
            patient,
            ground,
            replaces,
            plan,
        } => write_plan(storage, call, patient.u64(), ground, replaces, &plan),
        AcknowledgePlan { patient, version } => {
            acknowledge_plan(storage, call, patient.u64(), version)
        }
        WithdrawPlan { patient, version } => withdraw_plan(storage, call, patient.u64(), version),
        RecordAdherence {
            patient,
            ground,
            report,
        } => record_adherence(storage, call, patient.u64(), ground, &report),
    }
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, _env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    queries::query(deps.storage, msg)
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, msg: MigrateMsg) -> Result<Response, ContractError> {
    Ok(Response::new().add_event(migration::upgrade(deps.storage, &msg)?))
}
