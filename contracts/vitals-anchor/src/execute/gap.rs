//! A hole in a device's numbers that the device itself signed for.

use cosmwasm_std::{Api, Binary, Event, QuerierWrapper, Storage, Timestamp};
use vitals_api::parse;
use vitals_api::registry::record::DEVICES;
use vitals_api::store::Remote;
use vitals_api::verify::ChainVerifier;
use vitals_core::measured::GapNotice;

use super::checks;
use super::devices;
use crate::error::ContractError;
use crate::record::Gap;
use crate::state;
use vitals_api::block::millis;

pub fn note(
    storage: &mut dyn Storage,
    api: &dyn Api,
    querier: QuerierWrapper<'_>,
    now: Timestamp,
    notice: &Binary,
    signature: &Binary,
) -> Result<Event, ContractError> {
    let notice = GapNotice::from_bytes(notice)?;
    let signature = parse::bytes("signature", signature)?;
    let config = state::config(storage)?;
    let registry = Remote {
        querier,
        contract: &config.registry,
    };
    let device = DEVICES.load(&registry, &notice.device)?;
    let digest = notice.digest(&config.deployment);
    checks::signature(
        &ChainVerifier(api),
        notice.device,
        &device.key,
        &digest,
        &signature,
    )?;
    devices::pairing(&registry, notice.device, &device, notice.pairing)?;
    skip(storage, &notice)?;
    let event = noted(&notice);
    let gap = Gap {
        notice,
        noted_at_ms: millis(now),
    };
    state::save_gap(storage, &gap)?;
    Ok(event)
}

/// The missing numbers count as used: the device goes on with `next`.
fn skip(storage: &mut dyn Storage, notice: &GapNotice) -> Result<(), ContractError> {
    let mut head = state::head(storage, notice.device)?;
    checks::sequence(&head, notice.device, notice.from)?;
    // `next` is above `from`, which is at least 1
    head.sequence = notice.next.saturating_sub(1);
    Ok(state::save_head(storage, notice.device, &head)?)
}

fn noted(notice: &GapNotice) -> Event {
    Event::new("gap_noted")
        .add_attribute("device", notice.device.to_string())
        .add_attribute("from", notice.from.to_string())
        .add_attribute("next", notice.next.to_string())
}
