//! Compact multiproofs: some readings of a batch shown under its root, with the fewest hashes of
//! the rest.
//!
//! The nodes of a proof are the roots of the largest subtrees that hold no proven leaf, from left
//! to right. Leaves and count determine which those are, so a proof carries no shape of its own
//! and every node is used exactly once.

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use crate::bytes::{FormatError, Reader, Writer};
use crate::reading::Reading;
use crate::tree::{self, leaf_hash, node_hash, split_point, Hash, Leaf};

const VERSION: u8 = 1;

/// The most readings one proof opens: what the largest claim rule asks for.
pub const MAX_PROVEN: usize = 30;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("proof/leaves: a proof opens 1 to 30 readings, got {got}")]
    Leaves { got: usize },
    #[error("proof/order: indices rise strictly, {index} follows {previous}")]
    Order { previous: u16, index: u16 },
    #[error("proof/index: an index is below the batch's count {count}, got {index}")]
    Index { count: u16, index: u16 },
    #[error("proof/batch: a batch has at most 65535 readings, got {got}")]
    Batch { got: usize },
    #[error("proof/missing_node: every subtree without a proven reading has a node, {got} nodes are too few")]
    MissingNode { got: usize },
    #[error("proof/extra_node: every node is used, {unused} of {got} are not")]
    ExtraNode { unused: usize, got: usize },
    #[error("proof/root: the proof leads to the root the device signed, {}, got {}", Hex(.signed), Hex(.computed))]
    Root { signed: Hash, computed: Hash },
    #[error(
        "proof/reading: a proven leaf begins with a reading, the one at {index} does not: {source}"
    )]
    Reading { index: u16, source: FormatError },
    #[error("proof/encoding: {0}")]
    Encoding(#[from] FormatError),
}

struct Hex<'a>(&'a Hash);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A leaf a proof opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenLeaf {
    pub index: u16,
    pub input: Leaf,
}

/// A reading shown to be in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvenReading {
    /// Its place in the batch, from 0.
    pub index: u16,
    pub reading: Reading,
}

/// One to thirty leaves at rising indices, and the nodes that complete the tree around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiproof {
    leaves: Vec<ProvenLeaf>,
    nodes: Vec<Hash>,
}

impl Multiproof {
    /// Proves the leaves at `indices` among all the `leaves` of a batch.
    pub fn build(leaves: &[Leaf], indices: &[u16]) -> Result<Self, ProofError> {
        let count =
            u16::try_from(leaves.len()).map_err(|_| ProofError::Batch { got: leaves.len() })?;
        let proven = indices
            .iter()
            .map(|&index| match leaves.get(usize::from(index)) {
                Some(input) => Ok(ProvenLeaf {
                    index,
                    input: *input,
                }),
                None => Err(ProofError::Index { count, index }),
            })
            .collect::<Result<Vec<_>, _>>()?;
        check_leaves(&proven)?;

        let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        let mut nodes = Vec::new();
        collect_nodes(&hashes, 0, &proven, &mut nodes);
        Ok(Self {
            leaves: proven,
            nodes,
        })
    }

