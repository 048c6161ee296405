//! What is where in the log, in memory: some 90 bytes a receipt.

use std::collections::{HashMap, HashSet};

use vitals_core::receipt::Receipt;
use vitals_core::tree::Hash;

use super::line::Entry;
use super::tree::Tree;
use super::LogError;

/// Of a line in the file.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub number: u64,
    pub at: u64,
    pub len: u64,
}

#[derive(Default)]
pub struct Index {
    patients: HashMap<u64, Released>,
    erased: HashMap<u64, HashSet<[u8; 32]>>,
}

#[derive(Default)]
struct Released {
    tree: Tree,
    places: Vec<Place>,
}

impl Released {
    fn count(&self) -> u32 {
        // a log has at most 2^32 - 1 receipts: each was a request
        self.places.len() as u32
    }
}

impl Index {
    pub fn add(&mut self, entry: &Entry, place: Place) -> Result<(), LogError> {
        if let Some(receipt) = entry.receipt()? {
            let leaf = leaf(&receipt)?;
            let released = self.patients.entry(receipt.patient).or_default();
            released.tree.push(leaf);
            released.places.push(place);
        }
        if let Entry::Erased(erased) = entry {
            let digests: Result<Vec<[u8; 32]>, _> =
                erased.digests.iter().map(|text| digest(text)).collect();
            let gone = self.erased.entry(erased.patient.u64()).or_default();
            gone.extend(digests?);
        }
        Ok(())
    }

    pub fn is_erased(&self, patient: u64, digest: &[u8; 32]) -> bool {
        let gone = self.erased.get(&patient);
        gone.is_some_and(|gone| gone.contains(digest))
    }

    pub fn tree(&self, patient: u64) -> Option<&Tree> {
        self.patients.get(&patient).map(|own| &own.tree)
    }

    pub fn leaves(&self, patient: u64) -> &[Hash] {
        self.tree(patient).map_or(&[], Tree::leaves)
    }

    pub fn count(&self, patient: u64) -> u32 {
        self.patients.get(&patient).map_or(0, Released::count)
    }

    pub fn counts(&self) -> Vec<(u64, u32)> {
        self.patients
            .iter()
            .map(|(patient, own)| (*patient, own.count()))
            .collect()
    }

    pub fn places(
        &self,
        patient: u64,
        start_after: Option<u32>,
        limit: usize,
    ) -> Vec<(u32, Place)> {
        let from = start_after.map_or(0, |index| index as usize + 1);
        let places = self.patients.get(&patient).map(|own| &own.places);
        places
            .into_iter()
            .flatten()
            .enumerate()
            .skip(from)
            .take(limit)
            .map(|(index, place)| (index as u32, *place))
            .collect()
    }

    /// Whether this receipt is the one that was written under the number.
    pub fn has_leaf(&self, receipt: &Receipt, number: u64) -> bool {
        let Some(own) = self.patients.get(&receipt.patient) else {
            return false;
        };
        let at = own.places.binary_search_by_key(&number, |p| p.number);
        let known = at.ok().and_then(|at| own.tree.leaves().get(at));
        known.is_some() && leaf(receipt).ok().as_ref() == known
    }
}

fn leaf(receipt: &Receipt) -> Result<Hash, LogError> {
    receipt
        .leaf()
        .map_err(|cause| LogError::Entry(cause.to_string()))
}

fn digest(text: &str) -> Result<[u8; 32], LogError> {
    let mut digest = [0; 32];
    hex::decode_to_slice(text, &mut digest).map_err(|cause| LogError::Entry(cause.to_string()))?;
    Ok(digest)
}
