//! Notices of devices that are lost, halted, unpaired or another's by now.

use crate::common::{assert_refused, Ward, LADDER, RULE};
use cosmwasm_std::Uint64;
use vitals_api::care::ExecuteMsg;
use vitals_api::registry;
use vitals_core::decision::GroundRef;

#[test]
fn a_suspended_or_retired_device_is_not_heard() {
    let mut ward = Ward::new();
    let device = Uint64::new(ward.device.device);
    ward.suite.advance(10);
    ward.registry("patient", &registry::ExecuteMsg::Suspend { device });
    let msg = ward.notice(RULE);
    assert_refused(ward.run("gateway", &msg), "care/device_unusable");
    ward.suite.advance(10);
    ward.registry("patient", &registry::ExecuteMsg::Restore { device });
    ward.device.alert = 0;
    ward.raise(RULE);
    let signed = None;
    ward.registry("patient", &registry::ExecuteMsg::Retire { device, signed });
    let msg = ward.notice(RULE);
    assert_refused(ward.run("gateway", &msg), "care/wrong_pairing");
}

#[test]
fn a_notice_is_not_from_before_the_pairing() {
    let mut ward = Ward::new();
    let from_ms = ward.suite.now_ms();
    ward.suite.advance(10);
    let msg = ward.notice_at(from_ms - 1, RULE, LADDER);
    assert_refused(ward.run("gateway", &msg), "care/before_pairing");
    ward.device.alert = 0;
    let msg = ward.notice_at(from_ms, RULE, LADDER);
    assert!(ward.run("gateway", &msg).is_ok());
}

#[test]
fn a_lost_device_is_heard_only_on_what_it_found_before() {
    let mut ward = Ward::new();
    ward.suite.advance(10);
    let lost_from_ms = ward.suite.now_ms();
    let device = Uint64::new(ward.device.device);
    let lost = registry::ExecuteMsg::ReportLost {
        device,
        lost_from_ms,
    };
    ward.registry("patient", &lost);
    let msg = ward.notice_at(lost_from_ms, RULE, LADDER);
    assert_refused(ward.run("gateway", &msg), "care/device_lost");
    ward.device.alert = 0;
    let msg = ward.notice_at(lost_from_ms - 1, RULE, LADDER);
    assert!(ward.run("gateway", &msg).is_ok());
}

#[test]
fn a_device_that_is_not_paired_is_not_heard() {
    let mut ward = Ward::new();
    let msg = ward.notice(RULE);
    ward.unpair();
    assert_refused(ward.run("gateway", &msg), "care/wrong_pairing");
}

#[test]
fn a_devices_next_patient_neither_hears_nor_counts_on_the_alerts_of_the_one_before() {
    let mut ward = Ward::new();
    let before = ward.raise(RULE);
    let old = ward.notice(RULE);
    ward.unpair();
    ward.suite.advance(10);
    let next = ward.suite.enrol("other");
    ward.pair_with("other", next);
    assert_refused(ward.run("gateway", &old), "care/wrong_pairing");

    let first = std::mem::replace(&mut ward.patient, next);
    let tiers = [ward.tier(&["clinician"], 5)];
    ward.set_ladder("other", LADDER, &tiers).unwrap();
    ward.device.alert = 1;
    let (body, signature) = ward.device.alert(ward.suite.now_ms(), RULE, LADDER);
    let ground = GroundRef::Patient {};
    let msg = ExecuteMsg::RaiseAlert {
        body,
        signature,
        ground,
    };
    assert_refused(ward.run("patient", &msg), "consent/not_the_patient");
    ward.run("other", &msg).unwrap();
    assert_eq!(ward.alerts(None, None), [before + 1]);
    assert_eq!(ward.alert(before).patient, Uint64::new(first));
    assert_eq!(ward.alert(before).notices, 1);
    assert_refused(
        ward.acknowledge("other", before, ground),
        "consent/not_the_patient",
    );
}