    pub fn leaves(&self) -> &[ProvenLeaf] {
        &self.leaves
    }

    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }

    /// The readings this proves to be in the batch with that root and count, both as the device
    /// signed them. Hashes once for each leaf and once for each node above the leaves: leaves +
    /// (leaves + nodes - 1) in all.
    pub fn verify(&self, root: &Hash, count: u16) -> Result<Vec<ProvenReading>, ProofError> {
        self.check_indices_below(count)?;
        let mut nodes = self.nodes.iter();
        let computed = self.climb(0..usize::from(count), &self.leaves, &mut nodes)?;
        if nodes.len() > 0 {
            return Err(ProofError::ExtraNode {
                unused: nodes.len(),
                got: self.nodes.len(),
            });
        }
        if computed != *root {
            return Err(ProofError::Root {
                signed: *root,
                computed,
            });
        }
        self.leaves.iter().map(ProvenLeaf::open).collect()
    }

    /// Indices rise, so the last is the highest.
    fn check_indices_below(&self, count: u16) -> Result<(), ProofError> {
        match self.leaves.last() {
            Some(last) if last.index >= count => Err(ProofError::Index {
                count,
                index: last.index,
            }),
            _ => Ok(()),
        }
    }

    /// The root of the subtree over `range`, whose proven leaves are `leaves`. A range halves with
    /// each step down, so this goes at most 17 deep.
    fn climb(
        &self,
        range: Range<usize>,
        leaves: &[ProvenLeaf],
        nodes: &mut core::slice::Iter<'_, Hash>,
    ) -> Result<Hash, ProofError> {
        let Some(leaf) = leaves.first() else {
            return nodes.next().copied().ok_or(ProofError::MissingNode {
                got: self.nodes.len(),
            });
        };
        if range.len() < 2 {
            return Ok(leaf_hash(&leaf.input));
        }
        let middle = range.start.saturating_add(split_point(range.len()));
        let (before, after) = split_leaves(leaves, middle);
        let left = self.climb(range.start..middle, before, nodes)?;
        let right = self.climb(middle..range.end, after, nodes)?;
        Ok(node_hash(&left, &right))
    }

    /// version 1 ‖ k u8 ‖ k × (index u16 ‖ leaf 31) ‖ m u16 ‖ m × node 32, big-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        // neither count can be cut: at most 30 leaves, and at most 16 nodes for each
        let head = Writer::versioned(VERSION).u8(self.leaves.len() as u8);
        let leaves = self
            .leaves
            .iter()
            .fold(head, |w, leaf| w.u16(leaf.index).raw(&leaf.input));
        self.nodes
            .iter()
            .fold(leaves.u16(self.nodes.len() as u16), |w, node| w.raw(node))
            .done()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProofError> {
        let mut r = Reader::versioned("multiproof", VERSION, bytes)?;
        let leaves = (0..r.u8()?)
            .map(|_| ProvenLeaf::read(&mut r))
            .collect::<Result<Vec<_>, _>>()?;
        let nodes = (0..r.u16()?)
            .map(|_| r.array())
            .collect::<Result<Vec<_>, _>>()?;
        r.end()?;
        check_leaves(&leaves)?;
        Ok(Self { leaves, nodes })
    }
}

impl ProvenLeaf {
    fn read(r: &mut Reader<'_>) -> Result<Self, FormatError> {
        Ok(Self {
            index: r.u16()?,
            input: r.array()?,
        })
    }

    /// The salt behind the reading has done its work in the hash.
    fn open(&self) -> Result<ProvenReading, ProofError> {
        let (reading, _salt) = self.input.split_at(crate::reading::READING_BYTES);
        let index = self.index;
        match Reading::from_bytes(reading) {
            Ok(reading) => Ok(ProvenReading { index, reading }),
            Err(source) => Err(ProofError::Reading { index, source }),
        }
    }
}

fn check_leaves(leaves: &[ProvenLeaf]) -> Result<(), ProofError> {
    if leaves.is_empty() || leaves.len() > MAX_PROVEN {
        return Err(ProofError::Leaves { got: leaves.len() });
    }
    for (before, after) in leaves.iter().zip(leaves.iter().skip(1)) {
        if after.index <= before.index {
            return Err(ProofError::Order {
                previous: before.index,
                index: after.index,
            });
        }
    }
    Ok(())
}

/// The leaves before and from `middle` on.
fn split_leaves(leaves: &[ProvenLeaf], middle: usize) -> (&[ProvenLeaf], &[ProvenLeaf]) {
    leaves.split_at(leaves.partition_point(|leaf| usize::from(leaf.index) < middle))
}

/// The mirror of [`Multiproof::climb`] for one who has the whole tree.
fn collect_nodes(hashes: &[Hash], start: usize, proven: &[ProvenLeaf], nodes: &mut Vec<Hash>) {
    if proven.is_empty() {
        nodes.push(tree::root(hashes));
        return;
    }
    if hashes.len() < 2 {
        return;
    }
    let (left, right) = hashes.split_at(split_point(hashes.len()));
    let middle = start.saturating_add(left.len());
    let (before, after) = split_leaves(proven, middle);
    collect_nodes(left, start, before, nodes);
    collect_nodes(right, middle, after, nodes);
}
