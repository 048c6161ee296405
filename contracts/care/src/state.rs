//! Storage: every key in one place, behind named functions.

use cosmwasm_std::Storage;
use vitals_api::store::{Key, KeyShape, Record, RecordMap};
use vitals_api::ApiError;
use vitals_core::alert::AlertNotice;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

use crate::alert::Alert;
use crate::config::Config;
use crate::error::ContractError;
use crate::ladder::{Ladder, LadderRef};

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
/// Number of the last notice, by device.
const NOTICES: RecordMap<u64, Number> = RecordMap::new("d");
/// By patient, ladder and version; never overwritten: an alert climbs the version it began on.
const LADDERS: RecordMap<(u64, (u32, u32)), Ladder> = RecordMap::new("t");
/// The newest version, by patient and ladder.
const LADDER_VERSIONS: RecordMap<(u64, u32), Number> = RecordMap::new("v");

const VERSION: u8 = 1;

/// A counter, or the number of a record.
struct Number(u64);

impl Record for Number {
    const NAME: &'static str = "number";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u64(self.0).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let number = Self(r.u64()?);
        r.end()?;
        Ok(number)
    }
}

/// An entry of an index whose key says everything.
struct Listed;

impl Record for Listed {
    const NAME: &'static str = "index entry";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        Reader::versioned(Self::NAME, VERSION, bytes)?.end()?;
        Ok(Self)
    }
}

/// 0 where nothing was counted yet.
fn last<K: KeyShape>(
    of: &RecordMap<K, Number>,
    storage: &dyn Storage,
    key: &K::Of<'_>,
) -> Result<u64, ApiError> {
    Ok(of.may_load(&storage, key)?.map_or(0, |number| number.0))
}

pub fn config(storage: &dyn Storage) -> Result<Config, ApiError> {
    CONFIG.load(&storage, &())
}

pub fn set_config(storage: &mut dyn Storage, config: &Config) -> Result<(), ApiError> {
    CONFIG.save(storage, &(), config)
}

pub fn alert(storage: &dyn Storage, number: u64) -> Result<Alert, ApiError> {
    ALERTS.load(&storage, &number)
}

pub fn set_alert(storage: &mut dyn Storage, number: u64, alert: &Alert) -> Result<(), ApiError> {
    ALERTS.save(storage, &number, alert)
}

/// Keeps a new alert under the next number, in its patient's list, and as the latest of its
/// device, pairing and rule.
pub fn add_alert(
    storage: &mut dyn Storage,
    notice: &AlertNotice,
    alert: &Alert,
) -> Result<u64, ContractError> {
    let number = last(&LAST_ALERT, storage, &())?
        .checked_add(1)
        .ok_or(ContractError::Full { what: "alert" })?;
    LAST_ALERT.save(storage, &(), &Number(number))?;
    ALERTS.save(storage, &number, alert)?;
    BY_PATIENT.save(storage, &(alert.origin.patient, number), &Listed)?;
    LATEST.save(storage, &latest_key(notice), &Number(number))?;
    Ok(number)
}

/// The latest alert of a notice's device, pairing and rule, with its number.
pub fn latest_alert(
    storage: &dyn Storage,
    notice: &AlertNotice,
) -> Result<Option<(u64, Alert)>, ApiError> {
    let Some(latest) = LATEST.may_load(&storage, &latest_key(notice))? else {
        return Ok(None);
    };
    Ok(Some((latest.0, alert(storage, latest.0)?)))
}

fn latest_key(notice: &AlertNotice) -> (u64, (u32, u32)) {
    (notice.device, (notice.pairing, notice.rule.into()))
}

/// A patient's alerts after a number, oldest first.
pub fn alerts_of(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, Alert)>, ApiError> {
    let after = start_after.map(|number| (patient, number).flat());
    BY_PATIENT
        .page(storage, &patient.flat(), after.as_deref(), limit)?
        .into_iter()
        .map(|(tail, _)| {
            let number = Reader::new("alert number", &tail).u64()?;
            Ok((number, alert(storage, number)?))
        })
        .collect()
}

/// Number of the last notice taken from a device, 0 where there is none.
pub fn last_notice(storage: &dyn Storage, device: u64) -> Result<u64, ApiError> {
    last(&NOTICES, storage, &device)
}

pub fn set_last_notice(
    storage: &mut dyn Storage,
    device: u64,
    number: u64,
) -> Result<(), ApiError> {
    NOTICES.save(storage, &device, &Number(number))
}

/// The newest version of a patient's ladder, if the patient set one.
pub fn newest_ladder(
    storage: &dyn Storage,
    patient: u64,
    ladder: u8,
) -> Result<Option<LadderRef>, ContractError> {
    match last(&LADDER_VERSIONS, storage, &(patient, ladder.into()))? {
        0 => Ok(None),
        newest => Ok(Some(LadderRef {
            ladder,
            version: ladder_version(newest)?,
        })),
    }
}

pub fn ladder(storage: &dyn Storage, patient: u64, ladder: LadderRef) -> Result<Ladder, ApiError> {
    LADDERS.load(&storage, &ladder_key(patient, ladder))
}

/// Keeps a ladder as its number's next version.
pub fn add_ladder(
    storage: &mut dyn Storage,
    patient: u64,
    ladder: u8,
    tiers: &Ladder,
) -> Result<LadderRef, ContractError> {
    let key = (patient, u32::from(ladder));
    let next = last(&LADDER_VERSIONS, storage, &key)?.saturating_add(1);
    let added = LadderRef {
        ladder,
        version: ladder_version(next)?,
    };
    LADDER_VERSIONS.save(storage, &key, &Number(next))?;
    LADDERS.save(storage, &ladder_key(patient, added), tiers)?;
    Ok(added)
}

fn ladder_version(number: u64) -> Result<u32, ContractError> {
    u32::try_from(number).map_err(|_| ContractError::Full {
        what: "ladder version",
    })
}

fn ladder_key(patient: u64, ladder: LadderRef) -> (u64, (u32, u32)) {
    (patient, (ladder.ladder.into(), ladder.version))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use cosmwasm_std::testing::MockStorage;

    use super::*;

    #[test]
    fn no_two_records_share_a_namespace() {
        let own = [
            CONFIG.namespace(),
            LAST_ALERT.namespace(),
            ALERTS.namespace(),
            BY_PATIENT.namespace(),
            LATEST.namespace(),
            NOTICES.namespace(),
            LADDERS.namespace(),
            LADDER_VERSIONS.namespace(),
        ];
        let mut keys = own.map(str::as_bytes).to_vec();
        keys.extend(vitals_api::admin::STORAGE_KEYS.map(str::as_bytes));
        let version = cw2::CONTRACT;
        keys.push(version.as_slice());
        let unique: BTreeSet<_> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len());
    }

    #[test]
    fn when_ladder_versions_are_used_up_none_is_overwritten() {
        let mut storage = MockStorage::new();
        let most = Number(u32::MAX.into());
        LADDER_VERSIONS.save(&mut storage, &(1, 0), &most).unwrap();
        let tiers = Ladder { tiers: Vec::new() };
        let refused = add_ladder(&mut storage, 1, 0, &tiers);
        assert!(matches!(refused, Err(ContractError::Full { .. })));
        let newest = newest_ladder(&storage, 1, 0).unwrap().unwrap();
        assert_eq!(newest.version, u32::MAX);
    }
}
