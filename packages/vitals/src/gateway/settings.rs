//! `[gateway]`: one patient's edge.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use cosmwasm_std::Uint64;
use serde::{Deserialize, Deserializer};
use vitals_analysis::Threshold;
use vitals_chain_client::Node;
use vitals_core::decision::GroundRef;
use vitals_gateway::{check_thresholds, ConditionRules, GatewayDevice, Secrets, Witness};
use vitals_vault_client::{checked_url, parse_ground};
use zeroize::Zeroizing;

use super::mqtt::Mqtt;
use crate::config::{self, Fault};
use crate::connect::first_line;
use crate::failure::Failure;

/// Where in its directory a running gateway says how commands reach it.
pub const CONTROL_FILE: &str = "control.json";
/// What everything in the store is encrypted under.
pub const STORE_KEY: &str = "store.key";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// As a string: patients' numbers pass 2^53.
    pub patient: Uint64,
    /// The store, and the key files made for it.
    pub dir: PathBuf,
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
    /// Its first line is the passphrase of the store's key and of the identity, where they have one.
    pub passphrase_file: Option<PathBuf>,
    /// A device that measures by itself and has no stored reading for so long raises an alert.
    #[serde(default = "silent_after_s")]
    pub silent_after_s: u32,
    /// The same of single devices, by their numbers, whatever they measure; 0: never.
    #[serde(default)]
    pub silent_after_of: BTreeMap<DeviceNumber, u32>,
    /// Which of the patient's ladders alerts about devices and the gateway climb.
    #[serde(default = "condition_ladder")]
    pub condition_ladder: u8,
    /// The gateway as a device, which signs alerts; findings wait where it is absent.
    pub device: Option<Device>,
    /// How devices connect.
    pub mqtt: Option<Mqtt>,
    /// `/healthz`, `/metrics` and what commands ask of it.
    #[serde(default = "ops_listen")]
    pub ops_listen: SocketAddr,
    /// It is not well once something waits longer.
    #[serde(default = "waiting_limit_s")]
    pub waiting_limit_s: u64,
    /// Why the gateway's account may seal: `patient` or `grant:<number>`.
    #[serde(deserialize_with = "ground")]
    pub ground: GroundRef,
    /// Why it may read the care plan: as `ground`, which it is unless given.
    #[serde(default, deserialize_with = "plan_ground")]
    plan_ground: Option<GroundRef>,
    /// RPC endpoints of nodes that others run: each must name the same readers of an alert as
    /// `chain.node` does, by account and key, or its detail is not encrypted to them.
    #[serde(default)]
    pub witnesses: Vec<String>,
}

/// The key of a TOML table is text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct DeviceNumber(u64);

impl TryFrom<String> for DeviceNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = text.parse().map(Self);
        number.map_err(|_| format!("`{text}` is no device number"))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultAt {
    pub url: String,
    /// What the vault goes by.
    pub name: String,
    /// PEM of whom alone to trust for its certificate; else whom browsers do.
    pub authority_file: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Its number in the registry.
    pub number: u64,
    /// Its Ed25519 seed, which is encrypted under the store's key; made where there is none.
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

fn silent_after_s() -> u32 {
    ConditionRules::default().silent_after_s
}

fn condition_ladder() -> u8 {
    ConditionRules::default().ladder
}

fn ops_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 9464))
}

/// A batch is measured for an hour at most; another for a vault or node that is away.
fn waiting_limit_s() -> u64 {
    7_200
}

fn ground<'de, D: Deserializer<'de>>(from: D) -> Result<GroundRef, D::Error> {
    let text = String::deserialize(from)?;
    match parse_ground(&text) {
        Some(ground @ (GroundRef::Patient {} | GroundRef::Grant { .. })) => Ok(ground),
        _ => {
            let rule = format!("`{text}` is neither patient nor grant:<number>");
            Err(serde::de::Error::custom(rule))
        }
    }
}

fn plan_ground<'de, D: Deserializer<'de>>(from: D) -> Result<Option<GroundRef>, D::Error> {
    ground(from).map(Some)
}

