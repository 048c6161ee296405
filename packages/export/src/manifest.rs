//! `manifest.json`: every file with its SHA-256, and what is not there.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vitals_ledger::Deployment;

use crate::folder::{Folder, MISSING};
use crate::state::Counts;
use crate::ExportError;

/// Of the layout of directory and files.
const FORMAT: &str = "cw-vitals-export/1";

/// A block that was the latest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub height: u64,
    pub block_time_ms: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub path: String,
    pub bytes: u64,
    /// Lower-case hex.
    pub sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    /// As a string: it may pass 2^53.
    pub patient: String,
    pub chain_id: String,
    pub deployment_id: String,
    pub consent: String,
    pub vitals_anchor: String,
    pub from: Span,
    pub to: Span,
    pub batches: u64,
    pub verified: u64,
    pub readings: u64,
    /// Lines of `missing.jsonl`.
    pub missing: u64,
    pub files: Vec<Listed>,
}

/// What an export has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub batches: u64,
    pub verified: u64,
    pub readings: u64,
    /// Things that could not be exported: see `missing.jsonl`.
    pub missing: u64,
    pub files: u64,
}

pub fn write(
    folder: &Folder,
    at: &Deployment,
    patient: u64,
    (from, to): (Span, Span),
) -> Result<Exported, ExportError> {
    let mut files = Vec::new();
    list(folder.root(), folder.root(), &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let Counts {
        batches,
        verified,
        readings,
    } = folder.state.counts;
    let missing = lines(&folder.path(MISSING))?;
    let exported = Exported {
        batches,
        verified,
        readings,
        missing,
        files: files.len() as u64,
    };
    let manifest = Manifest {
        format: FORMAT.into(),
        patient: patient.to_string(),
        chain_id: at.chain_id.clone(),
        deployment_id: at.deployment_id.clone(),
        consent: at.consent.clone(),
        vitals_anchor: at.vitals_anchor.clone(),
        from,
        to,
        batches,
        verified,
        readings,
        missing,
        files,
    };
    folder.write_json("manifest.json", &manifest)?;
    Ok(exported)
}

/// Every file but the manifest and what is hidden.
fn list(root: &Path, dir: &Path, files: &mut Vec<Listed>) -> Result<(), ExportError> {
    let failed = |cause| ExportError::file(dir, cause);
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (entry.path(), entry.file_name());
        if name == "manifest.json" || name.to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.file_type().map_err(failed)?.is_dir() {
            true => list(root, &path, files)?,
            false => files.push(listed(root, &path)?),
        }
    }
    Ok(())
}

fn listed(root: &Path, path: &Path) -> Result<Listed, ExportError> {
    let failed = |cause| ExportError::file(path, cause);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0u64, vec![0u8; 1 << 16]);
    loop {
        let got = file.read(&mut piece).map_err(failed)?;
        let Some(read) = piece.get(..got).filter(|read| !read.is_empty()) else {
            break;
        };
        hash.update(read);
        bytes += got as u64;
    }
    let relative = path.strip_prefix(root).unwrap_or(path);
    Ok(Listed {
        path: relative.to_string_lossy().into_owned(),
        bytes,
        sha256: hex::encode(hash.finalize()),
    })
}

fn lines(path: &Path) -> Result<u64, ExportError> {
    match File::open(path) {
        Ok(file) => Ok(BufReader::new(file).lines().count() as u64),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(ExportError::file(path, error)),
    }
}
