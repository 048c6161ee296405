//! Answers about makers, models and firmware.

use cosmwasm_std::{Addr, Binary, Storage};
use vitals_api::registry::{
    FirmwareInfo, FirmwarePage, MakerInfo, MakersPage, ModelInfo, ModelsPage, RecallInfo,
    RecallsInfo,
};
use vitals_api::ApiError;

use super::key_msg;
use crate::error::ContractError;
use crate::record::{Maker, Model};
use crate::state;

pub fn maker(storage: &dyn Storage, account: &str) -> Result<MakerInfo, ApiError> {
    Ok(maker_info(account.into(), state::maker(storage, account)?))
}

fn maker_info(maker: String, record: Maker) -> MakerInfo {
    MakerInfo {
        maker,
        key: key_msg(&record.key),
        name: record.name,
        suspended: record.suspended,
    }
}

pub fn makers(
    storage: &dyn Storage,
    start_after: Option<&Addr>,
    limit: usize,
) -> Result<MakersPage, ContractError> {
    let found = state::makers(storage, start_after.map(Addr::as_str), limit)?;
    let info = |(account, record)| maker_info(account, record);
    Ok(MakersPage {
        makers: found.into_iter().map(info).collect(),
    })
}

pub fn model_info(model: u32, record: Model) -> ModelInfo {
    ModelInfo {
        model,
        maker: record.maker,
        name: record.name,
        measures: record.measures.members(),
        lowest_firmware: record.lowest_firmware,
        newest_firmware: record.newest_firmware,
    }
}

pub fn models(
    storage: &dyn Storage,
    maker: &Addr,
    start_after: Option<u32>,
    limit: usize,
) -> Result<ModelsPage, ContractError> {
    let found = state::models(storage, maker.as_str(), start_after, limit)?;
    let info = |(number, record)| model_info(number, record);
    Ok(ModelsPage {
        models: found.into_iter().map(info).collect(),
    })
}

pub fn firmware(
    storage: &dyn Storage,
    model: u32,
    start_after: Option<u32>,
    limit: usize,
) -> Result<FirmwarePage, ContractError> {
    let found = state::firmware(storage, model, start_after, limit)?;
    let firmware = found.into_iter().map(|(version, record)| FirmwareInfo {
        version,
        digest: Binary::new(record.digest.to_vec()),
        approved_at_ms: record.approved_at_ms,
    });
    Ok(FirmwarePage {
        firmware: firmware.collect(),
    })
}

pub fn recalls(storage: &dyn Storage, model: u32) -> Result<RecallsInfo, ApiError> {
    let found = state::recalls(storage, model)?.0.into_iter();
    let recalls = found.map(|recall| RecallInfo {
        from_firmware: recall.from_firmware,
        to_firmware: recall.to_firmware,
        at_ms: recall.at_ms,
        reason: Binary::new(recall.reason.to_vec()),
    });
    Ok(RecallsInfo {
        recalls: recalls.collect(),
    })
}
