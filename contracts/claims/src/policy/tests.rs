use cosmwasm_std::Addr;
use vitals_core::insurance::{Benefit, EvidenceTerms, Life, Premium, Standing};
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};

use super::*;
use crate::state::{Cancelled, Policyholder};

/// The first second of an epoch.
const START: Seconds = 3_600_000;

fn rule() -> Rule {
    Rule {
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
    }
}

fn per_event(separation_s: u32) -> Terms {
    Terms {
        benefit: Benefit::PerEvent {
            amount: 100,
            max_claims: 2,
            separation_s,
        },
        premium: Premium::Instalments {
            amount: 10,
            every_s: 500,
            grace_s: 20,
        },
        minimum_charge: 0,
        term_s: 1_000,
        waiting_s: 100,
        file_within_s: 50,
        evidence: EvidenceTerms::Disclosed {
            rule: rule(),
            models: Vec::new(),
        },
        reward: None,
        terms_digest: [7; 32],
    }
}

/// Bound at [`START`], all paid: covered from 100 s until 1,000 s after, to be filed until 1,050 s
/// after.
fn policy() -> Policy {
    Policy {
        product: 1,
        version: 1,
        patient: 2,
        payee: Addr::unchecked("payee"),
        policyholder: Policyholder::Payee,
        life: Life {
            standing: Standing::Live,
            bound_at: START,
            payments: 2,
        },
        premium_paid: 20,
        slots: 0,
        open: 0,
        last_claim: 0,
        locked: 220,
        paid: Vec::new(),
        used_until_ms: None,
        reward_days: 0,
        rebated_at: None,
        offered_at: None,
        cancelled: None,
        lapsed_at: None,
        ended_at: None,
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

fn filed(policy: &Policy, asked: ClaimWindow, now_ms: u64) -> Result<(), ContractError> {
    policy.ensure_filed_in_time(&per_event(60), asked, START * 1_000 + now_ms)
}

#[test]
fn a_refused_act_names_the_state_and_itself() {
    let refused = ensure_allows(7, &policy(), &per_event(60), Act::Claim, START).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "claims/wrong_state: policy 7 is Bound, which does not allow to claim"
    );
}

#[test]
fn a_claim_in_grace_waits_for_the_premium_and_says_which() {
    let mut policy = policy();
    policy.life.payments = 1;
    let ask = |act, seconds| ensure_allows(7, &policy, &per_event(60), act, START + seconds);
    assert_eq!(ask(Act::Claim, 499), Ok(()));
    for seconds in [500, 519] {
        let due = ContractError::PremiumDue {
            policy: 7,
            due: START + 500,
            amount: 10u128.into(),
        };
        assert_eq!(ask(Act::Claim, seconds), Err(due));
        assert_eq!(ask(Act::PayPremium, seconds), Ok(()));
    }
    assert_eq!(ask(Act::Claim, 520), Ok(()), "for what was measured before");
    assert!(matches!(
        ask(Act::PayPremium, 520),
        Err(ContractError::WrongState { .. })
    ));
}

#[test]
fn cover_begins_no_earlier_than_the_instant_of_binding() {
    let at = |nanos| whole_second_from(Timestamp::from_seconds(START).plus_nanos(nanos));
    assert_eq!((at(0), at(1)), (START, START + 1));
}

#[test]
fn only_what_was_measured_under_cover_can_be_claimed() {
    let now = 1_000_000;
    assert_eq!(filed(&policy(), window(100_000, 999_999), now), Ok(()));
    assert!(matches!(
        filed(&policy(), window(99_999, 999_999), now),
        Err(ContractError::MeasuredBeforeCover { .. })
    ));
    assert!(matches!(
        filed(&policy(), window(100_000, 1_000_000), 1_000_001),
        Err(ContractError::MeasuredAfterCover { .. })
    ));
}

#[test]
fn what_was_measured_after_an_overdue_premium_was_due_is_not_covered() {
    let mut policy = policy();
    policy.life.payments = 1;
    assert_eq!(filed(&policy, window(499_000, 499_999), 520_000), Ok(()));
    assert!(matches!(
        filed(&policy, window(499_000, 500_000), 520_000),
        Err(ContractError::MeasuredAfterCover { .. })
    ));
}

#[test]
fn a_window_is_claimed_after_it_ended_and_within_the_time_to_file() {
    let asked = window(200_000, 210_000);
    assert!(matches!(
        filed(&policy(), asked, 210_000),
        Err(ContractError::NotYetMeasured { .. })
    ));
    assert_eq!(filed(&policy(), asked, 210_001), Ok(()));
    assert_eq!(filed(&policy(), asked, 260_000), Ok(()));
    assert!(matches!(
        filed(&policy(), asked, 260_001),
        Err(ContractError::FiledTooLate { .. })
    ));
}

#[test]
fn a_new_window_keeps_its_distance_from_each_paid_one_on_either_side() {
    let paid = Policy {
        paid: vec![window(900_000, 910_000), window(300_000, 310_000)],
        ..policy()
    };
    let unused = |asked| paid.ensure_unused(&per_event(60), asked);
    for (asked, why) in [
        (window(300_000, 310_000), "the same again"),
        (window(305_000, 400_000), "overlapping"),
        (window(200_000, 800_000), "around"),
        (window(369_999, 369_999), "after"),
        (window(240_001, 240_001), "before"),
        (window(840_001, 840_001), "before the other"),
    ] {
        let refused = unused(asked);
        assert!(
            matches!(refused, Err(ContractError::TimeUsedUp { .. })),
            "{why}"
        );
    }
    for at_ms in [970_000, 370_000, 240_000] {
        assert_eq!(unused(window(at_ms, at_ms)), Ok(()));
    }
}

#[test]
fn without_separation_windows_still_share_no_instant() {
    let paid = Policy {
        paid: vec![window(300_000, 310_000)],
        ..policy()
    };
    let unused = |from_ms| paid.ensure_unused(&per_event(0), window(from_ms, 311_000));
    assert!(unused(310_000).is_err());
    assert_eq!(unused(310_001), Ok(()));
}

#[test]
fn a_new_window_keeps_its_distance_from_what_earlier_policies_used_up() {
    let next = Policy {
        used_until_ms: Some(window(0, 100_000).to_ms),
        ..policy()
    };
    let unused = |from_ms| next.ensure_unused(&per_event(60), window(from_ms, 900_000));
    for from_ms in [0, 100_000, 159_999] {
        assert!(matches!(
            unused(from_ms),
            Err(ContractError::UsedUpBefore { .. })
        ));
    }
    assert_eq!(unused(160_000), Ok(()));
}

#[test]
fn what_was_used_up_last_is_the_latest_end_or_what_was_before() {
    let (before, terms) = (window(0, 9).to_ms, per_event(0));
    let mut next = Policy {
        used_until_ms: Some(before),
        ..policy()
    };
    assert_eq!(next.last_used_ms(), Some(before));
    let last_of = |day| day_window(START, day).map(|whole| whole.to_ms);
    for day in [3, 1] {
        next.use_day(&terms, day).unwrap();
        assert_eq!((next.last_used_ms(), next.paid.len()), (last_of(3), 1));
    }
    assert!(next.use_day(&terms, 0).is_err(), "it began before");
}

#[test]
fn a_window_has_one_day_or_none() {
    const DAY_MS: u64 = 86_400_000;
    let day = |from, to| policy().day_of(window(from, to));
    assert_eq!(day(0, DAY_MS - 1), Ok(0));
    assert_eq!(day(DAY_MS, DAY_MS), Ok(1));
    let across = window(DAY_MS - 1, DAY_MS);
    assert_eq!(
        policy().day_of(across),
        Err(ContractError::NotOneDay { asked: across })
    );
    let before = ClaimWindow {
        from_ms: START * 1_000 - 1,
        to_ms: START * 1_000 - 1,
    };
    assert!(policy().day_of(before).is_err(), "before the first day");
}

#[test]
fn a_claim_takes_one_of_those_that_are_left() {
    let with = |slots| Policy { slots, ..policy() }.ensure_slot(7, &per_event(60));
    assert_eq!(with(1), Ok(()));
    for slots in [2, 3] {
        let none = ContractError::NoClaimLeft { policy: 7, most: 2 };
        assert_eq!(with(slots), Err(none));
    }
}

#[test]
fn premium_that_was_refunded_is_not_kept() {
    let cancelled = Policy {
        cancelled: Some(Cancelled {
            at: START,
            by: Addr::unchecked("payee"),
            refund: 15,
        }),
        ..policy()
    };
    assert_eq!((policy().premium_kept(), cancelled.premium_kept()), (20, 5));
}
