//! What the chain says of a deployment, against what it should be, and who can change what.

use std::fmt::Display;

use serde::de::DeserializeOwned;
use serde::Serialize;
use vitals_api::admin::AdminInfo;
use vitals_api::consent::emergency::HooksInfo;
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::CredentialInfo;
use vitals_api::{anchor, care, claims, consent, registry};
use vitals_core::decision::Role;
use vitals_ledger::{query, Deployment};

use super::chain::Chain;
use super::plan::Contract;
use super::run::Job;
use crate::failure::Failure;

/// Who can change a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Powers {
    pub contract: &'static str,
    pub address: String,
    pub code_id: u64,
    /// Can replace the code; nobody where absent.
    pub admin: Option<String>,
    /// Has the contract's own housekeeping.
    pub owner: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    pub powers: Vec<Powers>,
    pub times: Times,
    /// Consent tells care of emergencies.
    pub care_is_told: bool,
}

/// Delays and deadlines the contracts keep, seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Times {
    pub consent: Timing,
    pub cooldown_s: u32,
    pub min_tier_s: u32,
    pub reopens_after_s: u32,
    pub least_deadline_s: u32,
}

/// Fails on the first thing that is not as it should be.
pub fn verify(chain: &impl Chain, job: &Job, deployment: &Deployment) -> Result<Verified, Failure> {
    ensure_not_an_insurer(chain, job, &deployment.consent)?;
    check_wiring(chain, deployment)?;
    let powers = Contract::IN_ORDER
        .into_iter()
        .map(|contract| powers(chain, job, contract, address(deployment, contract)))
        .collect::<Result<_, _>>()?;
    Ok(Verified {
        powers,
        times: times(chain, job, deployment)?,
        care_is_told: is_told(chain, deployment)?,
    })
}

/// Whether consent tells care of emergencies.
pub fn is_told(chain: &impl Chain, at: &Deployment) -> Result<bool, Failure> {
    let hooks: HooksInfo = ask(chain, &at.consent, &consent::QueryMsg::Hooks {})?;
    Ok(hooks.contracts.contains(&at.care))
}

/// Fails where a contract keeps other times than the settings say.
fn times(chain: &impl Chain, job: &Job, at: &Deployment) -> Result<Times, Failure> {
    let consent: Timing = ask(chain, &at.consent, &consent::QueryMsg::Timing {})?;
    let of_consent = job.settings.timing().bounded();
    for ((field, expected, _), (_, found, _)) in of_consent.iter().zip(consent.bounded()) {
        expect(Contract::Consent, field, expected, &found)?;
    }
    let care: care::ConfigInfo = ask(chain, &at.care, &care::QueryMsg::Config {})?;
    let settings = &job.settings;
    for (field, expected, found) in [
        ("cooldown_s", settings.cooldown_s, care.cooldown_s),
        ("min_tier_s", settings.min_tier_s, care.min_tier_s),
        (
            "reopens_after_s",
            settings.reopens_after_s,
            care.reopens_after_s,
        ),
    ] {
        expect(Contract::Care, field, &expected, &found)?;
    }
    let claims: claims::ConfigInfo = ask(chain, &at.claims, &claims::QueryMsg::Config {})?;
    expect(
        Contract::Claims,
        "least_deadline_s",
        &settings.least_deadline_s,
        &claims.least_deadline_s,
    )?;
    Ok(Times {
        consent,
        cooldown_s: care.cooldown_s,
        min_tier_s: care.min_tier_s,
        reopens_after_s: care.reopens_after_s,
        least_deadline_s: claims.least_deadline_s,
    })
}

/// An admin can migrate past every promise, the insurer's own included.
pub fn ensure_not_an_insurer(chain: &impl Chain, job: &Job, consent: &str) -> Result<(), Failure> {
    let Some(admin) = &job.admin else {
        return Ok(());
    };
    let asked = consent::QueryMsg::Credential {
        account: admin.clone(),
        role: Role::Insurer,
    };
    let credential: CredentialInfo = query(chain, consent, &asked)?;
    if !credential.live {
        return Ok(());
    }
    Err(Failure::new(
        "deploy/insurer_admin",
        format!("{admin} holds an insurer's credential and may not be admin"),
    ))
}

