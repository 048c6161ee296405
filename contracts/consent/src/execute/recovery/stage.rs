//! What each stage of a recovery lets happen.

use vitals_api::consent::record::{Recovery, Stage};

use crate::error::ContractError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Propose,
    Approve,
    Veto,
    Cancel,
    Complete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Nothing,
    Collecting,
    Waiting,
    Vetoed,
    Overriding,
}

use Step::*;

/// What is not listed is an error.
/// What guardians decided none of them takes back: whoever voted first would hold all others up.
const TABLE: [(At, &[Step]); 5] = [
    (At::Nothing, &[Propose]),
    (At::Collecting, &[Propose, Approve, Veto, Cancel]),
    (At::Waiting, &[Veto, Complete]),
    (At::Vetoed, &[Propose, Approve, Cancel]),
    (At::Overriding, &[Complete]),
];

pub fn ensure_allows(open: Option<&Recovery>, step: Step) -> Result<(), ContractError> {
    let at = match open.map(|recovery| &recovery.stage) {
        None => At::Nothing,
        Some(Stage::Collecting) => At::Collecting,
        Some(Stage::Waiting(_)) => At::Waiting,
        Some(Stage::Vetoed { .. }) => At::Vetoed,
        Some(Stage::Overriding(_)) => At::Overriding,
    };
    if allows(at, step) {
        return Ok(());
    }
    Err(ContractError::RecoveryStage {
        stage: format!("{at:?}").to_lowercase(),
        step: format!("{step:?}").to_lowercase(),
    })
}

fn allows(at: At, step: Step) -> bool {
    TABLE
        .iter()
        .any(|(stage, steps)| *stage == at && steps.contains(&step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_lets_happen_what_the_table_lists_and_nothing_else() {
        let stages = [
            At::Nothing,
            At::Collecting,
            At::Waiting,
            At::Vetoed,
            At::Overriding,
        ];
        // rows: stages; columns: propose, approve, veto, cancel, complete
        let expected = ["x....", "xxxx.", "..x.x", "xx.x.", "....x"];
        for (at, row) in stages.into_iter().zip(expected) {
            let steps = [Propose, Approve, Veto, Cancel, Complete];
            for (step, mark) in steps.into_iter().zip(row.chars()) {
                assert_eq!(allows(at, step), mark == 'x', "{at:?} {step:?}");
            }
        }
    }
}
