//! The device registry: devices and their keys, all paired with the one patient.

use cosmwasm_std::{Binary, Uint64};
use serde_json::{json, Value};
use vitals_api::registry;
use vitals_core::key::PublicKey;
use vitals_core::measure::Measure;
use vitals_core::rule::Assurance;
use vitals_ledger::LedgerError;

use super::{first, refused, State, PATIENT};

impl State {
    pub(super) fn registry(&self, msg: registry::QueryMsg) -> Result<Value, LedgerError> {
        let device = match msg {
            registry::QueryMsg::Device { device } => device,
            registry::QueryMsg::Pairing { pairing, .. } => {
                return Ok(json!(registry::PairingInfo {
                    pairing,
                    patient: Uint64::new(PATIENT),
                    from_ms: self.paired_ms,
                    to_ms: self.unpaired_ms,
                }));
            }
            registry::QueryMsg::KeyHistory {
                device,
                start_after,
                ..
            } => {
                let keys = first(start_after.is_none(), &self.keys(device.u64()));
                return Ok(json!(registry::KeysPage { keys }));
            }
            _ => return refused("unasked"),
        };
        let Some((key, categories)) = self.devices.get(&device.u64()) else {
            return refused("registry/unknown_device: no such device");
        };
        Ok(json!(registry::DeviceInfo {
            device,
            key: key_msg(key),
            key_from_sequence: Uint64::new(self.rotated.as_ref().map_or(0, |(_, from)| *from)),
            model: 1,
            firmware: 1,
            assurance: Assurance::Maker,
            measures: match self.cuffs {
                true => vec![Measure::SystolicPressure, Measure::DiastolicPressure],
                false => vec![Measure::HeartRate, Measure::OxygenSaturation],
            },
            categories: categories.clone(),
            registrant: "maker".into(),
            serial_commitment: Binary::default(),
            gateway: None,
            status: registry::DeviceStatus::Active,
            recalled: false,
            action: Uint64::one(),
            pairing: 1,
            patient: self.unpaired_ms.is_none().then_some(Uint64::new(PATIENT)),
            paired_from_ms: Some(self.paired_ms),
            lost_from_ms: None,
            calibrated_from: None,
            calibrated_until: self.calibrated_until,
            retirement: None,
        }))
    }

    /// The one that signs this batch.
    pub(super) fn key(&self, device: u64, sequence: u64) -> &PublicKey {
        match &self.rotated {
            Some((before, from)) if sequence < *from => before,
            _ => &self.devices[&device].0,
        }
    }

    fn keys(&self, device: u64) -> Vec<registry::KeyInfo> {
        let newest = &self.devices[&device].0;
        let before = self.rotated.iter().map(|(before, _)| (before, 0));
        let from = self.rotated.as_ref().map_or(0, |(_, from)| *from);
        let each = before.chain([(newest, from)]);
        let info = |(number, (key, from)): (usize, (&PublicKey, u64))| registry::KeyInfo {
            number: number as u32 + 1,
            key: key_msg(key),
            from_sequence: Uint64::new(from),
            rotated_at_ms: None,
        };
        each.enumerate().map(info).collect()
    }
}

fn key_msg(key: &PublicKey) -> registry::KeyMsg {
    registry::KeyMsg {
        scheme: key.scheme(),
        bytes: Binary::new(key.bytes().to_vec()),
    }
}
