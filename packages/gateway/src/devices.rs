//! Which devices are the patient's, and by what keys they sign.

use std::collections::{BTreeMap, BTreeSet};

use vitals_api::registry::{DeviceInfo, KeyMsg};
use vitals_core::key::PublicKey;
use vitals_core::set::Set;
use vitals_core::time::Millis;
use vitals_ledger::{Account, LedgerError};

use crate::blob::BlobStore;
use crate::conditions::Standing;
use crate::store::device::{DeviceRow, Keys};
use crate::{Gateway, GatewayError};

/// Devices that spoke and are not known: so many are asked for in a tick.
const WANTED_AT_ONCE: u32 = 8;

impl<L: Account, V: BlobStore> Gateway<L, V> {
    /// Whether the chain answered for all of them. What is kept of a device holds until it does.
    pub(crate) fn refresh_devices(&mut self) -> Result<bool, GatewayError> {
        let mut all = self.config.devices.clone();
        all.extend(self.devices.keys());
        all.sort_unstable();
        all.dedup();
        let mut answered = true;
        for device in all {
            answered &= self.ask_registry(device)?;
        }
        Ok(answered)
    }

    /// Asks for devices that spoke and are not known, a few at a time.
    pub(crate) fn ask_for_wanted(&mut self, now_ms: Millis) -> Result<(), GatewayError> {
        for device in self.store.wanted(WANTED_AT_ONCE)? {
            if self.ask_registry(device)? {
                self.store.set_asked(device, now_ms)?;
            }
        }
        Ok(())
    }

    fn ask_registry(&mut self, device: u64) -> Result<bool, GatewayError> {
        let waiting = self.store.pairings_of(device)?;
        let info = self.registered(device);
        if let Ok(info) = &info {
            self.standings.insert(device, Standing::of(info));
        }
        match info.and_then(|info| self.ours(&info, &waiting)) {
            Ok(Some(row)) => {
                self.store.put_device(&row)?;
                self.devices.insert(device, row);
                Ok(true)
            }
            Ok(None) => {
                self.store.forget_device(device)?;
                self.devices.remove(&device);
                Ok(true)
            }
            Err(error) => {
                tracing::warn!(device, code = error.code(), "the registry did not answer");
                Ok(matches!(error, LedgerError::Refused { .. }))
            }
        }
    }

    /// A device that is with our patient; or was, and batches of those pairings wait. The chain asks
    /// who had it when it measured, not who has it now.
    fn ours(
        &self,
        info: &DeviceInfo,
        waiting: &BTreeSet<u32>,
    ) -> Result<Option<DeviceRow>, LedgerError> {
        let is_ours = info.patient.map(|patient| patient.u64()) == Some(self.config.patient);
        let current = is_ours.then_some(info.pairing);
        let device = info.device.u64();
        let over = waiting.iter().copied().filter(|one| Some(*one) != current);
        let ended = self.ended(device, over)?;
        let last = ended.last_key_value().map(|(pairing, _)| *pairing);
        let Some(pairing) = current.or(last) else {
            return Ok(None);
        };
        let head = self.device_head(device)?;
        let last = head.last.iter().map(|last| (last.category, last.at_ms));
        let from_ms = info.paired_from_ms.filter(|_| current.is_some());
        Ok(Some(DeviceRow {
            device,
            pairing,
            ended,
            keys: self.keys(info)?,
            categories: Set::of(&info.categories),
            lost_from_ms: info.lost_from_ms,
            anchored: head.sequence.u64(),
            anchored_until: last.collect(),
            paired_from_ms: from_ms.unwrap_or(0),
        }))
    }

    /// When these pairings ended. That does not change: it is asked once.
    fn ended(
        &self,
        device: u64,
        pairings: impl Iterator<Item = u32>,
    ) -> Result<BTreeMap<u32, Millis>, LedgerError> {
        let known = self.devices.get(&device).map(|row| &row.ended);
        let mut ended = BTreeMap::new();
        for pairing in pairings {
            let to_ms = match known.and_then(|known| known.get(&pairing)) {
                Some(to_ms) => *to_ms,
                None => self.pairing_end(device, pairing)?,
            };
            ended.insert(pairing, to_ms);
        }
        Ok(ended)
    }

    /// All of them: a batch begun before a rotation is signed by the key before. Asked once for each
    /// rotation.
    fn keys(&self, info: &DeviceInfo) -> Result<Keys, LedgerError> {
        let (device, from) = (info.device.u64(), info.key_from_sequence.u64());
        let newest = key(&info.key)?;
        if from == 0 {
            return Ok(Keys::only(newest));
        }
        let known = self.devices.get(&device).map(|row| &row.keys);
        match known.filter(|keys| keys.newest() == Some((from, &newest))) {
            Some(keys) => Ok(keys.clone()),
            None => self.all_keys(device),
        }
    }

    fn all_keys(&self, device: u64) -> Result<Keys, LedgerError> {
        let mut keys = Keys::default();
        for one in self.key_history(device)? {
            keys.add(one.from_sequence.u64(), key(&one.key)?);
        }
        Ok(keys)
    }
}

fn key(told: &KeyMsg) -> Result<PublicKey, LedgerError> {
    let key = PublicKey::new(told.scheme, told.bytes.as_slice());
    key.map_err(|cause| LedgerError::Answer {
        what: "key of a device".into(),
        cause: cause.to_string(),
    })
}
