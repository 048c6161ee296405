//! Proofs over a log: the audit paths and consistency proofs of RFC 6962, sections 2.1.1 and 2.1.2.
//!
//! The shape follows from the counts, so a proof is a list of hashes and every one is used once.

use alloc::vec::Vec;

use super::VERSION;
use crate::bytes::{FormatError, Reader, Writer};
use crate::tree::{self, node_hash, split_point, Hash};

/// A log has at most 2^32 - 1 receipts, so no proof needs more hashes.
pub const MAX_NODES: usize = 33;
/// Encoded.
pub const MAX_PROOF_BYTES: usize = 1 + MAX_NODES * 32;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error("receipt/index: the log has {count} receipts from 0 on, none is {index}")]
    Index { index: u32, count: u32 },
    #[error("receipt/count: a log of {to} receipts does not follow one of {from}: receipts are only added")]
    Count { from: u32, to: u32 },
    #[error("receipt/nodes: the proof has {got} hashes, which is too few or too many for it")]
    Nodes { got: usize },
    #[error("receipt/root: the proof does not lead to the {which} root")]
    Root { which: &'static str },
    #[error("receipt/proof: {0}")]
    Encoding(#[from] FormatError),
}

/// Root and count of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub count: u32,
    pub root: Hash,
}

impl Head {
    /// Of the log with these leaves; `None` above 2^32 - 1.
    pub fn of(leaves: &[Hash]) -> Option<Self> {
        Some(Self {
            count: u32::try_from(leaves.len()).ok()?,
            root: tree::root(leaves),
        })
    }
}

/// That a receipt is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion(Vec<Hash>);

impl Inclusion {
    /// For the leaf at `index`; `None` where the log has none.
    pub fn build(leaves: &[Hash], index: u32) -> Option<Self> {
        let index = usize::try_from(index).ok()?;
        leaves.get(index)?;
        let mut nodes = Vec::new();
        path(leaves, index, &mut nodes);
        Some(Self(nodes))
    }

    pub fn verify(&self, leaf: &Hash, index: u32, head: &Head) -> Result<(), LogError> {
        if index >= head.count {
            return Err(LogError::Index {
                index,
                count: head.count,
            });
        }
        let climbed = climb(index, head.count, leaf, &self.0);
        ensure_root(
            "anchored",
            climbed.ok_or_else(|| self.misfit())?,
            &head.root,
        )
    }

    fn misfit(&self) -> LogError {
        LogError::Nodes { got: self.0.len() }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        encode(&self.0)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LogError> {
        decode("inclusion proof", bytes).map(Self)
    }
}

/// That a log only grew from one head to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency(Vec<Hash>);

impl Consistency {
    /// From the first `from` of these leaves to all of them; `None` where there are fewer.
    pub fn build(leaves: &[Hash], from: u32) -> Option<Self> {
        let from = usize::try_from(from).ok()?;
        leaves.get(..from)?;
        let mut nodes = Vec::new();
        if from > 0 {
            subproof(leaves, from, true, &mut nodes);
        }
        Some(Self(nodes))
    }

    /// `to` has strictly more receipts. Every log follows an empty one, with a proof of no hashes.
    pub fn verify(&self, from: &Head, to: &Head) -> Result<(), LogError> {
        if to.count <= from.count {
            return Err(LogError::Count {
                from: from.count,
                to: to.count,
            });
        }
        if from.count == 0 {
            return self.0.is_empty().then_some(()).ok_or_else(|| self.misfit());
        }
        let known = Some(&from.root);
        let (old, new) =
            roots(from.count, to.count, known, &self.0).ok_or_else(|| self.misfit())?;
        ensure_root("earlier", old, &from.root)?;
        ensure_root("later", new, &to.root)
    }

