use super::*;

fn leaves(seed: u8, count: u8) -> Vec<Hash> {
    (0..count).map(|n| [seed ^ n; 32]).collect()
}

#[test]
fn a_log_is_current_behind_ahead_or_forked_by_what_the_chain_keeps() {
    let own = leaves(0, 5);
    let head = |leaves: &[Hash]| Head::of(leaves);
    assert_eq!(standing(&[], None), Standing::Current);
    assert_eq!(standing(&own, None), Standing::Behind);
    assert_eq!(standing(&own, head(&own[..3])), Standing::Behind);
    assert_eq!(standing(&own, head(&own)), Standing::Current);
    assert_eq!(standing(&own[..3], head(&own)), Standing::Ahead);
    assert_eq!(standing(&own, head(&leaves(0x80, 3))), Standing::Forked);
    assert_eq!(standing(&own, head(&leaves(0x80, 5))), Standing::Forked);
}
