//! How far `watch` looked.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use vitals_chain_client::Paid;

use crate::failure::Failure;

/// A node indexes transactions a little after their block: so many blocks are looked at again.
const OVERLAP: u64 = 20;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    granter: String,
    through: u64,
    /// Transactions of the last blocks that were looked at, with their heights: a grant that was
    /// given anew is not taken for what was spent before.
    seen: BTreeMap<String, u64>,
}

impl State {
    pub fn read(path: &Path, granter: &str) -> Result<Self, Failure> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self {
                    granter: granter.into(),
                    through: 0,
                    seen: BTreeMap::new(),
                })
            }
            Err(error) => return Err(Failure::file(path, error)),
        };
        let state: Self =
            serde_json::from_slice(&bytes).map_err(|cause| Failure::file(path, cause))?;
        if state.granter != granter {
            let rule = format!("is of sponsor {}, this one is {granter}", state.granter);
            return Err(Failure::file(path, rule));
        }
        Ok(state)
    }

    /// Transactions above this height are to be looked at.
    pub fn after(&self) -> u64 {
        self.through.saturating_sub(OVERLAP)
    }

    /// Of these, the ones not looked at yet.
    pub fn unseen(&self, mut paid: Vec<Paid>) -> Vec<Paid> {
        paid.retain(|paid| !self.seen.contains_key(&paid.hash));
        paid
    }

    pub fn note(&mut self, paid: &[Paid], through: u64) {
        self.through = self.through.max(through);
        let seen = paid.iter().map(|paid| (paid.hash.clone(), paid.height));
        self.seen.extend(seen);
        let after = self.after();
        self.seen.retain(|_, height| *height > after);
    }

    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let dir = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let write = || -> std::io::Result<()> {
            let mut file = NamedTempFile::new_in(dir)?;
            serde_json::to_writer(&mut file, self)?;
            file.flush()?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            Ok(())
        };
        write().map_err(|cause| Failure::file(path, cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paid(hash: &str, height: u64) -> Paid {
        Paid {
            hash: hash.into(),
            height,
            grantee: "wasm1patient".into(),
            contracts: vec![],
            others: vec![],
        }
    }

    #[test]
    fn the_last_blocks_are_looked_at_again_and_no_transaction_twice() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        let mut state = State::read(&path, "wasm1sponsor").unwrap();
        state.note(&[paid("A", 10), paid("B", 95)], 100);
        state.write(&path).unwrap();
        let state = State::read(&path, "wasm1sponsor").unwrap();
        assert_eq!(state.after(), 80);
        let new = state.unseen(vec![paid("B", 95), paid("C", 96)]);
        assert_eq!(new, [paid("C", 96)]);
        assert_eq!(state.seen.len(), 1, "what is not read again is forgotten");
    }

    #[test]
    fn another_sponsor_s_state_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        State::read(&path, "wasm1a").unwrap().write(&path).unwrap();
        assert!(State::read(&path, "wasm1b").is_err());
        fs::write(&path, "{").unwrap();
        assert!(State::read(&path, "wasm1a").is_err());
    }
}
