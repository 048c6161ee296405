//! Random lives of one patient's alerts and plans, from two devices and from emergencies, against a
//! model that remembers what was done. After each message:
//!
//! - it was accepted just when the model says;
//! - one (device, rule) has at most one open alert, and the notices that alerts count are those that
//!   were accepted: none is lost, none is counted twice;
//! - an alert goes from open to acknowledged to resolved and never back, climbs one tier at a time,
//!   and none before the tier's seconds have passed;
//! - plan versions rise by one, and the plan in force is the newest that was acknowledged and not
//!   withdrawn.

use proptest::prelude::*;

mod compare;
mod model;
mod run;
mod step;

use run::Run;

proptest! {
    #![proptest_config(vitals_testing::sequences::config(300))]

    #[test]
    fn notices_are_neither_lost_nor_doubled_and_nobody_is_called_early_or_passed_over(
        steps in proptest::collection::vec(step::step(), 4..40)
    ) {
        let mut run = Run::new();
        for step in &steps {
            run.take(step);
        }
    }
}
