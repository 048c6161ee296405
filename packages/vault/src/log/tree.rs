//! The tree over a patient's receipts with all its complete subtrees, so that a head and a path take
//! a few hashes each, however long the log is.

use vitals_core::receipt::proof::{Head, Inclusion};
use vitals_core::tree::{node_hash, root, Hash};

/// How a log stands to what the chain keeps of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// All of it is anchored.
    Current,
    /// It goes on from what is anchored.
    Behind,
    /// It lacks receipts that were anchored: an older log was restored.
    Ahead,
    /// What is anchored is the head of another log.
    Forked,
}

#[derive(Default)]
pub struct Tree {
    /// By level: the roots of the complete subtrees of 2^level leaves, in order.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    pub fn push(&mut self, leaf: Hash) {
        let mut carried = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let own = &mut self.levels[level];
            own.push(carried);
            match own.as_slice() {
                [.., left, right] if own.len().is_multiple_of(2) => {
                    carried = node_hash(left, right)
                }
                _ => return,
            }
        }
    }

    pub fn leaves(&self) -> &[Hash] {
        self.levels.first().map_or(&[], |leaves| leaves.as_slice())
    }

    /// Of the first `count` receipts; `None` where there are fewer.
    pub fn head(&self, count: u32) -> Option<Head> {
        let to = usize::try_from(count).ok()?;
        (to <= self.leaves().len()).then(|| Head {
            count,
            root: self.root(0, to),
        })
    }

    pub fn standing(&self, anchored: Option<Head>) -> Standing {
        let count = self.leaves().len();
        let Some(anchored) = anchored else {
            return match count {
                0 => Standing::Current,
                _ => Standing::Behind,
            };
        };
        match self.head(anchored.count) {
            None => Standing::Ahead,
            Some(head) if head != anchored => Standing::Forked,
            Some(head) if head.count as usize == count => Standing::Current,
            Some(_) => Standing::Behind,
        }
    }

    /// That a receipt is among the first `count`, encoded; `None` where it is not, or there are fewer.
    pub fn inclusion(&self, index: u32, count: u32) -> Option<Vec<u8>> {
        let (index, to) = (usize::try_from(index).ok()?, usize::try_from(count).ok()?);
        let leaf = self.leaves().get(..to)?.get(index)?;
        // of a path without hashes, which the others follow
        let mut encoded = Inclusion::build(&[*leaf], 0)?.to_bytes();
        for node in self.path(index, to) {
            encoded.extend_from_slice(&node);
        }
        Some(encoded)
    }

    /// PATH(m, D[n]) of RFC 6962, from the leaf up.
    fn path(&self, index: usize, count: usize) -> Vec<Hash> {
        let (mut from, mut to) = (0, count);
        let mut nodes = Vec::new();
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                nodes.push(self.root(middle, to));
                to = middle;
            } else {
                nodes.push(self.root(from, middle));
                from = middle;
            }
        }
        nodes.reverse();
        nodes
    }

    /// Of leaves that are there. `from` is 0, or where a tree of more leaves splits: a multiple of the
    /// next power of two.
    fn root(&self, from: usize, to: usize) -> Hash {
        let count = to - from;
        if count == 0 {
            return root(&[]);
        }
        if count.is_power_of_two() {
            return self.levels[count.ilog2() as usize][from / count];
        }
        let middle = from + split(count);
        node_hash(&self.root(from, middle), &self.root(middle, to))
    }
}

/// The largest power of two below a count of two or more.
fn split(count: usize) -> usize {
    count.div_ceil(2).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(seed: u8, count: u8) -> Vec<Hash> {
        (0..count).map(|n| [seed ^ n; 32]).collect()
    }

    fn tree(leaves: &[Hash]) -> Tree {
        let mut tree = Tree::default();
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        tree
    }

    /// The shape of the tree follows from its count: all of the first ones, each head and path.
    #[test]
    fn heads_and_paths_are_those_that_hashing_all_leaves_gives() {
        let all = leaves(0, 70);
        let tree = tree(&all);
        for count in 0..=70u32 {
            let known = &all[..count as usize];
            assert_eq!(tree.head(count), Head::of(known));
            for index in 0..=count {
                let slow = Inclusion::build(known, index).map(|proof| proof.to_bytes());
                assert_eq!(tree.inclusion(index, count), slow, "{index} of {count}");
            }
        }
        assert_eq!(tree.head(71), None);
        assert_eq!(tree.inclusion(0, 71), None);
    }

    #[test]
    fn a_log_is_current_behind_ahead_or_forked_by_what_the_chain_keeps() {
        let all = leaves(0, 5);
        let (own, part) = (tree(&all), tree(&all[..3]));
        let head = |leaves: &[Hash]| Head::of(leaves);
        assert_eq!(tree(&[]).standing(None), Standing::Current);
        assert_eq!(own.standing(None), Standing::Behind);
        assert_eq!(own.standing(head(&all[..3])), Standing::Behind);
        assert_eq!(own.standing(head(&all)), Standing::Current);
        assert_eq!(part.standing(head(&all)), Standing::Ahead);
        assert_eq!(own.standing(head(&leaves(0x80, 3))), Standing::Forked);
        assert_eq!(own.standing(head(&leaves(0x80, 5))), Standing::Forked);
    }
}
