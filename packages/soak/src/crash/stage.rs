//! Everything that runs: node, two vaults, gateway, and a broker where one is wanted.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;
use vitals_keys::{Named, Vaults};

use super::device::Wire;
use super::{broker, sensor, Plan};
use crate::service::Service;
use crate::world::{free_port, GatewaySetup, Patient, VaultAt, World};

/// Small, so that there is always one that closes, seals or is anchored.
const MAX_READINGS: u16 = 200;
const FIRST_SEED: u8 = 31;

pub struct Stage {
    pub world: World,
    pub patient: Patient,
    pub vaults: Vec<VaultAt>,
    pub wires: Vec<Wire>,
    /// A sensor that cannot sign.
    pub thermometer: Option<Wire>,
    config: PathBuf,
    /// The gateway's `/metrics`.
    pub ops: std::net::SocketAddr,
    /// The node first; it is the world's own.
    pub services: Vec<Service>,
}

impl Stage {
    pub fn set(
        mut world: World,
        plan: &Plan,
        devices: u8,
        thresholds: serde_json::Value,
    ) -> Result<Self> {
        let patient = with_own_device(&world)?;
        let (mut services, mut vaults) = (Vec::new(), Vec::new());
        for (name, account) in [("vault-a", "vault"), ("vault-b", "vault-2")] {
            let (mut service, vault) = world.vault(name, Some(account), &[])?;
            service.start()?;
            services.push(service);
            vaults.push(vault);
        }
        keys(&world, &patient, &vaults)?;
        let listen = free_port()?;
        let mut wires = Vec::new();
        for seed in FIRST_SEED..FIRST_SEED + devices {
            let device = world.device(patient.id, seed, "maker")?;
            wires.push(Wire {
                device: device.device,
                pairing: device.pairing,
                seed: [seed; 32],
                deployment: world.deployment,
                address: listen,
                password: String::new(),
            });
        }
        let mqtt = match &plan.mosquitto {
            None => json!({ "listen": listen }),
            Some(mosquitto) => {
                services.push(broker::service(&world, mosquitto, listen)?);
                broker::settings(&world, listen)?
            }
        };
        let ops = free_port()?;
        let (gateway, config) = world.gateway(&GatewaySetup {
            patient: &patient,
            devices: wires.iter().map(|wire| wire.device).collect(),
            thresholds,
            vaults: &vaults,
            mqtt,
            ops,
            max_readings: MAX_READINGS,
        })?;
        let mut thermometer = None;
        if plan.sensor {
            thermometer = Some(Wire {
                device: sensor::enrol(&world, &config)?,
                pairing: 0,
                seed: [0; 32],
                deployment: world.deployment,
                address: listen,
                password: String::new(),
            });
        }
        for wire in wires.iter_mut().chain(&mut thermometer) {
            let number = wire.device.to_string();
            wire.password = match &plan.mosquitto {
                None => {
                    world.gateway_command(&config, &["device-password", "--device", &number])?
                }
                Some(mosquitto) => broker::user(&world, mosquitto, &number)?,
            };
        }
        services.push(gateway);
        for service in services.iter_mut().skip(vaults.len()) {
            service.start()?;
        }
        services.insert(0, world.take_chain()?);
        Ok(Self {
            world,
            patient,
            vaults,
            wires,
            thermometer,
            config,
            ops,
            services,
        })
    }

    /// Where the gateway is down it is asked later.
    pub fn close_all(&self) {
        if let Err(why) = self.world.gateway_command(&self.config, &["close"]) {
            println!(
                "  the gateway is not asked to close: {}",
                why.to_string().lines().last().unwrap_or_default()
            );
        }
    }

    /// What waits, and why.
    pub fn status(&self) -> String {
        let mut program = std::process::Command::new(&self.world.paths.vitals);
        let status = crate::files::run(
            program
                .args(["status", "--json", "--config"])
                .arg(&self.config),
        );
        status.unwrap_or_else(|why| why.to_string())
    }

    pub fn quarantined(&self) -> Result<String> {
        self.world
            .gateway_command(&self.config, &["quarantine", "list"])
    }
}

fn with_own_device(world: &World) -> Result<Patient> {
    let mut patient = world.enrol()?;
    let seed = patient.own_seed;
    patient.own_device = world.device(patient.id, seed, "gateway")?;
    Ok(patient)
}

/// The gateway's key package, in every vault.
fn keys(world: &World, patient: &Patient, vaults: &[VaultAt]) -> Result<()> {
    let named = vaults.iter().map(|vault| {
        let name = vault.name.clone();
        Ok(Named {
            name,
            vault: world.client("patient", vault)?,
        })
    });
    let sink = Vaults::new(named.collect::<Result<_>>()?, patient.agent.waiting_dir());
    let chain = world.account("patient")?;
    patient
        .agent
        .issue(&chain, &world.at.consent, &sink, patient.sealing)?;
    Ok(())
}
