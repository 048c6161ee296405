//! The tree, its salts and its proofs, against public vectors, a second implementation's vectors
//! (`testdata/vectors/tree.json`) and by property.

use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::Value;
use vitals_core::measure::Measure;
use vitals_core::proof::{Multiproof, ProofError, MAX_PROVEN};
use vitals_core::reading::{Reading, ReadingFlags};
use vitals_core::salt::Salts;
use vitals_core::tree::{leaf_hash, leaf_input, node_hash, root, Frontier, Hash, Leaf};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/tree.json")).unwrap()
}

fn unhex(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn frontier_root(hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for hash in hashes {
        frontier.push(*hash).unwrap();
    }
    assert_eq!(usize::from(frontier.count()), hashes.len());
    frontier.root()
}

fn batch(count: u16) -> Vec<Leaf> {
    let leaf = |(index, salt): (u16, _)| {
        let reading = Reading {
            measure: Measure::HeartRate,
            value: 600 + i64::from(index),
            offset_ms: u32::from(index) * 50,
            flags: ReadingFlags::MEASURED_GOOD,
        };
        leaf_input(&reading, &salt)
    };
    (0..count)
        .zip(Salts::new([9; 32]).iter())
        .map(leaf)
        .collect()
}

fn hashes(leaves: &[Leaf]) -> Vec<Hash> {
    leaves.iter().map(|leaf| leaf_hash(leaf)).collect()
}

fn root_of(leaves: &[Leaf]) -> Hash {
    root(&hashes(leaves))
}

/// The encoding with its k leaves and m nodes apart, to be put together wrongly.
fn taken_apart(proof: &Multiproof) -> (Vec<[u8; 33]>, Vec<Hash>) {
    let leaves = proof.leaves().iter().map(|leaf| {
        let mut out = [0; 33];
        out[..2].copy_from_slice(&leaf.index.to_be_bytes());
        out[2..].copy_from_slice(&leaf.input);
        out
    });
    (leaves.collect(), proof.nodes().to_vec())
}

fn put_together(leaves: &[[u8; 33]], nodes: &[Hash]) -> Result<Multiproof, ProofError> {
    let mut bytes = vec![1, leaves.len() as u8];
    bytes.extend(leaves.concat());
    bytes.extend((nodes.len() as u16).to_be_bytes());
    bytes.extend(nodes.concat());
    Multiproof::from_bytes(&bytes)
}

#[test]
fn roots_are_those_of_the_certificate_transparency_test_vectors() {
    let vectors = &vectors()["certificate_transparency"];
    let leaves: Vec<Hash> = items(&vectors["leaves"])
        .iter()
        .map(|leaf| leaf_hash(&unhex(leaf)))
        .collect();
    let roots = items(&vectors["roots"]);
    assert_eq!(roots.len(), 9);
    for (count, expected) in roots.iter().enumerate() {
        assert_eq!(root(&leaves[..count]).to_vec(), unhex(expected), "{count}");
        assert_eq!(frontier_root(&leaves[..count]).to_vec(), unhex(expected));
    }
}

#[test]
fn roots_of_large_trees_are_those_of_the_public_golden_values() {
    let leaves: Vec<Hash> = (0..u16::MAX).map(|i| leaf_hash(&i.to_le_bytes())).collect();
    for vector in items(&vectors()["leaf_of_two_bytes"]["roots"]) {
        let count = vector["count"].as_u64().unwrap() as usize;
        let expected = unhex(&vector["root"]);
        assert_eq!(root(&leaves[..count]).to_vec(), expected, "{count}");
        assert_eq!(frontier_root(&leaves[..count]).to_vec(), expected);
    }
}

#[test]
fn salts_leaves_roots_and_proofs_are_those_of_a_second_implementation() {
    for vector in items(&vectors()["batches"]) {
        let salts = Salts::new(unhex(&vector["seed"]).try_into().unwrap());
        let leaves: Vec<Leaf> = items(&vector["readings"])
            .iter()
            .map(|reading| Reading::from_bytes(&unhex(reading)).unwrap())
            .zip(salts.iter())
            .map(|(reading, salt)| leaf_input(&reading, &salt))
            .collect();
        assert_eq!(leaves.last().unwrap()[15..], unhex(&vector["last_salt"]));
        let root = root_of(&leaves);
        assert_eq!(root.to_vec(), unhex(&vector["root"]));
        for proof in items(&vector["proofs"]) {
            check_proof_vector(&leaves, &root, proof);
        }
    }
}

fn check_proof_vector(leaves: &[Leaf], root: &Hash, vector: &Value) {
    let indices: Vec<u16> = items(&vector["indices"])
        .iter()
        .map(|index| index.as_u64().unwrap() as u16)
        .collect();
    let proof = Multiproof::build(leaves, &indices).unwrap();
    assert_eq!(
        proof.nodes().len() as u64,
        vector["nodes"].as_u64().unwrap()
    );
    assert_eq!(proof.to_bytes(), unhex(&vector["encoded"]));
    assert!(proof.verify(root, leaves.len() as u16).is_ok());
}

#[test]
fn a_frontier_reaches_the_root_of_the_whole_tree_at_every_size() {
    let leaves = hashes(&batch(300));
    let mut frontier = Frontier::new();
    for count in 0..leaves.len() {
        assert_eq!(frontier.root(), root(&leaves[..count]), "{count}");
        frontier.push(leaves[count]).unwrap();
    }
}

#[test]
fn every_single_leaf_and_every_pair_of_small_trees_is_proved() {
    for count in 1..=17 {
        let leaves = batch(count);
        let root = root_of(&leaves);
        for first in 0..count {
            for second in first..count {
                let mut indices = vec![first, second];
                indices.dedup();
                let proof = Multiproof::build(&leaves, &indices).unwrap();
                let proven = proof.verify(&root, count).unwrap();
                assert!(proven.iter().map(|p| p.index).eq(indices));
            }
        }
    }
}

#[test]
fn ten_adjacent_readings_among_4096_take_about_ten_nodes() {
    let leaves = batch(4_096);
    let nodes = |from: u16| {
        let indices: Vec<u16> = (from..from + 10).collect();
        Multiproof::build(&leaves, &indices).unwrap().nodes().len()
    };
    // across the middle of the tree, where neighbours share the least
    assert_eq!(nodes(2_043), 20);
    let spread: Vec<usize> = (0..4_087).step_by(227).map(nodes).collect();
    let mean = spread.iter().sum::<usize>() as f64 / spread.len() as f64;
    assert!(mean < 12.5, "{mean}");
}

#[test]
fn a_reading_said_twice_or_out_of_order_is_refused() {
    let leaves = batch(20);
    let order = |previous, index| Err(ProofError::Order { previous, index });
    assert_eq!(Multiproof::build(&leaves, &[3, 3]), order(3, 3));
    assert_eq!(Multiproof::build(&leaves, &[4, 3]), order(4, 3));

    let (mut proven, nodes) = taken_apart(&Multiproof::build(&leaves, &[3, 8]).unwrap());
    proven[1] = proven[0];
    assert_eq!(put_together(&proven, &nodes), order(3, 3));
}

#[test]
fn two_readings_at_each_others_index_are_refused() {
    let leaves = batch(20);
    let (mut proven, nodes) = taken_apart(&Multiproof::build(&leaves, &[3, 8]).unwrap());
    let (low, high) = proven.split_at_mut(1);
    low[0][2..].swap_with_slice(&mut high[0][2..]);
    let swapped = put_together(&proven, &nodes).unwrap();
    let refused = swapped.verify(&root_of(&leaves), 20);
    assert!(matches!(refused, Err(ProofError::Root { .. })));
}

#[test]
fn a_node_too_many_or_too_few_is_refused() {
    let leaves = batch(20);
    let root = root_of(&leaves);
    let (proven, nodes) = taken_apart(&Multiproof::build(&leaves, &[3, 8]).unwrap());
    for left_out in 0..nodes.len() {
        let mut fewer = nodes.clone();
        fewer.remove(left_out);
        let refused = put_together(&proven, &fewer).unwrap().verify(&root, 20);
        assert_eq!(refused, Err(ProofError::MissingNode { got: fewer.len() }));
    }
    for place in 0..=nodes.len() {
        let mut more = nodes.clone();
        more.insert(place, [0; 32]);
        let refused = put_together(&proven, &more).unwrap().verify(&root, 20);
        let got = more.len();
        assert_eq!(refused, Err(ProofError::ExtraNode { unused: 1, got }));
    }
}

#[test]
fn no_reading_and_more_than_thirty_are_refused() {
    let leaves = batch(40);
    let many: Vec<u16> = (0..31).collect();
    let refused = |got| Err(ProofError::Leaves { got });
    assert_eq!(Multiproof::build(&leaves, &[]), refused(0));
    assert_eq!(Multiproof::build(&leaves, &many), refused(31));
    assert_eq!(put_together(&[], &[root_of(&leaves)]), refused(0));

    let (mut proven, nodes) = taken_apart(&Multiproof::build(&leaves, &many[..30]).unwrap());
    let mut next = [0; 33];
    next[1] = 30;
    next[2..].copy_from_slice(&leaves[30]);
    proven.push(next);
    assert_eq!(put_together(&proven, &nodes), refused(31));
}

#[test]
fn an_index_outside_the_batch_is_refused() {
    let leaves = batch(20);
    let outside = ProofError::Index {
        count: 20,
        index: 20,
    };
    assert_eq!(Multiproof::build(&leaves, &[3, 20]), Err(outside));
    let proof = Multiproof::build(&leaves, &[3, 19]).unwrap();
    for count in [0, 1, 19] {
        let refused = proof.verify(&root_of(&leaves), count);
        assert_eq!(refused, Err(ProofError::Index { count, index: 19 }));
    }
}

/// Why the count comes from what the device signed, never from the proof's sender: under another
/// count a proof can stand for a tree of the same shape above its leaves.
#[test]
fn the_root_alone_does_not_fix_the_count() {
    let leaves = batch(3);
    let proof = Multiproof::build(&leaves, &[0]).unwrap();
    assert!(proof.verify(&root_of(&leaves), 3).is_ok());
    assert!(proof.verify(&root_of(&leaves), 4).is_ok());
}

#[test]
fn an_inner_node_is_not_taken_for_a_leaf() {
    let leaves = hashes(&batch(4));
    let left = node_hash(&leaves[0], &leaves[1]);
    let concatenated = [leaves[0], leaves[1]].concat();
    assert_ne!(leaf_hash(&concatenated), left);
}

#[test]
fn a_signed_leaf_that_holds_no_reading_proves_none() {
    let mut leaves = batch(3);
    leaves[1][14] = 0xff;
    let proof = Multiproof::build(&leaves, &[1]).unwrap();
    let refused = proof.verify(&root_of(&leaves), 3);
    assert!(matches!(refused, Err(ProofError::Reading { index: 1, .. })));
}

#[test]
fn a_refusal_names_its_code_and_both_values() {
    let leaves = batch(1);
    let proof = Multiproof::build(&leaves, &[0]).unwrap();
    let text = proof.verify(&[0xab; 32], 1).unwrap_err().to_string();
    assert!(text.starts_with("proof/root: "), "{text}");
    assert!(text.contains(&"ab".repeat(32)) && text.contains(&hex::encode(root_of(&leaves))));
}

/// A count and some indices below it.
fn count_and_indices() -> impl Strategy<Value = (u16, Vec<u16>)> {
    (1u16..=300).prop_flat_map(|count| {
        let most = usize::from(count).min(MAX_PROVEN);
        let all: Vec<u16> = (0..count).collect();
        (Just(count), subsequence(all, 1..=most))
    })
}

proptest! {
    #[test]
    fn a_frontier_reaches_the_root_of_any_tree(seeds in prop::collection::vec(any::<[u8; 4]>(), 0..700)) {
        let leaves: Vec<Hash> = seeds.iter().map(|seed| leaf_hash(seed)).collect();
        prop_assert_eq!(frontier_root(&leaves), root(&leaves));
    }

    #[test]
    fn any_readings_of_any_batch_are_proved_and_come_back((count, indices) in count_and_indices()) {
        let leaves = batch(count);
        let proof = Multiproof::build(&leaves, &indices).unwrap();
        let sent = Multiproof::from_bytes(&proof.to_bytes()).unwrap();
        prop_assert_eq!(&sent, &proof);
        let proven = sent.verify(&root_of(&leaves), count).unwrap();
        prop_assert!(proven.iter().map(|p| p.index).eq(indices));
        for p in proven {
            prop_assert_eq!(p.reading.value, 600 + i64::from(p.index));
        }
    }

    #[test]
    fn any_flipped_bit_is_refused(
        (count, indices) in count_and_indices(),
        place in any::<prop::sample::Index>(),
        bit in 0..8u32,
    ) {
        let leaves = batch(count);
        let mut bytes = Multiproof::build(&leaves, &indices).unwrap().to_bytes();
        let at = place.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let refused = Multiproof::from_bytes(&bytes)
            .and_then(|proof| proof.verify(&root_of(&leaves), count));
        prop_assert!(refused.is_err());
    }

    #[test]
    fn any_byte_more_or_less_is_refused((count, indices) in count_and_indices(), place in any::<prop::sample::Index>()) {
        let mut bytes = Multiproof::build(&batch(count), &indices).unwrap().to_bytes();
        prop_assert!(Multiproof::from_bytes(&bytes[..place.index(bytes.len())]).is_err());
        bytes.push(0);
        prop_assert!(Multiproof::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_proof_of_a_whole_batch_fits_no_other_count(count in 1u16..=30, other in 0u16..=300) {
        prop_assume!(count != other);
        let leaves = batch(count);
        let all: Vec<u16> = (0..count).collect();
        let proof = Multiproof::build(&leaves, &all).unwrap();
        prop_assert!(proof.verify(&root_of(&leaves), other).is_err());
    }

    #[test]
    fn hostile_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), count in any::<u16>()) {
        let refused = Multiproof::from_bytes(&bytes).and_then(|proof| proof.verify(&[0; 32], count));
        prop_assert!(refused.is_err());
    }
}
