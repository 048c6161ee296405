//! A signed notice becomes an alert, or counts on the one it repeats.

use cosmwasm_std::{Api, Binary, Event, Storage};
use vitals_api::care::CLOCK_AHEAD_MS;
use vitals_api::parse;
use vitals_api::registry::record::{Device, Paired, DEVICES};
use vitals_api::verify::ChainVerifier;
use vitals_core::alert::AlertNotice;
use vitals_core::decision::{Action, GroundRef};
use vitals_core::key::{Signature, Verifier};
use vitals_core::signing::DeploymentId;
use vitals_core::time::Millis;

use super::Call;
use crate::alert::{Alert, Cause, Found, Origin};
use crate::authority::{ensure_permitted, Asked};
use crate::config::Config;
use crate::device_log::DeviceLog;
use crate::error::ContractError;
use crate::life::Life;
use crate::{events, state};

/// A notice as the message brought it, its signature not yet checked.
pub struct Signed {
    notice: AlertNotice,
    signature: Signature,
}

pub fn raise_alert(
    storage: &mut dyn Storage,
    call: &Call,
    signed: &Signed,
    ground: GroundRef,
) -> Result<Event, ContractError> {
    let notice = &signed.notice;
    let config = state::config(storage)?;
    let device = DEVICES.load(&config.registry(call.querier), &notice.device)?;
    signed.ensure_by(call.api, &device, &config.deployment)?;
    let paired = paired_now(&device, notice)?;
    ensure_timely(&device, paired, notice, call.now_ms())?;
    let asked = Asked {
        patient: paired.patient,
        who: call.sender,
        action: Action::Seal,
        categories: device.categories(),
        at_ms: notice.at_ms,
    };
    ensure_permitted(&config.consent(call.querier), &asked, ground, call.now_s())?;
    let log = state::device_log(storage, notice.device)?.taking(notice)?;
    let origin = origin(storage, &device, paired, notice)?;
    record(storage, call, &config, notice, origin, log)
}

impl Signed {
    pub fn parse(body: &Binary, signature: &Binary) -> Result<Self, ContractError> {
        Ok(Self {
            notice: AlertNotice::from_bytes(body)?,
            signature: parse::bytes("signature", signature)?,
        })
    }

    fn ensure_by(
        &self,
        api: &dyn Api,
        device: &Device,
        deployment: &DeploymentId,
    ) -> Result<(), ContractError> {
        let digest = self.notice.digest(deployment);
        if ChainVerifier(api).verify(&device.key, &digest, &self.signature) {
            return Ok(());
        }
        Err(ContractError::BadSignature {
            device: self.notice.device,
        })
    }
}

/// The pairing the notice names is the one that lasts.
fn paired_now(device: &Device, notice: &AlertNotice) -> Result<Paired, ContractError> {
    device
        .paired
        .filter(|_| device.pairing == notice.pairing)
        .ok_or(ContractError::WrongPairing {
            device: notice.device,
            pairing: notice.pairing,
        })
}

/// Found within the pairing, by a device that was then in use and not lost, and not ahead of the
/// block's clock.
fn ensure_timely(
    device: &Device,
    paired: Paired,
    notice: &AlertNotice,
    now_ms: Millis,
) -> Result<(), ContractError> {
    let (number, at_ms, from_ms) = (notice.device, notice.at_ms, paired.from_ms);
    let latest = now_ms.saturating_add(CLOCK_AHEAD_MS);
    if at_ms > latest {
        return Err(ContractError::AheadOfTime { at_ms, latest });
    }
    if at_ms < from_ms {
        return Err(ContractError::BeforePairing { at_ms, from_ms });
    }
    if let Some(lost_from_ms) = device.lost_from_ms.filter(|lost| at_ms >= *lost) {
        return Err(ContractError::DeviceLost {
            device: number,
            lost_from_ms,
            at_ms,
        });
    }
    match device.unusable_during(at_ms, at_ms) {
        Some(why) => Err(ContractError::DeviceUnusable {
            device: number,
            at_ms,
            why,
        }),
        None => Ok(()),
    }
}

fn origin(
    storage: &dyn Storage,
    device: &Device,
    paired: Paired,
    notice: &AlertNotice,
) -> Result<Origin, ContractError> {
    let (patient, ladder) = (paired.patient, notice.ladder);
    let newest = state::newest_ladder(storage, patient, ladder)?
        .ok_or(ContractError::UnknownLadder { patient, ladder })?;
    Ok(Origin {
        patient,
        categories: device.categories(),
        ladder: Some(newest),
    })
}

fn record(
    storage: &mut dyn Storage,
    call: &Call,
    config: &Config,
    notice: &AlertNotice,
    origin: Origin,
    log: DeviceLog,
) -> Result<Event, ContractError> {
    let (found, now) = (Found::from(notice), call.now_s());
    let latest = state::latest_alert(storage, &found)?;
    if let Some((number, alert)) = counts_on(storage, latest.as_ref(), &log, config, now)? {
        state::set_alert(storage, number, &alert.clone().counted()?)?;
        state::set_device_log(storage, notice.device, &log)?;
        return Ok(events::counted(number, &alert, &found));
    }
    let raised = Alert::raised(Cause::Device(found), origin, notice.at_ms, now);
    let alert = Alert {
        follows: latest.and_then(unanswered),
        ..raised
    };
    let number = state::add_alert(storage, &alert)?;
    state::set_device_log(storage, notice.device, &log.raised(number))?;
    Ok(events::raised(number, &alert))
}

/// The latest of its rule while that takes notices; else, where the device has as many unresolved
/// as it may, the latest of any rule that somebody still has to answer.
fn counts_on(
    storage: &dyn Storage,
    latest: Option<&(u64, Alert)>,
    log: &DeviceLog,
    config: &Config,
    now: u64,
) -> Result<Option<(u64, Alert)>, ContractError> {
    let of_rule = latest.filter(|(_, alert)| alert.takes_notices(now, config));
    if let Some(found) = of_rule {
        return Ok(Some(found.clone()));
    }
    let Some(number) = log.crowded() else {
        return Ok(None);
    };
    let alert = state::alert(storage, number)?;
    let takes = !alert.is_resolved() && alert.takes_notices(now, config);
    Ok(takes.then_some((number, alert)))
}

/// The number of an alert that somebody took on and nobody resolved.
fn unanswered((number, alert): (u64, Alert)) -> Option<u64> {
    matches!(alert.life, Life::Acknowledged(_)).then_some(number)
}
