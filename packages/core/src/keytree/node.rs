//! Places in the tree, and what can be derived below a place whose secret is held.

use alloc::vec::Vec;

use super::secret::{EpochKey, Secret};
use crate::time::{Epoch, Window};

/// Levels below the root: as many as an [`Epoch`] has bits.
pub const DEPTH: u8 = 32;

/// Half-open epochs in 64 bits: the last epoch's end does not fit in 32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: u64,
    pub to: u64,
}

impl Span {
    pub(super) const ALL: Span = Span {
        from: 0,
        to: 1 << DEPTH,
    };

    pub(super) fn of(window: Window) -> Span {
        Span {
            from: window.from.into(),
            to: window.to.into(),
        }
    }

    fn intersect(self, other: Span) -> Span {
        Span {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        }
    }

    /// The largest aligned blocks that make up the span, in order: an aligned block that fits
    /// is as large as the alignment of its start and the room left allow.
    fn blocks(self) -> Vec<NodeId> {
        let mut ids = Vec::new();
        let mut at = self.from;
        while at < self.to {
            let aligned = at.trailing_zeros().min(DEPTH.into());
            let fitting = (self.to - at).ilog2();
            let height = aligned.min(fitting);
            ids.push(NodeId::at(at, height));
            at += 1 << height;
        }
        ids
    }
}

/// A node's place: `depth` steps from the root, whose directions are the bits of `prefix`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId {
    pub depth: u8,
    pub prefix: u32,
}

impl NodeId {
    /// The node whose first leaf is `start` and that has `2^height` leaves.
    fn at(start: u64, height: u32) -> NodeId {
        // `start` is below 2^32 and `height` at most 32, so both fit.
        NodeId {
            depth: DEPTH - height as u8,
            prefix: (start >> height) as u32,
        }
    }

    /// Its place is one the tree has.
    pub(super) fn in_tree(self) -> bool {
        self.depth <= DEPTH && u64::from(self.prefix) < 1 << self.depth
    }

    pub(super) fn span(self) -> Span {
        let height = DEPTH - self.depth;
        let from = u64::from(self.prefix) << height;
        Span {
            from,
            to: from + (1 << height),
        }
    }

    pub(super) fn is_sibling_of(self, other: NodeId) -> bool {
        self.depth == other.depth && self.prefix ^ other.prefix == 1
    }
}

/// The fewest nodes that open exactly `window`: for n epochs, n above 1, at most `2·log2(n)`.
/// A window that holds nothing has no nodes.
pub fn cover(window: Window) -> Vec<NodeId> {
    Span::of(window).blocks()
}

/// A node whose secret is held: everything below it can be derived, nothing beside it.
pub struct Node {
    id: NodeId,
    secret: Secret,
}

impl Node {
    pub(super) fn new(id: NodeId, secret: Secret) -> Node {
        Node { id, secret }
    }

    pub(super) fn root(secret: Secret) -> Node {
        let id = NodeId {
            depth: 0,
            prefix: 0,
        };
        Node { id, secret }
    }

    pub fn id(&self) -> NodeId {
        self.id
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The places that make up what `span` and this node share.
    pub(super) fn blocks_in(&self, span: Span) -> Vec<NodeId> {
        self.id.span().intersect(span).blocks()
    }

    /// The key of an epoch under this node; the caller has checked that it is under it.
    pub(super) fn leaf_key(&self, epoch: Epoch) -> EpochKey {
        let leaf = NodeId {
            depth: DEPTH,
            prefix: epoch,
        };
        self.descend(leaf).secret.epoch_key()
    }

    /// Walks down to `id`, which is this node or lies below it.
    pub(super) fn descend(&self, id: NodeId) -> Node {
        let mut secret = self.secret.clone();
        for level in (0..id.depth.saturating_sub(self.id.depth)).rev() {
            secret = secret.child(id.prefix >> level & 1 == 1);
        }
        Node { id, secret }
    }
}
