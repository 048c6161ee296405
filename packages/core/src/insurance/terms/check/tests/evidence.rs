//! What shows that a claim is due.

use super::*;
use crate::rule::{Comparison, Condition, RuleError};

#[test]
fn the_rule_is_checked_and_fits_the_batches_of_one_claim() {
    let zero = ruled(|r| r.readings = 0);
    assert!(matches!(
        zero.check(),
        Err(TermsError::Rule(RuleError::Readings { got: 0, .. }))
    ));
    let base = long(ruled(|_| ()));
    assert_bounded(&base, "paired_for_s", (0, MAX_TERM_S), |t, v| {
        t.evidence = ruled(|r| r.paired_for_s = v).evidence;
    });
    let hourly = |readings, both: bool| {
        ruled(|r| {
            (r.readings, r.spaced_s, r.within_s) = (readings, 3_600, 200_000);
            if both {
                r.conditions.push(Condition {
                    measure: Measure::Glucose,
                    comparison: Comparison::AtMost,
                    threshold: 40,
                });
            }
        })
    };
    assert_eq!(code(&hourly(30, false)), "");
    assert_eq!(code(&hourly(15, true)), "");
    assert_eq!(
        hourly(16, true).check(),
        Err(TermsError::RuleBatches {
            least: 32,
            most: MAX_EVIDENCE
        })
    );
}

#[test]
fn models_are_few_and_each_listed_once() {
    let listing = |models: Vec<u32>| Terms {
        evidence: EvidenceTerms::Disclosed {
            rule: rule(),
            models,
        },
        ..terms()
    };
    assert_eq!(code(&listing((1..=8).collect())), "");
    assert_eq!(
        listing((1..=9).collect()).check().unwrap_err().to_string(),
        "claims/terms_bounds: models is 0 to 8, got 9"
    );
    assert_eq!(
        listing([4, 5, 4].to_vec()).check(),
        Err(TermsError::ModelTwice { model: 4 })
    );
}

#[test]
fn deadlines_of_invoices_are_bounded() {
    let deadline = |set: fn(&mut InvoiceTerms, u32)| {
        move |terms: &mut Terms, value| {
            let mut invoice = invoice();
            set(&mut invoice, value);
            terms.evidence = EvidenceTerms::Invoice(invoice);
        }
    };
    let (base, ten_years) = (of_invoices(), (1, MAX_TERM_S));
    let check = |term, set| assert_bounded(&base, term, ten_years, deadline(set));
    check("assess_within_s", |i, v| i.assess_within_s = v);
    check("appeal_within_s", |i, v| i.appeal_within_s = v);
    check("arbitrate_within_s", |i, v| i.arbitrate_within_s = v);
}

#[test]
fn invoices_are_paid_once_or_by_event_without_separation() {
    let paying = |benefit| Terms {
        benefit,
        ..of_invoices()
    };
    let events = |separation_s| {
        paying(Benefit::PerEvent {
            amount: 1,
            max_claims: 16,
            separation_s,
        })
    };
    assert_eq!(code(&events(0)), "");
    assert_eq!(
        events(1).check().unwrap_err().to_string(),
        "claims/terms_bounds: separation_s is 0 to 0, got 1"
    );
    let by_day = Benefit::PerDay {
        amount: 1,
        max_days: 1,
    };
    assert_eq!(code(&paying(by_day)), "invoice_per_day");
}
