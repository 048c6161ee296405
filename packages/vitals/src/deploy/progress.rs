//! How far a deployment is, beside the file that is its result.

use std::collections::BTreeMap;
use std::fs::{File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::plan::Contract;
use crate::failure::Failure;

const VERSION: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    version: u8,
    chain_id: String,
    /// Code ids by contract name.
    codes: BTreeMap<String, u64>,
    /// Addresses by contract name.
    contracts: BTreeMap<String, String>,
}

impl Progress {
    /// What an earlier run of the same chain left, or nothing yet.
    pub fn load(out: &Path, chain_id: &str) -> Result<Self, Failure> {
        let path = beside(out);
        if !path.exists() {
            return Ok(Self {
                version: VERSION,
                chain_id: chain_id.into(),
                codes: BTreeMap::new(),
                contracts: BTreeMap::new(),
            });
        }
        let text = std::fs::read_to_string(&path).map_err(|cause| Failure::file(&path, cause))?;
        let progress: Self =
            serde_json::from_str(&text).map_err(|cause| Failure::file(&path, cause))?;
        if progress.version != VERSION {
            return Err(Failure::file(
                &path,
                format!("version {}", progress.version),
            ));
        }
        if progress.chain_id != chain_id {
            return Err(Failure::new(
                "deploy/another_chain",
                format!(
                    "{} is of chain {}, this is {chain_id}",
                    path.display(),
                    progress.chain_id
                ),
            ));
        }
        Ok(progress)
    }

    pub fn code(&self, contract: Contract) -> Option<u64> {
        self.codes.get(contract.name()).copied()
    }

    pub fn has(&self, contract: Contract) -> bool {
        self.contracts.contains_key(contract.name())
    }

    pub fn address(&self, contract: Contract) -> Result<String, Failure> {
        self.contracts.get(contract.name()).cloned().ok_or_else(|| {
            Failure::new(
                "deploy/order",
                format!("{} is not deployed yet", contract.name()),
            )
        })
    }

    pub fn record_code(
        &mut self,
        contract: Contract,
        code: u64,
        out: &Path,
    ) -> Result<(), Failure> {
        self.codes.insert(contract.name().into(), code);
        write(&beside(out), self)
    }

    pub fn record_contract(
        &mut self,
        contract: Contract,
        address: String,
        out: &Path,
    ) -> Result<(), Failure> {
        self.contracts.insert(contract.name().into(), address);
        write(&beside(out), self)
    }
}

/// Where the state of the deployment that writes `out` is kept.
pub fn beside(out: &Path) -> PathBuf {
    let mut name = out.to_path_buf().into_os_string();
    name.push(".progress");
    name.into()
}

/// For its owner alone.
fn write(path: &Path, value: &impl Serialize) -> Result<(), Failure> {
    write_with(path, value, 0o600)
}

/// For everybody: services under users of their own read it, and it holds no secret.
pub fn publish(path: &Path, value: &impl Serialize) -> Result<(), Failure> {
    write_with(path, value, 0o644)
}

/// Writes JSON whole or not at all.
fn write_with(path: &Path, value: &impl Serialize, mode: u32) -> Result<(), Failure> {
    let failed = |cause: std::io::Error| Failure::file(path, cause);
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let mut text = serde_json::to_vec_pretty(value).map_err(|cause| Failure::file(path, cause))?;
    text.push(b'\n');
    let mut file = NamedTempFile::new_in(directory).map_err(failed)?;
    file.write_all(&text).map_err(failed)?;
    let mode = Permissions::from_mode(mode);
    file.as_file().set_permissions(mode).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(failed)
}
