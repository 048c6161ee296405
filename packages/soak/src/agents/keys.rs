//! Whoever may still read gets the keys of each new generation, and whoever was taken out does not,
//! whether the agent runs, is away or is killed at whatever it does.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::consent::{ExecuteMsg, GrantInfo, GrantMsg, Party, PatientInfo, QueryMsg};
use vitals_core::decision::{Action, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::{epoch_of, Epoch};
use vitals_keys::{Agent, Lock};
use vitals_ledger::Call;
use vitals_vault_client::VaultError;

use crate::files::{private, run as ran};
use crate::random::Random;
use crate::service::{Ready, Service};
use crate::world::{free_port, grant, numbers, Identity, Patient, VaultAt, World, PASSPHRASE};

const CATEGORY: Category = Category::Cardiac;
/// New keys are out so long after a revocation at most.
const PATIENCE: Duration = Duration::from_secs(180);
const LOOK: Duration = Duration::from_millis(200);
/// Until the agent is killed, milliseconds: a look of it takes about as long.
const ALIVE: (u64, u64) = (0, 4_000);

/// Somebody with a grant and a key package.
struct Holder {
    who: &'static str,
    grant: u64,
    identity: Identity,
}

struct Scene<'a> {
    world: &'a World,
    patient: Patient,
    vault: VaultAt,
    passphrase: PathBuf,
    /// Who keeps theirs.
    holders: [Holder; 2],
}

pub fn run(world: &World, random: &mut Random, kills: u32) -> Result<()> {
    world.credentials(&[
        ("vault", Role::VaultOperator),
        ("reader", Role::Clinician),
        ("leaver", Role::Clinician),
    ])?;
    let (mut vault, at) = world.vault("ward", Some("vault"), &[])?;
    vault.start()?;
    let (scene, leaver, mut grants) = Scene::set(world, at, kills + 2)?;
    let mut agent = scene.agent()?;
    agent.start()?;
    scene.revoke(leaver.grant)?;
    let took = scene.settled()?;
    println!(
        "  the key agent: new keys {:.1} s after a revocation",
        took.as_secs_f64()
    );
    scene.is_out(&leaver)?;
    agent.ensure_alive()?;
    agent.kill()?;
    scene.revoke(grants.pop().context("too few grants")?)?;
    ensure!(scene.on_chain()?.pending, "new keys without an agent");
    scene.keys(&["rotate"])?;
    scene.settled()?;
    println!("  `vitals keys rotate`, the agent away: done");
    for revoked in grants {
        scene.revoke(revoked)?;
        agent.spawn()?;
        sleep(Duration::from_millis(random.between(ALIVE.0, ALIVE.1)));
        agent.kill()?;
        scene.keys(&["rotate"])?;
        scene.settled()?;
    }
    println!(
        "  killed {kills} times: generation {}, and whoever may has its keys",
        scene.on_chain()?.generation
    );
    scene.is_out(&leaver)
}

impl<'a> Scene<'a> {
    /// With a reader and a gateway, and so many grants to be revoked, the first of which has a
    /// package.
    fn set(world: &'a World, vault: VaultAt, revoked: u32) -> Result<(Self, Holder, Vec<u64>)> {
        let mut patient = world.enrol()?;
        let gateway = Holder {
            who: "gateway",
            grant: patient.sealing,
            identity: std::mem::replace(&mut patient.gateway, Identity::generate()),
        };
        let msgs = std::iter::once("reader").chain((0..revoked).map(|_| "leaver"));
        let calls = msgs.map(|who| {
            Ok(Call::new(
                &world.at.consent,
                &reading(world, &patient, who)?,
            )?)
        });
        let done = world.act("patient", &calls.collect::<Result<Vec<_>>>()?)?;
        let mut made = numbers(&done, &world.at.consent, "granted", "grant")?;
        ensure!(made.len() == revoked as usize + 1, "{} grants", made.len());
        let grants = made.split_off(2);
        let holder = |who, grant| {
            let identity = Identity::generate();
            world.publish(who, &identity.recipient)?;
            Ok::<_, anyhow::Error>(Holder {
                who,
                grant,
                identity,
            })
        };
        let (reader, leaver) = (holder("reader", made[0])?, holder("leaver", made[1])?);
        let passphrase = private(&world.home("patient.passphrase"), PASSPHRASE.as_bytes())?;
        let scene = Self {
            world,
            patient,
            vault,
            passphrase,
            holders: [reader, gateway],
        };
        for holder in scene.holders.iter().chain([&leaver]) {
            scene.keys(&["package", "--grant", &holder.grant.to_string()])?;
            ensure!(scene.has_newest(holder)?, "{} has no keys", holder.who);
        }
        Ok((scene, leaver, grants))
    }

