//! Receipts and the proofs over their log, against public vectors for RFC 6962, a second
//! implementation's vectors (`testdata/vectors/receipt.json`) and by property.

use proptest::prelude::*;
use serde_json::Value;
use vitals_core::receipt::proof::{
    Consistency, Head, Inclusion, LogError, MAX_NODES, MAX_PROOF_BYTES,
};
use vitals_core::receipt::Receipt;
use vitals_core::tree::{leaf_hash, Hash};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/receipt.json")).unwrap()
}

fn unhex(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn items(value: &Value) -> &[Value] {
    let items = value.as_array().unwrap();
    assert!(!items.is_empty());
    items
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn named<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn receipt(vector: &Value) -> Receipt {
    Receipt {
        patient: vector["patient"].as_str().unwrap().parse().unwrap(),
        at: vector["at"].as_u64().unwrap(),
        salt: unhex(&vector["salt"]).try_into().unwrap(),
        digest: unhex(&vector["digest"]).try_into().unwrap(),
        purpose: named(&vector["purpose"]),
        category: named(&vector["category"]),
        action: named(&vector["action"]),
        ground: named(&vector["ground"]),
        who: named(&vector["who"]),
    }
}

/// The version byte, then the hashes.
fn encoded(nodes: &Value) -> Vec<u8> {
    let nodes = nodes.as_array().unwrap().iter().flat_map(unhex);
    std::iter::once(1).chain(nodes).collect()
}

fn certificate_leaves() -> Vec<Hash> {
    let tree: Value =
        serde_json::from_str(include_str!("../../../testdata/vectors/tree.json")).unwrap();
    let leaves = &tree["certificate_transparency"]["leaves"];
    items(leaves).iter().map(|l| leaf_hash(&unhex(l))).collect()
}

#[test]
fn proofs_are_those_of_the_certificate_transparency_test_vectors() {
    let (leaves, vectors) = (certificate_leaves(), vectors());
    let public = &vectors["certificate_transparency"];
    for vector in items(&public["inclusion"]) {
        let (index, count) = (number(&vector["index"]), number(&vector["count"]));
        let proof = Inclusion::build(&leaves[..count as usize], index).unwrap();
        assert_eq!(proof.to_bytes(), encoded(&vector["proof"]));
    }
    for vector in items(&public["consistency"]) {
        let (from, to) = (number(&vector["from"]), number(&vector["to"]));
        let proof = Consistency::build(&leaves[..to as usize], from).unwrap();
        assert_eq!(proof.to_bytes(), encoded(&vector["proof"]));
    }
}

#[test]
fn receipts_are_the_second_implementation_s_bytes_and_leaves() {
    let vectors = vectors();
    for vector in items(&vectors["receipts"]) {
        let (receipt, bytes) = (receipt(vector), unhex(&vector["bytes"]));
        assert_eq!(receipt.to_bytes().unwrap(), bytes);
        assert_eq!(receipt.leaf().unwrap().to_vec(), unhex(&vector["leaf"]));
        assert_eq!(Receipt::from_bytes(&bytes), Ok(receipt));
    }
    for vector in items(&vectors["refused"]) {
        let refused = Receipt::from_bytes(&unhex(&vector["bytes"]));
        assert!(refused.is_err(), "{} passed", vector["why"]);
    }
}

#[test]
fn logs_and_their_proofs_are_the_second_implementation_s() {
    let vectors = vectors();
    let leaf = |vector: &Value| -> Hash { unhex(&vector["leaf"]).try_into().unwrap() };
    let leaves: Vec<Hash> = items(&vectors["receipts"]).iter().map(leaf).collect();
    for log in items(&vectors["logs"]) {
        let leaves = &leaves[..number(&log["count"]) as usize];
        let head = Head::of(leaves).unwrap();
        assert_eq!(head.root.to_vec(), unhex(&log["root"]));
        for vector in items(&log["inclusion"]) {
            let (index, bytes) = (number(&vector["index"]), unhex(&vector["proof"]));
            let proof = Inclusion::from_bytes(&bytes).unwrap();
            assert_eq!(Inclusion::build(leaves, index), Some(proof.clone()));
            assert_eq!(proof.verify(&leaves[index as usize], index, &head), Ok(()));
        }
        for vector in items(&log["consistency"]) {
            let (from, bytes) = (number(&vector["from"]), unhex(&vector["proof"]));
            let proof = Consistency::from_bytes(&bytes).unwrap();
            assert_eq!(Consistency::build(leaves, from), Some(proof.clone()));
            let before = Head::of(&leaves[..from as usize]).unwrap();
            assert_eq!(proof.verify(&before, &head), Ok(()));
        }
    }
}

/// Leaves that differ by their place and by `fork`.
fn log(count: u32, fork: u8) -> Vec<Hash> {
    (0..count)
        .map(|i| leaf_hash(&[&i.to_be_bytes()[..], &[fork]].concat()))
        .collect()
}

fn head(leaves: &[Hash]) -> Head {
    Head::of(leaves).unwrap()
}

#[test]
fn a_log_neither_shrinks_nor_stands_still_nor_begins_anew() {
    let leaves = log(9, 0);
    let none = Consistency::build(&leaves, 0).unwrap();
    for (from, to) in [(9, 9), (9, 8), (1, 0), (0, 0)] {
        let (before, after) = (head(&leaves[..from]), head(&leaves[..to]));
        let expected = LogError::Count {
            from: before.count,
            to: after.count,
        };
        assert_eq!(none.verify(&before, &after), Err(expected));
    }
    let forked = head(&log(12, 1));
    let missing = LogError::Nodes { got: 0 };
    assert_eq!(none.verify(&head(&leaves), &forked), Err(missing));
    assert_eq!(none.verify(&head(&[]), &forked), Ok(()));
}

#[test]
fn a_forked_log_has_no_proof_that_it_follows() {
    let (honest, forked) = (log(20, 0), log(20, 1));
    for from in 1..20 {
        let before = head(&honest[..from as usize]);
        let of_fork = Consistency::build(&forked, from).unwrap();
        let of_honest = Consistency::build(&honest, from).unwrap();
        for proof in [of_fork, of_honest] {
            let verified = proof.verify(&before, &head(&forked));
            assert!(matches!(verified, Err(LogError::Root { .. })), "{from}");
        }
    }
}

#[test]
fn a_proof_has_at_most_the_hashes_of_the_largest_log() {
    let most = [vec![1], vec![0; MAX_NODES * 32]].concat();
    assert_eq!(most.len(), MAX_PROOF_BYTES);
    assert!(Inclusion::from_bytes(&most).is_ok());
    for more in [1, 32] {
        let long = [most.clone(), vec![0; more]].concat();
        let expected = LogError::Nodes { got: MAX_NODES + 1 };
        assert_eq!(Consistency::from_bytes(&long), Err(expected));
    }
    assert!(
        Inclusion::from_bytes(&most[..40]).is_err(),
        "a part of a hash"
    );
    assert!(Inclusion::from_bytes(&[]).is_err());
    let largest = Head {
        count: u32::MAX,
        root: [0; 32],
    };
    let proof = Inclusion::from_bytes(&most).unwrap();
    let verified = proof.verify(&[0; 32], u32::MAX - 1, &largest);
    assert!(verified.is_err());
}

#[test]
fn a_receipt_outside_the_log_is_not_built_and_not_verified() {
    let leaves = log(5, 0);
    assert_eq!(Inclusion::build(&leaves, 5), None);
    assert_eq!(Consistency::build(&leaves, 6), None);
    let proof = Inclusion::build(&leaves, 4).unwrap();
    let expected = LogError::Index { index: 5, count: 5 };
    assert_eq!(proof.verify(&leaves[4], 5, &head(&leaves)), Err(expected));
}

proptest! {
    #[test]
    fn a_receipt_verifies_at_its_own_place_only(count in 1u32..70, at in 0u32..70, other in 0u32..70) {
        let (at, other) = (at % count, other % count);
        let leaves = log(count, 0);
        let proof = Inclusion::build(&leaves, at).unwrap();
        let verified = proof.verify(&leaves[at as usize], other, &head(&leaves));
        prop_assert_eq!(verified.is_ok(), at == other);
        let of_other = proof.verify(&leaves[other as usize], at, &head(&leaves));
        prop_assert_eq!(of_other.is_ok(), at == other);
    }

    #[test]
    fn a_consistency_proof_holds_between_its_own_heads_only(
        to in 2u32..70, from in 1u32..70, count in 1u32..70, flip in 0usize..33,
    ) {
        let from = 1 + from % (to - 1);
        let leaves = log(to, 0);
        let (before, after) = (head(&leaves[..from as usize]), head(&leaves));
        let proof = Consistency::build(&leaves, from).unwrap();
        prop_assert_eq!(proof.verify(&before, &after), Ok(()));
        let lied = Head { count: count.min(to), ..before };
        prop_assert_eq!(proof.verify(&lied, &after).is_ok(), lied == before);
        let mut bytes = proof.to_bytes();
        if let Some(byte) = bytes.get_mut(1 + flip * 32) {
            *byte ^= 1;
            let flipped = Consistency::from_bytes(&bytes).unwrap();
            prop_assert!(flipped.verify(&before, &after).is_err());
        }
    }
}
