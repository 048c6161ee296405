//! Each second at which something begins or ends: before, at, after.

use super::*;
use crate::insurance::fixture::{by_instalments, terms, DAY_S};
use crate::insurance::Premium;
use PolicyState as S;

const BOUND_AT: Seconds = 1_800_000_000;

fn life(payments: u16) -> Life {
    standing(Standing::Live, payments)
}

fn standing(standing: Standing, payments: u16) -> Life {
    Life {
        standing,
        bound_at: BOUND_AT,
        payments,
    }
}

fn day(days: u32) -> Seconds {
    BOUND_AT + Seconds::from(days * DAY_S)
}

/// The state in the last second before a time, and in its own.
fn around(life: &Life, terms: &Terms, at: Seconds) -> [PolicyState; 2] {
    let [before, on, after] = [at - 1, at, at + 1].map(|now| life.state(terms, now));
    assert_eq!(on, after);
    [before, on]
}

#[test]
fn a_paid_policy_waits_covers_runs_off_and_elapses() {
    let (life, terms) = (life(1), terms());
    assert_eq!(life.state(&terms, 0), S::Bound, "its block's own second");
    assert_eq!(life.state(&terms, BOUND_AT), S::Bound);
    assert_eq!(around(&life, &terms, day(1)), [S::Bound, S::Active]);
    assert_eq!(around(&life, &terms, day(30)), [S::Active, S::RunOff]);
    assert_eq!(around(&life, &terms, day(37)), [S::RunOff, S::Elapsed]);
    assert_eq!(life.state(&terms, u64::MAX), S::Elapsed);
    assert_eq!(life.cover(&terms, u64::MAX), Cover::sold(BOUND_AT, &terms));
}

#[test]
fn an_instalment_due_has_its_grace_and_then_ended_cover_when_it_was_due() {
    let (life, terms) = (life(1), by_instalments());
    assert_eq!(around(&life, &terms, day(10)), [S::Active, S::Grace]);
    assert_eq!(around(&life, &terms, day(12)), [S::Grace, S::Overdue]);
    assert_eq!(around(&life, &terms, day(17)), [S::Overdue, S::Elapsed]);
    let until = |now| life.cover(&terms, now).until;
    assert_eq!((until(day(12) - 1), until(day(12))), (day(30), day(10)));
    assert_eq!(life.cover(&terms, day(12)).file_until, day(17));
    assert_eq!(life.overdue_since(&terms, day(12) - 1), None);
    assert_eq!(life.overdue_since(&terms, day(12)), Some(day(10)));
}

#[test]
fn a_payment_moves_the_due_date_on_and_the_last_leaves_none() {
    let terms = by_instalments();
    assert_eq!(around(&life(2), &terms, day(20)), [S::Active, S::Grace]);
    assert_eq!(life(2).next_due(&terms), Some(day(20)));
    assert_eq!(life(3).next_due(&terms), None);
    assert_eq!(around(&life(3), &terms, day(30)), [S::Active, S::RunOff]);
}

/// The last instalment is due a day before the term ends, and has two days of grace.
#[test]
fn a_grace_that_outlasts_the_term_is_still_a_grace() {
    let terms = Terms {
        term_s: 21 * DAY_S,
        ..by_instalments()
    };
    let life = life(2);
    assert_eq!(around(&life, &terms, day(20)), [S::Active, S::Grace]);
    assert_eq!(life.state(&terms, day(21)), S::Grace, "not run off unpaid");
    assert_eq!(around(&life, &terms, day(22)), [S::Grace, S::Overdue]);
    assert_eq!(life.cover(&terms, day(22)).until, day(20));
}

#[test]
fn an_instalment_may_be_due_while_waiting() {
    let terms = Terms {
        waiting_s: 15 * DAY_S,
        ..by_instalments()
    };
    assert_eq!(around(&life(1), &terms, day(10)), [S::Bound, S::Grace]);
    assert_eq!(around(&life(2), &terms, day(15)), [S::Bound, S::Active]);
    let cover = life(1).cover(&terms, day(12));
    assert!(cover.until < cover.from, "nothing was covered");
}

