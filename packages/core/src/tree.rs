//! The tree over a batch's readings: the Merkle tree hash of RFC 6962, section 2.1, with SHA-256.
//!
//! A leaf hashes `0x00 ‖ input`, a node `0x01 ‖ left ‖ right`; a tree of n leaves splits at the
//! largest power of two below n. The root alone does not fix n: whoever checks a root takes the
//! count from what the device signed.

use sha2::{Digest, Sha256};

use crate::reading::{Reading, READING_BYTES};
use crate::salt::{Salt, SALT_BYTES};

pub type Hash = [u8; 32];

/// Canonical reading ‖ salt. With its prefix a leaf fills half a SHA-256 block, so hashing it
/// takes one compression.
pub const LEAF_BYTES: usize = READING_BYTES + SALT_BYTES;
pub type Leaf = [u8; LEAF_BYTES];

/// A batch has at most 2^16 - 1 leaves, so at most this many complete subtrees side by side.
const LEVELS: usize = u16::BITS as usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    #[error("tree/full: a tree has at most 65535 leaves")]
    Full,
}

/// What is hashed for one reading.
pub fn leaf_input(reading: &Reading, salt: &Salt) -> Leaf {
    let mut leaf = [0; LEAF_BYTES];
    let (head, tail) = leaf.split_at_mut(READING_BYTES);
    head.copy_from_slice(&reading.to_bytes());
    tail.copy_from_slice(salt);
    leaf
}

pub fn leaf_hash(input: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(input)
        .finalize()
        .into()
}

pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root of no leaves, which no batch has: SHA-256 of nothing.
fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The root over leaf hashes that are all at hand.
pub fn root(leaf_hashes: &[Hash]) -> Hash {
    match leaf_hashes {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaf_hashes.split_at(split_point(leaf_hashes.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// The largest power of two below `count`, for a count of at least two.
pub(crate) fn split_point(count: usize) -> usize {
    count.div_ceil(2).next_power_of_two()
}

/// A tree that grows leaf by leaf in 514 bytes: the roots of its complete subtrees, one for each
/// bit set in the count. All that a device keeps of the readings it has committed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    count: u16,
    /// The complete subtree of 2^level leaves; meaningful where the count has that bit.
    subtrees: [Hash; LEVELS],
}

impl Default for Frontier {
    fn default() -> Self {
        Self::new()
    }
}

impl Frontier {
    pub fn new() -> Self {
        Self {
            count: 0,
            subtrees: [[0; 32]; LEVELS],
        }
    }

    pub fn count(&self) -> u16 {
        self.count
    }

    pub fn push(&mut self, leaf: Hash) -> Result<(), TreeError> {
        let next = self.count.checked_add(1).ok_or(TreeError::Full)?;
        let mut carried = leaf;
        // adding one to the count, with hashing for the carry
        for (level, subtree) in self.subtrees.iter_mut().enumerate() {
            if !has_level(self.count, level) {
                *subtree = carried;
                break;
            }
            carried = node_hash(subtree, &carried);
        }
        self.count = next;
        Ok(())
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> Hash {
        self.subtrees
            .iter()
            .enumerate()
            .filter(|(level, _)| has_level(self.count, *level))
            .map(|(_, subtree)| *subtree)
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}

fn has_level(count: u16, level: usize) -> bool {
    (count >> level) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_splits_at_the_largest_power_of_two_below_its_count() {
        for (count, at) in [
            (2, 1),
            (3, 2),
            (4, 2),
            (5, 4),
            (8, 4),
            (9, 8),
            (65_535, 32_768),
        ] {
            assert_eq!(split_point(count), at, "{count}");
        }
    }

    #[test]
    fn a_full_frontier_refuses_a_leaf_and_keeps_its_root() {
        let mut frontier = Frontier::new();
        for _ in 0..u16::MAX {
            frontier.push([3; 32]).unwrap();
        }
        let root = frontier.root();
        assert_eq!(frontier.push([3; 32]), Err(TreeError::Full));
        assert_eq!((frontier.root(), frontier.count()), (root, u16::MAX));
    }
}
