//! Those who had something to do with a patient and have no more.

use crate::common::{assert_refused, Ward, LADDER, RULE};
use vitals_api::care::{AlertState, ExecuteMsg};
use vitals_core::decision::{GroundRef, Role};

/// A gateway whose grant was taken back a moment ago, in the same block, brings alarms of the device
/// it still hears, to keep people running or to be taken for the patient's still. It is refused, and
/// the same notice is good in the patient's own hands.
#[test]
fn a_former_gateway_brings_no_alarm_in_the_block_of_its_revocation() {
    let mut ward = Ward::new();
    let notice = ward.notice(RULE);
    let GroundRef::Grant { id } = ward.sealing else {
        panic!("a grant");
    };
    ward.revoke(id);
    assert_refused(ward.run("gateway", &notice), "consent/grant_revoked");
    assert!(ward.alerts(None, None).is_empty());
    let ExecuteMsg::RaiseAlert {
        body, signature, ..
    } = notice
    else {
        panic!("a notice");
    };
    let own = ExecuteMsg::RaiseAlert {
        body,
        signature,
        ground: GroundRef::Patient {},
    };
    ward.run("patient", &own).unwrap();
}

/// A clinician who is let go writes one more version over the plan in force, and signs a report off,
/// on the grant that is there still. Without a live credential the grant does not count.
#[test]
fn a_clinician_without_a_credential_writes_and_signs_nothing_on_an_old_grant() {
    let mut ward = Ward::new();
    let ground = ward.may_write("clinician");
    ward.write("clinician", ground, 0).unwrap();
    ward.accept("patient", 1).unwrap();
    ward.suite.advance(7_200);
    let withdraw = vitals_api::consent::ExecuteMsg::WithdrawCredential {
        account: ward.suite.actor("clinician").into(),
        role: Role::Clinician,
    };
    let consent = ward.suite.at.consent.clone();
    ward.suite.execute("owner", &consent, &withdraw).unwrap();
    let written = ward.write("clinician", ground, 1);
    assert_refused(written, "consent/credential_missing");
    let period = vitals_core::time::Window::one(ward.suite.epoch() - 1);
    let signed = ward.sign_off("clinician", ground, 1, period);
    assert_refused(signed, "consent/credential_missing");
    assert_eq!(ward.current(), (Some(1), 1));
}

/// A responder takes an alert on, is denied in the same block, and ends the alert to silence its
/// device for the cooldown. The alert stays with it in name only: the patient, or another who was
/// called, takes it over.
#[test]
fn a_responder_denied_in_this_block_silences_nothing() {
    let mut ward = Ward::new();
    let alert = ward.raise(RULE);
    let receiving = ward.receiving;
    ward.acknowledge("clinician", alert, receiving).unwrap();
    ward.deny("clinician");
    assert_refused(ward.resolve("clinician", alert), "consent/account_denied");
    let state = ward.alert(alert).state;
    assert_ne!(state, AlertState::Resolved);
    ward.acknowledge("patient", alert, GroundRef::Patient {})
        .unwrap();
    ward.resolve("patient", alert).unwrap();
    assert_eq!(ward.ladder(LADDER).tiers.len(), 2);
}