fn powers(
    chain: &impl Chain,
    job: &Job,
    contract: Contract,
    address: &str,
) -> Result<Powers, Failure> {
    let entry = chain.entry(address)?;
    let checksum = chain.code_checksum(entry.code_id)?;
    expect(
        contract,
        "code",
        &hex::encode(job.artifacts[&contract].checksum),
        &hex::encode(checksum),
    )?;
    let shown = |admin: &Option<String>| admin.clone().unwrap_or_else(|| "none".into());
    expect(contract, "admin", &shown(&job.admin), &shown(&entry.admin))?;
    Ok(Powers {
        contract: contract.name(),
        address: address.into(),
        code_id: entry.code_id,
        admin: entry.admin,
        owner: ask::<AdminInfo>(chain, address, &consent::QueryMsg::Admin {})?.owner,
    })
}

fn check_wiring(chain: &impl Chain, at: &Deployment) -> Result<(), Failure> {
    let id = &at.deployment_id;
    let found: registry::ConfigInfo =
        ask(chain, &at.device_registry, &registry::QueryMsg::Config {})?;
    expect(
        Contract::DeviceRegistry,
        "consent",
        &at.consent,
        &found.consent,
    )?;
    expect(
        Contract::DeviceRegistry,
        "deployment id",
        id,
        &hex::encode(&found.deployment_id),
    )?;

    let found: anchor::ConfigInfo = ask(chain, &at.vitals_anchor, &anchor::QueryMsg::Config {})?;
    expect(
        Contract::VitalsAnchor,
        "consent",
        &at.consent,
        &found.consent,
    )?;
    expect(
        Contract::VitalsAnchor,
        "registry",
        &at.device_registry,
        &found.registry,
    )?;
    expect(
        Contract::VitalsAnchor,
        "deployment id",
        id,
        &hex::encode(&found.deployment_id),
    )?;

    let found: care::ConfigInfo = ask(chain, &at.care, &care::QueryMsg::Config {})?;
    expect(Contract::Care, "consent", &at.consent, &found.consent)?;
    expect(
        Contract::Care,
        "registry",
        &at.device_registry,
        &found.registry,
    )?;
    expect(
        Contract::Care,
        "deployment id",
        id,
        &hex::encode(&found.deployment_id),
    )?;

    let found: claims::ConfigInfo = ask(chain, &at.claims, &claims::QueryMsg::Config {})?;
    expect(Contract::Claims, "consent", &at.consent, &found.consent)?;
    expect(
        Contract::Claims,
        "registry",
        &at.device_registry,
        &found.registry,
    )?;
    expect(Contract::Claims, "anchor", &at.vitals_anchor, &found.anchor)
}

fn ask<T: DeserializeOwned>(
    chain: &impl Chain,
    contract: &str,
    msg: &impl Serialize,
) -> Result<T, Failure> {
    Ok(query(chain, contract, msg)?)
}

fn expect<T: PartialEq + Display + ?Sized>(
    contract: Contract,
    what: &str,
    expected: &T,
    found: &T,
) -> Result<(), Failure> {
    if expected == found {
        return Ok(());
    }
    Err(Failure::new(
        "deploy/differs",
        format!(
            "{}: {what} is {found}, expected {expected}",
            contract.name()
        ),
    ))
}

fn address(deployment: &Deployment, contract: Contract) -> &str {
    match contract {
        Contract::Consent => &deployment.consent,
        Contract::DeviceRegistry => &deployment.device_registry,
        Contract::VitalsAnchor => &deployment.vitals_anchor,
        Contract::Care => &deployment.care,
        Contract::Claims => &deployment.claims,
    }
}
