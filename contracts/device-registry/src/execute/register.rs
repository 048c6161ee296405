//! A device enters the registry under its own signature, and its maker's where it has one.

use cosmwasm_std::{Addr, Api, Binary, Event, Storage};
use vitals_api::registry::record::Device;
use vitals_core::registration::Registration;
use vitals_core::rule::Assurance;
use vitals_core::signing::{DeploymentId, Domain};

use super::makers;
use super::signed::{self, Claim};
use crate::error::ContractError;
use crate::record::{Model, Origin};
use crate::state;

pub fn register(
    storage: &mut dyn Storage,
    api: &dyn Api,
    sender: &Addr,
    body: &Binary,
    possession: &Binary,
    attestation: Option<&Binary>,
) -> Result<Event, ContractError> {
    let body = Registration::from_bytes(body)?;
    ensure_registrant(sender, &body)?;
    let model = state::model(storage, body.model)?;
    ensure_new_and_recent(storage, &body, &model)?;
    let deployment = state::deployment(storage)?;
    check_possession(api, &body, &deployment, possession)?;
    if let Some(signature) = attestation {
        check_attestation(storage, api, &body, &model, &deployment, signature)?;
    }
    let assurance = assurance(body.held_by_gateway, attestation.is_some());

    let origin = Origin {
        registrant: body.registrant.clone(),
        serial_commitment: body.serial_commitment,
    };
    let number = state::add_device(storage, &device(body, &model, assurance), &origin)?;
    Ok(Event::new("registered").add_attribute("device", number.to_string()))
}

/// The signature names who may use it, so that nobody registers with what it saw on its way.
fn ensure_registrant(sender: &Addr, body: &Registration) -> Result<(), ContractError> {
    if body.registrant == sender.as_str() {
        return Ok(());
    }
    Err(ContractError::NotTheRegistrant {
        sender: sender.to_string(),
        registrant: body.registrant.clone(),
    })
}

fn ensure_new_and_recent(
    storage: &dyn Storage,
    body: &Registration,
    model: &Model,
) -> Result<(), ContractError> {
    if body.firmware < model.lowest_firmware {
        return Err(ContractError::FirmwareTooLow {
            firmware: body.firmware,
            lowest: model.lowest_firmware,
        });
    }
    match state::may_find_device(storage, &body.key)? {
        None => Ok(()),
        Some(device) => Err(ContractError::KeyRegistered { device }),
    }
}

fn check_possession(
    api: &dyn Api,
    body: &Registration,
    deployment: &DeploymentId,
    signature: &Binary,
) -> Result<(), ContractError> {
    let claim = Claim {
        signer: "the device",
        key: &body.key,
        action: Domain::Register,
        digest: body.digest(Domain::Register, deployment)?,
    };
    signed::check(api, &claim, signature)
}

/// By the key the model's maker attests with now. A bad attestation is refused, not dropped: the
/// registrant would find a lower assurance only later, and a key registers once.
fn check_attestation(
    storage: &dyn Storage,
    api: &dyn Api,
    body: &Registration,
    model: &Model,
    deployment: &DeploymentId,
    signature: &Binary,
) -> Result<(), ContractError> {
    let maker = makers::active(storage, &model.maker)?;
    let claim = Claim {
        signer: "the maker",
        key: &maker.key,
        action: Domain::Attest,
        digest: body.digest(Domain::Attest, deployment)?,
    };
    signed::check(api, &claim, signature)
}

/// A key that a gateway holds is no device's own, whoever attests it.
fn assurance(held_by_gateway: bool, attested: bool) -> Assurance {
    match (held_by_gateway, attested) {
        (true, _) => Assurance::Gateway,
        (false, true) => Assurance::Maker,
        (false, false) => Assurance::SelfDeclared,
    }
}

fn device(body: Registration, model: &Model, assurance: Assurance) -> Device {
    Device {
        key: body.key,
        model: body.model,
        firmware: body.firmware,
        assurance,
        categories: model.categories(),
        action: 0,
        pairing: 0,
        paired: None,
        lost_from_ms: None,
        calibrated_until: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_held_by_a_gateway_has_the_lowest_assurance_even_when_attested() {
        assert_eq!(assurance(false, true), Assurance::Maker);
        assert_eq!(assurance(false, false), Assurance::SelfDeclared);
        assert_eq!(assurance(true, true), Assurance::Gateway);
        assert_eq!(assurance(true, false), Assurance::Gateway);
    }
}
