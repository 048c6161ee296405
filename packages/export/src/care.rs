//! Alerts and plans: what the chain says of them, and what they say, opened with the patient's
//! identity.

use cosmwasm_std::Binary;
use serde_json::Value;
use vitals_api::care::{
    AdherenceInfo, AdherencePage, AlertInfo, AlertsPage, PlanInfo, PlansPage, QueryMsg,
};
use vitals_core::agefile;
use vitals_core::decision::GroundRef;
use vitals_insurance::pages;
use vitals_ledger::{LedgerError, Reader};
use vitals_vault_client::{first_patiently, Signer, VaultClient, VaultError};

use crate::export::{value, Work};
use crate::ExportError;

/// More than a plan or an alert's detail has.
const MOST_BYTES: usize = 4 << 20;

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    pub(crate) fn care(&mut self) -> Result<(), ExportError> {
        let (alerts, plans) = (self.alerts()?, self.plans()?);
        self.section("chain/alerts.json", value(&alerts))?;
        self.section("chain/plans.json", value(&plans))?;
        let ladders = self.ladders();
        self.section("chain/ladders.json", ladders)?;
        let adherence = self.adherence();
        self.section("chain/adherence.json", adherence)?;
        let patient = self.export.patient();
        let ground = GroundRef::Patient {};
        for alert in alerts {
            // an alert that tells of an emergency has no detail
            let Some(digest) = alert.digest else { continue };
            let number = alert.alert.u64();
            let ask = |vault: &VaultClient<S>, digest: &[u8; 32]| {
                let told = vault.read_alert(patient, number, digest, &ground);
                told.map(|(file, _)| file)
            };
            self.opened_file(&format!("alerts/{number}"), &digest, ask)?;
        }
        for plan in plans {
            let version = plan.version;
            let ask = |vault: &VaultClient<S>, digest: &[u8; 32]| {
                vault.read_plan(patient, version, digest, &ground)
            };
            self.opened_file(&format!("plans/{version}"), &plan.digest, ask)?;
        }
        Ok(())
    }

    fn cares<T: serde::de::DeserializeOwned>(&self, asked: &QueryMsg) -> Result<T, LedgerError> {
        self.export.ask(&self.export.at.care, asked)
    }

    fn alerts(&self) -> Result<Vec<AlertInfo>, LedgerError> {
        pages(|last: Option<&AlertInfo>, limit| {
            let asked = QueryMsg::Alerts {
                patient: self.export.patient().into(),
                start_after: last.map(|alert| alert.alert),
                limit: Some(limit),
            };
            self.cares(&asked).map(|page: AlertsPage| page.alerts)
        })
    }

    fn plans(&self) -> Result<Vec<PlanInfo>, LedgerError> {
        pages(|last: Option<&PlanInfo>, limit| {
            let asked = QueryMsg::Plans {
                patient: self.export.patient().into(),
                start_after: last.map(|plan| plan.version),
                limit: Some(limit),
            };
            self.cares(&asked).map(|page: PlansPage| page.plans)
        })
    }

    fn adherence(&self) -> Result<Value, LedgerError> {
        let all = pages(|last: Option<&AdherenceInfo>, limit| {
            let asked = QueryMsg::Adherence {
                patient: self.export.patient().into(),
                start_after: last.map(|report| report.report),
                limit: Some(limit),
            };
            self.cares(&asked).map(|page: AdherencePage| page.reports)
        })?;
        value(&all)
    }

    /// Ladders have any number of a byte.
    fn ladders(&self) -> Result<Value, LedgerError> {
        let mut ladders = serde_json::Map::new();
        for ladder in 0..=u8::MAX {
            let patient = self.export.patient().into();
            match self.cares::<Value>(&QueryMsg::Ladder { patient, ladder }) {
                Ok(found) => drop(ladders.insert(ladder.to_string(), found)),
                Err(LedgerError::Refused { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(Value::Object(ladders))
    }

    /// `<name>.json`, or `<name>.bin` where it is no JSON.
    fn opened_file(
        &mut self,
        name: &str,
        digest: &Binary,
        ask: impl Fn(&VaultClient<S>, &[u8; 32]) -> Result<Vec<u8>, VaultError>,
    ) -> Result<(), ExportError> {
        if self.folder.state.whole.contains(name) {
            return Ok(());
        }
        match self.opened_bytes(digest, ask) {
            Ok(bytes) => {
                let is_json = serde_json::from_slice::<Value>(&bytes).is_ok();
                let ending = if is_json { "json" } else { "bin" };
                self.folder.write(&format!("{name}.{ending}"), &bytes)?;
                self.folder.state.whole.insert(name.into());
            }
            Err(reason) => self.folder.missing(name, &reason),
        }
        Ok(())
    }

    fn opened_bytes(
        &self,
        digest: &Binary,
        ask: impl Fn(&VaultClient<S>, &[u8; 32]) -> Result<Vec<u8>, VaultError>,
    ) -> Result<Vec<u8>, String> {
        let digest = digest.as_slice().try_into();
        let digest: [u8; 32] = digest.map_err(|_| "export/digest: it has not 32 bytes")?;
        let given = first_patiently(self.export.vaults, |vault| ask(vault, &digest));
        let (sealed, _) = given.map_err(|none| none.to_string())?;
        agefile::open(&sealed, self.export.keys.identity(), MOST_BYTES)
            .map(|plain| plain.to_vec())
            .map_err(|cause| cause.to_string())
    }
}
