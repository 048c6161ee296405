//! Every message by every actor: who gets past permission.

use consent::access::row;
use consent::ContractError;
use vitals_api::access::Who;
use vitals_api::consent::ExecuteMsg;
use vitals_api::ApiError;
use vitals_core::decision::Refusal;

use crate::common::*;
use crate::table::{scene, scene_for, table, ACTORS};

/// What somebody is told who may not.
const NOT_ALLOWED: [&str; 12] = [
    "admin/not_owner",
    "consent/not_admitted",
    "consent/not_the_issuer",
    "consent/not_the_patient",
    "consent/power_needed",
    "consent/guardian_expired",
    "consent/account_denied",
    "consent/not_the_guardian",
    "consent/not_the_team_admin",
    "consent/not_the_proposed_admin",
    "consent/not_invited",
    "consent/not_a_member",
];

#[test]
fn every_message_is_open_to_whom_the_table_names_and_to_no_one_else() {
    let (contract, patient) = scene();
    let rows = table(&contract, patient).len();
    for row in 0..rows {
        for actor in ACTORS {
            let (mut contract, patient) = scene_for(row);
            let (msg, may) = table(&contract, patient).swap_remove(row);
            let result = contract.act(actor, msg.clone());
            match result {
                Ok(_) => assert!(may.contains(&actor), "{actor} sent {msg:?}"),
                Err(error) => {
                    assert!(!may.contains(&actor), "{actor}: {msg:?}: {error}");
                    assert!(NOT_ALLOWED.contains(&code(&error).as_str()), "{error}");
                }
            }
        }
    }
}

/// Whether a patient may send it, for itself.
fn is_a_patient_s(msg: &ExecuteMsg) -> bool {
    row(msg).is_some_and(|row| row.who.contains(&Who::Patient))
}

#[test]
fn a_patient_has_no_power_over_another_patient() {
    let (mut contract, first) = scene();
    contract.enrol("other");
    for (msg, _) in table(&contract, first) {
        if is_a_patient_s(&msg) {
            assert_eq!(
                contract.act("other", msg),
                Err(Refusal::NotThePatient {
                    who: contract.addr("other").into(),
                    patient: first
                }
                .into())
            );
        }
    }
}

#[test]
fn a_patient_that_does_not_exist_is_not_found_by_any_message() {
    let (mut contract, patient) = scene();
    let nobody = patient.wrapping_add(1);
    for (msg, _) in table(&contract, nobody) {
        if is_a_patient_s(&msg) {
            assert_eq!(
                contract.act("patient", msg),
                Err(ContractError::Api(ApiError::NotFound {
                    what: "patient",
                    key: nobody.to_string()
                }))
            );
        }
    }
}

#[test]
fn a_denied_guardian_has_no_power_left() {
    let (mut contract, patient) = scene();
    let deny = contract.deny_msg(patient, "full");
    contract.act("patient", deny).unwrap();
    assert_eq!(
        contract.act("full", revoke_msg(patient, 1)),
        Err(Refusal::AccountDenied {
            who: contract.addr("full").into()
        }
        .into())
    );
    let allow = contract.allow_msg(patient, "full");
    contract.act("patient", allow).unwrap();
    contract.act("full", revoke_msg(patient, 1)).unwrap();
}

#[test]
fn a_guardian_s_powers_end_on_the_second_they_were_given_until() {
    let (mut contract, patient) = scene();
    contract.advance(DAY_S - 1);
    let deny = contract.deny_msg(patient, "stranger");
    contract.act("full", deny).unwrap();
    contract.advance(1);
    let now = contract.now();
    let deny = contract.deny_msg(patient, "other");
    assert_eq!(
        contract.act("full", deny),
        Err(Refusal::GuardianExpired { until: now, now }.into())
    );
}
