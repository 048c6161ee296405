//! The patient, whom it lets do what, and what then became of that.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{Power, Role};
use vitals_core::measure::Category;
use vitals_keys::{package_ref, Custody, Named, Vaults};
use vitals_ledger::Call;
use vitals_vault_client::digest;

use super::actors::{Cites, ACTORS};
use super::grants::calls;
use super::scene::Scene;
use crate::files::private;
use crate::service::Service;
use crate::world::{number, numbers, Identity, Patient, VaultAt, World};

mod records;
mod taken;

/// Until what is to be over by the time it is asked for.
const SOON_S: u64 = 5;
const EMERGENCY_S: u64 = 3_600;
const TEAMS: [(&str, &[&str]); 2] = [
    (
        "team",
        &["member", "member-left", "member-removed", "member-invited"],
    ),
    ("team-denied", &["member-denied"]),
];

/// Whom the patient names: the one whose vault is asked, another, one whom it denies later, and one
/// whose credential is withdrawn.
const CUSTODIANS: [&str; 4] = [
    "custodian",
    "custodian-2",
    "custodian-denied",
    "custodian-withdrawn",
];

pub fn set(world: World) -> Result<Scene> {
    world.admit()?;
    world.credentials(&roles())?;
    let patient = world.enrol()?;
    let done = world.act_one("other", &world.at.consent, &ExecuteMsg::Enrol {})?;
    let other = number(&done, &world.at.consent, "enrolled", "patient")?;
    let identity = Identity::generate();
    let (ward, custodian) = vaults(&world, &identity)?;
    guardians(&world, &patient)?;
    let teams = teams(&world)?;
    let (package, reference) = key_package(&world, &patient, &ward.1)?;
    let grants = grants(&world, &patient, teams, &reference)?;
    let shares = custody(&world, &patient, &[&ward.1, &custodian.1])?;
    let records = records::make(&world, &patient, &ward.1, &grants)?;
    let emergencies = emergencies(&world, &patient)?;
    taken::away(&world, &patient, teams, &grants, &emergencies)?;
    world.wait_past(world.now_s()? + SOON_S)?;
    Ok(Scene {
        patient: patient.id,
        world,
        ward,
        custodian,
        other,
        device: records.device,
        hour: records.hour,
        alert: records.alert,
        grants,
        emergencies,
        shares,
        package,
    })
}

/// Clinicians all that read or write for treatment, but for the one that has no credential.
fn roles() -> Vec<(&'static str, Role)> {
    let mut accounts: Vec<_> = ACTORS.iter().map(|actor| actor.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let role = |account: &'static str| {
        let role = match account {
            "reader-plain" => return None,
            "payer" | "discloser" => Role::Insurer,
            "vault" => Role::VaultOperator,
            "writer" => Role::Clinician,
            _ if account.starts_with("reader") || account.starts_with("member") => Role::Clinician,
            _ if account.starts_with("responder") => Role::EmergencyResponder,
            _ if account.starts_with("custodian") => Role::Custodian,
            _ => return None,
        };
        Some((account, role))
    };
    let second = ("custodian-2", Role::Custodian);
    accounts
        .into_iter()
        .filter_map(role)
        .chain([second])
        .collect()
}

fn vaults(world: &World, identity: &Identity) -> Result<((Service, VaultAt), (Service, VaultAt))> {
    world.publish("custodian", &identity.recipient)?;
    let file = private(
        &world.home("custodian.identity"),
        identity.secret.as_bytes(),
    )?;
    let account = world.address("custodian")?;
    let more = [
        OsStr::new("--custodian-identity"),
        file.as_os_str(),
        OsStr::new("--custodian-account"),
        OsStr::new(&account),
    ];
    let mut ward = world.vault("ward", Some("vault"), &[])?;
    let mut custodian = world.vault("custodian-vault", None, &more)?;
    ward.0.start()?;
    custodian.0.start()?;
    Ok((ward, custodian))
}

fn guardians(world: &World, patient: &Patient) -> Result<()> {
    let powers = [
        ("guardian-reads", Power::Read),
        ("guardian-revokes", Power::Revoke),
        ("guardian-acknowledges", Power::Acknowledge),
        ("guardian-over", Power::Read),
        ("guardian-dismissed", Power::Read),
        ("guardian-denied", Power::Read),
    ];
    let now_s = world.now_s()?;
    let appoint = powers.iter().map(|(account, power)| {
        let until = now_s
            + if *account == "guardian-over" {
                SOON_S
            } else {
                EMERGENCY_S
            };
        let msg = ExecuteMsg::AppointGuardian {
            patient: Uint64::new(patient.id),
            guardian: world.address(account)?,
            powers: vec![*power],
            until,
        };
        Ok(Call::new(&world.at.consent, &msg)?)
    });
    let appoint = appoint.collect::<Result<Vec<_>>>()?;
    world.act("patient", &appoint).map(drop)
}

