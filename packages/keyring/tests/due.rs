//! What is decided about grants, generations and custodians, on plain data.

use serde_json::{json, Value};
use vitals_api::consent::emergency::CustodiansInfo;
use vitals_api::consent::{Decision, GrantInfo, PatientInfo};
use vitals_core::emergency::{combine, EmergencyShare};
use vitals_core::package::KeyPackage;
use vitals_core::time::EPOCH_MS;
use vitals_keyring::{
    asked, draw_identity, emergency_window, generation_due, keeps_package, permitted, Custodians,
    Due, KeyringError, Keys, EMERGENCY_HOURS, TEAM_HOURS,
};

const NOW: u32 = 1_000;

fn patient(generation: u32, pending: bool) -> PatientInfo {
    serde_json::from_value(json!({
        "patient": "5", "controller": "wasm1patient", "generation": generation, "pending": pending,
        "raised_at_ms": 990 * EPOCH_MS, "commitment": null,
    }))
    .unwrap()
}

fn grant(grantee: Value, action: &str) -> GrantInfo {
    serde_json::from_value(json!({
        "grant": "7", "grantee": grantee, "by": null, "purposes": ["TREAT"],
        "categories": ["cardiac"], "actions": [action], "window": { "from": 900, "to": 9_000 },
        "valid_from": 0, "valid_until": 9_999_999, "revoked": false, "package": null,
    }))
    .unwrap()
}

fn reader() -> GrantInfo {
    grant(json!({ "account": "wasm1doctor" }), "read")
}

fn team() -> GrantInfo {
    grant(json!({ "team": "3" }), "read")
}

#[test]
fn a_package_is_sealed_recorded_and_then_nothing_is_due() {
    let keys = Keys::create(5, 0).unwrap();
    let (info, mut grant) = (patient(0, false), team());
    let member = draw_identity().unwrap();
    let recipients = [member.recipient().unwrap()];
    let due = |grant: &GrantInfo, known, now| keys.due(&info, grant, &recipients, known, now);
    assert_eq!(due(&grant, None, NOW), Due::Seal);
    let (file, roll) = keys
        .seal_for(&info, &grant, &recipients, None, NOW)
        .unwrap();
    assert_eq!(due(&grant, Some(&roll), NOW), Due::Record(roll.clone()));
    grant.package = Some(roll.package());
    assert_eq!(due(&grant, Some(&roll), NOW), Due::Nothing);
    let opened = KeyPackage::open(&file, &member.identity().unwrap()).unwrap();
    let windows = opened.entries()[0].cover.windows();
    assert_eq!((windows[0].from, windows[0].to), (900, NOW + TEAM_HOURS));
    let later = NOW + 24;
    assert_eq!(
        due(&grant, Some(&roll), later),
        Due::Seal,
        "a day less is left"
    );
    let other = [draw_identity().unwrap().recipient().unwrap()];
    let joined = keys.due(&info, &grant, &other, Some(&roll), NOW);
    assert_eq!(joined, Due::Seal, "somebody else is in the team");
}

#[test]
fn an_erasure_and_a_new_generation_ask_for_a_new_package() {
    let mut keys = Keys::create(5, 0).unwrap();
    let recipients = [draw_identity().unwrap().recipient().unwrap()];
    let (_, roll) = keys
        .seal_for(&patient(0, false), &team(), &recipients, None, NOW)
        .unwrap();
    let raised = keys.due(&patient(1, false), &team(), &recipients, Some(&roll), NOW);
    assert_eq!(raised, Due::Seal);
    keys.erase(&[], vitals_core::time::Window::one(1));
    let erased = keys.due(&patient(0, false), &team(), &recipients, Some(&roll), NOW);
    assert_eq!(erased, Due::Seal);
}

#[test]
fn keys_that_nobody_gave_to_an_account_are_not_given_unasked() {
    assert!(!keeps_package(&reader()));
    assert!(keeps_package(&team()));
    assert!(keeps_package(&grant(
        json!({ "account": "wasm1gateway" }),
        "seal"
    )));
}

