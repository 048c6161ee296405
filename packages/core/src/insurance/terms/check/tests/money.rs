//! Sums that terms promise or ask for.

use super::*;

fn benefit(amount: Amount, max_claims: u8) -> Benefit {
    Benefit::PerEvent {
        amount,
        max_claims,
        separation_s: 0,
    }
}

fn costing(amount: Amount, every_s: u32, grace_s: u32) -> Terms {
    Terms {
        premium: Premium::Instalments {
            amount,
            every_s,
            grace_s,
        },
        ..terms()
    }
}

#[test]
fn a_benefit_is_at_least_one_and_a_premium_may_be_nothing() {
    for amount in [0, 1] {
        let zero = if amount == 0 { "zero_amount" } else { "" };
        let fixed = Terms {
            benefit: Benefit::Fixed { amount },
            ..terms()
        };
        assert_eq!(code(&fixed), zero);
        let instalments = Terms {
            minimum_charge: 0,
            ..costing(amount, 10 * DAY_S, 0)
        };
        assert_eq!(code(&instalments), zero);
        let once = Terms {
            premium: Premium::Once { amount },
            minimum_charge: 0,
            ..terms()
        };
        assert_eq!(code(&once), "");
    }
}

#[test]
fn instalments_are_two_to_a_hundred_and_twenty() {
    let every = |every_s, term_s| {
        Terms {
            term_s,
            ..costing(20, every_s, 0)
        }
        .check()
    };
    let refused = |got| {
        Err(TermsError::Bounds {
            term: "instalments",
            least: 2,
            most: MAX_INSTALMENTS.into(),
            got,
        })
    };
    let term_s = 30 * DAY_S;
    assert_eq!(every(term_s - 1, term_s), Ok(()));
    assert_eq!(every(term_s, term_s), refused(1));
    assert_eq!(every(term_s / 120, term_s), Ok(()));
    assert_eq!(every(term_s / 120, term_s + 1), refused(121));
    assert!(matches!(
        every(0, term_s),
        Err(TermsError::Bounds {
            term: "every_s",
            got: 0,
            ..
        })
    ));
    assert!(matches!(
        every(MAX_TERM_S + 1, term_s),
        Err(TermsError::Bounds {
            term: "every_s",
            ..
        })
    ));
    assert_eq!(every(1, MAX_TERM_S), refused(u16::MAX.into()));
}

#[test]
fn a_grace_ends_before_the_time_to_file_does() {
    let grace = |grace_s| costing(20, 10 * DAY_S, grace_s).check();
    assert_eq!(grace(7 * DAY_S - 1), Ok(()));
    assert_eq!(
        grace(7 * DAY_S),
        Err(TermsError::GraceTooLong {
            grace_s: 7 * DAY_S,
            file_within_s: 7 * DAY_S
        })
    );
}

#[test]
fn the_minimum_charge_is_at_most_one_payment() {
    let minimum = |minimum_charge, base: Terms| {
        code(&Terms {
            minimum_charge,
            ..base
        })
    };
    assert_eq!(minimum(50, terms()), "");
    assert_eq!(minimum(51, terms()), "minimum_charge");
    assert_eq!(minimum(20, by_instalments()), "");
    assert_eq!(minimum(21, by_instalments()), "minimum_charge");
}

#[test]
fn the_lock_is_every_benefit_the_rebate_and_a_bond_for_each_claim() {
    let invoices = Terms {
        benefit: benefit(1_000, 3),
        reward: with_reward().reward,
        ..of_invoices()
    };
    assert_eq!(invoices.lock(), Ok(3_000 + 20 + 3 * 10));
    assert_eq!(invoices.most_payable(), Ok(3_000 + 20));
    let disclosed = Terms {
        benefit: benefit(1_000, 3),
        ..terms()
    };
    assert_eq!(disclosed.lock(), Ok(3_000));
    assert_eq!(by_instalments().premiums(), Ok(60));
    assert_eq!(terms().premiums(), Ok(50));
}

#[test]
fn what_a_policy_locks_can_be_counted_to_the_last_unit() {
    let most = u128::MAX;
    let locking = |amount, claims, premium| Terms {
        benefit: benefit(amount, claims),
        premium: Premium::Once { amount: premium },
        minimum_charge: 0,
        ..terms()
    };
    assert_eq!(code(&locking(most, 1, 0)), "");
    assert_eq!(code(&locking(most, 1, 1)), "amount_too_large");
    assert_eq!(code(&locking(most / 16, 16, 15)), "");
    assert_eq!(code(&locking(most / 16, 16, 16)), "amount_too_large");
    assert_eq!(code(&locking(most / 16 + 1, 16, 0)), "amount_too_large");
    let charging = |fee| Terms {
        evidence: EvidenceTerms::Invoice(InvoiceTerms { fee, ..invoice() }),
        ..locking(1, 16, 0)
    };
    assert_eq!(code(&charging(most / 16 - 1)), "");
    assert_eq!(code(&charging(most / 16)), "amount_too_large");
    let instalments = |amount| Terms {
        premium: costing(amount, 15 * DAY_S, 0).premium,
        ..locking(1, 1, 0)
    };
    assert_eq!(code(&instalments(most / 2)), "");
    assert_eq!(code(&instalments(most / 2 + 1)), "amount_too_large");
}
