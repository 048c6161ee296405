//! Nodes that open a set of epochs: what a grantee gets, what a sealer rolls, what is left of a
//! root after a period was erased.

use alloc::vec::Vec;
use zeroize::Zeroizing;

use super::node::{Node, NodeId, Span};
use super::secret::{EpochKey, Secret};
use super::KeyTreeError;
use crate::bytes::Reader;
use crate::time::{Epoch, Window};

const VERSION: u8 = 1;

/// depth u8 ‖ prefix u32 ‖ secret.
pub const NODE_BYTES: usize = 1 + 4 + 32;

/// The fewest nodes that open a set of epochs, in order. One set has one cover, and one encoding.
pub struct Cover {
    nodes: Vec<Node>,
}

impl Cover {
    pub(super) fn of_node(node: Node) -> Cover {
        Cover {
            nodes: Vec::from([node]),
        }
    }

    /// The key of an epoch, if the cover opens it.
    pub fn epoch_key(&self, epoch: Epoch) -> Option<EpochKey> {
        self.node_of(epoch).map(|node| node.leaf_key(epoch))
    }

    pub fn opens(&self, epoch: Epoch) -> bool {
        self.node_of(epoch).is_some()
    }

    pub fn node_ids(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes.iter().map(Node::id)
    }

    /// Nothing can be opened.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What is opened, as the fewest windows, in order. The very last epoch of all is left out:
    /// no half-open window of 32 bits can name it.
    pub fn windows(&self) -> Vec<Window> {
        let mut spans: Vec<Span> = Vec::new();
        for span in self.node_ids().map(NodeId::span) {
            match spans.last_mut() {
                Some(last) if last.to == span.from => last.to = span.to,
                _ => spans.push(span),
            }
        }
        spans.into_iter().filter_map(window_of).collect()
    }

    /// What this cover and `window` share: how a holder delegates a part of what it holds.
    pub fn narrow(&self, window: Window) -> Cover {
        self.keep(&[Span::of(window)])
    }

    /// Everything but `window`: a node that reaches into it is replaced by the cover of its
    /// remainder. Erased here, those keys can never be derived again from what is left.
    pub fn without(self, window: Window) -> Cover {
        let hole = Span::of(window);
        if hole.from >= hole.to {
            return self;
        }
        self.keep(&[
            Span {
                from: 0,
                to: hole.from,
            },
            Span {
                from: hole.to,
                to: Span::ALL.to,
            },
        ])
    }

    /// A sealer's rolling window: what was measured before `epoch` can no longer be opened.
    pub fn forget_before(&mut self, epoch: Epoch) {
        *self = self.keep(&[Span {
            from: epoch.into(),
            to: Span::ALL.to,
        }]);
    }

    /// version ‖ nodes.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
        let mut out = Zeroizing::new(Vec::with_capacity(1 + self.nodes.len() * NODE_BYTES));
        out.push(VERSION);
        for node in &self.nodes {
            out.push(node.id().depth);
            out.extend_from_slice(&node.id().prefix.to_be_bytes());
            out.extend_from_slice(node.secret().as_bytes());
        }
        out
    }

    /// Refuses all but the one encoding of a set: nodes in order, apart, and as few as can be.
    pub fn from_bytes(bytes: &[u8]) -> Result<Cover, KeyTreeError> {
        let mut reader = Reader::versioned("cover", VERSION, bytes)?;
        let mut nodes: Vec<Node> = Vec::with_capacity(reader.remaining() / NODE_BYTES);
        while reader.remaining() > 0 {
            let node = read_node(&mut reader)?;
            check_place(nodes.len(), nodes.last().map(Node::id), node.id())?;
            nodes.push(node);
        }
        Ok(Cover { nodes })
    }

    fn node_of(&self, epoch: Epoch) -> Option<&Node> {
        let epoch = u64::from(epoch);
        let at = self
            .nodes
            .partition_point(|node| node.id().span().to <= epoch);
        self.nodes
            .get(at)
            .filter(|node| node.id().span().from <= epoch)
    }

    /// The cover of what is both here and in `spans`, which are in order with gaps between.
    /// An aligned block of the result lies inside one node and one span, and is as large there
    /// as can be, so the result is again the fewest nodes.
    fn keep(&self, spans: &[Span]) -> Cover {
        let pieces: Vec<(&Node, NodeId)> = self
            .nodes
            .iter()
            .flat_map(|node| spans.iter().map(move |span| (node, *span)))
            .flat_map(|(node, span)| node.blocks_in(span).into_iter().map(move |id| (node, id)))
            .collect();
        // Their number is known before the first secret is derived, so that the nodes are
        // never moved to a larger buffer, which would leave copies behind.
        let mut nodes = Vec::with_capacity(pieces.len());
        nodes.extend(pieces.into_iter().map(|(node, id)| node.descend(id)));
        Cover { nodes }
    }
}

fn window_of(span: Span) -> Option<Window> {
    let from = Epoch::try_from(span.from).ok()?;
    let to = Epoch::try_from(span.to).unwrap_or(Epoch::MAX);
    Window::new(from, to).ok()
}

fn read_node(reader: &mut Reader<'_>) -> Result<Node, KeyTreeError> {
    let id = NodeId {
        depth: reader.u8()?,
        prefix: reader.u32()?,
    };
    Ok(Node::new(id, Secret::from_bytes(reader.array()?)))
}

fn check_place(index: usize, last: Option<NodeId>, id: NodeId) -> Result<(), KeyTreeError> {
    if id.depth > super::DEPTH {
        return Err(KeyTreeError::Depth {
            index,
            depth: id.depth,
        });
    }
    if !id.in_tree() {
        return Err(KeyTreeError::Prefix {
            index,
            depth: id.depth,
            prefix: id.prefix,
        });
    }
    match last {
        Some(last) if id.span().from < last.span().to => Err(KeyTreeError::Order { index }),
        // Wherever a cover has more nodes than it needs, its deepest such nodes are two halves.
        Some(last) if id.is_sibling_of(last) => Err(KeyTreeError::NotMinimal { index }),
        _ => Ok(()),
    }
}
