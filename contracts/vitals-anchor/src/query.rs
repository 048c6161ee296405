//! Answers.

use cosmwasm_std::{to_json_binary, Api, Binary, Storage, Uint64};
use vitals_api::anchor::record::BatchKey;
use vitals_api::anchor::{
    BatchId, BatchInfo, BatchesPage, ConfigInfo, DeviceHead, GapInfo, GapsPage, LastReading,
    QueryMsg, VerifiedReading, VerifiedReadings, MAX_PROOF,
};
use vitals_api::{admin, page, parse, ApiError};
use vitals_core::proof::{Multiproof, ProvenReading};

use crate::error::ContractError;
use crate::record::Gap;
use crate::state::{self, Batches};

pub fn query(storage: &dyn Storage, api: &dyn Api, msg: QueryMsg) -> Result<Binary, ContractError> {
    let answer = match msg {
        QueryMsg::Admin {} => to_json_binary(&admin::info(storage)?),
        QueryMsg::Config {} => to_json_binary(&config(storage, api)?),
        QueryMsg::Batch { id } => to_json_binary(&batch(storage, &id)?),
        QueryMsg::Batches {
            patient,
            category,
            from_epoch,
            to_epoch,
            start_after,
            limit,
        } => {
            let of = Batches {
                patient: patient.u64(),
                category,
                from_epoch,
                to_epoch,
                after: start_after.as_ref().map(BatchKey::from),
            };
            to_json_binary(&batches(storage, &of, limit)?)
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

fn config(storage: &dyn Storage, api: &dyn Api) -> Result<ConfigInfo, ContractError> {
    let config = state::config(storage, api)?;
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

fn batches(
    storage: &dyn Storage,
    of: &Batches,
    limit: Option<u32>,
) -> Result<BatchesPage, ContractError> {
    let own = (of.patient, of.category);
    if of
        .after
        .is_some_and(|key| (key.patient, key.category) != own)
    {
        return Err(ContractError::ForeignCursor);
    }
    let found = state::batches(storage, of, page::page_limit(limit))?;
    let batches = found.into_iter().map(|(key, batch)| batch.info(key));
    Ok(BatchesPage {
        batches: batches.collect(),
    })
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
        missing: Uint64::new(state::missing(storage, device)?),
    })
}

fn gap_info(gap: Gap) -> GapInfo {
    GapInfo {
        pairing: gap.notice.pairing,
        from: Uint64::new(gap.notice.from),
        next: Uint64::new(gap.notice.next),
        last_at_ms: gap.notice.last_at,
        reason: gap.notice.reason,
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
    let root = &batch.pointer()?.root;
    let proven = Multiproof::from_bytes(proof)?.verify(root, batch.count)?;
    proven
        .iter()
        .try_for_each(|p| batch.ensure_covers(id.category, &p.reading))?;
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
