//! What a gateway is told, in a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cosmwasm_std::Uint64;
use serde::Deserialize;
use vitals_analysis::Threshold;
use vitals_core::decision::GroundRef;
use vitals_core::key::Ed25519Signer;
use vitals_gateway::{GatewayDevice, Secrets};

use crate::failure::Failure;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// As a string: patients' numbers pass 2^53.
    pub patient: Uint64,
    /// Why the gateway's account may seal: `{"grant": {"id": 2}}` or `{"patient": {}}`.
    pub ground: GroundRef,
    /// Devices it asks to measure.
    pub devices: BTreeSet<u64>,
    #[serde(default)]
    pub thresholds: Vec<Threshold>,
    #[serde(default = "max_readings")]
    pub max_readings: u16,
    #[serde(default = "keep_epochs")]
    pub keep_epochs: u32,
    pub vaults: Vec<VaultAt>,
    /// age identity file that opens the gateway's key packages, mode 0600.
    pub identity_file: PathBuf,
    /// The gateway as a device, which signs alerts; findings wait where it is absent.
    pub device: Option<Device>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultAt {
    pub url: String,
    /// What the vault goes by.
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Its number in the registry.
    pub number: u64,
    /// Ed25519 seed of 32 bytes, mode 0600; made where there is none.
    pub key_file: PathBuf,
}

/// Twenty minutes of one reading a second.
fn max_readings() -> u16 {
    1_200
}

/// Two days for a device that was out of reach.
fn keep_epochs() -> u32 {
    48
}

impl Settings {
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|cause| Failure::file(path, cause))?;
        serde_json::from_str(&text).map_err(|cause| Failure::file(path, cause))
    }

    pub fn secrets(&self, dir: &Path) -> Result<Secrets, Failure> {
        let device = self.device.as_ref().map(|device| {
            let seed = Secrets::store_key(&device.key_file)?;
            Ok::<_, Failure>(GatewayDevice {
                device: device.number,
                signer: Ed25519Signer::from_seed(&seed),
            })
        });
        Ok(Secrets {
            store_key: Secrets::store_key(&dir.join("store.key"))?,
            identity: Secrets::identity(&self.identity_file)?,
            device: device.transpose()?,
        })
    }
}