    fn misfit(&self) -> LogError {
        LogError::Nodes { got: self.0.len() }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        encode(&self.0)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LogError> {
        decode("consistency proof", bytes).map(Self)
    }
}

/// version 1 ‖ hashes.
fn encode(nodes: &[Hash]) -> Vec<u8> {
    let head = Writer::versioned(VERSION);
    nodes.iter().fold(head, |w, node| w.raw(node)).done()
}

fn decode(what: &'static str, bytes: &[u8]) -> Result<Vec<Hash>, LogError> {
    let mut r = Reader::versioned(what, VERSION, bytes)?;
    let count = r.remaining().div_ceil(32);
    if count > MAX_NODES {
        return Err(LogError::Nodes { got: count });
    }
    let nodes = (0..count).map(|_| r.array()).collect::<Result<_, _>>()?;
    Ok(nodes)
}

fn ensure_root(which: &'static str, got: Hash, expected: &Hash) -> Result<(), LogError> {
    if got == *expected {
        return Ok(());
    }
    Err(LogError::Root { which })
}

/// Where a tree of two leaves or more splits.
fn split(count: u32) -> u32 {
    // no count is cut: a u32 fits, and what it splits at is less
    split_point(count as usize) as u32
}

/// PATH(m, D[n]) of RFC 6962.
fn path(leaves: &[Hash], index: usize, nodes: &mut Vec<Hash>) {
    if leaves.len() < 2 {
        return;
    }
    let middle = split_point(leaves.len());
    let (left, right) = leaves.split_at(middle);
    match index.checked_sub(middle) {
        None => {
            path(left, index, nodes);
            nodes.push(tree::root(right));
        }
        Some(index) => {
            path(right, index, nodes);
            nodes.push(tree::root(left));
        }
    }
}

/// The root that a leaf and its path lead to; `None` where the hashes do not fit the tree. The tree
/// halves with each call: at most 33 deep.
fn climb(index: u32, count: u32, leaf: &Hash, nodes: &[Hash]) -> Option<Hash> {
    if count < 2 {
        return nodes.is_empty().then_some(*leaf);
    }
    let (sibling, below) = nodes.split_last()?;
    let middle = split(count);
    match index.checked_sub(middle) {
        None => Some(node_hash(&climb(index, middle, leaf, below)?, sibling)),
        Some(index) => {
            let right = climb(index, count.checked_sub(middle)?, leaf, below)?;
            Some(node_hash(sibling, &right))
        }
    }
}

/// SUBPROOF(m, D[n], b) of RFC 6962, for m above 0.
fn subproof(leaves: &[Hash], from: usize, whole: bool, nodes: &mut Vec<Hash>) {
    if from == leaves.len() {
        if !whole {
            nodes.push(tree::root(leaves));
        }
        return;
    }
    let middle = split_point(leaves.len());
    let (left, right) = leaves.split_at(middle);
    if from <= middle {
        subproof(left, from, whole, nodes);
        nodes.push(tree::root(right));
    } else {
        subproof(right, from.saturating_sub(middle), false, nodes);
        nodes.push(tree::root(left));
    }
}

/// The roots of the first `from` leaves and of all `to` that a proof leads to; `None` where the
/// hashes do not fit. `known` is the earlier root while the earlier log is a whole subtree, which
/// the proof leaves out.
fn roots(from: u32, to: u32, known: Option<&Hash>, nodes: &[Hash]) -> Option<(Hash, Hash)> {
    if from == to {
        return match (known, nodes) {
            (Some(root), []) | (None, [root]) => Some((*root, *root)),
            _ => None,
        };
    }
    let (sibling, below) = nodes.split_last()?;
    let middle = split(to);
    if from <= middle {
        let (old, new) = roots(from, middle, known, below)?;
        return Some((old, node_hash(&new, sibling)));
    }
    let (from, to) = (from.checked_sub(middle)?, to.checked_sub(middle)?);
    let (old, new) = roots(from, to, None, below)?;
    Some((node_hash(sibling, &old), node_hash(sibling, &new)))
}
