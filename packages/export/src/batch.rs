//! Batches: from the chain's pointer by the vault's ciphertext to readings that add up to what the
//! device signed.

use serde_json::{json, Value};
use vitals_api::anchor::{BatchInfo, BatchesPage, QueryMsg};
use vitals_api::page::MAX_LIMIT;
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::Window;
use vitals_ledger::Reader;
use vitals_reader::{measured, open, VerifiedBatch};
use vitals_vault_client::{first_patiently, Signer};

use crate::export::{value, Progress, Work};
use crate::rows::{batch_name, file_of, Row, HEADER};
use crate::ExportError;

const ALL: &str = "readings/readings.jsonl";

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    pub(crate) fn batches(&mut self) -> Result<(), ExportError> {
        for category in Category::ALL {
            self.of_category(category)?;
        }
        Ok(())
    }

    fn of_category(&mut self, category: Category) -> Result<(), ExportError> {
        loop {
            let asked = QueryMsg::Batches {
                patient: self.export.patient().into(),
                category,
                from_epoch: None,
                to_epoch: None,
                start_after: self.folder.state.last.get(category.name()).cloned(),
                limit: Some(MAX_LIMIT),
            };
            let page: BatchesPage = self.export.ask(&self.export.at.vitals_anchor, &asked)?;
            if page.batches.is_empty() {
                return Ok(());
            }
            for info in &page.batches {
                self.batch(info)?;
                let last = &mut self.folder.state.last;
                last.insert(category.name().into(), info.id.clone());
                self.folder.commit_much()?;
            }
            self.folder.commit()?;
            let counts = self.folder.state.counts;
            (self.tell)(Progress::Batches {
                batches: counts.batches,
                readings: counts.readings,
            });
        }
    }

    fn batch(&mut self, info: &BatchInfo) -> Result<(), ExportError> {
        let name = batch_name(info);
        let opened = self.opened(info);
        let mut line = json!({ "batch": name, "anchored": value(info)? });
        self.folder.state.counts.batches += 1;
        match opened {
            Ok((batch, vault)) => {
                self.rows(info, &batch);
                self.folder.state.counts.verified += 1;
                line["verified"] = true.into();
                line["vault"] = vault.into();
                line["evidence"] = evidence(info, &batch);
            }
            Err(reason) => {
                self.folder
                    .missing_batch(&format!("readings of batch {name}"), &reason);
                line["verified"] = false.into();
                line["why_not"] = reason.into();
            }
        }
        let file = format!("batches/{}.jsonl", info.id.category.name());
        self.folder.append_json(&file, &line);
        Ok(())
    }

    /// The readings, and the vault that had them.
    fn opened(&self, info: &BatchInfo) -> Result<(VerifiedBatch, String), String> {
        if info.shredded.is_some() {
            return Err("export/shredded: the pointer was deleted on the patient's demand".into());
        }
        let id = &info.id;
        let epoch =
            Window::new(id.epoch, id.epoch.saturating_add(1)).map_err(|cause| cause.to_string())?;
        let keys = self.export.keys;
        let cover = keys.cover_for(info.generation, id.category, epoch);
        let key = cover
            .map_err(|cause| cause.to_string())?
            .epoch_key(id.epoch)
            .ok_or("export/no_key: the key file does not open that hour")?;
        let digest = info.digest.as_slice().try_into();
        let digest: [u8; 32] = digest.map_err(|_| "export/digest: it has not 32 bytes")?;
        let ground = GroundRef::Patient {};
        // bytes of another digest are refused there, and the next vault is asked
        let given = first_patiently(self.export.vaults, |vault| {
            vault.read_batch(id, &digest, Purpose::Treatment, &ground)
        });
        let (sealed, vault) = given.map_err(|none| none.to_string())?;
        let opened = open(info, &key, &sealed).map_err(|cause| cause.to_string())?;
        Ok((opened, vault.vault().into()))
    }

    fn rows(&mut self, info: &BatchInfo, batch: &VerifiedBatch) {
        for (index, reading) in batch.readings.iter().enumerate() {
            let row = Row {
                info,
                index,
                reading,
            };
            let file = file_of(reading.measure);
            if self.folder.is_new(&file) {
                self.folder.append(&file, HEADER);
            }
            self.folder.append(&file, &row.csv());
            self.folder.append_json(ALL, &row.json());
            self.folder.state.counts.readings += 1;
        }
    }
}

/// What it takes to compute the anchored root again from the readings alone.
fn evidence(info: &BatchInfo, batch: &VerifiedBatch) -> Value {
    json!({
        "measured": measured(info).ok().map(|measured| hex::encode(measured.to_bytes())),
        "root": hex::encode(info.root.as_slice()),
        "salt_seed": hex::encode(batch.seed()),
        "ciphertext_sha256": hex::encode(info.digest.as_slice()),
    })
}
