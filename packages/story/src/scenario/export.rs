//! Step 25: the patient takes everything along, although the chain stops answering time and again.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use anyhow::{bail, ensure, Context, Result};
use serde_json::Value;
use vitals_api::consent::{PatientInfo, QueryMsg};
use vitals_core::measure::Category;
use vitals_export::{Export, ExportError, Exported, Manifest};
use vitals_ledger::{LedgerError, Reader};

use super::people::Patient;
use super::recording::Played;
use super::Stage;
use crate::backend::SharedAccount;
use crate::screen;

/// More questions than an export without a batch takes.
const ANSWERS: u32 = 330;

/// A node that answers so often and no more.
struct Tired {
    chain: SharedAccount,
    left: Cell<u32>,
}

impl Tired {
    fn answer<T>(&self, answer: Result<T, LedgerError>) -> Result<T, LedgerError> {
        match self.left.get().checked_sub(1) {
            Some(left) => {
                self.left.set(left);
                answer
            }
            None => Err(LedgerError::Unreachable {
                cause: "it answers no more".into(),
            }),
        }
    }
}

impl Reader for Tired {
    fn chain_id(&self) -> Result<String, LedgerError> {
        self.answer(self.chain.chain_id())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        self.answer(self.chain.block_time_ms())
    }

    fn height(&self) -> Result<u64, LedgerError> {
        self.answer(self.chain.height())
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        self.answer(self.chain.query(contract, msg))
    }

    fn balance(&self, account: &str, denom: &str) -> Result<u128, LedgerError> {
        self.answer(self.chain.balance(account, denom))
    }
}

impl Stage<'_> {
    pub fn export(&mut self, patient: &Patient, played: &Played) -> Result<()> {
        screen::step(25, "Everything, in open files");
        self.report.step("export");
        let home = self.backend.home();
        let whole = self.exported(played, &home.join("export"), u32::MAX)?;
        let (interrupted, again) = self.interrupted(played, &home.join("export-2"))?;
        ensure!(
            (again.batches, again.readings) == (whole.batches, whole.readings),
            "an interrupted export has {again:?}, one that was not {whole:?}"
        );
        same_readings(&home.join("export"), &home.join("export-2"))?;
        self.nothing_left_out(patient, &whole, &home.join("export"))?;
        screen::say(&format!(
            "{} batches, {} of them verified: {} readings in {} files; {} things are listed as missing",
            whole.batches, whole.verified, whole.readings, whole.files, whole.missing
        ));
        screen::say(&format!(
            "interrupted {interrupted} times, it comes out the same"
        ));
        self.refused_export(played, &home.join("export"))
    }

    fn exported(&self, played: &Played, dir: &Path, answers: u32) -> Result<Exported, ExportError> {
        let unusable = |cause: anyhow::Error| {
            ExportError::Chain(LedgerError::Unreachable {
                cause: format!("{cause:#}"),
            })
        };
        let who = self.controller(played).map_err(unusable)?;
        let chain = Tired {
            chain: self.account(who).map_err(unusable)?,
            left: Cell::new(answers),
        };
        let vault = self.vault_as(who, &played.vault).map_err(unusable)?;
        let export = Export {
            chain: &chain,
            at: &self.at,
            keys: played.agent.keys(),
            vaults: &[vault],
        };
        export.run(dir, &|_| {})
    }

    /// Whose the patient is by now: recovered to another account where days pass at once.
    fn controller(&self, played: &Played) -> Result<&'static str> {
        let asked = QueryMsg::Patient {
            patient: played.agent.keys().patient().into(),
        };
        let info: PatientInfo = self.ask(&self.at.consent, &asked)?;
        Ok(match info.controller == self.address("patient")? {
            true => "patient",
            false => "new-phone",
        })
    }

    /// A few answers more each time, until it is enough.
    fn interrupted(&self, played: &Played, dir: &Path) -> Result<(u32, Exported)> {
        for times in 0..200 {
            match self.exported(played, dir, ANSWERS + times) {
                Ok(exported) => return Ok((times, exported)),
                Err(ExportError::Chain(LedgerError::Unreachable { .. })) => {}
                Err(other) => return Err(other.into()),
            }
        }
        bail!("an export that goes on where it was does not end")
    }

    /// Everything the chain points to is there, or listed with the reason.
    fn nothing_left_out(&self, patient: &Patient, exported: &Exported, dir: &Path) -> Result<()> {
        let (mut batches, mut shredded, mut readings) = (0, 0, 0);
        for category in Category::ALL {
            for info in self.batches(patient, category)? {
                batches += 1;
                match info.shredded {
                    Some(_) => shredded += 1,
                    None => readings += u64::from(info.count),
                }
            }
        }
        ensure!(shredded > 0, "nothing was shredded before");
        ensure!(
            (exported.batches, exported.verified, exported.readings)
                == (batches, batches - shredded, readings),
            "{exported:?}, of {batches} batches, {shredded} shredded, {readings} readings"
        );
        let manifest: Manifest = serde_json::from_slice(&fs::read(dir.join("manifest.json"))?)?;
        for listed in &manifest.files {
            let bytes = fs::read(dir.join(&listed.path))?;
            let digest = hex::encode(vitals_core::package::digest(&bytes));
            ensure!(digest == listed.sha256, "{} is another file", listed.path);
        }
        let has = |path: &str| {
            manifest
                .files
                .iter()
                .any(|file| file.path.starts_with(path))
        };
        for path in [
            "readings/heart_rate.csv",
            "alerts/",
            "plans/",
            "receipts/",
            "devices/",
        ] {
            ensure!(has(path), "{path} is not in the export");
        }
        Ok(())
    }

    fn refused_export(&mut self, played: &Played, dir: &Path) -> Result<()> {
        let tried = self.exported(played, dir, u32::MAX);
        let error = tried.err().context("a finished export was written into")?;
        let error = error.to_string();
        let code = error.split(':').next().unwrap_or_default().to_string();
        self.refused(
            "an export into a finished one",
            "export/not_empty",
            code,
            error,
        )
    }
}

fn same_readings(one: &Path, other: &Path) -> Result<()> {
    for part in ["readings", "batches"] {
        for entry in fs::read_dir(one.join(part))? {
            let name = entry?.file_name();
            let (one, other) = (one.join(part).join(&name), other.join(part).join(&name));
            ensure!(fs::read(&one)? == fs::read(&other)?, "{name:?} differs");
        }
    }
    Ok(())
}
