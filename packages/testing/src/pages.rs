//! Lists, page by page: what every list of every contract keeps to.

use serde_json::Value;

/// Limits to ask a list for that has more than 30 entries, and how many it answers.
const LIMITS: [(Option<u32>, usize); 5] = [
    (None, 10),
    (Some(0), 1),
    (Some(30), 30),
    (Some(31), 30),
    (Some(u32::MAX), 30),
];

/// Asks for each list at no limit, at none, at the most and beyond. `lists` gives the questions for a
/// limit, each with the name of the list in its answer.
///
/// # Panics
/// Where a list is longer or shorter than its page.
pub fn assert_clamped<Q>(
    lists: impl Fn(Option<u32>) -> Vec<(Q, &'static str)>,
    answer: impl Fn(Q) -> Value,
) {
    for (limit, size) in LIMITS {
        for (ask, list) in lists(limit) {
            let got = answer(ask)[list].as_array().map(Vec::len);
            assert_eq!(got, Some(size), "{list}, {limit:?}");
        }
    }
}
