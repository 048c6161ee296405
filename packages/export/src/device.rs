//! Devices: what they are, whose they were when, their keys, and the holes in what they measured.

use cosmwasm_std::Uint64;
use serde_json::{json, Value};
use vitals_api::anchor::{self, GapInfo, GapsPage};
use vitals_api::registry::{
    DeviceInfo, DevicesPage, KeyInfo, KeysPage, PairingInfo, PairingsPage, PatientDevice, QueryMsg,
};
use vitals_insurance::pages;
use vitals_ledger::{LedgerError, Reader};
use vitals_vault_client::Signer;

use crate::export::Work;
use crate::ExportError;

impl<C: Reader + ?Sized, S: Signer> Work<'_, C, S> {
    pub(crate) fn devices(&mut self) -> Result<(), ExportError> {
        let devices = pages(|last: Option<&PatientDevice>, limit| {
            let asked = QueryMsg::Devices {
                patient: self.export.patient().into(),
                start_after: last.map(|device| device.device),
                limit: Some(limit),
            };
            self.registered(&asked)
                .map(|page: DevicesPage| page.devices)
        })?;
        for device in devices {
            let told = self.device(device.device);
            self.section(&format!("devices/{}.json", device.device), told)?;
        }
        Ok(())
    }

    fn registered<T: serde::de::DeserializeOwned>(
        &self,
        asked: &QueryMsg,
    ) -> Result<T, LedgerError> {
        self.export.ask(&self.export.at.device_registry, asked)
    }

    fn device(&self, device: Uint64) -> Result<Value, LedgerError> {
        let info: DeviceInfo = self.registered(&QueryMsg::Device { device })?;
        let model: Value = self.registered(&QueryMsg::Model { model: info.model })?;
        Ok(json!({
            "device": info,
            "model": model,
            // of other patients' pairings the chain tells anybody, and this export does not
            "pairings": self.pairings(device)?,
            "keys": self.keys_of(device)?,
            "gaps": self.gaps(device)?,
        }))
    }

    fn pairings(&self, device: Uint64) -> Result<Vec<PairingInfo>, LedgerError> {
        let mut all = pages(|last: Option<&PairingInfo>, limit| {
            let asked = QueryMsg::Pairings {
                device,
                start_after: last.map(|pairing| pairing.pairing),
                limit: Some(limit),
            };
            self.registered(&asked)
                .map(|page: PairingsPage| page.pairings)
        })?;
        all.retain(|pairing| pairing.patient.u64() == self.export.patient());
        Ok(all)
    }

    fn keys_of(&self, device: Uint64) -> Result<Vec<KeyInfo>, LedgerError> {
        pages(|last: Option<&KeyInfo>, limit| {
            let asked = QueryMsg::KeyHistory {
                device,
                start_after: last.map(|key| key.number),
                limit: Some(limit),
            };
            self.registered(&asked).map(|page: KeysPage| page.keys)
        })
    }

    fn gaps(&self, device: Uint64) -> Result<Vec<GapInfo>, LedgerError> {
        pages(|last: Option<&GapInfo>, limit| {
            let asked = anchor::QueryMsg::Gaps {
                device,
                start_after: last.map(|gap| gap.from),
                limit: Some(limit),
            };
            let page = self.export.ask(&self.export.at.vitals_anchor, &asked);
            page.map(|page: GapsPage| page.gaps)
        })
    }
}