/// Whoever is invited joins, but for the one who does not.
fn teams(world: &World) -> Result<[u64; 2]> {
    let consent = &world.at.consent;
    let create = Call::new(consent, &ExecuteMsg::CreateTeam {})?;
    let made = world.act("admin", &[create.clone(), create])?;
    let made: [u64; 2] = numbers(&made, consent, "team_created", "team")?
        .try_into()
        .map_err(|_| anyhow::anyhow!("not two teams"))?;
    for ((_, members), team) in TEAMS.iter().zip(made) {
        let team = Uint64::new(team);
        let invite = members.iter().map(|member| {
            let account = world.address(member)?;
            Ok(Call::new(
                consent,
                &ExecuteMsg::InviteMember { team, account },
            )?)
        });
        world.act("admin", &invite.collect::<Result<Vec<_>>>()?)?;
        for member in members.iter().filter(|member| **member != "member-invited") {
            world.act_one(member, consent, &ExecuteMsg::JoinTeam { team })?;
        }
    }
    Ok(made)
}

/// One file that all grants name: what the vault decides does not depend on what is in it.
fn key_package(
    world: &World,
    patient: &Patient,
    ward: &VaultAt,
) -> Result<(String, vitals_api::consent::PackageRef)> {
    let keys = patient.agent.keys();
    let package = keys.package(&[Category::Cardiac], patient.window(24))?;
    let file = package.seal(keys.recipient())?;
    let digest = world
        .client("patient", ward)?
        .put_package(patient.id, &file)?;
    Ok((hex::encode(digest), package_ref(&file, keys.recipient())))
}

fn grants(
    world: &World,
    patient: &Patient,
    teams: [u64; 2],
    package: &vitals_api::consent::PackageRef,
) -> Result<BTreeMap<&'static str, u64>> {
    let (to, calls): (Vec<_>, Vec<_>) = calls(world, patient, teams, package)?.into_iter().unzip();
    let done = world.act("patient", &calls)?;
    let made = numbers(&done, &world.at.consent, "granted", "grant")?;
    ensure!(
        made.len() == to.len(),
        "{} grants for {}",
        made.len(),
        to.len()
    );
    Ok(to.into_iter().zip(made).collect())
}

/// The digests of the custodians' shares. Another account was named before.
fn custody(
    world: &World,
    patient: &Patient,
    vaults: &[&VaultAt],
) -> Result<BTreeMap<&'static str, String>> {
    let (consent, chain) = (&world.at.consent, world.account("patient")?);
    for account in [
        "custodian-2",
        "custodian-denied",
        "custodian-withdrawn",
        "custodian-former",
    ] {
        world.publish(account, &Identity::generate().recipient)?;
    }
    let sink = Vaults::new(
        vaults
            .iter()
            .map(|vault| {
                let name = vault.name.clone();
                Ok(Named {
                    name,
                    vault: world.client("patient", vault)?,
                })
            })
            .collect::<Result<Vec<_>>>()?,
        patient.agent.waiting_dir(),
    );
    let former = [world.address("custodian-former")?];
    patient.agent.set_custodians(&chain, consent, &former, 1)?;
    let now = CUSTODIANS.map(|who| world.address(who));
    let now = now.into_iter().collect::<Result<Vec<_>>>()?;
    patient.agent.set_custodians(&chain, consent, &now, 2)?;
    let kept = patient.agent.keep_custody(&chain, consent, &sink)?;
    ensure!(
        matches!(kept, Custody::Kept { .. }),
        "no emergency package: {kept:?}"
    );
    let asked = vitals_api::consent::QueryMsg::Custodians {
        patient: patient.id.into(),
    };
    let info: vitals_api::consent::emergency::CustodiansInfo = world.ask(consent, &asked)?;
    let packages = info.packages.context("no shares")?.packages;
    let share = |(who, account): (&'static str, &String)| {
        let own = packages
            .iter()
            .find(|package| package.custodian == *account);
        let own = own.with_context(|| format!("no share of {who}"))?;
        Ok((who, hex::encode(&own.digest)))
    };
    CUSTODIANS.into_iter().zip(&now).map(share).collect()
}

fn emergencies(world: &World, patient: &Patient) -> Result<BTreeMap<&'static str, u64>> {
    let responders = ACTORS
        .iter()
        .filter(|actor| matches!(actor.cites, Cites::Emergency(by) if by == actor.account));
    let open = responders.map(|actor| {
        world.publish(actor.account, &Identity::generate().recipient)?;
        let open = ExecuteMsg::OpenEmergency {
            patient: Uint64::new(patient.id),
            reason: Binary::new(digest(actor.name.as_bytes()).to_vec()),
            hours_back: 2,
            for_s: EMERGENCY_S,
        };
        let done = world.act_one(actor.account, &world.at.consent, &open)?;
        let opened = number(&done, &world.at.consent, "emergency_opened", "emergency")?;
        Ok((actor.account, opened))
    });
    open.collect()
}
