//! RecordAdherence: who may write the plan signs a report off, over a period that it held.

use crate::common::{assert_refused, event, pairs, Ward};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::{AdherenceInfo, AdherenceMsg, ExecuteMsg, MAX_PERIOD};
use vitals_core::decision::GroundRef;
use vitals_core::time::Window;

const HOUR_S: u64 = 3_600;

/// A plan in force from the first epoch, and the ward five hours later.
fn ward() -> (Ward, GroundRef, u32) {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    ward.write("clinician", ground, 0).unwrap();
    ward.accept("patient", 1).unwrap();
    let first = ward.suite.epoch();
    ward.suite.advance(5 * HOUR_S);
    (ward, ground, first)
}

#[test]
fn a_report_over_a_period_that_is_over_is_kept_with_who_signed_it() {
    let (mut ward, ground, first) = ward();
    let period = Window {
        from: first,
        to: first + 5,
    };
    let done = ward.sign_off("clinician", ground, 1, period).unwrap();
    let by = ward.suite.actor("clinician").to_string();
    let said = pairs(&[
        ("patient", ward.patient.to_string()),
        ("report", "1".into()),
        ("plan", "1".into()),
        ("by", by.clone()),
    ]);
    assert_eq!(event(&done, "adherence_recorded"), said);
    let expected = AdherenceInfo {
        report: 1,
        plan: 1,
        period,
        digest: Binary::new(vec![5; 32]),
        by,
        recorded_at: ward.suite.now_s(),
    };
    assert_eq!(ward.reports(None, None), [expected]);
}

#[test]
fn a_period_that_is_not_over_empty_or_begun_before_the_plan_is_refused() {
    let (mut ward, ground, first) = ward();
    for (from, to, code) in [
        (first, first + 6, "care/period_not_over"),
        (first, u32::MAX, "care/long_period"),
        (first - 1, first + 1, "care/plan_not_held"),
        (first + 1, first + 1, "format/value"),
        (first + 2, first + 1, "format/value"),
    ] {
        let outcome = ward.sign_off("clinician", ground, 1, Window { from, to });
        assert_refused(outcome, code);
    }
    assert!(ward.reports(None, None).is_empty());
}

#[test]
fn a_period_has_at_most_366_days() {
    let (mut ward, ground, first) = ward();
    let over = |epochs| Window {
        from: first,
        to: first + epochs,
    };
    let outcome = ward.sign_off("clinician", ground, 1, over(MAX_PERIOD));
    assert_refused(outcome, "care/period_not_over");
    let outcome = ward.sign_off("clinician", ground, 1, over(MAX_PERIOD + 1));
    assert_refused(outcome, "care/long_period");
}

#[test]
fn a_plan_not_acknowledged_or_withdrawn_before_the_end_holds_no_report() {
    let (mut ward, ground, first) = ward();
    let over = |to| Window { from: first, to };
    ward.write("clinician", ground, 1).unwrap();
    let outcome = ward.sign_off("clinician", ground, 2, over(first + 1));
    assert_refused(outcome, "care/plan_not_held");
    ward.withdraw("patient", 1).unwrap();
    ward.suite.advance(2 * HOUR_S);
    // it was withdrawn in the sixth epoch, which is inside
    let outcome = ward.sign_off("clinician", ground, 1, over(first + 7));
    assert_refused(outcome, "care/plan_not_held");
    ward.sign_off("clinician", ground, 1, over(first + 6))
        .unwrap();
    let outcome = ward.sign_off("clinician", ground, 9, over(first + 1));
    assert_refused(outcome, "state/not_found");
}

#[test]
fn nobody_else_signs_one_off() {
    let (mut ward, ground, first) = ward();
    let period = Window {
        from: first,
        to: first + 1,
    };
    for (sender, ground, code) in [
        ("patient", GroundRef::Patient {}, "consent/no_ground"),
        ("guardian", GroundRef::Guardian {}, "consent/no_ground"),
        ("gateway", ward.sealing, "consent/category_not_granted"),
        ("other", ground, "consent/not_the_grantee"),
    ] {
        assert_refused(ward.sign_off(sender, ground, 1, period), code);
    }
    ward.pause();
    let outcome = ward.sign_off("clinician", ground, 1, period);
    assert_refused(outcome, "admin/paused");
}

#[test]
fn a_digest_has_32_bytes() {
    let (mut ward, ground, first) = ward();
    for bytes in [0, 31, 33] {
        let msg = ExecuteMsg::RecordAdherence {
            patient: Uint64::new(ward.patient),
            ground,
            report: AdherenceMsg {
                plan: 1,
                period: Window::one(first),
                digest: Binary::new(vec![5; bytes]),
            },
        };
        assert_refused(ward.run("clinician", &msg), "input/length");
    }
}

#[test]
fn reports_are_paged_by_patient_in_order_of_their_numbers() {
    let (mut ward, ground, first) = ward();
    for _ in 0..35 {
        ward.sign_off("clinician", ground, 1, Window::one(first))
            .unwrap();
    }
    let numbers = |page: Vec<AdherenceInfo>| -> Vec<u32> {
        page.iter().map(|report| report.report).collect()
    };
    let all: Vec<u32> = (1..=35).collect();
    assert_eq!(numbers(ward.reports(None, Some(99))), all[..30]);
    assert_eq!(numbers(ward.reports(Some(30), None)), all[30..]);
    assert_eq!(ward.reports(None, None).len(), 10);
    ward.patient += 1;
    assert!(ward.reports(None, None).is_empty());
}
