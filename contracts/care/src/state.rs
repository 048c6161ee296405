//! Storage: every key in one place, behind named functions.

use cosmwasm_std::Storage;
use vitals_api::index::{Listed, Number};
use vitals_api::store::{KeyShape, RecordMap};
use vitals_api::ApiError;

use crate::adherence::Adherence;
use crate::alert::Alert;
use crate::config::Config;
use crate::device_log::DeviceLog;
use crate::error::ContractError;
use crate::ladder::Ladder;
use crate::plan::Plan;

mod alerts;
mod ladders;
mod plans;

pub use alerts::*;
pub use ladders::*;
pub use plans::*;

const CONFIG: RecordMap<(), Config> = RecordMap::new("c");
/// Number of the last alert.
const LAST_ALERT: RecordMap<(), Number> = RecordMap::new("n");
/// By alert number.
const ALERTS: RecordMap<u64, Alert> = RecordMap::new("a");
/// By patient and alert: what a patient's alerts are listed by.
const BY_PATIENT: RecordMap<(u64, u64), Listed> = RecordMap::new("p");
/// The latest alert by device, pairing and rule. The pairing keeps a device's next patient from
/// counting on an alert of the one before.
const LATEST: RecordMap<(u64, (u32, u32)), Number> = RecordMap::new("l");
/// The alert of an emergency, by patient and emergency.
const EMERGENCIES: RecordMap<(u64, u64), Number> = RecordMap::new("e");
/// By device.
const DEVICE_LOGS: RecordMap<u64, DeviceLog> = RecordMap::new("d");
/// By patient, ladder and version; never overwritten: an alert climbs the version it began on.
const LADDERS: RecordMap<(u64, (u32, u32)), Ladder> = RecordMap::new("t");
/// The newest version, by patient and ladder.
const LADDER_VERSIONS: RecordMap<(u64, u32), Number> = RecordMap::new("v");
/// By patient and version; digest and author are never overwritten.
const PLANS: RecordMap<(u64, u32), Plan> = RecordMap::new("w");
/// The newest version, by patient.
const LAST_PLAN: RecordMap<u64, Number> = RecordMap::new("y");
/// Plans acknowledged and not withdrawn, by patient and `u32::MAX` less the version: the one in
/// force comes first.
const IN_FORCE: RecordMap<(u64, u32), Listed> = RecordMap::new("f");
/// By patient and number.
const ADHERENCE: RecordMap<(u64, u32), Adherence> = RecordMap::new("h");
/// Number of the last report, by patient.
const LAST_ADHERENCE: RecordMap<u64, Number> = RecordMap::new("j");

/// 0 where nothing was counted yet.
fn last<K: KeyShape>(
    of: &RecordMap<K, Number>,
    storage: &dyn Storage,
    key: &K::Of<'_>,
) -> Result<u64, ApiError> {
    Ok(of.may_load(&storage, key)?.map_or(0, |number| number.0))
}

/// A counter whose numbers have 32 bits.
fn narrow(number: u64, what: &'static str) -> Result<u32, ContractError> {
    u32::try_from(number).map_err(|_| ContractError::Full { what })
}

pub fn config(storage: &dyn Storage) -> Result<Config, ApiError> {
    CONFIG.load(&storage, &())
}

pub fn set_config(storage: &mut dyn Storage, config: &Config) -> Result<(), ApiError> {
    CONFIG.save(storage, &(), config)
}

#[cfg(test)]
mod tests;
