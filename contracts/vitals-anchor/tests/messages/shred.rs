//! Shred: what a period points to goes, that there was something stays.

use cosmwasm_std::from_json;
use cw_utils::parse_execute_response_data;
use vitals_api::anchor::{BatchId, BatchInfo, BatchesPage, ExecuteMsg, QueryMsg, ShredAnswer};
use vitals_api::consent;
use vitals_core::decision::Power;
use vitals_core::measure::{Category, Measure};
use vitals_core::time::{Window, EPOCH_MS};
use vitals_testing::device::TestBatch;
use vitals_testing::suite::Refused;
use vitals_testing::Suite;

use crate::support::{
    batch_info, beat, head, id, refused, run, sealed_under, send, setup, PATIENT,
};

fn order(patient: u64, categories: &[Category], window: Window) -> ExecuteMsg {
    ExecuteMsg::Shred {
        patient: patient.into(),
        categories: categories.to_vec(),
        window,
        start_after: None,
    }
}

fn after(msg: &ExecuteMsg, cursor: BatchId) -> ExecuteMsg {
    let mut next = msg.clone();
    if let ExecuteMsg::Shred { start_after, .. } = &mut next {
        *start_after = Some(cursor);
    }
    next
}

fn shred(suite: &mut Suite, sender: &str, msg: &ExecuteMsg) -> Result<ShredAnswer, Refused> {
    let done = run(suite, sender, msg)?;
    let data = parse_execute_response_data(&done.data.unwrap()).unwrap();
    Ok(from_json(data.data.unwrap()).unwrap())
}

/// Three hours of heart rate and one of glucose.
fn filled() -> (Suite, u64, Vec<TestBatch>, TestBatch, u32) {
    let (mut suite, mut device, patient) = setup();
    let mut meter = suite.paired_device(2, &[Measure::Glucose], "patient", patient);
    let start = suite.now_ms();
    let epoch = suite.epoch();
    suite.advance(3 * EPOCH_MS / 1_000);
    let hours: Vec<_> = (0..3)
        .map(|hour| beat(&mut device, start + hour * EPOCH_MS))
        .collect();
    let glucose = meter.measure(Measure::Glucose, start, &[55]);
    let all: Vec<_> = hours.iter().chain([&glucose]).collect();
    send(&mut suite, "patient", PATIENT, &all).unwrap();
    (suite, patient, hours, glucose, epoch)
}

fn is_shredded(suite: &Suite, batch: &TestBatch, patient: u64) -> bool {
    let info = batch_info(suite, batch, patient).unwrap();
    info.shredded.is_some()
}

const HOUR: fn(u32) -> Window = Window::one;

#[test]
fn a_window_of_a_category_goes_and_nothing_beside_it() {
    let (mut suite, patient, hours, glucose, epoch) = filled();
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch + 1));
    let answer = shred(&mut suite, "patient", &msg).unwrap();
    assert_eq!((answer.shredded, answer.go_on_after), (1, None));
    let gone: Vec<_> = hours
        .iter()
        .chain([&glucose])
        .map(|b| is_shredded(&suite, b, patient))
        .collect();
    assert_eq!(gone, [false, true, false, false]);
}

#[test]
fn what_stays_is_that_there_was_a_batch_when_and_who_shredded_it() {
    let (mut suite, patient, hours, _, epoch) = filled();
    let whole = batch_info(&suite, &hours[0], patient).unwrap();
    suite.advance(60);
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    shred(&mut suite, "patient", &msg).unwrap();
    let left = batch_info(&suite, &hours[0], patient).unwrap();
    let shredded = left.shredded.clone().unwrap();
    assert_eq!(shredded.by, suite.actor("patient").as_str());
    assert_eq!(shredded.at_ms, suite.now_ms());
    let expected = BatchInfo {
        root: vec![].into(),
        digest: vec![].into(),
        length: 0,
        shredded: Some(shredded),
        ..whole
    };
    assert_eq!(left, expected);
    let msg = QueryMsg::Batches {
        patient: patient.into(),
        category: Category::Cardiac,
        from_epoch: None,
        to_epoch: None,
        start_after: None,
        limit: None,
    };
    let page: BatchesPage = suite.query(&suite.at.anchor, &msg).unwrap();
    assert_eq!(page.batches.len(), 3);
    assert_eq!(page.batches[0], expected);
}

#[test]
fn several_categories_go_in_one_message() {
    let (mut suite, patient, hours, glucose, epoch) = filled();
    let both = [Category::Metabolic, Category::Cardiac];
    let window = Window::new(epoch, epoch + 3).unwrap();
    let answer = shred(&mut suite, "patient", &order(patient, &both, window));
    assert_eq!(answer.unwrap().shredded, 4);
    for batch in hours.iter().chain([&glucose]) {
        assert!(is_shredded(&suite, batch, patient));
    }
}

