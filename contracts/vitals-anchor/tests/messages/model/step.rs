//! One step of a random sequence.

use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// A batch of this measure, this many numbers and milliseconds on from the last, named to be
    /// of the last pairing or of the one before, sent by one of the two.
    Anchor {
        glucose: bool,
        skip: u64,
        later: i64,
        earlier_pairing: bool,
        by: usize,
    },
    Gap {
        skip: u64,
        numbers: u64,
        later: i64,
        ended: bool,
    },
    Pair(usize),
    Unpair,
    Wait(u64),
}

pub fn step() -> impl Strategy<Value = Step> {
    let later = prop_oneof![4 => 1..2_000i64, 1 => -3_000..1i64, 1 => 100_000..200_000i64];
    let skip = prop_oneof![5 => Just(0u64), 1 => 1..3u64];
    let anchor = (
        any::<bool>(),
        skip.clone(),
        later.clone(),
        any::<bool>(),
        0..2usize,
    )
        .prop_map(|(glucose, skip, later, earlier_pairing, by)| Step::Anchor {
            glucose,
            skip,
            later,
            earlier_pairing: earlier_pairing && later < 0,
            by,
        });
    let gap =
        (skip, 1..4u64, later, any::<bool>()).prop_map(|(skip, numbers, later, ended)| Step::Gap {
            skip,
            numbers,
            later,
            ended,
        });
    prop_oneof![
        6 => anchor,
        2 => gap,
        1 => (0..2usize).prop_map(Step::Pair),
        1 => Just(Step::Unpair),
        2 => (1..100u64).prop_map(Step::Wait),
    ]
}