    /// `vitals keys` …, as the patient's.
    fn command(&self, command: &[&str]) -> Result<Command> {
        let world = self.world;
        let mut program = Command::new(&world.paths.vitals);
        let mut vault = OsString::from(&self.vault.name);
        vault.push("=");
        vault.push(&self.vault.url);
        program
            .arg("keys")
            .args(command)
            .arg("--file")
            .arg(world.home("patient.keys"))
            .arg("--passphrase-file")
            .arg(&self.passphrase)
            .arg("--mnemonic-file")
            .arg(world.mnemonic_file("patient")?)
            .args(["--node", world.rpc(), "--gas-price", world.gas_price()])
            .arg("--deployment")
            .arg(world.deployment_file())
            .arg("--vault")
            .arg(vault);
        Ok(program)
    }

    fn keys(&self, command: &[&str]) -> Result<String> {
        ran(&mut self.command(command)?)
    }

    /// `vitals keys agent run`, not started.
    fn agent(&self) -> Result<Service> {
        let ops = free_port()?;
        let mut command = self.command(&["agent", "run", "--every", "1"])?;
        command.args(["--ops-listen", &ops.to_string()]);
        let log = self.world.log("key-agent");
        Ok(Service::new("key agent", command, log, Ready::Listens(ops)))
    }

    fn revoke(&self, grant: u64) -> Result<()> {
        let revoke = ExecuteMsg::Revoke {
            patient: Uint64::new(self.patient.id),
            grant: Uint64::new(grant),
        };
        let consent = &self.world.at.consent;
        self.world.act_one("patient", consent, &revoke).map(drop)
    }

    fn on_chain(&self) -> Result<PatientInfo> {
        let patient = Uint64::new(self.patient.id);
        self.world
            .ask(&self.world.at.consent, &QueryMsg::Patient { patient })
    }

    /// Until everybody who may has the keys of the generation that is open; how long that took.
    fn settled(&self) -> Result<Duration> {
        let begun = Instant::now();
        loop {
            let why = match self.unsettled() {
                Ok(None) => return Ok(begun.elapsed()),
                Ok(Some(why)) => why,
                // a package may be replaced between two questions
                Err(error) => format!("{error:#}"),
            };
            ensure!(begun.elapsed() < PATIENCE, "no new keys: {why}");
            sleep(LOOK);
        }
    }

    fn unsettled(&self) -> Result<Option<String>> {
        if self.on_chain()?.pending {
            return Ok(Some("the generation is pending".into()));
        }
        for holder in &self.holders {
            if !self.has_newest(holder)? {
                return Ok(Some(format!("{} has older keys", holder.who)));
            }
        }
        Ok(None)
    }

    /// Whether the package that the vault gives opens this hour under the open generation, by the
    /// key in the patient's file, which is the one the chain holds the commitment of.
    fn has_newest(&self, holder: &Holder) -> Result<bool> {
        let (chain, hour) = (self.on_chain()?, self.hour()?);
        let agent = self.opened()?;
        let own = agent.keys().epoch_key(chain.generation, CATEGORY, hour)?;
        if let Some(commitment) = &chain.commitment {
            let kept = agent.keys().commitment(chain.generation)?;
            ensure!(
                commitment.as_slice() == kept,
                "the chain insists on other keys"
            );
        }
        let package = self.package(holder)?;
        let key = package.epoch_key(chain.generation, CATEGORY, hour);
        Ok(key.is_some_and(|key| key.as_bytes() == own.as_bytes()))
    }

    fn package(&self, holder: &Holder) -> Result<KeyPackage> {
        let asked = QueryMsg::Grant {
            patient: Uint64::new(self.patient.id),
            grant: Uint64::new(holder.grant),
        };
        let info: GrantInfo = self.world.ask(&self.world.at.consent, &asked)?;
        let digest = info.package.context("the grant names no package")?.digest;
        let digest = digest.as_slice().try_into().context("no digest")?;
        let client = self.world.client(holder.who, &self.vault)?;
        let file = client.read_package(self.patient.id, holder.grant, &digest)?;
        Ok(KeyPackage::open(&file, &holder.identity.secret)?)
    }

    /// The key file as it is on disk now.
    fn opened(&self) -> Result<Agent> {
        let lock = Lock::passphrase(PASSPHRASE);
        Ok(Agent::open(&self.world.home("patient.keys"), lock)?)
    }

    fn hour(&self) -> Result<Epoch> {
        epoch_of(self.world.now_ms()?).context("no such time")
    }

    /// No vault gives it a package any more.
    fn is_out(&self, leaver: &Holder) -> Result<()> {
        let client = self.world.client(leaver.who, &self.vault)?;
        match client.read_package(self.patient.id, leaver.grant, &[0; 32]) {
            Err(VaultError::Refused { code, .. }) if code == "consent/grant_revoked" => Ok(()),
            other => anyhow::bail!("{}: consent/grant_revoked was due: {other:?}", leaver.who),
        }
    }
}

fn reading(world: &World, patient: &Patient, who: &str) -> Result<ExecuteMsg> {
    let terms = GrantMsg {
        grantee: Party::Account(world.address(who)?),
        purposes: vec![Purpose::Treatment],
        categories: vec![CATEGORY],
        actions: vec![Action::Read],
        window: patient.window(48),
        valid_from: None,
        valid_until: world.in_a_day()?,
        package: None,
    };
    Ok(grant(patient.id, terms))
}
