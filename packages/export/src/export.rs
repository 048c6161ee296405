//! One export from beginning to end.

use std::path::Path;

use serde_json::{json, Value};
use vitals_keys::Keys;
use vitals_ledger::{query, Deployment, LedgerError, Reader};
use vitals_vault_client::{Signer, VaultClient};

use crate::folder::Folder;
use crate::manifest::{self, Exported, Span};
use crate::state::Subject;
use crate::ExportError;

const ABOUT: &str = include_str!("about.md");

/// Whose data, where it is, and the keys to it.
pub struct Export<'a, C: ?Sized, S> {
    pub chain: &'a C,
    pub at: &'a Deployment,
    /// The patient's.
    pub keys: &'a Keys,
    /// As the account that controls the patient; asked in turn.
    pub vaults: &'a [VaultClient<S>],
}

/// Told now and then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A part is begun: a name.
    Part(&'static str),
    /// Batches and readings written so far, those of earlier starts too.
    Batches { batches: u64, readings: u64 },
}

impl<C: Reader + ?Sized, S: Signer> Export<'_, C, S> {
    /// Writes everything into a directory that does not exist, is empty, or holds an unfinished
    /// export of the same patient, which goes on. What cannot be had is listed, and is no error;
    /// a chain that does not answer is one.
    pub fn run(&self, dir: &Path, tell: &dyn Fn(Progress)) -> Result<Exported, ExportError> {
        let subject = Subject {
            deployment_id: self.at.deployment_id.clone(),
            patient: self.keys.patient(),
        };
        let began = self.span()?;
        let mut folder = Folder::open(dir, subject)?;
        folder.write("README.md", ABOUT.as_bytes())?;
        let mut work = Work {
            export: self,
            folder: &mut folder,
            tell,
        };
        work.all()?;
        let span = (began, self.span()?);
        let exported = manifest::write(&folder, self.at, self.keys.patient(), span)?;
        folder.finish()?;
        Ok(exported)
    }

    fn span(&self) -> Result<Span, ExportError> {
        Ok(Span {
            height: self.chain.height()?,
            block_time_ms: self.chain.block_time_ms()?,
        })
    }

    pub(crate) fn patient(&self) -> u64 {
        self.keys.patient()
    }

    /// An answer as the contract gives it.
    pub(crate) fn ask<T: serde::de::DeserializeOwned>(
        &self,
        contract: &str,
        asked: &impl serde::Serialize,
    ) -> Result<T, LedgerError> {
        query(self.chain, contract, asked)
    }
}

/// An export under way.
pub(crate) struct Work<'a, C: ?Sized, S> {
    pub export: &'a Export<'a, C, S>,
    pub folder: &'a mut Folder,
    pub tell: &'a dyn Fn(Progress),
}

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    /// Receipts last: what is fetched before leaves some.
    fn all(&mut self) -> Result<(), ExportError> {
        self.part("consent");
        self.consent()?;
        self.part("devices");
        self.devices()?;
        self.part("care");
        self.care()?;
        self.part("policies");
        self.policies()?;
        self.part("batches");
        self.batches()?;
        self.part("receipts");
        self.receipts()?;
        self.folder.close()
    }

    fn part(&self, name: &'static str) {
        (self.tell)(Progress::Part(name));
    }

    /// A file of what the chain answers. A refusal is told as missing; that a thing does not exist
    /// is an answer: null.
    pub(crate) fn section(
        &mut self,
        name: &str,
        asked: Result<Value, LedgerError>,
    ) -> Result<(), ExportError> {
        let value = match asked {
            Ok(value) => value,
            Err(LedgerError::Refused { reason }) if reason.starts_with("state/not_found") => {
                Value::Null
            }
            Err(LedgerError::Refused { reason }) => {
                self.folder.missing(name, &reason);
                json!({ "missing": reason })
            }
            Err(other) => return Err(other.into()),
        };
        self.folder.write_json(name, &value)
    }
}

/// As JSON.
pub(crate) fn value(of: &impl serde::Serialize) -> Result<Value, LedgerError> {
    serde_json::to_value(of).map_err(|cause| LedgerError::Answer {
        what: "export".into(),
        cause: cause.to_string(),
    })
}
