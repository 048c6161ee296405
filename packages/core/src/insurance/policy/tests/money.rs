//! What a cancellation gives back.

use super::*;
use crate::insurance::fixture::{by_instalments, terms, DAY_S};
use proptest::prelude::*;

const BOUND_AT: Seconds = 1_800_000_000;

fn live(payments: u16) -> Life {
    Life {
        standing: Standing::Live,
        bound_at: BOUND_AT,
        payments,
    }
}

/// a · b, exactly: how many 2^64, and the rest.
fn product(a: Amount, b: Seconds) -> (u128, u64) {
    let (high, low) = (a >> 64, a & u128::from(u64::MAX));
    let low = low * u128::from(b);
    (high * u128::from(b) + (low >> 64), low as u64)
}

/// Whether a share is the true one rounded down: share · whole ≤ amount · part < (share + 1) · whole.
fn is_rounded_down(share: Amount, amount: Amount, part: Seconds, whole: Seconds) -> bool {
    let true_share = product(amount, part);
    let above = share.checked_add(1).map(|next| product(next, whole));
    product(share, whole) <= true_share && above.is_none_or(|above| true_share < above)
}

#[test]
fn a_share_of_small_numbers_is_exact_for_every_one_of_them() {
    for whole in 1..=40u64 {
        for part in 0..=whole {
            for amount in 0..=200u128 {
                let expected = amount * u128::from(part) / u128::from(whole);
                assert_eq!(share(amount, part, whole), expected);
            }
        }
    }
}

#[test]
fn a_share_at_the_ends_of_its_range_neither_wraps_nor_saturates() {
    let ends = [0, 1, 2, (1 << 40) - 1, 1 << 40, u64::MAX - 1, u64::MAX];
    let amounts = [
        0,
        1,
        2,
        u128::from(u64::MAX),
        1 << 64,
        u128::MAX - 1,
        u128::MAX,
    ];
    for whole in ends {
        for part in ends.into_iter().filter(|part| *part <= whole && whole > 0) {
            for amount in amounts {
                let got = share(amount, part, whole);
                assert!(
                    is_rounded_down(got, amount, part, whole),
                    "{amount} {part} {whole}"
                );
            }
        }
    }
    assert_eq!(share(u128::MAX, u64::MAX, u64::MAX), u128::MAX);
    assert_eq!(share(100, 0, 0), 0, "nothing is paid for: nothing is left");
}

#[test]
fn at_once_all_but_the_minimum_charge_comes_back_and_at_the_end_nothing() {
    let refund = |now| live(1).refund(&terms(), 50, now);
    let end = BOUND_AT + Seconds::from(30 * DAY_S);
    assert_eq!((refund(0), refund(BOUND_AT)), (45, 45));
    assert_eq!(refund(BOUND_AT + Seconds::from(15 * DAY_S)), 25);
    assert_eq!(
        refund(BOUND_AT + Seconds::from(15 * DAY_S) + 1),
        24,
        "rounded down"
    );
    assert_eq!(refund(end - 1), 0, "a share below 1");
    assert_eq!((refund(end), refund(u64::MAX)), (0, 0));
}

#[test]
fn instalments_come_back_for_the_paid_time_that_is_left() {
    let day = |days| BOUND_AT + Seconds::from(days * DAY_S);
    let refund = |payments, now| {
        let paid = 20 * Amount::from(payments);
        live(payments).refund(&by_instalments(), paid, now)
    };
    assert_eq!(refund(1, day(5)), 10);
    assert_eq!(refund(1, day(10)), 0, "in the grace nothing is paid for");
    assert_eq!(refund(2, day(5)), 30);
    assert_eq!(refund(3, BOUND_AT), 55);
    assert_eq!(refund(0, BOUND_AT), 0);
}

fn charging(term_s: u32, minimum_charge: Amount) -> Terms {
    Terms {
        term_s,
        minimum_charge,
        ..terms()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_share_is_the_true_one_rounded_down(
        amount in prop_oneof![any::<u128>(), 0..1_000u128],
        whole in prop_oneof![1..=u64::MAX, 1..=1u64 << 40, 1..100u64],
        at in any::<u64>(),
    ) {
        let part = match whole.checked_add(1) {
            Some(parts) => at % parts,
            None => at,
        };
        let got = share(amount, part, whole);
        prop_assert!(is_rounded_down(got, amount, part, whole));
        prop_assert!(got <= amount);
        prop_assert!(share(amount, part.saturating_sub(1), whole) <= got);
    }

    #[test]
    fn a_refund_never_favours_whoever_cancels_and_only_falls(
        paid in any::<u128>(),
        minimum in any::<u128>(),
        term_s in 1..=crate::insurance::MAX_TERM_S,
        earlier in 0..400_000_000u64,
        wait in 0..400_000_000u64,
    ) {
        let terms = charging(term_s, minimum);
        let refund = |after: u64| live(1).refund(&terms, paid, BOUND_AT + after);
        let left = u64::from(term_s).saturating_sub(earlier);
        let true_share = product(paid, left);
        let got = refund(earlier);
        prop_assert!(product(got, term_s.into()) <= true_share);
        prop_assert!(got <= paid.saturating_sub(minimum));
        prop_assert!(refund(earlier + wait) <= got);
        let capped = got == paid.saturating_sub(minimum);
        prop_assert!(capped || is_rounded_down(got, paid, left, term_s.into()));
        prop_assert_eq!(refund(0), paid.saturating_sub(minimum));
        prop_assert_eq!(refund(term_s.into()), 0);
    }
}
