//! A hole in a device's numbers that the device itself signed for.

use cosmwasm_std::{Binary, Event, Storage};
use vitals_api::parse;
use vitals_api::registry::read::{key_for, pairing_of};
use vitals_api::registry::record::{Device, DEVICES};
use vitals_api::store::Remote;
use vitals_core::measured::GapNotice;

use super::{checks, devices, Call};
use crate::error::ContractError;
use crate::record::Gap;
use crate::state;

// not inlined: wasmvm allows no function of more than 100 locals
#[inline(never)]
pub fn note(
    storage: &mut dyn Storage,
    call: &Call<'_>,
    notice: &Binary,
    signature: &Binary,
) -> Result<Event, ContractError> {
    let notice = GapNotice::from_bytes(notice)?;
    let registry = Remote {
        querier: call.querier,
        contract: &call.config.registry,
    };
    let device = DEVICES.load(&registry, &notice.device)?;
    ensure_signed(call, &registry, &device, &notice, signature)?;
    let mut head = state::head(storage, notice.device)?;
    checks::sequence(&head, notice.device, notice.from)?;
    let pairing = pairing_of(&registry, notice.device, &device, notice.pairing)?;
    // `next` is above `from`, which is at least 1
    let last = notice.next.saturating_sub(1);
    checks::gap(&head, &device, &pairing, &notice, call.now_ms())?;
    devices::ensure_not_after_last(&registry, &device, notice.device, last)?;

    // the missing numbers count as used: the device goes on with `next`
    head.sequence = last;
    state::save_head(storage, notice.device, &head)?;
    let event = noted(&notice);
    let gap = Gap {
        notice,
        noted_at_ms: call.now_ms(),
    };
    state::save_gap(storage, &gap)?;
    Ok(event)
}

/// By the key of the batch it goes on with: a device that changed its key within the hole has no
/// other any more, and who has an old one must not speak for what came after it.
fn ensure_signed(
    call: &Call<'_>,
    registry: &Remote<'_>,
    device: &Device,
    notice: &GapNotice,
    signature: &Binary,
) -> Result<(), ContractError> {
    let signature = parse::bytes("signature", signature)?;
    let key = key_for(registry, notice.device, device, notice.next)?;
    let digest = notice.digest(&call.config.deployment);
    checks::signature(&call.verifier(), notice.device, &key, &digest, &signature)
}

fn noted(notice: &GapNotice) -> Event {
    Event::new("gap_noted")
        .add_attribute("device", notice.device.to_string())
        .add_attribute("from", notice.from.to_string())
        .add_attribute("next", notice.next.to_string())
}
