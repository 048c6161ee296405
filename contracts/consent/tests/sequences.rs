//! Random lives of two patients' consent, among guardians, a team, issuers, a responder and a vault,
//! against a log of what was done (see [`facts`]). After each message:
//!
//! - it was accepted just when the log says, and a refused one changed nothing that is stored;
//! - for six accounts, two patients and every ground there is, the decision permits just what the log
//!   finds a live ground for; without a named ground it permits by a live one or there is none;
//! - the generation rose when somebody lost access who may hold keys beyond now, and not else; it
//!   rises by one at a time, pending and open in turn, and its time never goes back;
//! - receipts are only added, and each that was ever anchored is proved against the newest head;
//! - a patient has one controller, and there are no more guardians, proposals and emergencies that
//!   wait for a review than there may be.

use proptest::prelude::*;

mod caps;
mod facts;
mod grounds;
mod keys;
mod may;
mod message;
mod receipts;
mod recovery;
mod run;
mod step;

use run::Run;

proptest! {
    #![proptest_config(vitals_testing::sequences::config(300))]

    #[test]
    fn what_no_live_ground_allows_is_never_permitted_and_what_one_does_never_refused(
        steps in step::sequence()
    ) {
        let mut run = Run::new();
        for (step, ask) in &steps {
            run.take(step, ask);
        }
        run.finish();
    }
}
