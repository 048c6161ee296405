//! What goes in, by every way there is, and what runs meanwhile.

use std::io::Write;
use std::net::SocketAddr;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use serde_json::json;
use vitals_core::decision::Role;

use super::needles::{Is, Secret};
use super::notifications::Hook;
use crate::crash::{measured, Plan, Stage};
use crate::files::private;
use crate::service::{Ready, Service};
use crate::world::{free_port, World};

mod entries;

pub const NAME: &str = "Zephyrine Quarrelbeck";
pub const NOTE: &str = "sleeps badly since the marmalade owl";
/// No heart does that: implausible, so it is flagged, and kept all the same.
pub const VALUE: i64 = 7_391_846_205;
/// High enough for the gateway to raise an alert, whose detail has it.
const HIGH: i64 = 1_900;
/// Goes in where everybody may read it: a search that does not find this finds nothing.
pub const PLAIN: &str = "Ferdinand Plainsight 5550199";

const MEASURING: Duration = Duration::from_secs(12);
const TOLD: Duration = Duration::from_secs(60);
const WEBHOOK_KEY: [u8; 32] = [0xc7; 32];

pub struct Flight {
    pub stage: Stage,
    hook: Hook,
    notify: (Service, SocketAddr),
}

impl Flight {
    pub fn take_off(world: World) -> Result<Self> {
        world.admit()?;
        world.credentials(&[
            ("vault", Role::VaultOperator),
            ("vault-2", Role::VaultOperator),
            ("writer", Role::Clinician),
            ("responder", Role::EmergencyResponder),
        ])?;
        let plan = Plan {
            seed: 1,
            kills: 0,
            mosquitto: None,
            sensor: false,
        };
        let mut stage = Stage::set(world, &plan, 1, thresholds())?;
        let hook = Hook::listen()?;
        let mut notify = notifier(&stage, &hook)?;
        notify.0.start()?;
        entries::go_in(&stage)?;
        measured(&mut stage, &[VALUE, HIGH], MEASURING)?;
        let mut flight = Self {
            stage,
            hook,
            notify,
        };
        flight.wait_told()?;
        Ok(flight)
    }

    /// The alert, at least.
    fn wait_told(&mut self) -> Result<()> {
        let begun = Instant::now();
        while self.hook.heard().is_empty() {
            ensure!(begun.elapsed() < TOLD, "nobody was notified of the alert");
            self.notify.0.ensure_alive()?;
            sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    pub fn secrets(&self) -> Result<Vec<Secret>> {
        let (patient, wire) = (&self.stage.patient, &self.stage.wires[0]);
        let text = |what, text: &str| Secret {
            what,
            is: Is::Text(text.into()),
        };
        Ok(vec![
            text("the name", NAME),
            text("the note", NOTE),
            Secret {
                what: "the reading",
                is: Is::Value(VALUE, 1),
            },
            text("the patient's identity", patient.agent.keys().identity()),
            text("the gateway's identity", &patient.gateway.secret),
            Secret {
                what: "the device's key",
                is: Is::Bytes(wire.seed.to_vec()),
            },
            text("the device's password", &wire.password),
            text(
                "the words of the gateway's account",
                self.stage.world.words("gateway")?,
            ),
            text("the webhook's secret", &STANDARD.encode(WEBHOOK_KEY)),
        ])
    }

    /// In plain, or nearly: on the chain by a transaction, in the vault by a request, and in every
    /// other place as a file of its own.
    pub fn plant(&self) -> Result<Vec<Secret>> {
        let world = &self.stage.world;
        entries::in_plain(&self.stage, PLAIN)?;
        let data = world.wasmd_home().join("data/planted");
        std::fs::write(data, STANDARD.encode(format!("so {PLAIN}")))?;
        let vault = world.home("vault-b").join("planted");
        std::fs::write(vault, hex::encode_upper(PLAIN))?;
        let units = PLAIN.encode_utf16().flat_map(u16::to_le_bytes);
        std::fs::write(
            world.home("gateway").join("planted"),
            units.collect::<Vec<_>>(),
        )?;
        std::fs::write(world.home("notify").join("planted"), PLAIN)?;
        for (service, _) in self.logs() {
            let mut log = std::fs::OpenOptions::new()
                .append(true)
                .open(world.log(service))?;
            writeln!(log, "{:?}", PLAIN.as_bytes())?;
        }
        Ok(vec![Secret {
            what: "what was planted",
            is: Is::Text(PLAIN.into()),
        }])
    }

    /// Each with what it says for certain.
    pub fn logs(&self) -> [(&'static str, &'static str); 6] {
        [
            ("node", "vitals-local-1"),
            ("gateway", "devices connect"),
            ("vault-a", "refused"),
            ("vault-b", "listens on"),
            ("notify", "notify"),
            ("emergency", "emergency"),
        ]
    }

    pub fn watched(&self) -> Vec<(&'static str, SocketAddr)> {
        let vaults = &self.stage.vaults;
        vec![
            ("gateway", self.stage.ops),
            ("vault-a", vaults[0].ops),
            ("vault-b", vaults[1].ops),
            ("notify", self.notify.1),
        ]
    }

    pub fn notified(&self) -> Vec<u8> {
        self.hook.heard()
    }

    /// As operators end them; but for the gateway, whose journal is left as it is by a kill.
    pub fn stop(&mut self) -> Result<()> {
        self.notify.0.stop()?;
        for service in self.stage.services.iter_mut().rev() {
            let ended = match service.name.as_str() {
                "gateway" => service.kill(),
                _ => service.stop(),
            };
            ended.with_context(|| format!("stopping {}", service.name))?;
        }
        Ok(())
    }
}

fn thresholds() -> serde_json::Value {
    json!([{
        "rule": 1, "measure": "heart_rate", "comparison": "at_least", "value": 1_500,
        "for_readings": 3, "severity": "urgent", "ladder": entries::LADDER,
    }])
}

/// `vitals notify run`: the patient and the clinician are told by a webhook.
fn notifier(stage: &Stage, hook: &Hook) -> Result<(Service, SocketAddr)> {
    let world = &stage.world;
    let dir = world.home("notify");
    std::fs::create_dir_all(&dir)?;
    let ops = free_port()?;
    let secret = format!("whsec_{}", STANDARD.encode(WEBHOOK_KEY));
    let secret = private(&world.home("webhook.secret"), secret.as_bytes())?;
    let person = |id: &str, account: &str| {
        let url = format!("http://{}/{id}", hook.address);
        let route = json!({ "kind": "webhook", "url": url, "secret_file": secret });
        Ok::<_, anyhow::Error>(
            json!({ "id": id, "accounts": [world.address(account)?], "routes": [route] }),
        )
    };
    let settings = json!({
        "chain": { "node": world.rpc(), "deployment": world.deployment_file(), "key_file": world.mnemonic_file("stranger")? },
        "notify": {
            "dir": dir, "operators": ["one"], "every_s": 1, "ops_listen": ops,
            "people": [person("one", "patient")?, person("two", "writer")?],
        },
    });
    let config = private(
        &world.home("notify.toml"),
        toml::to_string(&settings)?.as_bytes(),
    )?;
    let mut command = Command::new(&world.paths.vitals);
    command
        .args(["notify", "run", "--config"])
        .arg(config)
        .env("RUST_LOG", "trace");
    let service = Service::new("notify", command, world.log("notify"), Ready::Listens(ops));
    Ok((service, ops))
}
