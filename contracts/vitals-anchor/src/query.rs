//! Answers.

use cosmwasm_std::{to_json_binary, Binary, Storage, Uint64};
use vitals_api::anchor::record::BatchKey;
use vitals_api::anchor::{
    BatchId, BatchInfo, BatchesPage, ConfigInfo, DeviceHead, GapCause, GapInfo, GapsPage,
    LastReading, QueryMsg, VerifiedReading, VerifiedReadings, MAX_PROOF,
};
use vitals_api::store::Key;
use vitals_api::{admin, page, parse, ApiError};
use vitals_core::measure::Category;
use vitals_core::measured::GapReason;
use vitals_core::proof::{Multiproof, ProvenReading};
use vitals_core::time::Epoch;

use crate::error::ContractError;
use crate::record::Gap;
use crate::state;

pub fn query(storage: &dyn Storage, msg: QueryMsg) -> Result<Binary, ContractError> {
    let answer = match msg {
        QueryMsg::Admin {} => to_json_binary(&admin::info(storage)?),
        QueryMsg::Config {} => to_json_binary(&config(storage)?),
        QueryMsg::Batch { id } => to_json_binary(&batch(storage, &id)?),
        QueryMsg::Batches {
            patient,
            category,
            from_epoch,
            start_after,
            limit,
        } => {
            let start = page_start(patient.u64(), category, from_epoch, start_after.as_ref())?;
            to_json_binary(&batches(storage, patient.u64(), category, start, limit)?)
        }
        QueryMsg::Device { device } => to_json_binary(&device_head(storage, device.u64())?),
        QueryMsg::Gaps {
            device,
            start_after,
            limit,
        } => {
            let after = start_after.map(|from| from.u64());
            to_json_binary(&gaps(storage, device.u64(), after, limit)?)
        }
        QueryMsg::VerifyReading { id, proof } => {
            to_json_binary(&verify_reading(storage, &id, &proof)?)
        }
    };
    Ok(answer?)
}

fn config(storage: &dyn Storage) -> Result<ConfigInfo, ApiError> {
    let config = state::config(storage)?;
    Ok(ConfigInfo {
        consent: config.consent.into(),
        registry: config.registry.into(),
        deployment_id: Binary::new(config.deployment.to_vec()),
    })
}

fn batch(storage: &dyn Storage, id: &BatchId) -> Result<BatchInfo, ApiError> {
    let key = BatchKey::from(id);
    Ok(state::batch(storage, &key)?.info(key))
}

/// Where a page begins: after the last batch of the page before, and not before `from_epoch`.
/// Keys sort as their parts do, and the beginning of a key sorts before the whole.
fn page_start(
    patient: u64,
    category: Category,
    from_epoch: Option<Epoch>,
    start_after: Option<&BatchId>,
) -> Result<Option<Vec<u8>>, ContractError> {
    let after = start_after.map(BatchKey::from);
    if after.is_some_and(|key| (key.patient, key.category) != (patient, category)) {
        return Err(ContractError::ForeignCursor);
    }
    let prefix = BatchKey::category_prefix(patient, category);
    let epoch = from_epoch.map(|epoch| [prefix, epoch.flat()].concat());
    Ok(after.map(|key| key.flat()).max(epoch))
}

fn batches(
    storage: &dyn Storage,
    patient: u64,
    category: Category,
    start: Option<Vec<u8>>,
    limit: Option<u32>,
) -> Result<BatchesPage, ContractError> {
    let prefix = BatchKey::category_prefix(patient, category);
    let limit = page::page_limit(limit);
    let batches = state::batches(storage, &prefix, start.as_deref(), limit)?
        .into_iter()
        .map(|(tail, batch)| Ok(batch.info(BatchKey::from_tail(patient, category, &tail)?)))
        .collect::<Result<_, ContractError>>()?;
    Ok(BatchesPage { batches })
}

fn device_head(storage: &dyn Storage, device: u64) -> Result<DeviceHead, ApiError> {
    let head = state::head(storage, device)?;
    let last = head.last.iter();
    Ok(DeviceHead {
        sequence: Uint64::new(head.sequence),
        last: last
            .map(|(category, at)| LastReading {
                category: *category,
                at_ms: *at,
            })
            .collect(),
    })
}

fn gaps(
    storage: &dyn Storage,
    device: u64,
    start_after: Option<u64>,
    limit: Option<u32>,
) -> Result<GapsPage, ApiError> {
    let gaps = state::gaps(storage, device, start_after, page::page_limit(limit))?;
    Ok(GapsPage {
        gaps: gaps.into_iter().map(gap_info).collect(),
    })
}

fn gap_info(gap: Gap) -> GapInfo {
    GapInfo {
        pairing: gap.notice.pairing,
        from: Uint64::new(gap.notice.from),
        next: Uint64::new(gap.notice.next),
        last_at_ms: gap.notice.last_at,
        reason: match gap.notice.reason {
            GapReason::PowerLost => GapCause::PowerLost,
            GapReason::StorageLost => GapCause::StorageLost,
            GapReason::ClockSet => GapCause::ClockSet,
        },
        noted_at_ms: gap.noted_at_ms,
    }
}

/// Against the root and count that the device signed and the contract kept.
fn verify_reading(
    storage: &dyn Storage,
    id: &BatchId,
    proof: &Binary,
) -> Result<VerifiedReadings, ContractError> {
    parse::length("proof", proof.len(), 1, MAX_PROOF)?;
    let batch = state::batch(storage, &BatchKey::from(id))?;
    let proven = Multiproof::from_bytes(proof)?.verify(&batch.root, batch.count)?;
    proven
        .iter()
        .try_for_each(|p| batch.ensure_within(&p.reading))?;
    let shown = |proven: &ProvenReading| VerifiedReading {
        index: proven.index,
        measure: proven.reading.measure,
        value: proven.reading.value,
        at_ms: proven.reading.at_ms(id.epoch),
        simulated: batch.simulated || proven.reading.flags.simulated,
    };
    Ok(VerifiedReadings {
        readings: proven.iter().map(shown).collect(),
    })
}
