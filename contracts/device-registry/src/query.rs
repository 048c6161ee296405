//! Answers.

use cosmwasm_std::{to_json_binary, Api, Binary, Storage, Uint64};
use vitals_api::registry::record::Pairing;
use vitals_api::registry::{
    ConfigInfo, DeviceInfo, KeyMsg, MakerInfo, ModelInfo, PairingInfo, PairingsPage, QueryMsg,
};
use vitals_api::{admin, page, parse, ApiError};
use vitals_core::key::PublicKey;

use crate::error::ContractError;
use crate::state;

pub fn query(storage: &dyn Storage, api: &dyn Api, msg: QueryMsg) -> Result<Binary, ContractError> {
    let answer = match msg {
        QueryMsg::Admin {} => to_json_binary(&admin::info(storage)?),
        QueryMsg::Config {} => to_json_binary(&config(storage)?),
        QueryMsg::Maker { maker } => to_json_binary(&maker_info(storage, api, &maker)?),
        QueryMsg::Model { model } => to_json_binary(&model_info(storage, model)?),
        QueryMsg::Device { device } => to_json_binary(&device_info(storage, device.u64())?),
        QueryMsg::DeviceByKey { key } => to_json_binary(&device_by_key(storage, &key)?),
        QueryMsg::Pairing { device, pairing } => {
            let record = state::pairing(storage, device.u64(), pairing)?;
            to_json_binary(&pairing_info(pairing, record))
        }
        QueryMsg::Pairings {
            device,
            start_after,
            limit,
        } => to_json_binary(&pairings(storage, device.u64(), start_after, limit)?),
    };
    Ok(answer?)
}

fn config(storage: &dyn Storage) -> Result<ConfigInfo, ApiError> {
    Ok(ConfigInfo {
        consent: state::consent(storage)?.into(),
        deployment_id: Binary::new(state::deployment(storage)?.to_vec()),
    })
}

fn maker_info(storage: &dyn Storage, api: &dyn Api, maker: &str) -> Result<MakerInfo, ApiError> {
    let account = parse::address(api, maker)?;
    let record = state::maker(storage, account.as_str())?;
    Ok(MakerInfo {
        key: key_msg(&record.key),
        name: record.name,
        suspended: record.suspended,
    })
}

fn model_info(storage: &dyn Storage, model: u32) -> Result<ModelInfo, ApiError> {
    let record = state::model(storage, model)?;
    Ok(ModelInfo {
        model,
        maker: record.maker,
        name: record.name,
        measures: record.measures,
        lowest_firmware: record.lowest_firmware,
    })
}

fn device_by_key(storage: &dyn Storage, key: &KeyMsg) -> Result<DeviceInfo, ContractError> {
    let key = PublicKey::new(key.scheme, &key.bytes)?;
    let number = state::find_device(storage, &key)?;
    Ok(device_info(storage, number)?)
}

fn device_info(storage: &dyn Storage, number: u64) -> Result<DeviceInfo, ApiError> {
    let device = state::device(storage, number)?;
    let origin = state::origin(storage, number)?;
    Ok(DeviceInfo {
        device: Uint64::new(number),
        key: key_msg(&device.key),
        model: device.model,
        firmware: device.firmware,
        assurance: device.assurance,
        categories: device.categories.members(),
        registrant: origin.registrant,
        serial_commitment: Binary::new(origin.serial_commitment.to_vec()),
        action: Uint64::new(device.action),
        pairing: device.pairing,
        patient: device.paired.map(|p| Uint64::new(p.patient)),
        paired_from_ms: device.paired.map(|p| p.from_ms),
        lost_from_ms: device.lost_from_ms,
        calibrated_until: device.calibrated_until,
    })
}

fn pairings(
    storage: &dyn Storage,
    device: u64,
    start_after: Option<u32>,
    limit: Option<u32>,
) -> Result<PairingsPage, ContractError> {
    let found = state::pairings(storage, device, start_after, page::page_limit(limit))?;
    Ok(PairingsPage {
        pairings: found
            .into_iter()
            .map(|(number, record)| pairing_info(number, record))
            .collect(),
    })
}

fn pairing_info(pairing: u32, record: Pairing) -> PairingInfo {
    PairingInfo {
        pairing,
        patient: Uint64::new(record.patient),
        from_ms: record.from_ms,
        to_ms: record.to_ms,
    }
}

fn key_msg(key: &PublicKey) -> KeyMsg {
    KeyMsg {
        scheme: key.scheme(),
        bytes: Binary::new(key.bytes().to_vec()),
    }
}