#[test]
fn whoever_may_neither_read_nor_seal_gets_no_keys() {
    let plans = grant(json!({ "account": "wasm1doctor" }), "write_plan");
    let refused = asked(5u64.into(), &plans, "wasm1doctor");
    assert!(matches!(refused, Err(KeyringError::NoKeys { grant: 7 })));
    assert!(asked(5u64.into(), &reader(), "wasm1doctor").is_ok());
}

#[test]
fn what_time_or_a_credential_lifts_is_no_refusal_and_a_revocation_is() {
    let refuse = |code: &str| {
        permitted(Decision::Refuse {
            code: code.into(),
            reason: format!("{code}: because"),
        })
    };
    assert!(refuse("consent/grant_not_yet_valid").is_ok());
    assert!(refuse("consent/credential_missing").is_ok());
    let revoked = refuse("consent/grant_revoked").unwrap_err();
    assert_eq!(revoked.to_string(), "consent/grant_revoked: because");
}

#[test]
fn a_pending_generation_is_brought_in_once() {
    let mut keys = Keys::create(5, 0).unwrap();
    let pending = patient(0, true);
    assert_eq!(generation_due(&pending), 1);
    assert_eq!(keys.bring_in(&pending), Ok(true));
    assert_eq!(keys.bring_in(&pending), Ok(false));
    assert_eq!(keys.latest(), 1);
    assert_eq!(keys.bring_in(&patient(1, false)), Ok(false));
}

#[test]
fn keys_of_another_patient_an_older_file_and_another_commitment_are_told() {
    let keys = Keys::create(5, 0).unwrap();
    assert_eq!(keys.check(&patient(0, false)), Ok(()));
    let behind = keys.check(&patient(1, false)).unwrap_err();
    assert_eq!(behind, KeyringError::Behind { chain: 1, held: 0 });
    let mut other = patient(0, false);
    other.commitment = Some(vec![1; 32].into());
    let refused = keys.check(&other).unwrap_err();
    assert_eq!(refused, KeyringError::Commitment { generation: 0 });
    other.commitment = Some(keys.commitment(0).unwrap().to_vec().into());
    assert_eq!(keys.check(&other), Ok(()));
    other.patient = 6u64.into();
    let refused = keys.check(&other).unwrap_err();
    assert_eq!(refused, KeyringError::Patient { asked: 6, held: 5 });
}

#[test]
fn custodians_shares_open_the_emergency_package_until_it_is_due_again() {
    let keys = Keys::create(5, 0).unwrap();
    let keepers: Vec<_> = (0..3).map(|_| draw_identity().unwrap()).collect();
    let accounts = ["wasm1a", "wasm1b", "wasm1c"].map(String::from);
    let recipients = keepers.iter().map(|keeper| keeper.recipient().unwrap());
    let custodians = Custodians {
        threshold: 2,
        recipients: accounts.iter().cloned().zip(recipients).collect(),
    };
    let window = emergency_window(NOW);
    let files = keys
        .emergency(&patient(0, false), &custodians, window)
        .unwrap();
    let share = |at: usize| {
        let file = &files.shares[&accounts[at]];
        EmergencyShare::open(file, &keepers[at].identity().unwrap()).unwrap()
    };
    let key = combine(&[share(0), share(2)]).unwrap();
    let opened = KeyPackage::open(&files.package, &key.identity).unwrap();
    assert_eq!(opened.patient(), 5);
    let digests = files.roll.shares.iter();
    let packages: Vec<Value> = digests
        .map(|(custodian, digest)| json!({ "custodian": custodian, "digest": digest }))
        .collect();
    let named: CustodiansInfo = serde_json::from_value(json!({
        "custodians": accounts, "threshold": 2,
        "packages": { "generation": 0, "window": window, "packages": packages },
    }))
    .unwrap();
    let holds = |now| {
        keys.custody_holds(
            &patient(0, false),
            &named,
            &custodians,
            Some(&files.roll),
            now,
        )
    };
    assert_eq!(holds(NOW), Some(window));
    assert_eq!(holds(NOW + EMERGENCY_HOURS / 2), None);
}
