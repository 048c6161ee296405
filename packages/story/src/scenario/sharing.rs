//! Step 7: the clinician reads under consent, and checks everything against the chain.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::anchor::{self, BatchId, BatchInfo};
use vitals_api::consent;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_keys::package_ref;
use vitals_reader::VerifiedBatch;
use vitals_vault_client::VaultError;

use super::people::Patient;
use super::recording::Played;
use super::{number, Stage};
use crate::edge::VaultAt;
use crate::screen;

/// Somebody who reads: an age identity, an account, a ground.
pub struct Reading {
    pub grant: u64,
    pub identity: String,
}

impl Stage<'_> {
    /// The clinician is granted a day of cardiac data for treatment, fetches, decrypts, verifies.
    pub fn sharing(&mut self, patient: &Patient, played: &Played) -> Result<Reading> {
        let vault = &played.vault;
        screen::step(7, "Consent, keys, and what the clinician sees");
        self.report.step("sharing");
        let reading = self.grant_with_keys(patient, played, vault)?;
        let package = self.fetch_package(patient, &reading, vault)?;
        let batches = self.batches(patient, Category::Cardiac)?;
        ensure!(!batches.is_empty(), "no cardiac batch is anchored");
        let ground = GroundRef::Grant { id: reading.grant };
        let mut verified = 0;
        for info in &batches {
            let opened = self.read(vault, "clinician", ground, &package, info)?;
            verified += played.check(info, &opened)?;
        }
        screen::say(&format!(
            "the clinician decrypted {} batches: {verified} heart rates, byte for byte what the device measured",
            batches.len()
        ));
        let oxygen = self.verify_the_rest(patient, played, vault)?;
        self.report.readings.decrypted = verified + oxygen;
        Ok(reading)
    }

    /// The patient opens its own oxygen readings, which the clinician was not granted.
    fn verify_the_rest(
        &mut self,
        patient: &Patient,
        played: &Played,
        vault: &VaultAt,
    ) -> Result<u64> {
        let mut verified = 0;
        for info in self.batches(patient, Category::Respiratory)? {
            let opened = self.read(
                vault,
                "patient",
                GroundRef::Patient {},
                &played.own_package,
                &info,
            )?;
            verified += played.check(&info, &opened)?;
        }
        screen::say(&format!(
            "the patient decrypted {verified} oxygen readings (simulated, and marked so)"
        ));
        Ok(verified)
    }

    fn grant_with_keys(
        &mut self,
        patient: &Patient,
        played: &Played,
        vault: &VaultAt,
    ) -> Result<Reading> {
        let consent = self.at.consent.clone();
        let recipient = &patient.clinician.recipient;
        let window = patient.window(24);
        let keys = played.agent.keys();
        let file = keys
            .package(&[Category::Cardiac], window)?
            .seal(recipient)?;
        self.vault_as("patient", vault)?
            .put_package(patient.id, &file)?;
        let msg = consent::ExecuteMsg::Grant {
            patient: Uint64::new(patient.id),
            grant: consent::GrantMsg {
                grantee: consent::Party::Account(self.address("clinician")?),
                purposes: vec![Purpose::Treatment],
                categories: vec![Category::Cardiac],
                actions: vec![Action::Read],
                window,
                valid_from: None,
                valid_until: self.now_s()? + 86_400,
                package: Some(package_ref(&file, recipient)),
            },
        };
        let granted = self.act("patient", "grant", &consent, &msg)?;
        let grant = number(&granted, &consent, "granted", "grant")?;
        screen::say(&format!(
            "grant {grant}: cardiac data of epochs {}..{} for treatment; keys are {} bytes",
            window.from,
            window.to,
            file.len()
        ));
        Ok(Reading {
            grant,
            identity: patient.clinician.secret.clone(),
        })
    }

    fn fetch_package(
        &mut self,
        patient: &Patient,
        reading: &Reading,
        vault: &VaultAt,
    ) -> Result<KeyPackage> {
        let grant: consent::GrantInfo = self.ask(
            &self.at.consent,
            &consent::QueryMsg::Grant {
                patient: Uint64::new(patient.id),
                grant: Uint64::new(reading.grant),
            },
        )?;
        let package = grant.package.context("the grant names no key package")?;
        let digest: [u8; 32] = package.digest.as_slice().try_into()?;
        let file =
            self.vault_as("clinician", vault)?
                .read_package(patient.id, reading.grant, &digest)?;
        Ok(KeyPackage::open(&file, &reading.identity)?)
    }

    /// All of a patient's batches of a category, as anybody sees them on the chain.
    pub fn batches(&self, patient: &Patient, category: Category) -> Result<Vec<BatchInfo>> {
        let mut all: Vec<BatchInfo> = Vec::new();
        loop {
            let page: anchor::BatchesPage = self.ask(
                &self.at.vitals_anchor,
                &anchor::QueryMsg::Batches {
                    patient: Uint64::new(patient.id),
                    category,
                    from_epoch: None,
                    to_epoch: None,
                    start_after: all.last().map(|b| b.id.clone()),
                    limit: Some(30),
                },
            )?;
            if page.batches.is_empty() {
                return Ok(all);
            }
            all.extend(page.batches);
        }
    }

    /// Fetches a batch from the vault, decrypts it and checks it against its anchored root.
    pub fn read(
        &self,
        vault: &VaultAt,
        who: &str,
        ground: GroundRef,
        package: &KeyPackage,
        info: &BatchInfo,
    ) -> Result<VerifiedBatch> {
        let digest: [u8; 32] = info.digest.as_slice().try_into()?;
        let sealed =
            self.vault_as(who, vault)?
                .read_batch(&info.id, &digest, purpose(&ground), &ground)?;
        let key = package
            .epoch_key(info.generation, info.id.category, info.id.epoch)
            .context("the key package does not open this batch")?;
        Ok(vitals_reader::open(info, &key, &sealed)?)
    }

    /// A request that the vault must refuse with this code.
    pub fn refused_read(
        &mut self,
        attempt: &str,
        due: &str,
        asked: Result<Vec<u8>, VaultError>,
    ) -> Result<()> {
        match asked {
            Ok(_) => anyhow::bail!("{attempt}: the vault released it, {due} was due"),
            Err(error) => self.refused(attempt, due, error.code().to_string(), error.to_string()),
        }
    }
}

/// Under an emergency nothing else is read for.
fn purpose(ground: &GroundRef) -> Purpose {
    match ground {
        GroundRef::Emergency { .. } => Purpose::Emergency,
        _ => Purpose::Treatment,
    }
}

/// A batch that is not there, to ask for what is outside a grant.
pub fn elsewhere(info: &BatchInfo, category: Category, epoch: u32) -> BatchId {
    BatchId {
        category,
        epoch,
        ..info.id.clone()
    }
}
