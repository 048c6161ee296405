//! What one transaction cost, and what of that can be told apart from outside.

use std::collections::BTreeMap;

/// The gas schedule of wasmd and the Cosmos SDK.
const TX_BYTE: u64 = 10;
pub const CODE_LOAD: u64 = 60_000;
const WRITE: u64 = 2_000;
const WRITTEN_BYTE: u64 = 30;
const REMOVE: u64 = 1_000;
/// Before every key: the store's prefix and the contract's address.
const KEY_PREFIX: u64 = 33;

/// A contract's stored values by key.
pub type State = BTreeMap<Vec<u8>, Vec<u8>>;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    pub gas: u64,
    pub tx_bytes: u64,
    /// Contracts it ran.
    pub loads: u64,
    pub stored: Stored,
}

/// Records that a transaction changed. One written as it was before is not seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stored {
    pub written: u64,
    pub removed: u64,
    /// Of keys and values written.
    pub bytes: u64,
}

impl Cost {
    pub fn bytes_gas(&self) -> u64 {
        TX_BYTE * self.tx_bytes
    }

    pub fn load_gas(&self) -> u64 {
        CODE_LOAD * self.loads
    }

    /// Account, signature, reads, computing, events, transfers: what the above leaves.
    pub fn rest(&self) -> u64 {
        let known = self.bytes_gas() + self.load_gas() + self.stored.gas();
        self.gas.saturating_sub(known)
    }
}

impl Stored {
    pub fn between(before: &State, after: &State) -> Self {
        let changed = after.iter().filter(|(k, v)| before.get(*k) != Some(*v));
        let mut found = Self::default();
        for (key, value) in changed {
            found.written += 1;
            found.bytes += KEY_PREFIX + length(key) + length(value);
        }
        let gone = before.keys().filter(|k| !after.contains_key(*k));
        found.removed = length_of(gone.count());
        found
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            written: self.written + other.written,
            removed: self.removed + other.removed,
            bytes: self.bytes + other.bytes,
        }
    }

    pub fn gas(&self) -> u64 {
        WRITE * self.written + WRITTEN_BYTE * self.bytes + REMOVE * self.removed
    }
}

fn length(bytes: &[u8]) -> u64 {
    length_of(bytes.len())
}

fn length_of(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(of: &[(&str, &str)]) -> State {
        of.iter()
            .map(|(k, v)| (k.as_bytes().to_vec(), v.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn only_what_changed_was_written_and_a_key_counts_with_its_prefix() {
        let before = state(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let after = state(&[("a", "1"), ("b", "22"), ("d", "4")]);
        let stored = Stored::between(&before, &after);
        assert_eq!((stored.written, stored.removed), (2, 1));
        assert_eq!(stored.bytes, (33 + 1 + 2) + (33 + 1 + 1));
        assert_eq!(stored.gas(), 2 * 2_000 + 30 * 71 + 1_000);
    }

    #[test]
    fn the_parts_add_up_to_the_whole() {
        let cost = Cost {
            gas: 100_000,
            tx_bytes: 300,
            loads: 1,
            stored: Stored {
                written: 1,
                removed: 0,
                bytes: 50,
            },
        };
        let parts = cost.bytes_gas() + cost.load_gas() + cost.stored.gas() + cost.rest();
        assert_eq!(parts, cost.gas);
    }
}
