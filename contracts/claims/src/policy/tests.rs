use super::*;
use crate::terms::Terms;
use cosmwasm_std::Addr;
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

const START: Seconds = 1_000_000;

fn terms() -> Terms {
    Terms {
        denom: "uvital".into(),
        benefit: 100,
        premium: 10,
        term_s: 1_000,
        waiting_s: 100,
        file_within_s: 50,
        max_claims: 2,
        separation_s: 60,
        terms_digest: [7; 32],
        rule: Rule {
            conditions: vec![Condition {
                measure: Measure::HeartRate,
                comparison: Comparison::AtLeast,
                threshold: 1_200,
            }],
            readings: 1,
            spaced_s: 0,
            within_s: 60,
            anchored_within_s: 60,
            min_assurance: Assurance::Maker,
            accept_questionable: false,
            paired_for_s: 0,
            calibrated: false,
            accept_simulated: false,
        },
    }
}

/// Bound at [`START`]: covered from 100 s until 1,000 s after, to be filed until 1,050 s after.
fn policy() -> Policy {
    let cover = Cover::bound_at(Timestamp::from_seconds(START), &terms());
    Policy {
        product: 1,
        patient: 2,
        payee: Addr::unchecked("payee"),
        bound_at: START,
        covered_from: cover.from,
        covered_until: cover.until,
        file_until: cover.file_until,
        locked: 210,
        paid: Vec::new(),
    }
}

/// A window from and to these milliseconds after binding.
fn window(from_ms: u64, to_ms: u64) -> ClaimWindow {
    let start = START * 1_000;
    ClaimWindow {
        from_ms: start + from_ms,
        to_ms: start + to_ms,
    }
}

fn claimable(policy: &Policy, asked: ClaimWindow, now_ms: u64) -> Result<(), ContractError> {
    policy.ensure_claimable(&terms(), asked, START * 1_000 + now_ms)
}

#[test]
fn time_moves_a_policy_through_its_states() {
    let at = |seconds| policy().state(&terms(), START + seconds);
    assert_eq!((at(0), at(99)), (PolicyState::Bound, PolicyState::Bound));
    assert_eq!(
        (at(100), at(999)),
        (PolicyState::Active, PolicyState::Active)
    );
    assert_eq!(
        (at(1_000), at(1_049)),
        (PolicyState::RunOff, PolicyState::RunOff)
    );
    assert_eq!(at(1_050), PolicyState::Elapsed);
    let expired = Policy {
        locked: 0,
        ..policy()
    };
    assert_eq!(expired.state(&terms(), START + 1_050), PolicyState::Expired);
}

#[test]
fn a_policy_that_paid_everything_is_exhausted_for_ever() {
    let exhausted = Policy {
        locked: 0,
        paid: vec![window(0, 1), window(2, 3)],
        ..policy()
    };
    for seconds in [200, 1_020, 99_999] {
        let state = exhausted.state(&terms(), START + seconds);
        assert_eq!(state, PolicyState::Exhausted);
    }
}

#[test]
fn every_state_allows_exactly_what_the_table_lists() {
    use PolicyState::{Active, Bound, Elapsed, Exhausted, Expired, RunOff};
    let table = [
        (Bound, [false, false, false]),
        (Active, [true, false, false]),
        (RunOff, [true, false, false]),
        (Elapsed, [false, true, true]),
        (Exhausted, [false, false, true]),
        (Expired, [false, false, true]),
    ];
    for (state, expected) in table {
        let allowed = [Act::Claim, Act::Expire, Act::Rebind].map(|act| allows(&state, act));
        assert_eq!(allowed, expected, "{state:?}");
    }
}

#[test]
fn a_refused_act_names_the_state_and_itself() {
    let refused = ensure_allows(7, &policy(), &terms(), Act::Claim, START).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "claims/wrong_state: policy 7 is Bound, which does not allow to claim"
    );
}

#[test]
fn cover_begins_no_earlier_than_the_instant_of_binding() {
    let just_after = Timestamp::from_seconds(START).plus_nanos(1);
    let cover = Cover::bound_at(just_after, &terms());
    assert_eq!(
        (cover.from, cover.until, cover.file_until),
        (START + 101, START + 1_001, START + 1_051)
    );
}

#[test]
fn only_what_was_measured_under_cover_can_be_claimed() {
    let now = 1_000_000;
    assert_eq!(claimable(&policy(), window(100_000, 999_999), now), Ok(()));
    assert!(matches!(
        claimable(&policy(), window(99_999, 999_999), now),
        Err(ContractError::MeasuredBeforeCover { .. })
    ));
    assert!(matches!(
        claimable(&policy(), window(100_000, 1_000_000), 1_000_001),
        Err(ContractError::MeasuredAfterCover { .. })
    ));
}

#[test]
fn a_window_is_claimed_after_it_ended_and_within_the_time_to_file() {
    let asked = window(200_000, 210_000);
    assert!(matches!(
        claimable(&policy(), asked, 210_000),
        Err(ContractError::NotYetMeasured { .. })
    ));
    assert_eq!(claimable(&policy(), asked, 210_001), Ok(()));
    assert_eq!(claimable(&policy(), asked, 260_000), Ok(()));
    assert!(matches!(
        claimable(&policy(), asked, 260_001),
        Err(ContractError::FiledTooLate { .. })
    ));
}

#[test]
fn a_new_window_keeps_its_distance_from_each_paid_one_on_either_side() {
    let paid = Policy {
        paid: vec![window(900_000, 910_000), window(300_000, 310_000)],
        ..policy()
    };
    let now = 971_000;
    let used_up = |asked| {
        matches!(
            paid.ensure_unused(&terms(), asked),
            Err(ContractError::TimeUsedUp { .. })
        )
    };
    assert!(used_up(window(300_000, 310_000)), "the same again");
    assert!(used_up(window(305_000, 400_000)), "overlapping");
    assert!(used_up(window(200_000, 800_000)), "around");
    assert!(used_up(window(369_999, 369_999)));
    assert!(used_up(window(240_001, 240_001)));
    assert!(used_up(window(840_001, 840_001)));
    assert_eq!(claimable(&paid, window(970_000, 970_000), now), Ok(()));
    for free in [window(370_000, 370_000), window(240_000, 240_000)] {
        assert_eq!(paid.ensure_unused(&terms(), free), Ok(()));
    }
}

#[test]
fn without_separation_windows_still_share_no_instant() {
    let terms = Terms {
        separation_s: 0,
        ..terms()
    };
    let paid = Policy {
        paid: vec![window(300_000, 310_000)],
        ..policy()
    };
    assert!(paid
        .ensure_unused(&terms, window(310_000, 311_000))
        .is_err());
    assert_eq!(paid.ensure_unused(&terms, window(310_001, 311_000)), Ok(()));
}
