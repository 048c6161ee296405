//! Ladders and their versions.

use cosmwasm_std::Storage;
use vitals_api::store::Key;
use vitals_api::ApiError;
use vitals_core::bytes::Reader;
use vitals_core::FormatError;

use super::{last, narrow, Number, LADDERS, LADDER_VERSIONS};
use crate::alert::Alert;
use crate::error::ContractError;
use crate::ladder::{Ladder, LadderRef};

const WHAT: &str = "ladder version";

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
            version: narrow(newest, WHAT)?,
        })),
    }
}

/// The newest version of the lowest ladder that a patient set.
pub fn lowest_ladder(
    storage: &dyn Storage,
    patient: u64,
) -> Result<Option<LadderRef>, ContractError> {
    let first = LADDER_VERSIONS.page(storage, &patient.flat(), None, 1)?;
    let Some((tail, newest)) = first.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(LadderRef {
        ladder: ladder_number(&tail)?,
        version: narrow(newest.0, WHAT)?,
    }))
}

fn ladder_number(tail: &[u8]) -> Result<u8, FormatError> {
    let number = Reader::new("ladder number", tail).u32()?;
    u8::try_from(number).map_err(|_| FormatError::Value {
        what: "ladder number",
        got: number.into(),
        rule: "0 to 255",
    })
}

pub fn ladder(storage: &dyn Storage, patient: u64, ladder: LadderRef) -> Result<Ladder, ApiError> {
    LADDERS.load(&storage, &ladder_key(patient, ladder))
}

/// The ladder an alert climbs, of no tiers where it has none.
pub fn ladder_of(storage: &dyn Storage, alert: &Alert) -> Result<Ladder, ApiError> {
    match alert.origin.ladder {
        None => Ok(Ladder::default()),
        Some(version) => ladder(storage, alert.origin.patient, version),
    }
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
        version: narrow(next, WHAT)?,
    };
    LADDER_VERSIONS.save(storage, &key, &Number(next))?;
    LADDERS.save(storage, &ladder_key(patient, added), tiers)?;
    Ok(added)
}

fn ladder_key(patient: u64, ladder: LadderRef) -> (u64, (u32, u32)) {
    (patient, (ladder.ladder.into(), ladder.version))
}
