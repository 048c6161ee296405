//! Whatever happens in whatever order, the contract does what a small model does: every message is
//! obeyed by both or by neither, every coin is somewhere after each, and nothing is left when all
//! has ended.

use std::cell::RefCell;

use proptest::test_runner::{TestCaseError, TestRunner};

mod check;
mod deed;
mod endings;
mod model;
mod plan;
mod reached;
mod run;
mod step;
mod tables;
mod take;

use reached::Reached;
use run::Run;
use step::{steps, Step};

const IN_CI: u32 = 200;

#[test]
fn every_coin_is_somewhere_after_every_message() {
    let config = vitals_testing::sequences::config(IN_CI);
    let are_enough = config.cases >= IN_CI;
    let reached = RefCell::new(Reached::default());
    let result = TestRunner::new(config).run(&steps(), |steps| {
        let run = played(&steps).map_err(TestCaseError::fail)?;
        reached.borrow_mut().add(run.reached);
        Ok(())
    });
    result.unwrap_or_else(|failed| panic!("{failed}"));
    let missed = reached.borrow().missed();
    assert!(
        !are_enough || missed.is_empty(),
        "no sequence reached {missed:?}"
    );
}

fn played(steps: &[Step]) -> Result<Run, String> {
    let mut run = Run::new();
    for (at, step) in steps.iter().enumerate() {
        let told = |cause| format!("step {at}, {step:?}: {cause}");
        let is_done = run.take(step).map_err(told)?;
        if is_done {
            run.check().map_err(told)?;
        }
    }
    run.end()?;
    Ok(run)
}
