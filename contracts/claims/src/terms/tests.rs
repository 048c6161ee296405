use super::*;
use cosmwasm_std::Uint128;
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, RuleError};

fn msg() -> ProductMsg {
    ProductMsg {
        denom: "uvital".into(),
        benefit: Uint128::new(100),
        premium: Uint128::new(10),
        term_s: 1_000,
        waiting_s: 100,
        file_within_s: 600,
        max_claims: 2,
        separation_s: 60,
        terms_digest: Binary::new(vec![7; 32]),
        evidence: EvidenceKind::Disclosed,
        rule: Rule {
            conditions: vec![Condition {
                measure: Measure::HeartRate,
                comparison: Comparison::AtLeast,
                threshold: 1_200,
            }],
            readings: 3,
            spaced_s: 1,
            within_s: 60,
            anchored_within_s: 3_600,
            min_assurance: Assurance::Maker,
            accept_questionable: false,
            paired_for_s: 0,
            calibrated: false,
            accept_simulated: false,
        },
    }
}

fn with(change: impl FnOnce(&mut ProductMsg)) -> Result<Terms, ContractError> {
    let mut msg = msg();
    change(&mut msg);
    Terms::parse(&msg)
}

fn out_of_bounds(change: impl FnOnce(&mut ProductMsg)) -> bool {
    matches!(with(change), Err(ContractError::TermsBounds { .. }))
}

#[test]
fn terms_come_back_as_they_were_said() {
    assert_eq!(with(|_| ()).map(|terms| terms.to_msg()), Ok(msg()));
}

#[test]
fn evidence_that_does_not_exist_yet_is_unsupported() {
    for kind in [EvidenceKind::Invoice, EvidenceKind::Private] {
        let refused = with(|m| m.evidence = kind.clone());
        assert_eq!(refused, Err(ContractError::EvidenceUnsupported { kind }));
    }
}

#[test]
fn each_bound_holds_at_its_edge_and_not_beyond() {
    let edge = |change: fn(&mut ProductMsg)| with(change).is_ok();
    assert!(edge(|m| m.term_s = MAX_TERM_S));
    assert!(out_of_bounds(|m| m.term_s = MAX_TERM_S + 1));
    assert!(out_of_bounds(|m| (m.term_s, m.waiting_s) = (0, 0)));
    assert!(edge(|m| (m.file_within_s, m.max_claims) = (1, 1)));
    assert!(out_of_bounds(|m| m.file_within_s = 0));
    assert!(edge(|m| m.file_within_s = MAX_TERM_S));
    assert!(out_of_bounds(|m| m.file_within_s = MAX_TERM_S + 1));
    assert!(out_of_bounds(|m| m.max_claims = 0));
    assert!(edge(|m| (m.max_claims, m.separation_s) = (MAX_CLAIMS, 50)));
    assert!(out_of_bounds(|m| m.max_claims = MAX_CLAIMS + 1));
    assert!(edge(|m| (m.max_claims, m.separation_s) = (1, MAX_TERM_S)));
    assert!(out_of_bounds(|m| {
        (m.max_claims, m.separation_s) = (1, MAX_TERM_S + 1)
    }));
    assert!(edge(|m| m.rule.paired_for_s = MAX_TERM_S));
    assert!(out_of_bounds(|m| m.rule.paired_for_s = MAX_TERM_S + 1));
}

#[test]
fn waiting_leaves_some_of_the_term() {
    let waiting = |waiting_s| {
        with(|m| {
            m.waiting_s = waiting_s;
            m.max_claims = 1;
            m.rule.readings = 1;
        })
    };
    assert!(waiting(0).is_ok() && waiting(999).is_ok());
    for too_long in [1_000, 1_001, u32::MAX] {
        assert!(matches!(
            waiting(too_long),
            Err(ContractError::NoCover { .. })
        ));
    }
}

#[test]
fn the_digest_is_32_bytes() {
    for length in [0, 31, 33] {
        let refused = with(|m| m.terms_digest = Binary::new(vec![7; length]));
        assert!(matches!(refused, Err(ContractError::Api(_))), "{length}");
    }
}

#[test]
fn a_benefit_is_some_money_and_all_of_it_can_be_counted() {
    assert!(with(|m| m.premium = Uint128::zero()).is_ok());
    assert_eq!(
        with(|m| m.benefit = Uint128::zero()),
        Err(MoneyError::Zero.into())
    );
    let half = Uint128::new(u128::MAX / 2);
    assert!(with(|m| (m.benefit, m.premium) = (half, Uint128::one())).is_ok());
    for (benefit, premium) in [
        (half, Uint128::new(2)),
        (half + Uint128::one(), Uint128::zero()),
    ] {
        assert_eq!(
            with(|m| (m.benefit, m.premium) = (benefit, premium)),
            Err(MoneyError::TooLarge.into())
        );
    }
}

#[test]
fn all_claims_and_their_separation_fit_into_the_cover() {
    // two windows of 2 s and the gap between them, inside a cover of 900 s whose end is outside
    assert!(with(|m| m.separation_s = 895).is_ok());
    assert!(matches!(
        with(|m| m.separation_s = 896),
        Err(ContractError::CoverTooShort {
            needed_ms: 900_001,
            cover_ms: 900_000,
            ..
        })
    ));
    let long_episode = |within_s, spaced_s| {
        with(|m| {
            m.max_claims = 1;
            (m.rule.within_s, m.rule.spaced_s) = (within_s, spaced_s);
        })
    };
    assert!(long_episode(898, 449).is_ok());
    assert!(long_episode(900, 450).is_err(), "900 s and an instant");
}

#[test]
fn a_rule_that_needs_more_batches_than_a_claim_takes_is_refused() {
    let hourly = |readings| {
        with(|m| {
            m.term_s = 864_000;
            m.max_claims = 1;
            m.rule.readings = readings;
            (m.rule.spaced_s, m.rule.within_s) = (3_600, 86_400);
        })
    };
    assert!(hourly(6).is_ok());
    assert_eq!(
        hourly(7),
        Err(ContractError::RuleBatches { least: 7, most: 6 })
    );
}

#[test]
fn a_rule_that_is_none_is_refused_by_its_own_name() {
    assert_eq!(
        with(|m| m.rule.conditions.clear()),
        Err(RuleError::Conditions { got: 0 }.into())
    );
}

#[test]
fn a_denomination_is_one_a_bank_could_have() {
    let longest = "a".repeat(128);
    for good in [
        "uvital",
        "abc",
        "ibc/27394FB092D2",
        "factory/x:y.z_w-1",
        &longest,
    ] {
        assert_eq!(check_denom(good), Ok(()), "{good}");
    }
    let too_long = "a".repeat(129);
    for bad in [
        "",
        "ab",
        "1abc",
        "u vital",
        "uvital\u{e9}",
        "/abc",
        &too_long,
    ] {
        assert!(check_denom(bad).is_err(), "{bad}");
    }
}
