//! Devices of the ward: made, registered and paired with the files that `vitals-device-sim` writes,
//! as a maker's and a patient's app would.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{json, Value};
use vitals_core::key::Ed25519Signer;
use vitals_core::measure::Measure;
use vitals_device_sim::Kind;
use vitals_testing::TestDevice;

use super::admission::{Admission, Patient};
use crate::backend::wasmd::system::{beside, output, private};
use crate::scenario::number;
use crate::scenario::people::MAKER_SEED;

/// The gateways' own keys, apart from those of the story's devices.
const OWN_SEEDS_FROM: u8 = 100;

pub fn own_seed(place: u8) -> [u8; 32] {
    [OWN_SEEDS_FROM.saturating_add(place); 32]
}

/// Of a device's directory.
pub fn name(who: &str, kind: Kind) -> String {
    format!("{who}-{kind}")
}

impl Admission<'_> {
    /// The gateway as a device, which signs alerts.
    pub fn own_device(
        &self,
        patient: &Patient<'_>,
        gateway: &str,
        place: u8,
    ) -> Result<TestDevice> {
        let at = &self.told.at;
        let mut device = TestDevice::new(OWN_SEEDS_FROM.saturating_add(place), at.id()?);
        device.signer = Ed25519Signer::from_seed(&own_seed(place));
        let measures = [Measure::HeartRate, Measure::OxygenSaturation];
        let list = json!({ "list_model": {
            "name": "Gateway", "measures": measures, "lowest_firmware": 0x0100_0000,
        }});
        let model = self.listed(&list)?;
        let body = device.registration(model, &self.address(gateway)?);
        let register = json!({ "register": {
            "body": cosmwasm_std::Binary::new(body.to_bytes()?),
            "possession": device.sign_registration(&body),
            "attestation": null,
            "holder": null,
        }});
        let done = self.call(gateway, &at.device_registry, &register)?;
        device.device = number(&done, &at.device_registry, "registered", "device")?;
        let (body, signature) = device.pairing_action(patient.id);
        let pair = json!({ "pair": { "body": body, "signature": signature } });
        self.call(patient.who, &at.device_registry, &pair)?;
        Ok(device)
    }

    /// A simulated device of the patient's; its number.
    pub fn device(&self, patient: &Patient<'_>, kind: Kind) -> Result<u64> {
        let at = &self.told.at;
        let home = self.told.backend.home();
        let dir = home.join("devices").join(name(patient.who, kind));
        let sim = |command: &str| -> Result<Command> {
            let mut program = beside("vitals-device-sim")?;
            program.args([command, "--dir"]).arg(&dir);
            Ok(program)
        };
        output(sim("new")?.args(["--kind", kind.name()]))?;
        let model = self.listed(&paper(&mut sim("model")?)?)?;
        let maker_key = private(&home.join("maker.key"), hex::encode(MAKER_SEED).as_bytes())?;
        let mut registration = sim("registration")?;
        registration
            .arg("--deployment")
            .arg(home.join("deployment.json"))
            .args(["--model", &model.to_string()])
            .args(["--registrant", &self.address("maker")?])
            .arg("--maker-key")
            .arg(&maker_key);
        let done = self.send("maker", &paper(&mut registration)?, "register")?;
        let device = number(&done, &at.device_registry, "registered", "device")?;
        let mut pairing = sim("pairing")?;
        pairing
            .args(["--device", &device.to_string()])
            .args(["--patient", &patient.id.to_string()]);
        self.send(patient.who, &paper(&mut pairing)?, "pair")?;
        Ok(device)
    }

    fn listed(&self, paper: &Value) -> Result<u32> {
        let done = self.send("maker", paper, "list_model")?;
        let registry = &self.told.at.device_registry;
        Ok(u32::try_from(number(
            &done,
            registry,
            "model_listed",
            "model",
        )?)?)
    }

    /// What a paper holds under the name of the message.
    fn send(&self, who: &str, paper: &Value, message: &str) -> Result<vitals_ledger::TxOutcome> {
        let content = paper.get(message);
        let content = content.with_context(|| format!("no {message} in what a device wrote"))?;
        let msg = json!({ message: content });
        self.call(who, &self.told.at.device_registry, &msg)
    }
}

fn paper(program: &mut Command) -> Result<Value> {
    Ok(serde_json::from_str(&output(program)?)?)
}
