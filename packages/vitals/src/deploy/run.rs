//! Doing what is not done yet.

use std::path::PathBuf;

use serde_json::{json, Value};
use vitals_core::signing::deployment_id;
use vitals_ledger::Deployment;

use super::chain::Chain;
use super::checksums::Artifacts;
use super::plan::Contract;
use super::progress::{beside, publish, Progress};
use super::settings::Settings;
use super::verify::{ensure_not_an_insurer, is_told};
use crate::failure::Failure;

/// What is to be deployed, and how.
#[derive(Debug, Clone)]
pub struct Job {
    pub artifacts: Artifacts,
    pub chain_id: String,
    pub owner: String,
    pub admin: Option<String>,
    pub settings: Settings,
    pub out: PathBuf,
}

/// The deployment, with whatever was missing of it done.
pub fn complete(chain: &impl Chain, job: &Job) -> Result<Deployment, Failure> {
    if job.out.exists() {
        return finished(job);
    }
    let mut progress = Progress::load(&job.out, &job.chain_id)?;
    for contract in Contract::IN_ORDER {
        upload(chain, job, contract, &mut progress)?;
        instantiate(chain, job, contract, &mut progress)?;
        ensure_not_an_insurer(chain, job, &progress.address(Contract::Consent)?)?;
    }
    let deployment = result(job, &progress)?;
    subscribe(chain, job, &deployment)?;
    publish(&job.out, &deployment)?;
    let path = beside(&job.out);
    std::fs::remove_file(&path).map_err(|cause| Failure::file(&path, cause))?;
    Ok(deployment)
}

fn finished(job: &Job) -> Result<Deployment, Failure> {
    let deployment = Deployment::read(&job.out)?;
    if deployment.chain_id == job.chain_id {
        return Ok(deployment);
    }
    Err(Failure::new(
        "deploy/another_chain",
        format!(
            "{} is of chain {}, this is {}",
            job.out.display(),
            deployment.chain_id,
            job.chain_id
        ),
    ))
}

fn upload(
    chain: &impl Chain,
    job: &Job,
    contract: Contract,
    progress: &mut Progress,
) -> Result<(), Failure> {
    if progress.code(contract).is_some() {
        return Ok(());
    }
    let artifact = &job.artifacts[&contract];
    let code = match chain.find_code(&artifact.checksum)? {
        Some(code) => code,
        None => chain.upload(&artifact.wasm()?)?,
    };
    progress.record_code(contract, code, &job.out)
}

fn instantiate(
    chain: &impl Chain,
    job: &Job,
    contract: Contract,
    progress: &mut Progress,
) -> Result<(), Failure> {
    let Some(code) = progress.code(contract).filter(|_| !progress.has(contract)) else {
        return Ok(());
    };
    let msg = contract.instantiate_msg(job, progress)?;
    let address = chain.instantiate(code, &msg, &contract.label(), job.admin.as_deref())?;
    progress.record_contract(contract, address, &job.out)
}

/// Care is told of emergencies. Only the owner adds a hook: where that is somebody else, verifying
/// says what is left to do.
fn subscribe(chain: &impl Chain, job: &Job, at: &Deployment) -> Result<(), Failure> {
    if job.owner != chain.sender() || is_told(chain, at)? {
        return Ok(());
    }
    chain.execute(&at.consent, &add_hook(at))
}

/// What the owner sends to consent.
pub fn add_hook(at: &Deployment) -> Value {
    json!({ "add_hook": { "contract": at.care } })
}

fn result(job: &Job, progress: &Progress) -> Result<Deployment, Failure> {
    let registry = progress.address(Contract::DeviceRegistry)?;
    Ok(Deployment {
        chain_id: job.chain_id.clone(),
        consent: progress.address(Contract::Consent)?,
        vitals_anchor: progress.address(Contract::VitalsAnchor)?,
        care: progress.address(Contract::Care)?,
        claims: progress.address(Contract::Claims)?,
        deployment_id: hex::encode(deployment_id(&job.chain_id, &registry)),
        device_registry: registry,
    })
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
