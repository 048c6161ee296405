//! Details of alerts, and plans: who may have them.

mod fixture;

use fixture::chain::care::{alert_info, plan_info};
use fixture::chain::PATIENT;
use fixture::{ground, header, place, refused, terms, Running, GRANTED, READING, SEALED};
use vitals_core::decision::{Action, GroundRef};
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::epoch_start;
use vitals_vault_client::{digest, Place};

const PATIENTS: GroundRef = GroundRef::Patient {};

/// An alert whose detail was sealed in this hour and the alert dated in another, and its digest.
fn alert(vault: &Running, sealed: u32, dated: u32) -> [u8; 32] {
    let patient = vault.client(&vault.patient);
    let digest = patient.put_blob(place(sealed), &PATIENTS, &SEALED).unwrap();
    let info = alert_info(9, epoch_start(dated) + 5, digest);
    vault.state().alerts = vec![info];
    digest
}

fn plan(vault: &Running, of: &[Category]) -> [u8; 32] {
    let file = [3; 200];
    let author = vault.clinician.address();
    vault.state().plans = vec![plan_info(1, author, digest(&file), of)];
    let patient = vault.client(&vault.patient);
    patient
        .put_plan(PATIENT, Category::Cardiac, &PATIENTS, &file)
        .unwrap()
}

/// Lets the clinician do this for category cardiac at all hours.
fn let_clinician(vault: &Running, action: Action) {
    let mut terms = terms(action);
    terms.window.from = 0;
    terms.window.to = u32::MAX;
    vault.state().grants[READING as usize - 1].1 = terms;
}

#[test]
fn the_patient_finds_an_alert_s_detail_wherever_it_was_put_and_where_that_is() {
    for (sealed, dated) in [(100, 100), (101, 100)] {
        let vault = Running::start();
        let digest = alert(&vault, sealed, dated);
        let patient = vault.client(&vault.patient);
        let (bytes, at) = patient.read_alert(PATIENT, 9, &digest, &PATIENTS).unwrap();
        assert_eq!((bytes, at), (SEALED.to_vec(), place(sealed)));
        let page = patient.receipts(PATIENT, &PATIENTS, None).unwrap();
        assert_eq!(page.receipts.len(), 1);
    }
}

#[test]
fn an_alert_s_detail_is_for_who_may_receive_alerts_of_its_category() {
    let vault = Running::start();
    let digest = alert(&vault, GRANTED.from, GRANTED.from);
    let clinician = vault.client(&vault.clinician);
    let read = || clinician.read_alert(PATIENT, 9, &digest, &ground(READING));
    assert_eq!(refused(read()), (403, "consent/action_not_granted".into()));
    let_clinician(&vault, Action::ReceiveAlerts);
    read().unwrap();
    let mut other = terms(Action::ReceiveAlerts);
    other.categories = Set::of(&[Category::Metabolic]);
    vault.state().grants[READING as usize - 1].1 = other;
    let elsewhere = read();
    assert_eq!(refused(elsewhere), (404, "vault/not_found".into()));
}

/// Without a ground named: the newest grant is about one category and something else, an older one
/// lets the clinician receive alerts of another.
#[test]
fn a_category_that_is_refused_for_another_reason_does_not_end_the_search_for_one_that_is_not() {
    let vault = Running::start();
    let metabolic = Place {
        category: Category::Metabolic,
        ..place(GRANTED.from)
    };
    let patient = vault.client(&vault.patient);
    let digest = patient.put_blob(metabolic, &PATIENTS, &SEALED).unwrap();
    let info = alert_info(9, epoch_start(GRANTED.from) + 5, digest);
    vault.state().alerts = vec![info];
    let mut older = terms(Action::ReceiveAlerts);
    older.categories = Set::of(&[Category::Metabolic]);
    let who = vault.clinician.address().to_string();
    vault.state().grants = vec![(who.clone(), older, None), (who, terms(Action::Read), None)];
    let target = format!("/v1/alerts/{PATIENT}/9");
    let payload = vault.payload(&vault.clinician, "GET", &target, b"");
    let header = header(&payload, &vault.clinician);
    let (status, code) = vault.raw("GET", &target, Some(&header), b"");
    assert_eq!((status, code.as_str()), (200, ""));
}

#[test]
fn an_alert_of_another_patient_or_of_an_emergency_has_no_detail_here() {
    let vault = Running::start();
    let digest = alert(&vault, 100, 100);
    let patient = vault.client(&vault.patient);
    let read = || patient.read_alert(PATIENT, 9, &digest, &PATIENTS);
    vault.state().alerts[0].digest = None;
    assert_eq!(refused(read()), (404, "vault/not_found".into()));
    vault.state().alerts[0].patient = 6u64.into();
    assert_eq!(refused(read()), (404, "vault/not_found".into()));
}

#[test]
fn a_plan_is_for_who_may_read_write_plans_of_or_seal_all_its_categories() {
    let vault = Running::start();
    let digest = plan(&vault, &[Category::Cardiac]);
    let read = |who, by| vault.client(who).read_plan(PATIENT, 1, &digest, &by);
    assert_eq!(read(&vault.patient, PATIENTS).unwrap(), [3; 200]);
    let outside = read(&vault.clinician, ground(READING));
    assert_eq!(refused(outside), (403, "consent/window_not_granted".into()));
    for action in [Action::ReceiveAlerts, Action::Disclose] {
        let_clinician(&vault, action);
        let neither = read(&vault.clinician, ground(READING));
        assert_eq!(refused(neither), (403, "consent/action_not_granted".into()));
    }
    for action in [Action::Read, Action::WritePlan, Action::Seal] {
        let_clinician(&vault, action);
        read(&vault.clinician, ground(READING)).unwrap();
    }
    plan(&vault, &[Category::Cardiac, Category::Metabolic]);
    let other = read(&vault.clinician, ground(READING));
    assert_eq!(refused(other), (403, "consent/category_not_granted".into()));
    let stranger = read(&vault.sealer, PATIENTS);
    assert_eq!(refused(stranger), (403, "consent/not_the_patient".into()));
}

#[test]
fn a_plan_is_put_by_who_may_write_one_now_and_has_the_length_the_chain_takes() {
    let vault = Running::start();
    let put = |category, bytes: &[u8]| {
        let clinician = vault.client(&vault.clinician);
        clinician.put_plan(PATIENT, category, &ground(READING), bytes)
    };
    let reader = put(Category::Cardiac, &[3; 200]);
    assert_eq!(refused(reader), (403, "consent/action_not_granted".into()));
    let_clinician(&vault, Action::WritePlan);
    put(Category::Cardiac, &[3; 200]).unwrap();
    let other = put(Category::Metabolic, &[3; 200]);
    assert_eq!(refused(other), (403, "consent/category_not_granted".into()));
    let short = put(Category::Cardiac, &[3; 199]);
    assert_eq!(refused(short), (400, "vault/too_short".into()));
    let long = put(Category::Cardiac, &vec![3; 256 * 1_024 + 1]);
    assert_eq!(refused(long), (413, "vault/too_large".into()));
}