impl config::Settings for Settings {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.max_readings == 0 {
            faults.push(Fault::new("max_readings", "0 is not between 1 and 65535"));
        }
        if self.vaults.is_empty() {
            faults.push(Fault::new(
                "vaults",
                "names none; at least one keeps what is sealed",
            ));
        }
        let names: BTreeSet<_> = self.vaults.iter().map(|vault| &vault.name).collect();
        if names.len() < self.vaults.len() {
            faults.push(Fault::new("vaults", "two go by one name"));
        }
        let urls = self.vaults.iter().map(|at| checked_url(&at.url));
        for cause in urls.filter_map(Result::err) {
            faults.push(Fault::new("vaults", cause));
        }
        if let Err(cause) = check_thresholds(&self.thresholds) {
            faults.push(Fault::new("thresholds", cause));
        }
        if self.waiting_limit_s == 0 {
            faults.push(Fault::new("waiting_limit_s", "0 is not at least 1"));
        }
        for cause in self.witnesses.iter().filter_map(|at| Node::new(at).err()) {
            faults.push(Fault::new("witnesses", Failure::from(cause)));
        }
        faults.extend(self.mqtt.iter().flat_map(Mqtt::check));
        faults
    }
}

impl config::Service for Settings {
    fn with_chain(&self, chain: &config::Chain) -> Vec<String> {
        chain.signing_key().err().into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let absent = "gateway.device: absent, so no alert is raised: findings wait for it";
        let absent = self.device.is_none().then(|| absent.into());
        absent.into_iter().collect()
    }
}

impl Settings {
    pub fn secrets(&self) -> Result<Secrets, Failure> {
        let passphrase = self.passphrase()?;
        let passphrase = passphrase.as_ref().map(|text| text.as_str());
        let store_key = Secrets::unlock(&self.in_dir(STORE_KEY), passphrase)?;
        let device = self.device.as_ref().map(|device| {
            Ok::<_, Failure>(GatewayDevice {
                device: device.number,
                signer: Secrets::device_signer(&device.key_file, &store_key)?,
            })
        });
        Ok(Secrets {
            device: device.transpose()?,
            identity: Secrets::identity_under(&self.identity_file, passphrase)?,
            store_key,
        })
    }

    fn passphrase(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        self.passphrase_file.as_deref().map(first_line).transpose()
    }

    pub fn plan_ground(&self) -> GroundRef {
        self.plan_ground.unwrap_or(self.ground)
    }

    pub fn witnesses(&self) -> Result<Vec<Witness>, Failure> {
        let node = |at: &String| Ok(Box::new(Node::new(at)?) as Witness);
        self.witnesses.iter().map(node).collect()
    }

    pub fn conditions(&self) -> ConditionRules {
        ConditionRules {
            silent_after_s: self.silent_after_s,
            silent_after_of: self
                .silent_after_of
                .iter()
                .map(|(d, s)| (d.0, *s))
                .collect(),
            ladder: self.condition_ladder,
        }
    }

    /// Software devices of sensors that cannot sign.
    pub fn sensors(&self) -> PathBuf {
        self.in_dir("sensors.db")
    }

    pub fn store(&self) -> PathBuf {
        self.in_dir("gateway.db")
    }

    /// How devices connect over MQTT: by its own endpoint on loopback where nothing is said, not at
    /// all where nothing is said and lines come on stdin.
    pub fn mqtt(&self, stdin: bool) -> Option<Mqtt> {
        match &self.mqtt {
            None if !stdin => Some(Mqtt::default()),
            said => said.clone(),
        }
    }

    /// What the gateway's files are of no use without.
    pub fn key_files(&self) -> Vec<PathBuf> {
        let device = self.device.iter().map(|device| device.key_file.clone());
        let own = [
            self.in_dir(STORE_KEY),
            self.passwords(),
            self.identity_file.clone(),
        ];
        own.into_iter().chain(device).collect()
    }

    /// The devices' passwords, hashed.
    pub fn passwords(&self) -> PathBuf {
        self.in_dir("mqtt-passwords")
    }

    pub fn in_dir(&self, name: impl AsRef<Path>) -> PathBuf {
        self.dir.join(name)
    }
}
