//! Makers, models and firmware.

use cosmwasm_std::Storage;
use vitals_api::index::Listed;
use vitals_api::registry::record::{Recalls, MODELS, RECALLS};
use vitals_api::store::{Key, RecordMap, Text};
use vitals_api::ApiError;
use vitals_core::bytes::Reader;

use crate::error::ContractError;
use crate::record::{Firmware, Maker, MakerModel, Model};

/// By account.
const MAKERS: RecordMap<Text, Maker> = RecordMap::new("m");
/// Models of a maker.
const LISTED: RecordMap<MakerModel<'static>, Listed> = RecordMap::new("l");
/// By model and version.
const FIRMWARE: RecordMap<(u32, u32), Firmware> = RecordMap::new("f");

#[cfg(test)]
pub const NAMESPACES: [&str; 4] = ["m", "o", "l", "f"];

pub fn may_load_maker(storage: &dyn Storage, maker: &str) -> Result<Option<Maker>, ApiError> {
    MAKERS.may_load(&storage, &maker)
}

pub fn maker(storage: &dyn Storage, maker: &str) -> Result<Maker, ApiError> {
    MAKERS.load(&storage, &maker)
}

pub fn save_maker(storage: &mut dyn Storage, maker: &str, record: &Maker) -> Result<(), ApiError> {
    MAKERS.save(storage, &maker, record)
}

/// Makers with an address after `start_after`, by address.
pub fn makers(
    storage: &dyn Storage,
    start_after: Option<&str>,
    limit: usize,
) -> Result<Vec<(String, Maker)>, ContractError> {
    let found = MAKERS.page(storage, &[], start_after.map(str::as_bytes), limit)?;
    let text = |key: Vec<u8>| String::from_utf8_lossy(&key).into_owned();
    Ok(found
        .into_iter()
        .map(|(key, record)| (text(key), record))
        .collect())
}

pub fn model(storage: &dyn Storage, model: u32) -> Result<Model, ApiError> {
    MODELS.load(&storage, &model)
}

pub fn save_model(storage: &mut dyn Storage, model: u32, record: &Model) -> Result<(), ApiError> {
    MODELS.save(storage, &model, record)
}

/// Under the next number, which it returns, and among its maker's.
pub fn add_model(storage: &mut dyn Storage, record: &Model) -> Result<u32, ContractError> {
    let number = super::next_model(storage)?;
    MODELS.save(storage, &number, record)?;
    list_model(storage, &record.maker, number)?;
    Ok(number)
}

pub fn list_model(storage: &mut dyn Storage, maker: &str, number: u32) -> Result<(), ApiError> {
    LISTED.save(storage, &MakerModel(maker, number), &Listed)
}

pub fn is_listed(storage: &dyn Storage, maker: &str, number: u32) -> Result<bool, ApiError> {
    Ok(LISTED
        .may_load(&storage, &MakerModel(maker, number))?
        .is_some())
}

/// A maker's models with a number above `start_after`.
pub fn models(
    storage: &dyn Storage,
    maker: &str,
    start_after: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, Model)>, ContractError> {
    let after = start_after.map(|number| MakerModel(maker, number).flat());
    let found = LISTED.page(storage, &MakerModel::prefix(maker), after.as_deref(), limit)?;
    found
        .into_iter()
        .map(|(tail, _)| {
            let number = Reader::new("model key", &tail).u32()?;
            Ok((number, model(storage, number)?))
        })
        .collect()
}

pub fn may_load_firmware(
    storage: &dyn Storage,
    model: u32,
    version: u32,
) -> Result<Option<Firmware>, ApiError> {
    FIRMWARE.may_load(&storage, &(model, version))
}

pub fn save_firmware(
    storage: &mut dyn Storage,
    model: u32,
    version: u32,
    record: &Firmware,
) -> Result<(), ApiError> {
    FIRMWARE.save(storage, &(model, version), record)
}

/// A model's approved firmware with a version above `start_after`, by version.
pub fn firmware(
    storage: &dyn Storage,
    model: u32,
    start_after: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, Firmware)>, ContractError> {
    let after = start_after.map(|version| (model, version).flat());
    let found = FIRMWARE.page(storage, &model.flat(), after.as_deref(), limit)?;
    found
        .into_iter()
        .map(|(tail, record)| Ok((Reader::new("firmware key", &tail).u32()?, record)))
        .collect()
}

/// None is no record.
pub fn recalls(storage: &dyn Storage, model: u32) -> Result<Recalls, ApiError> {
    Ok(RECALLS.may_load(&storage, &model)?.unwrap_or_default())
}

pub fn save_recalls(
    storage: &mut dyn Storage,
    model: u32,
    record: &Recalls,
) -> Result<(), ApiError> {
    RECALLS.save(storage, &model, record)
}
