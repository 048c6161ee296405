//! A plan, an alert's detail, an emergency's reason, lines that are no readings: all name the
//! patient.

use std::fs::File;
use std::process::Command;

use age::secrecy::ExposeSecret;
use anyhow::{ensure, Result};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use cosmwasm_std::{Binary, Uint64};
use serde_json::json;
use vitals_api::consent::{GrantMsg, Party};
use vitals_api::{care, registry};
use vitals_core::alert::AlertNotice;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::link::DeviceMessage;
use vitals_core::measure::Category;
use vitals_core::time::epoch_of;
use vitals_ledger::Call;
use vitals_vault_client::{digest, Place};

use super::{NAME, NOTE, VALUE};
use crate::crash::{speak, Stage};
use crate::files::private;
use crate::world::{grant, number};

pub const LADDER: u8 = 1;
const OWN: GroundRef = GroundRef::Patient {};

pub fn go_in(stage: &Stage) -> Result<()> {
    ladder(stage)?;
    plan(stage)?;
    alert(stage)?;
    emergency(stage)?;
    lines(stage)?;
    refused(stage)
}

/// To the patient's recipient.
fn sealed(stage: &Stage, text: &serde_json::Value) -> Result<Vec<u8>> {
    let recipient = stage.patient.agent.keys().recipient();
    let recipient: age::x25519::Recipient = recipient.parse().map_err(anyhow::Error::msg)?;
    Ok(age::encrypt(&recipient, text.to_string().as_bytes())?)
}

fn ladder(stage: &Stage) -> Result<()> {
    let world = &stage.world;
    let tier = care::TierMsg {
        responders: vec![world.address("writer")?],
        within_s: 3_600,
    };
    let ladder = care::ExecuteMsg::SetLadder {
        patient: Uint64::new(stage.patient.id),
        ladder: LADDER,
        tiers: vec![tier],
        ends_in_emergency: false,
    };
    world.act_one("patient", &world.at.care, &ladder).map(drop)
}

/// The writer's grant is made for it.
fn plan(stage: &Stage) -> Result<()> {
    let (world, patient) = (&stage.world, &stage.patient);
    let categories = vec![Category::Cardiac];
    let to_write = grant(
        patient.id,
        GrantMsg {
            grantee: Party::Account(world.address("writer")?),
            purposes: vec![Purpose::Treatment],
            categories: categories.clone(),
            actions: vec![Action::WritePlan],
            window: patient.window(48),
            valid_from: None,
            valid_until: world.in_a_day()?,
            package: None,
        },
    );
    let consent = &world.at.consent;
    let granted = world.act_one("patient", consent, &to_write)?;
    let ground = GroundRef::Grant {
        id: number(&granted, consent, "granted", "grant")?,
    };
    let file = sealed(
        stage,
        &json!({ "for": NAME, "note": NOTE, "alarm_above": VALUE }),
    )?;
    let vault = world.client("writer", &stage.vaults[0])?;
    vault.put_plan(patient.id, Category::Cardiac, &ground, &file)?;
    let write = care::ExecuteMsg::WritePlan {
        patient: Uint64::new(patient.id),
        ground,
        replaces: 0,
        plan: care::PlanMsg {
            digest: Binary::new(digest(&file).to_vec()),
            length: u32::try_from(file.len())?,
            categories,
        },
    };
    world.act_one("writer", &world.at.care, &write).map(drop)
}

/// By a device, besides those that the gateway raises.
fn alert(stage: &Stage) -> Result<()> {
    let (world, wire) = (&stage.world, &stage.wires[0]);
    let at_ms = world.now_ms()?;
    let detail = sealed(stage, &json!({ "who": NAME, "text": NOTE, "value": VALUE }))?;
    let place = Place {
        patient: stage.patient.id,
        category: Category::Cardiac,
        epoch: epoch_of(at_ms).unwrap_or_default(),
    };
    world
        .client("patient", &stage.vaults[0])?
        .put_blob(place, &OWN, &detail)?;
    let notice = AlertNotice {
        device: wire.device,
        pairing: wire.pairing,
        number: 1,
        at_ms,
        rule: 7,
        ladder: LADDER,
        digest: digest(&detail),
    };
    let signer = Ed25519Signer::from_seed(&wire.seed);
    let raise = care::ExecuteMsg::RaiseAlert {
        body: Binary::new(notice.to_bytes()),
        signature: Binary::new(signer.sign(&notice.digest(&world.deployment)).to_vec()),
        ground: OWN,
    };
    world
        .act("patient", &[Call::new(&world.at.care, &raise)?])
        .map(drop)
}

/// By the responder's program, at its most talkative.
fn emergency(stage: &Stage) -> Result<()> {
    let world = &stage.world;
    let reason = format!("{NAME} was found on the stairs; {NOTE}; pulse {VALUE}");
    let identity = age::x25519::Identity::generate().to_string();
    let log = File::create(world.log("emergency"))?;
    let mut open = Command::new(&world.paths.vitals);
    open.args([
        "emergency",
        "open",
        "--patient",
        &stage.patient.id.to_string(),
    ])
    .arg("--reason-file")
    .arg(private(&world.home("reason.txt"), reason.as_bytes())?)
    .arg("--identity-file")
    .arg(private(
        &world.home("responder.identity"),
        identity.expose_secret().as_bytes(),
    )?)
    .args(["--node", world.rpc(), "--mnemonic-file"])
    .arg(world.mnemonic_file("responder")?)
    .arg("--deployment")
    .arg(world.deployment_file())
    .env("RUST_LOG", "trace")
    .stdout(log.try_clone()?)
    .stderr(log);
    ensure!(
        open.status()?.success(),
        "no emergency was opened; see {}",
        world.log("emergency").display()
    );
    Ok(())
}

/// A line that is none, which is quarantined, and a battery that is nearly empty.
fn lines(stage: &Stage) -> Result<()> {
    let wire = &stage.wires[0];
    let junk = URL_SAFE_NO_PAD.encode(format!("{NAME}: {NOTE}: {VALUE}"));
    let battery = DeviceMessage::Battery {
        device: wire.device,
        percent: 7,
    };
    speak(wire, &[junk, format!("{NAME}, {NOTE}"), battery.to_line()?])
}

/// A request that the vault says no to: its log has something to say.
fn refused(stage: &Stage) -> Result<()> {
    let vault = stage.world.client("stranger", &stage.vaults[0])?;
    let asked = vault.receipts(stage.patient.id, &OWN, None);
    ensure!(asked.is_err(), "a stranger was given receipts");
    Ok(())
}

/// Where nothing hides it: the name of a maker, a plan that is not encrypted.
pub fn in_plain(stage: &Stage, text: &str) -> Result<()> {
    let world = &stage.world;
    let key = Ed25519Signer::from_seed(&[77; 32]).public_key();
    let maker = registry::ExecuteMsg::AdmitMaker {
        maker: world.address("stranger")?,
        name: text.into(),
        key: registry::KeyMsg {
            scheme: key.scheme(),
            bytes: key.bytes().to_vec().into(),
        },
    };
    world.act_one("deployer", &world.at.device_registry, &maker)?;
    let vault = world.client("patient", &stage.vaults[0])?;
    vault.put_plan(
        stage.patient.id,
        Category::Cardiac,
        &OWN,
        text.repeat(10).as_bytes(),
    )?;
    Ok(())
}
