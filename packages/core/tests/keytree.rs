//! The key tree from outside: what opens, what does not, and the vectors in `testdata/`.
#![cfg(feature = "seal")]

use proptest::prelude::*;
use serde_json::Value;
use vitals_core::keytree::{cover, Cover, GenerationSecret, NodeId, NODE_BYTES};
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};

const PATIENT: u64 = 0x0123_4567_89ab_cdef;
const NOW: Epoch = 495_000;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/keytree.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn window(from: Epoch, to: Epoch) -> Window {
    Window::new(from, to).unwrap()
}

fn window_of(value: &Value) -> Window {
    window(number(&value["from"]), number(&value["to"]))
}

fn secret() -> GenerationSecret {
    GenerationSecret::from_bytes(core::array::from_fn(|i| i as u8))
}

fn whole() -> Cover {
    secret().root(PATIENT, 3, Category::Cardiac).whole()
}

fn held(window: Window) -> Cover {
    secret().cover(PATIENT, 3, Category::Cardiac, window)
}

fn key(cover: &Cover, epoch: Epoch) -> Option<[u8; 32]> {
    cover.epoch_key(epoch).map(|key| *key.as_bytes())
}

fn root_key(epoch: Epoch) -> [u8; 32] {
    *secret()
        .root(PATIENT, 3, Category::Cardiac)
        .epoch_key(epoch)
        .as_bytes()
}

#[test]
fn keys_and_commitment_are_those_of_the_vectors() {
    let derivation = &vectors()["derivation"];
    let commitment = secret().commitment(PATIENT, 3);
    assert_eq!(bytes(&derivation["commitment"]), commitment);
    for case in derivation["epoch_keys"].as_array().unwrap() {
        assert_eq!(
            bytes(&case["key"]),
            root_key(number(&case["epoch"])),
            "{case}"
        );
    }
    let other = &derivation["other_category"];
    let key = secret()
        .root(PATIENT, 3, Category::Respiratory)
        .epoch_key(number(&other["epoch"]));
    assert_eq!(bytes(&other["key"]), key.as_bytes());
}

#[test]
fn covers_are_those_of_the_vectors() {
    for case in vectors()["covers"].as_array().unwrap() {
        let expected: Vec<NodeId> = case["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| NodeId {
                depth: number(&node[0]) as u8,
                prefix: number(&node[1]),
            })
            .collect();
        assert_eq!(cover(window_of(case)), expected);
    }
}

#[test]
fn encodings_are_those_of_the_vectors() {
    for case in vectors()["encoding"].as_array().unwrap() {
        let expected = bytes(&case["bytes"]);
        assert_eq!(*held(window_of(case)).to_bytes(), expected);
        assert_eq!(*Cover::from_bytes(&expected).unwrap().to_bytes(), expected);
    }
}

#[test]
fn a_root_with_a_period_erased_is_that_of_the_vectors() {
    use sha2::{Digest, Sha256};
    for case in vectors()["without"].as_array().unwrap() {
        let left = whole().without(window_of(case)).to_bytes();
        let digest: [u8; 32] = Sha256::digest(&left).into();
        assert_eq!(digest[..], bytes(&case["sha256"]));
        let count = number(&case["node_count"]) as usize;
        assert_eq!(left.len(), 1 + count * NODE_BYTES);
    }
}

#[test]
fn bytes_that_are_no_canonical_cover_are_refused_by_name() {
    let vectors = vectors();
    let cases = vectors["refused"].as_array().unwrap();
    assert!(cases.len() >= 10);
    for case in cases {
        let error = Cover::from_bytes(&bytes(&case["bytes"])).err().unwrap();
        let code = format!("key_tree/{}:", case["code"].as_str().unwrap());
        assert!(error.to_string().starts_with(&code), "{case}: {error}");
    }
}

#[test]
fn patient_generation_and_category_each_give_another_tree() {
    let of = |patient, generation, category| {
        let root = secret().root(patient, generation, category);
        *root.epoch_key(NOW).as_bytes()
    };
    let base = of(1, 1, Category::Cardiac);
    assert_ne!(base, of(2, 1, Category::Cardiac));
    assert_ne!(base, of(1, 2, Category::Cardiac));
    assert_ne!(base, of(1, 1, Category::Activity));
}

#[test]
fn a_window_opens_its_epochs_and_neither_neighbour() {
    let day = held(window(NOW, NOW + 24));
    assert_eq!(key(&day, NOW - 1), None);
    assert_eq!(key(&day, NOW + 24), None);
    for epoch in NOW..NOW + 24 {
        assert_eq!(key(&day, epoch), Some(root_key(epoch)));
    }
}

#[test]
fn a_window_for_ever_opens_to_the_end_with_few_nodes() {
    let ever = held(window(NOW, Epoch::MAX));
    assert!(ever.node_ids().count() <= 62);
    assert_eq!(key(&ever, Epoch::MAX - 1), Some(root_key(Epoch::MAX - 1)));
    assert_eq!(key(&ever, Epoch::MAX), None);
    assert_eq!(ever.windows(), [window(NOW, Epoch::MAX)]);
}

