//! The evaluation of docs/analysis.md, again.

mod courses;

use courses::methods::{BASELINE, CHANGE};
use courses::statistics::{interval, mean};
use courses::table::{Evaluation, RATES};

#[test]
fn the_committed_tables_are_what_the_evaluation_prints_and_the_model_has_lost() {
    let page = include_str!("../../../docs/analysis.md");
    let evaluation = Evaluation::new();
    for line in evaluation.print().lines() {
        assert!(
            page.contains(line),
            "docs/analysis.md does not have\n{line}"
        );
    }
    let (_, high) = interval(&evaluation.model_less(BASELINE, RATES[0]), mean);
    assert!(high < 0.0, "the model is sooner than the baseline");
    let (low, _) = interval(&evaluation.model_less(CHANGE, RATES[0]), mean);
    assert!(low > 0.0, "the change point is sooner than the model");
}
