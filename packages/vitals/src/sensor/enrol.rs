//! From a serial number to a device that is registered, paired and in the gateway's book.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::registry::{DeviceInfo, ExecuteMsg, HolderMsg, KeyMsg, ModelInfo, QueryMsg};
use vitals_core::key::{PublicKey, Signer};
use vitals_core::measure::Measure;
use vitals_core::registration::{serial_commitment, PairingAction, Registration};
use vitals_core::signing::{DeploymentId, Domain};
use vitals_gateway::GatewayDevice;
use vitals_ledger::{query, Account, Call, Deployment};
use vitals_sensors::signed::{Draft, SensorBook};
use vitals_sensors::{Identity, Settings};

use crate::failure::Failure;

pub struct Enrolment<'a> {
    pub deployment: &'a Deployment,
    pub patient: u64,
    pub serial: &'a str,
    pub model: u32,
    pub firmware: Option<u32>,
    /// The gateway as a registered device, which signs that it holds the key.
    pub holder: Option<&'a GatewayDevice>,
}

impl Enrolment<'_> {
    /// Each step is done where it is not done yet, so that the same again goes on where it ended.
    pub fn run(
        &self,
        account: &impl Account,
        book: &SensorBook,
        settings: impl FnOnce(&[Measure]) -> Settings,
    ) -> Result<Identity, Failure> {
        let id = self.deployment.id()?;
        let draft = book.draft(self.serial)?;
        let key = draft.signer().public_key();
        if self.by_key(account, &key)?.is_none() {
            self.register(account, &draft, &id)?;
        }
        let device = self.registered(account, &key)?;
        self.pair(account, &draft, &device, &id)?;
        let device = self.registered(account, &key)?;
        let identity = Identity {
            device: device.device.u64(),
            pairing: device.pairing,
            deployment: id,
            next_sequence: 1,
        };
        book.add(&draft, &identity, &settings(&device.measures))?;
        Ok(identity)
    }

    fn by_key(
        &self,
        account: &impl Account,
        key: &PublicKey,
    ) -> Result<Option<DeviceInfo>, Failure> {
        let asked = QueryMsg::DeviceByKey {
            key: KeyMsg {
                scheme: key.scheme(),
                bytes: Binary::new(key.bytes().to_vec()),
            },
        };
        match query(account, &self.deployment.device_registry, &asked) {
            Ok(device) => Ok(Some(device)),
            Err(error) if error.code() == UNKNOWN => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn registered(&self, account: &impl Account, key: &PublicKey) -> Result<DeviceInfo, Failure> {
        let missing = || Failure::new("cli/sensor", "the registry does not know its key yet");
        self.by_key(account, key)?.ok_or_else(missing)
    }

    fn register(
        &self,
        account: &impl Account,
        draft: &Draft,
        id: &DeploymentId,
    ) -> Result<(), Failure> {
        let asked = QueryMsg::Model { model: self.model };
        let model: ModelInfo = query(account, &self.deployment.device_registry, &asked)?;
        let body = Registration {
            key: draft.signer().public_key(),
            model: self.model,
            firmware: self.firmware.unwrap_or(model.lowest_firmware),
            serial_commitment: serial_commitment(&draft.salt, self.serial),
            held_by_gateway: true,
            registrant: account.address().into(),
        };
        let digest = |domain| body.digest(domain, id).map_err(coded);
        let holder = self.holder.map(|gateway| {
            let signature = gateway.signer.sign(&digest(Domain::Hold)?);
            Ok::<_, Failure>(HolderMsg {
                gateway: Uint64::new(gateway.device),
                signature: Binary::new(signature.to_vec()),
            })
        });
        let possession = draft.signer().sign(&digest(Domain::Register)?);
        self.send(
            account,
            &ExecuteMsg::Register {
                body: Binary::new(body.to_bytes().map_err(coded)?),
                possession: Binary::new(possession.to_vec()),
                attestation: None,
                holder: holder.transpose()?,
            },
        )
    }

    fn pair(
        &self,
        account: &impl Account,
        draft: &Draft,
        device: &DeviceInfo,
        id: &DeploymentId,
    ) -> Result<(), Failure> {
        match device.patient.map(|patient| patient.u64()) {
            Some(patient) if patient == self.patient => return Ok(()),
            Some(_) => {
                let message = format!("device {} is with another patient", device.device);
                return Err(Failure::new("cli/sensor", message));
            }
            None => (),
        }
        let body = PairingAction {
            device: device.device.u64(),
            action: device.action.u64().saturating_add(1),
            patient: self.patient,
        };
        let signature = draft.signer().sign(&body.digest(Domain::Pair, id));
        let pair = ExecuteMsg::Pair {
            body: Binary::new(body.to_bytes()),
            signature: Binary::new(signature.to_vec()),
        };
        self.send(account, &pair).map_err(|refused| {
            let number = device.device;
            let rest =
                "and is paired by the same command with the account of the patient, or of a \
                        guardian with the power `grant`";
            Failure::new(
                "cli/pairing",
                format!("device {number} is registered, {rest}: {refused}"),
            )
        })
    }

    fn send(&self, account: &impl Account, msg: &ExecuteMsg) -> Result<(), Failure> {
        account.execute(&[Call::new(&self.deployment.device_registry, msg)?])?;
        Ok(())
    }
}

/// The registry's code for a key that no device has.
const UNKNOWN: &str = "state/not_found";

fn coded(cause: vitals_core::FormatError) -> Failure {
    Failure::new("cli/sensor", cause)
}

/// `major.minor.patch` as the registry counts it: 8, 8 and 16 bits.
pub fn firmware(text: &str) -> Result<u32, String> {
    let rule = || "expected major.minor.patch, of 255.255.65535 at most".to_string();
    let parts: Vec<&str> = text.split('.').collect();
    let [major, minor, patch] = parts[..] else {
        return Err(rule());
    };
    let small = |part: &str| part.parse::<u8>().map(u32::from).map_err(|_| rule());
    let patch = patch.parse::<u16>().map_err(|_| rule())?;
    Ok(small(major)? << 24 | small(minor)? << 16 | u32::from(patch))
}
