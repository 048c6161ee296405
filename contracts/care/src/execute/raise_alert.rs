//! A signed notice becomes an alert, or counts on the one it repeats.

use cosmwasm_std::{Addr, Api, Binary, Event, QuerierWrapper, Storage, Timestamp};
use vitals_api::block::millis;
use vitals_api::care::CLOCK_AHEAD_MS;
use vitals_api::parse;
use vitals_api::registry::record::{Device, Paired, DEVICES};
use vitals_api::verify::ChainVerifier;
use vitals_core::alert::AlertNotice;
use vitals_core::decision::{Action, GroundRef, Seconds};
use vitals_core::key::{Signature, Verifier};
use vitals_core::signing::DeploymentId;
use vitals_core::time::Millis;

use crate::alert::{Alert, Origin};
use crate::authority::{ensure_permitted, Asked};
use crate::error::ContractError;
use crate::{events, state};

/// A notice as the message brought it, its signature not yet checked.
pub struct Signed {
    notice: AlertNotice,
    signature: Signature,
}

pub fn raise_alert(
    storage: &mut dyn Storage,
    api: &dyn Api,
    querier: QuerierWrapper,
    sender: &Addr,
    now: Timestamp,
    signed: &Signed,
    ground: GroundRef,
) -> Result<Event, ContractError> {
    let notice = &signed.notice;
    let config = state::config(storage)?;
    let device = DEVICES.load(&config.registry(querier), &notice.device)?;
    signed.ensure_by(api, &device, &config.deployment)?;
    let paired = paired_now(&device, notice)?;
    ensure_timely(&device, paired, notice, millis(now))?;
    let asked = Asked {
        patient: paired.patient,
        who: sender,
        action: Action::Seal,
        categories: device.categories,
        at_ms: notice.at_ms,
    };
    ensure_permitted(&config.consent(querier), &asked, ground, now.seconds())?;
    take_number(storage, notice)?;
    let origin = origin(storage, &device, paired, notice)?;
    record(storage, notice, origin, now.seconds(), config.cooldown_s)
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

/// Found within the pairing, before any loss, and not ahead of the block's clock.
fn ensure_timely(
    device: &Device,
    paired: Paired,
    notice: &AlertNotice,
    now_ms: Millis,
) -> Result<(), ContractError> {
    let (at_ms, from_ms) = (notice.at_ms, paired.from_ms);
    let latest = now_ms.saturating_add(CLOCK_AHEAD_MS);
    if at_ms > latest {
        return Err(ContractError::AheadOfTime { at_ms, latest });
    }
    if at_ms < from_ms {
        return Err(ContractError::BeforePairing { at_ms, from_ms });
    }
    match device.lost_from_ms {
        Some(lost_from_ms) if device.was_lost_at(at_ms) => Err(ContractError::DeviceLost {
            device: notice.device,
            lost_from_ms,
            at_ms,
        }),
        _ => Ok(()),
    }
}

/// Every notice takes a number above its device's last, one that only counts included: none is
/// heard twice. Numbers may be left out: a notice that could not be sent, of a pairing that ended
/// say, must not silence those after it, and hides nothing its sender could not have kept back.
fn take_number(storage: &mut dyn Storage, notice: &AlertNotice) -> Result<(), ContractError> {
    let (device, got) = (notice.device, notice.number);
    let last = state::last_notice(storage, device)?;
    if got <= last {
        return Err(ContractError::AlertNumber { device, got, last });
    }
    Ok(state::set_last_notice(storage, device, got)?)
}

fn origin(
    storage: &dyn Storage,
    device: &Device,
    paired: Paired,
    notice: &AlertNotice,
) -> Result<Origin, ContractError> {
    let (patient, ladder) = (paired.patient, notice.ladder);
    Ok(Origin {
        patient,
        categories: device.categories,
        ladder: state::newest_ladder(storage, patient, ladder)?
            .ok_or(ContractError::UnknownLadder { patient, ladder })?,
    })
}

fn record(
    storage: &mut dyn Storage,
    notice: &AlertNotice,
    origin: Origin,
    now: Seconds,
    cooldown_s: u32,
) -> Result<Event, ContractError> {
    match state::latest_alert(storage, notice)? {
        Some((number, alert)) if alert.takes_notices(now, cooldown_s) => {
            state::set_alert(storage, number, &alert.counted()?)?;
            Ok(events::counted(number))
        }
        _ => {
            let alert = Alert::raised(notice, origin, now);
            let number = state::add_alert(storage, notice, &alert)?;
            Ok(events::raised(number, &alert))
        }
    }
}
