//! The key tree: one secret a generation, from which the key of any hour can be derived, and
//! any span of hours opened with a handful of 32-byte nodes and nothing outside them.
//!
//! ```text
//! generation secret ─HKDF─▶ category root ─HMAC 0|1─▶ … 32 levels … ─▶ leaf ─HMAC─▶ epoch key
//! ```
//!
//! A binary tree of one-way derivations, after the key-derivation trees of TimeCrypt (NSDI 2020)
//! and Droplet (USENIX Security 2020). Its depth is 32 because an [`Epoch`] is a `u32`: every
//! epoch there can be has a key, and a window "for ever" is opened as it stands, never clamped.
//! A tree of depth 24 (until the year 3883) would save 8 MACs an hour and add an error to every
//! call.

mod cover;
mod node;
mod secret;

pub use cover::{Cover, NODE_BYTES};
pub use node::{cover, Node, NodeId, DEPTH};
pub use secret::EpochKey;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::measure::Category;
use crate::time::{Epoch, Window};
use secret::expand;

const ROOT_SALT: &[u8] = b"cw-vitals/v1/key-tree/root";
const COMMITMENT_SALT: &[u8] = b"cw-vitals/v1/key-tree/commitment";

/// Why bytes are not a cover.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyTreeError {
    #[error("key_tree/format: {0}")]
    Format(#[from] crate::FormatError),
    #[error("key_tree/depth: node {index} has depth {depth}, the tree ends at 32")]
    Depth { index: usize, depth: u8 },
    #[error("key_tree/prefix: node {index} has prefix {prefix}, not one of depth {depth}")]
    Prefix {
        index: usize,
        depth: u8,
        prefix: u32,
    },
    #[error("key_tree/order: node {index} begins before the node in front of it ends")]
    Order { index: usize },
    #[error("key_tree/not_minimal: node {index} and the one in front are halves of one node")]
    NotMinimal { index: usize },
}

/// What all of a patient's streams of one generation hang from. Held by the key agent alone.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct GenerationSecret([u8; 32]);

impl GenerationSecret {
    /// 32 bytes from a cryptographic random source: the caller's, for this crate has none.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For wrapping at rest and for the recovery backup.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The tree of one category.
    pub fn root(&self, patient: u64, generation: u32, category: Category) -> CategoryRoot {
        let mut info = [0u8; 13];
        info[..12].copy_from_slice(&owner(patient, generation));
        info[12] = category.code();
        CategoryRoot(Node::root(expand(ROOT_SALT, &self.0, &info)))
    }

    /// The nodes that open `window` in one category.
    pub fn cover(
        &self,
        patient: u64,
        generation: u32,
        category: Category,
        window: Window,
    ) -> Cover {
        self.root(patient, generation, category)
            .whole()
            .narrow(window)
    }

    /// What the chain may know of the secret: binds the key agent to it, tells nothing of it.
    pub fn commitment(&self, patient: u64, generation: u32) -> [u8; 32] {
        *expand(COMMITMENT_SALT, &self.0, &owner(patient, generation)).as_bytes()
    }
}

fn owner(patient: u64, generation: u32) -> [u8; 12] {
    let mut out = [0u8; 12];
    out[..8].copy_from_slice(&patient.to_be_bytes());
    out[8..].copy_from_slice(&generation.to_be_bytes());
    out
}

/// The root of one category's tree: opens every epoch of it.
pub struct CategoryRoot(Node);

impl CategoryRoot {
    pub fn epoch_key(&self, epoch: Epoch) -> EpochKey {
        self.0.leaf_key(epoch)
    }

    /// The whole tree as a cover of one node, to be narrowed, or have periods erased from it.
    pub fn whole(self) -> Cover {
        Cover::of_node(self.0)
    }
}
