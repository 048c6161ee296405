use super::*;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod money;
mod time;

/// Columns: accept, withdraw, withdraw over, pay, cancel, lapse, claim, expire, rebind.
const TABLE: [(PolicyState, &str); 13] = [
    (PolicyState::Offered, "aw......."),
    (PolicyState::OfferOver, ".wo......"),
    (PolicyState::Withdrawn, "........r"),
    (PolicyState::Bound, "...pc...."),
    (PolicyState::Active, "...pc.m.."),
    (PolicyState::Grace, "...pc...."),
    (PolicyState::Overdue, ".....lm.."),
    (PolicyState::RunOff, "......m.."),
    (PolicyState::Cancelled, "......m.."),
    (PolicyState::Lapsed, "......m.."),
    (PolicyState::Elapsed, ".......er"),
    (PolicyState::Exhausted, "........r"),
    (PolicyState::Expired, "........r"),
];

#[test]
fn the_table_of_states_and_acts_is_this() {
    assert_eq!(TABLE.map(|(state, _)| state), PolicyState::ALL);
    for (state, row) in TABLE {
        let allowed: String = Act::ALL
            .into_iter()
            .zip("awopclmer".chars())
            .map(|(act, mark)| if state.allows(act) { mark } else { '.' })
            .collect();
        assert_eq!(allowed, row, "{state:?}");
    }
}

#[test]
fn money_of_a_policy_moves_until_it_is_over() {
    for state in PolicyState::ALL {
        let moves = Act::ALL
            .into_iter()
            .any(|act| act != Act::Rebind && state.allows(act));
        assert_eq!(state.is_over(), !moves, "{state:?}");
    }
}

#[test]
fn what_is_done_reads_as_words() {
    let words: Vec<String> = Act::ALL.iter().map(Act::to_string).collect();
    assert_eq!(
        words.join("; "),
        "accept; withdraw the offer; withdraw the offer; pay a premium; cancel; lapse; claim; \
         expire; bind another"
    );
}
