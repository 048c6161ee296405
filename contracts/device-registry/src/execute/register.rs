//! A device enters the registry under its own signature, and its maker's where it has one.

use cosmwasm_std::{Api, Binary, Event, Storage};
use vitals_api::registry::record::{Device, Status};
use vitals_api::registry::HolderMsg;
use vitals_core::key::PublicKey;
use vitals_core::registration::Registration;
use vitals_core::rule::Assurance;
use vitals_core::signing::{DeploymentId, Domain};

use super::signed::{self, Claim};
use super::{fitness, makers};
use crate::access::Caller;
use crate::error::ContractError;
use crate::record::{Model, Origin};
use crate::state;

/// The signatures over one registration, besides the holder's.
pub struct Signatures<'a> {
    pub possession: &'a Binary,
    pub attestation: Option<&'a Binary>,
}

pub fn register(
    storage: &mut dyn Storage,
    api: &dyn Api,
    caller: &Caller<'_>,
    body: &Binary,
    signatures: &Signatures<'_>,
    holder: Option<&HolderMsg>,
) -> Result<Event, ContractError> {
    let body = Registration::from_bytes(signed::body(body)?)?;
    // the signature names who may use it: nobody registers with what it saw on its way
    caller.ensure_registrant(&body.registrant)?;
    let model = state::model(storage, body.model)?;
    fitness::ensure_firmware(storage, body.model, &model, body.firmware)?;
    ensure_new_key(storage, &body.key)?;
    let deployment = state::deployment(storage)?;
    check_possession(api, &body, &deployment, signatures.possession)?;
    if let Some(signature) = signatures.attestation {
        check_attestation(storage, api, &body, &model, &deployment, signature)?;
    }
    if let Some(holder) = holder {
        check_holder(storage, api, &body, &deployment, holder)?;
    }

    let assurance = assurance(body.held_by_gateway, signatures.attestation.is_some());
    let origin = Origin {
        registrant: api.addr_canonicalize(&body.registrant)?,
        serial_commitment: body.serial_commitment,
        gateway: holder.map(|holder| holder.gateway.u64()),
    };
    let (number, firmware) = (body.model, body.firmware);
    let device = Device::new(body.key, number, firmware, assurance, model.measures);
    let number = state::add_device(storage, &device, origin)?;
    Ok(Event::new("registered").add_attribute("device", number.to_string()))
}

/// A key is registered once, also where it was rotated out.
pub fn ensure_new_key(storage: &dyn Storage, key: &PublicKey) -> Result<(), ContractError> {
    match state::may_find_device(storage, key)? {
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
    let digest = body.digest(Domain::Register, deployment)?;
    let claim = Claim::by_device(&body.key, Domain::Register, digest);
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

/// The gateway is a device in use that signs with a key of its own.
fn check_holder(
    storage: &dyn Storage,
    api: &dyn Api,
    body: &Registration,
    deployment: &DeploymentId,
    holder: &HolderMsg,
) -> Result<(), ContractError> {
    let number = holder.gateway.u64();
    let gateway = state::device(storage, number)?;
    fitness::ensure_not_lost(number, &gateway)?;
    if !body.held_by_gateway
        || gateway.assurance == Assurance::Gateway
        || gateway.status != Status::Active
        || gateway.recalled
    {
        return Err(ContractError::NotAHolder { gateway: number });
    }
    let claim = Claim {
        signer: "the gateway",
        key: &gateway.key,
        action: Domain::Hold,
        digest: body.digest(Domain::Hold, deployment)?,
    };
    signed::check(api, &claim, &holder.signature)
}

/// A key that a gateway holds is no device's own, whoever attests it.
fn assurance(held_by_gateway: bool, attested: bool) -> Assurance {
    match (held_by_gateway, attested) {
        (true, _) => Assurance::Gateway,
        (false, true) => Assurance::Maker,
        (false, false) => Assurance::SelfDeclared,
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