#[test]
fn the_whole_tree_is_one_node_and_opens_the_first_and_the_last_epoch() {
    let whole = whole();
    assert_eq!(whole.node_ids().count(), 1);
    assert_eq!(key(&whole, 0), Some(root_key(0)));
    assert_eq!(key(&whole, Epoch::MAX), Some(root_key(Epoch::MAX)));
}

#[test]
fn a_decade_is_a_handful_of_keys() {
    let decade = cover(window(NOW, NOW + 87_660));
    assert!(decade.len() <= 2 * 16, "{}", decade.len());
}

#[test]
fn an_epoch_key_is_not_the_secret_of_its_leaf() {
    let hour = held(Window::one(NOW)).to_bytes();
    assert_eq!(hour.len(), 1 + NODE_BYTES);
    assert_ne!(hour[6..], root_key(NOW));
}

#[test]
fn a_sealer_that_forgot_an_hour_keeps_the_next() {
    let mut rolling = held(window(NOW, NOW + 48));
    for epoch in NOW..NOW + 48 {
        rolling.forget_before(epoch);
        assert!(epoch == 0 || !rolling.opens(epoch - 1));
        assert_eq!(key(&rolling, epoch), Some(root_key(epoch)));
    }
    rolling.forget_before(NOW + 48);
    assert!(rolling.is_empty() && rolling.windows().is_empty());
}

#[test]
fn a_window_that_holds_nothing_opens_nothing_and_erases_nothing() {
    let empty = Window { from: NOW, to: NOW };
    let reversed = Window {
        from: NOW,
        to: NOW - 5,
    };
    let before = held(window(NOW - 10, NOW + 10)).to_bytes();
    for nothing in [empty, reversed] {
        assert!(cover(nothing).is_empty());
        assert!(held(nothing).is_empty());
        let left = held(window(NOW - 10, NOW + 10)).without(nothing);
        assert_eq!(left.to_bytes(), before);
    }
}

/// Near zero, near now and near the end, so that every edge is met.
fn some_window() -> impl Strategy<Value = Window> {
    let from = prop_oneof![
        0u32..300,
        NOW..NOW + 300,
        Epoch::MAX - 600..Epoch::MAX - 300
    ];
    (from, 1u32..300).prop_map(|(from, len)| window(from, from + len))
}

fn around(window: &Window) -> impl Iterator<Item = Epoch> {
    window.from.saturating_sub(3)..window.to.saturating_add(3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_window_opens_exactly_its_epochs(w in some_window()) {
        let cover = held(w);
        for epoch in around(&w) {
            prop_assert_eq!(cover.opens(epoch), w.holds(epoch));
        }
        for edge in [w.from, w.to - 1] {
            prop_assert_eq!(key(&cover, edge), Some(root_key(edge)));
        }
        prop_assert_eq!(cover.windows(), vec![w]);
    }

    #[test]
    fn a_cover_of_n_epochs_has_at_most_twice_log2_n_nodes(from in 0..u32::MAX - 1, len in 1..u32::MAX) {
        let w = window(from, from.saturating_add(len));
        let bound = 2 * (w.to - w.from).ilog2().max(1) as usize;
        let nodes = cover(w);
        prop_assert!(nodes.len() <= bound);
        let opened: u64 = nodes.iter().map(|n| 1u64 << (32 - n.depth)).sum();
        prop_assert_eq!(opened, u64::from(w.to - w.from));
    }

    #[test]
    fn what_is_left_after_erasing_is_exactly_the_rest(kept in some_window(), hole in some_window()) {
        let left = held(kept).without(hole);
        for epoch in around(&kept).chain(around(&hole)) {
            let inside = kept.holds(epoch) && !hole.holds(epoch);
            prop_assert_eq!(left.opens(epoch), inside);
        }
        for opened in left.windows() {
            prop_assert_eq!(key(&left, opened.from), Some(root_key(opened.from)));
        }
        prop_assert!(Cover::from_bytes(&left.to_bytes()).is_ok(), "still the fewest nodes");
    }

    #[test]
    fn forgetting_removes_exactly_what_lies_before(kept in some_window(), ahead in 0u32..310) {
        let now = kept.from.saturating_add(ahead);
        let mut rolling = held(kept);
        rolling.forget_before(now);
        for epoch in around(&kept) {
            prop_assert_eq!(rolling.opens(epoch), kept.holds(epoch) && epoch >= now);
        }
        prop_assert!(Cover::from_bytes(&rolling.to_bytes()).is_ok());
    }

    #[test]
    fn narrowing_a_cover_gives_what_the_root_would(kept in some_window(), part in some_window()) {
        let narrowed = held(kept).narrow(part).to_bytes();
        match kept.intersect(&part) {
            Some(shared) => prop_assert_eq!(narrowed, held(shared).to_bytes()),
            None => prop_assert_eq!(narrowed.len(), 1),
        }
    }

    #[test]
    fn any_bytes_are_refused_or_written_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(cover) = Cover::from_bytes(&bytes) {
            prop_assert_eq!(&*cover.to_bytes(), &bytes);
        }
    }
}