#[test]
fn a_message_looks_at_64_and_says_where_to_go_on() {
    let (mut suite, mut device, patient) = setup();
    let mut meter = suite.paired_device(2, &[Measure::Glucose], "patient", patient);
    let now = suite.now_ms();
    let beats: Vec<_> = (0..100).map(|i| beat(&mut device, now + i)).collect();
    let sugars: Vec<_> = (0..30)
        .map(|i| meter.measure(Measure::Glucose, now + i, &[55]))
        .collect();
    let all: Vec<_> = beats.iter().chain(&sugars).collect();
    for some in all.chunks(64) {
        send(&mut suite, "patient", PATIENT, some).unwrap();
    }
    let both = [Category::Cardiac, Category::Metabolic];
    let msg = order(patient, &both, HOUR(suite.epoch()));
    let first = shred(&mut suite, "patient", &msg).unwrap();
    let cursor = first.go_on_after.unwrap();
    assert_eq!((first.shredded, &cursor), (64, &id(&beats[63], patient)));
    // without the cursor it looks at the same again, and changes nothing
    let again = shred(&mut suite, "patient", &msg).unwrap();
    assert_eq!(
        (again.shredded, again.go_on_after),
        (0, Some(cursor.clone()))
    );
    let second = shred(&mut suite, "patient", &after(&msg, cursor)).unwrap();
    let cursor = second.go_on_after.unwrap();
    assert_eq!((second.shredded, &cursor), (64, &id(&sugars[27], patient)));
    let third = shred(&mut suite, "patient", &after(&msg, cursor)).unwrap();
    assert_eq!((third.shredded, third.go_on_after), (2, None));
    assert!(all.iter().all(|b| is_shredded(&suite, b, patient)));
}

#[test]
fn a_cursor_is_of_the_orders_patient_categories_and_window() {
    let (mut suite, patient, hours, glucose, epoch) = filled();
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    let foreign = BatchId {
        patient: (patient ^ 1).into(),
        ..id(&hours[0], patient)
    };
    for cursor in [foreign, id(&glucose, patient), id(&hours[1], patient)] {
        let answer = shred(&mut suite, "patient", &after(&msg, cursor));
        refused(answer, "anchor/foreign_cursor");
    }
}

#[test]
fn nothing_to_shred_is_no_order() {
    let (mut suite, patient, _, _, epoch) = filled();
    let cardiac = [Category::Cardiac];
    let twice = [Category::Cardiac, Category::Cardiac];
    let empty = Window {
        from: epoch,
        to: epoch,
    };
    let cases = [
        (order(patient, &[], HOUR(epoch)), "input/length"),
        (order(patient, &twice, HOUR(epoch)), "input/duplicate"),
        (
            order(patient, &[Category::Cardiac; 7], HOUR(epoch)),
            "input/length",
        ),
        (order(patient, &cardiac, empty), "format/value"),
    ];
    for (msg, code) in cases {
        refused(shred(&mut suite, "patient", &msg), code);
    }
    let none = order(patient, &cardiac, HOUR(epoch + 9));
    let answer = shred(&mut suite, "patient", &none).unwrap();
    assert_eq!((answer.shredded, answer.go_on_after), (0, None));
}

#[test]
fn the_patient_shreds_and_nobody_else_not_even_a_guardian() {
    let (mut suite, patient, hours, _, epoch) = filled();
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    suite.enrol("other");
    for sender in ["stranger", "owner", "maker", "gateway", "other"] {
        refused(shred(&mut suite, sender, &msg), "consent/not_the_patient");
    }
    let appoint = consent::ExecuteMsg::AppointGuardian {
        patient: patient.into(),
        guardian: suite.actor("guardian").into(),
        powers: vec![Power::Revoke, Power::Grant],
        until: suite.now_s() + 60,
    };
    crate::support::consent(&mut suite, "patient", &appoint);
    refused(
        shred(&mut suite, "guardian", &msg),
        "consent/not_the_patient",
    );
    assert!(!is_shredded(&suite, &hours[0], patient));
    assert_eq!(shred(&mut suite, "patient", &msg).unwrap().shredded, 1);
}

#[test]
fn a_pause_does_not_stop_it() {
    let (mut suite, patient, _, _, epoch) = filled();
    let pause = ExecuteMsg::Admin(vitals_api::admin::AdminMsg::Pause {});
    run(&mut suite, "owner", &pause).unwrap();
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    assert_eq!(shred(&mut suite, "patient", &msg).unwrap().shredded, 1);
}

#[test]
fn what_is_shredded_is_not_verified() {
    let (mut suite, patient, hours, _, epoch) = filled();
    let asked = QueryMsg::VerifyReading {
        id: id(&hours[0], patient),
        proof: hours[0].prove(&[0]),
    };
    let ask = |suite: &Suite| {
        suite.query::<vitals_api::anchor::VerifiedReadings>(&suite.at.anchor, &asked)
    };
    assert!(ask(&suite).is_ok());
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    shred(&mut suite, "patient", &msg).unwrap();
    refused(ask(&suite), "anchor/shredded");
}

#[test]
fn what_is_shredded_is_not_opened_again_by_sending_it_again() {
    let (mut suite, patient, hours, _, epoch) = filled();
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    shred(&mut suite, "patient", &msg).unwrap();
    for batch in [hours[0].clone(), sealed_under(&hours[0], 1)] {
        let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
        refused(answer, "anchor/sequence_replayed");
    }
    assert!(is_shredded(&suite, &hours[0], patient));
    let device = hours[0].measured().device;
    assert_eq!(head(&suite, device).sequence.u64(), 3);
}

#[test]
fn the_first_shredding_is_the_one_on_record() {
    let (mut suite, patient, hours, _, epoch) = filled();
    let msg = order(patient, &[Category::Cardiac], HOUR(epoch));
    shred(&mut suite, "patient", &msg).unwrap();
    let first = batch_info(&suite, &hours[0], patient);
    suite.advance(60);
    assert_eq!(shred(&mut suite, "patient", &msg).unwrap().shredded, 0);
    assert_eq!(batch_info(&suite, &hours[0], patient), first);
}
