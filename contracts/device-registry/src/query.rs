//! Answers.

mod devices;
mod makers;

use cosmwasm_std::{to_json_binary, Api, Binary, Storage};
use serde::Serialize;
use vitals_api::registry::{ConfigInfo, KeyMsg, QueryMsg};
use vitals_api::{admin, page, parse, ApiError};
use vitals_core::key::PublicKey;

use crate::error::ContractError;
use crate::state;

pub fn query(storage: &dyn Storage, api: &dyn Api, msg: QueryMsg) -> Result<Binary, ContractError> {
    match msg {
        QueryMsg::Admin {} => answer(&admin::info(storage)?),
        QueryMsg::Config {} => answer(&config(storage)?),
        QueryMsg::Maker { maker } => {
            let account = parse::address(api, &maker)?;
            answer(&makers::maker(storage, account.as_str())?)
        }
        QueryMsg::Makers { start_after, limit } => {
            let after = start_after.map(|after| parse::address(api, &after));
            let after = after.transpose()?;
            answer(&makers::makers(storage, after.as_ref(), size(limit))?)
        }
        QueryMsg::Model { model } => {
            let record = state::model(storage, model)?;
            answer(&makers::model_info(model, record))
        }
        QueryMsg::Models {
            maker,
            start_after,
            limit,
        } => {
            let maker = parse::address(api, &maker)?;
            answer(&makers::models(storage, &maker, start_after, size(limit))?)
        }
        QueryMsg::Firmware {
            model,
            start_after,
            limit,
        } => answer(&makers::firmware(storage, model, start_after, size(limit))?),
        QueryMsg::Recalls { model } => answer(&makers::recalls(storage, model)?),
        QueryMsg::Device { device } => answer(&devices::device(storage, api, device.u64())?),
        QueryMsg::DeviceByKey { key } => {
            let key = PublicKey::new(key.scheme, &key.bytes)?;
            let number = state::find_device(storage, &key)?;
            answer(&devices::device(storage, api, number)?)
        }
        QueryMsg::Devices {
            patient,
            start_after,
            limit,
        } => {
            let after = start_after.map(|device| device.u64());
            answer(&devices::of_patient(
                storage,
                patient.u64(),
                after,
                size(limit),
            )?)
        }
        QueryMsg::Pairing { device, pairing } => {
            let record = state::pairing(storage, device.u64(), pairing)?;
            answer(&devices::pairing_info(pairing, record))
        }
        QueryMsg::Pairings {
            device,
            start_after,
            limit,
        } => answer(&devices::pairings(
            storage,
            device.u64(),
            start_after,
            size(limit),
        )?),
        QueryMsg::Transfer { device } => answer(&devices::transfer(storage, device.u64())?),
        QueryMsg::Usable { device, at_ms } => {
            answer(&devices::usable(storage, device.u64(), at_ms)?)
        }
        QueryMsg::KeyHistory {
            device,
            start_after,
            limit,
        } => answer(&devices::keys(
            storage,
            device.u64(),
            start_after,
            size(limit),
        )?),
    }
}

fn answer(answer: &impl Serialize) -> Result<Binary, ContractError> {
    Ok(to_json_binary(answer)?)
}

fn size(limit: Option<u32>) -> usize {
    page::page_limit(limit)
}

fn config(storage: &dyn Storage) -> Result<ConfigInfo, ApiError> {
    Ok(ConfigInfo {
        consent: state::consent(storage)?.into(),
        deployment_id: Binary::new(state::deployment(storage)?.to_vec()),
    })
}

fn key_msg(key: &PublicKey) -> KeyMsg {
    KeyMsg {
        scheme: key.scheme(),
        bytes: Binary::new(key.bytes().to_vec()),
    }
}
