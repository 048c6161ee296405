//! In place of a chain: a table of devices that answers what the registry would. Taking readings in
//! asks the chain nothing else, and waits for none of it.

use cosmwasm_std::{Binary, Uint64};
use serde_json::{json, Value};
use vitals_api::{anchor, registry};
use vitals_core::key::PublicKey;
use vitals_core::measure::Category;
use vitals_core::rule::Assurance;
use vitals_core::signing::DeploymentId;
use vitals_ledger::{Account, Call, Deployment, LedgerError, Reader, TxOutcome};

pub const PATIENT: u64 = 1;
pub const DEPLOYMENT: DeploymentId = [4; 32];

pub type Known = (u64, PublicKey);

pub struct Registry(pub Vec<Known>);

pub fn deployment() -> Deployment {
    Deployment {
        chain_id: "bench-1".into(),
        consent: "consent".into(),
        device_registry: "registry".into(),
        vitals_anchor: "anchor".into(),
        care: "care".into(),
        claims: "claims".into(),
        deployment_id: hex::encode(DEPLOYMENT),
    }
}

fn none<T>() -> Result<T, LedgerError> {
    let cause = "there is no chain here".into();
    Err(LedgerError::Unreachable { cause })
}

impl Registry {
    fn device(&self, msg: &Value) -> Option<registry::DeviceInfo> {
        let asked = serde_json::from_value(msg.clone()).ok()?;
        let registry::QueryMsg::Device { device } = asked else {
            return None;
        };
        let (_, key) = self.0.iter().find(|(known, _)| *known == device.u64())?;
        Some(info(device, key))
    }
}

fn info(device: Uint64, key: &PublicKey) -> registry::DeviceInfo {
    registry::DeviceInfo {
        device,
        key: registry::KeyMsg {
            scheme: key.scheme(),
            bytes: Binary::new(key.bytes().to_vec()),
        },
        key_from_sequence: Uint64::zero(),
        model: 1,
        firmware: 1,
        assurance: Assurance::Maker,
        measures: vec![],
        categories: vec![Category::Cardiac],
        registrant: "maker".into(),
        serial_commitment: Binary::default(),
        gateway: None,
        status: registry::DeviceStatus::Active,
        recalled: false,
        action: Uint64::one(),
        pairing: 1,
        patient: Some(Uint64::new(PATIENT)),
        paired_from_ms: Some(0),
        lost_from_ms: None,
        calibrated_from: None,
        calibrated_until: None,
        retirement: None,
    }
}

impl Reader for Registry {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok("bench-1".into())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        none()
    }

    fn height(&self) -> Result<u64, LedgerError> {
        none()
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let nothing_yet = anchor::DeviceHead {
            sequence: Uint64::zero(),
            last: vec![],
        };
        match contract {
            "registry" => self.device(msg).map_or_else(none, |info| Ok(json!(info))),
            "anchor" => Ok(json!(nothing_yet)),
            _ => none(),
        }
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        none()
    }
}

impl Account for Registry {
    fn address(&self) -> &str {
        "gateway"
    }

    fn execute(&self, _: &[Call]) -> Result<TxOutcome, LedgerError> {
        none()
    }
}
