//! What a device and its maker sign, as JSON that apps take. The README has the shapes.

use cosmwasm_std::Binary;
use serde_json::{json, Value};
use vitals_api::registry::{ExecuteMsg, KeyMsg};
use vitals_core::key::{PublicKey, Signer};
use vitals_core::registration::{serial_commitment, PairingAction, Registration};
use vitals_core::signing::Domain;

use crate::failure::Failure;
use crate::file::{DeviceFile, MakerKey, FIRMWARE};

/// Of the shapes below.
const VERSION: u32 = 1;

/// What a maker sends to list the model that a device is of.
pub fn model(device: &DeviceFile) -> Result<Value, Failure> {
    let list = ExecuteMsg::ListModel {
        name: format!("Simulated {}", device.kind),
        measures: device.kind.measures(),
        lowest_firmware: FIRMWARE,
    };
    paper("device_model", None, &list)
}

/// What the registry's owner sends to admit a maker.
pub fn maker(key: &MakerKey, account: &str, name: &str) -> Result<Value, Failure> {
    let admit = ExecuteMsg::AdmitMaker {
        maker: account.into(),
        name: name.into(),
        key: shown(&key.0.public_key()),
    };
    paper("maker", None, &admit)
}

/// What `registrant` sends: the device signs that it holds its key, the maker that it built it.
pub fn registration(
    device: &DeviceFile,
    model: u32,
    registrant: &str,
    maker: Option<&MakerKey>,
) -> Result<Value, Failure> {
    let signer = device.signer()?;
    let body = Registration {
        key: signer.public_key(),
        model,
        firmware: FIRMWARE,
        serial_commitment: serial_commitment(&device.salt()?, &device.serial_number),
        held_by_gateway: false,
        registrant: registrant.into(),
    };
    let deployment = device.deployment()?;
    let possession = signer.sign(&body.digest(Domain::Register, &deployment)?);
    let attested = body.digest(Domain::Attest, &deployment)?;
    let register = ExecuteMsg::Register {
        body: Binary::new(body.to_bytes()?),
        possession: Binary::new(possession.to_vec()),
        attestation: maker.map(|maker| Binary::new(maker.0.sign(&attested).to_vec())),
        holder: None,
    };
    let about = json!({
        "key": shown(&body.key),
        "model": model,
        "firmware": FIRMWARE,
        "registrant": registrant,
    });
    paper("device_registration", Some((device, about)), &register)
}

/// What the patient sends; good for this device, patient and action number alone.
pub fn pairing(device: &DeviceFile, patient: u64) -> Result<Value, Failure> {
    let body = PairingAction {
        device: device.number()?,
        action: device.action,
        patient,
    };
    let signature = device
        .signer()?
        .sign(&body.digest(Domain::Pair, &device.deployment()?));
    let pair = ExecuteMsg::Pair {
        body: Binary::new(body.to_bytes()),
        signature: Binary::new(signature.to_vec()),
    };
    let about = json!({
        "number": body.device.to_string(),
        "action": body.action.to_string(),
        "patient": patient.to_string(),
    });
    paper("device_pairing", Some((device, about)), &pair)
}

/// The message under its name, with what an app shows of the device.
fn paper(
    what: &str,
    shown: Option<(&DeviceFile, Value)>,
    message: &ExecuteMsg,
) -> Result<Value, Failure> {
    let mut paper = serde_json::to_value(message)?;
    paper["cw_vitals"] = what.into();
    paper["version"] = VERSION.into();
    if let Some((device, about)) = shown {
        paper["device"] = about;
        paper["device"]["kind"] = device.kind.name().into();
        paper["device"]["serial_number"] = device.serial_number.clone().into();
        paper["device"]["measures"] = serde_json::to_value(device.kind.measures())?;
    }
    Ok(paper)
}

fn shown(key: &PublicKey) -> KeyMsg {
    KeyMsg {
        scheme: key.scheme(),
        bytes: Binary::new(key.bytes().to_vec()),
    }
}
