//! The file of used nonces: a head, then one record a request.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use vitals_core::bytes::{Reader, Writer};
use vitals_core::FormatError;

use super::Nonce;

const VERSION: u8 = 1;

/// Records beyond those that still count, at which the file is written anew. A file that grows to
/// twice this is some 10 MB.
pub const SPARE: usize = if cfg!(test) { 64 } else { 65_536 };

#[derive(Debug, thiserror::Error)]
#[error("vault/nonces: {path}: {cause}")]
pub struct NoncesError {
    path: String,
    cause: String,
}

pub struct Spent {
    pub account: String,
    pub nonce: Nonce,
    pub expires: u64,
}

pub struct Journal {
    path: PathBuf,
    file: File,
    /// Bytes of whole records.
    end: u64,
    records: usize,
}

impl Journal {
    /// The journal, what it holds, and the second before which it forgot.
    pub fn open(path: &Path) -> Result<(Self, Vec<Spent>, u64), NoncesError> {
        let failed = |cause: String| at(path, cause);
        let known = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(cause) => return Err(failed(cause.to_string())),
        };
        let (spent, forgotten) = match known.is_empty() {
            true => (Vec::new(), 0),
            false => parse(&known).map_err(|cause| failed(cause.to_string()))?,
        };
        let file = written(path, &spent, forgotten)?;
        let journal = Self {
            path: path.into(),
            end: file.metadata().map_err(|c| failed(c.to_string()))?.len(),
            file,
            records: spent.len(),
        };
        Ok((journal, spent, forgotten))
    }

    /// Returns once the record is on disk.
    pub fn append(&mut self, spent: &Spent) -> Result<(), NoncesError> {
        let failed = |cause: std::io::Error| at(&self.path, cause.to_string());
        let record = encode(spent).map_err(|cause| at(&self.path, cause.to_string()))?;
        // What a failed write left behind is cut before the next one.
        self.file.set_len(self.end).map_err(failed)?;
        self.file.write_all(&record).map_err(failed)?;
        self.file.sync_data().map_err(failed)?;
        self.end += record.len() as u64;
        self.records += 1;
        Ok(())
    }

    pub fn is_worth_shortening(&self, live: usize) -> bool {
        self.records > live.saturating_add(SPARE)
    }

    pub fn rewrite(
        &mut self,
        live: impl Iterator<Item = Spent>,
        forgotten: u64,
    ) -> Result<(), NoncesError> {
        let live: Vec<Spent> = live.collect();
        self.file = written(&self.path, &live, forgotten)?;
        self.records = live.len();
        let length = self.file.metadata();
        self.end = length.map_err(|c| at(&self.path, c.to_string()))?.len();
        Ok(())
    }
}

fn at(path: &Path, cause: String) -> NoncesError {
    NoncesError {
        path: path.display().to_string(),
        cause,
    }
}

/// A new file in the place of the one there was, whole before it is there.
fn written(path: &Path, spent: &[Spent], forgotten: u64) -> Result<File, NoncesError> {
    let failed = |cause: std::io::Error| at(path, cause.to_string());
    let mut bytes = Writer::versioned(VERSION).u64(forgotten).done();
    for one in spent {
        bytes.extend(encode(one).map_err(|cause| at(path, cause.to_string()))?);
    }
    let partial = path.with_extension("partial");
    let mut file = File::create(&partial).map_err(failed)?;
    file.write_all(&bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&partial, path).map_err(failed)?;
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        File::open(dir)
            .and_then(|dir| dir.sync_all())
            .map_err(failed)?;
    }
    OpenOptions::new().append(true).open(path).map_err(failed)
}

/// expires u64 ‖ nonce 16 ‖ short account.
fn encode(spent: &Spent) -> Result<Vec<u8>, FormatError> {
    Ok(Writer::new()
        .u64(spent.expires)
        .raw(&spent.nonce)
        .short("account", spent.account.as_bytes())?
        .done())
}

/// Up to the first record that was not finished.
fn parse(bytes: &[u8]) -> Result<(Vec<Spent>, u64), FormatError> {
    let mut r = Reader::versioned("nonces", VERSION, bytes)?;
    let forgotten = r.u64()?;
    let mut spent = Vec::new();
    while let Ok(one) = record(&mut r) {
        spent.push(one);
    }
    Ok((spent, forgotten))
}

fn record(r: &mut Reader<'_>) -> Result<Spent, FormatError> {
    let (expires, nonce) = (r.u64()?, r.array()?);
    let account: String = r.short_str()?.into();
    match account.is_empty() {
        // a disk that lost power may show zeros
        true => Err(FormatError::Value {
            what: "account of a nonce",
            got: 0,
            rule: "it is not empty",
        }),
        false => Ok(Spent {
            account,
            nonce,
            expires,
        }),
    }
}