#[test]
fn without_grace_cover_is_over_in_the_second_an_instalment_is_due() {
    let terms = Terms {
        premium: Premium::Instalments {
            amount: 20,
            every_s: 10 * DAY_S,
            grace_s: 0,
        },
        ..by_instalments()
    };
    assert_eq!(around(&life(1), &terms, day(10)), [S::Active, S::Overdue]);
}

#[test]
fn an_offer_stands_until_its_time_is_over() {
    let offer = Life {
        standing: Standing::Offered { until: 500 },
        bound_at: 0,
        payments: 0,
    };
    assert_eq!(around(&offer, &terms(), 500), [S::Offered, S::OfferOver]);
}

#[test]
fn a_cancelled_or_lapsed_policy_can_be_filed_under_until_it_elapses() {
    let cancelled = standing(Standing::Cancelled { at: day(9) }, 1);
    assert_eq!(cancelled.cover(&terms(), day(9)).until, day(9));
    assert_eq!(
        around(&cancelled, &terms(), day(16)),
        [S::Cancelled, S::Elapsed]
    );
    let lapsed = standing(Standing::Lapsed { at: day(10) }, 1);
    assert_eq!(lapsed.cover(&by_instalments(), day(12)).until, day(10));
    assert_eq!(
        around(&lapsed, &by_instalments(), day(17)),
        [S::Lapsed, S::Elapsed]
    );
    assert_eq!(lapsed.next_due(&by_instalments()), None);
}

#[test]
fn cancelling_in_the_grace_leaves_no_cover_that_was_not_paid_for() {
    let cancelled = standing(Standing::Cancelled { at: day(11) }, 1);
    let cover = cancelled.cover(&by_instalments(), day(11));
    assert_eq!((cover.until, cover.file_until), (day(10), day(17)));
}

#[test]
fn what_is_over_stays_over_and_says_what_was_covered() {
    for (ended, state) in [
        (Standing::Withdrawn, S::Withdrawn),
        (Standing::Expired, S::Expired),
        (Standing::Exhausted, S::Exhausted),
    ] {
        let life = standing(ended, 2);
        for now in [0, day(1), day(30), u64::MAX] {
            assert_eq!(life.state(&by_instalments(), now), state);
            assert_eq!(life.cover(&by_instalments(), now).until, day(20));
        }
    }
}

/// Left alone, a policy only ever gets older; and every state that is not over can be left by
/// somebody.
#[test]
fn a_policy_left_alone_moves_forward_and_ends() {
    for (terms, payments) in [(terms(), 1), (by_instalments(), 1), (by_instalments(), 2)] {
        let order = [
            S::Bound,
            S::Active,
            S::Grace,
            S::Overdue,
            S::RunOff,
            S::Elapsed,
        ];
        let rank = |state| order.iter().position(|s| *s == state).unwrap();
        let life = life(payments);
        let ranks: Vec<_> = (0..40 * 24)
            .map(|hour| rank(life.state(&terms, BOUND_AT + hour * 3_600)))
            .collect();
        assert!(ranks.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(ranks.last(), Some(&rank(S::Elapsed)));
    }
    assert!(S::Elapsed.allows(Act::Expire) && S::OfferOver.allows(Act::WithdrawOver));
}

#[test]
fn what_was_measured_while_covered_and_paid_for_can_always_be_filed() {
    let (life, terms) = (life(1), by_instalments());
    let measured = day(10) - 1;
    let file_until = measured + Seconds::from(terms.file_within_s);
    let can = |now| life.state(&terms, now).allows(Act::Claim);
    assert!(can(measured) && can(day(12)) && can(file_until - 1));
    assert!(!can(day(10)), "the grace is waited for");
}
