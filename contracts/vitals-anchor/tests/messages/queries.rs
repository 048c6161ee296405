//! A patient's batches, page by page.

use vitals_api::anchor::{BatchId, BatchesPage, QueryMsg};
use vitals_core::measure::{Category, Measure};
use vitals_core::time::EPOCH_MS;
use vitals_testing::device::TestBatch;
use vitals_testing::suite::Refused;
use vitals_testing::Suite;

use crate::support::{batch_info, beat, head, id, refused, send, setup, PATIENT};

fn page(
    suite: &Suite,
    patient: u64,
    from_epoch: Option<u32>,
    start_after: Option<BatchId>,
    limit: Option<u32>,
) -> Result<Vec<BatchId>, Refused> {
    within(suite, patient, (from_epoch, None), start_after, limit)
}

fn within(
    suite: &Suite,
    patient: u64,
    (from_epoch, to_epoch): (Option<u32>, Option<u32>),
    start_after: Option<BatchId>,
    limit: Option<u32>,
) -> Result<Vec<BatchId>, Refused> {
    let msg = QueryMsg::Batches {
        patient: patient.into(),
        category: Category::Cardiac,
        from_epoch,
        to_epoch,
        start_after,
        limit,
    };
    let page: BatchesPage = suite.query(&suite.at.anchor, &msg)?;
    Ok(page.batches.into_iter().map(|b| b.id).collect())
}

/// Two devices, three hours, a batch of each in each; another patient and category beside.
fn filled() -> (Suite, u64, Vec<TestBatch>) {
    let (mut suite, mut first, patient) = setup();
    let mut second = suite.paired_device(2, &[Measure::HeartRate], "patient", patient);
    let mut metabolic = suite.paired_device(3, &[Measure::Glucose], "patient", patient);
    let other = suite.enrol("other");
    let mut foreign = suite.paired_device(4, &[Measure::HeartRate], "other", other);
    let start = suite.now_ms();
    suite.advance(3 * EPOCH_MS / 1_000);
    let batches: Vec<_> = (0..3)
        .flat_map(|hour| {
            let at = start + hour * EPOCH_MS;
            [beat(&mut first, at), beat(&mut second, at)]
        })
        .collect();
    let all: Vec<_> = batches.iter().collect();
    send(&mut suite, "patient", PATIENT, &all).unwrap();
    let glucose = metabolic.measure(Measure::Glucose, start, &[55]);
    send(&mut suite, "patient", PATIENT, &[&glucose]).unwrap();
    let theirs = beat(&mut foreign, start);
    send(&mut suite, "other", PATIENT, &[&theirs]).unwrap();
    (suite, patient, batches)
}

#[test]
fn batches_come_by_epoch_then_device_of_one_patient_and_category() {
    let (suite, patient, batches) = filled();
    let expected: Vec<_> = batches.iter().map(|b| id(b, patient)).collect();
    assert_eq!(page(&suite, patient, None, None, None), Ok(expected));
}

#[test]
fn a_page_goes_on_where_the_one_before_stopped_and_begins_at_an_epoch() {
    let (suite, patient, batches) = filled();
    let ids: Vec<_> = batches.iter().map(|b| id(b, patient)).collect();
    let second_hour = batches[2].measured().epoch;
    let from_second = page(&suite, patient, Some(second_hour), None, Some(1)).unwrap();
    assert_eq!(from_second, ids[2..3]);
    let after = Some(ids[2].clone());
    let rest = page(&suite, patient, Some(second_hour), after, None).unwrap();
    assert_eq!(rest, ids[3..]);
    // a cursor before the epoch does not reach back behind it
    let early = Some(ids[0].clone());
    let rest = page(&suite, patient, Some(second_hour), early, None).unwrap();
    assert_eq!(rest, ids[2..]);
}

#[test]
fn a_list_ends_before_an_epoch() {
    let (suite, patient, batches) = filled();
    let ids: Vec<_> = batches.iter().map(|b| id(b, patient)).collect();
    let hour = |i: usize| Some(batches[i].measured().epoch);
    let list = |from, to| within(&suite, patient, (from, to), None, None).unwrap();
    assert_eq!(list(None, hour(2)), ids[..2]);
    assert_eq!(list(hour(2), hour(4)), ids[2..4]);
    assert!(list(hour(2), hour(2)).is_empty() && list(hour(4), hour(2)).is_empty());
    assert_eq!(list(hour(4), Some(u32::MAX)), ids[4..]);
    let after = Some(ids[2].clone());
    let rest = within(&suite, patient, (None, hour(4)), after, None);
    assert_eq!(rest, Ok(ids[3..4].to_vec()));
}

#[test]
fn a_page_holds_ten_unless_asked_and_thirty_at_most() {
    let (mut suite, mut device, patient) = setup();
    let now = suite.now_ms();
    let batches: Vec<_> = (0..32).map(|i| beat(&mut device, now + i)).collect();
    let all: Vec<_> = batches.iter().collect();
    send(&mut suite, "patient", PATIENT, &all).unwrap();
    let holds = |limit| page(&suite, patient, None, None, limit).unwrap().len();
    let sizes = [None, Some(0), Some(30), Some(31), Some(u32::MAX)].map(holds);
    assert_eq!(sizes, [10, 1, 30, 30, 30]);
}

#[test]
fn a_cursor_of_another_patient_or_category_is_refused() {
    let (suite, patient, batches) = filled();
    let good = id(&batches[0], patient);
    let foreign = BatchId {
        patient: (patient ^ 1).into(),
        ..good.clone()
    };
    let metabolic = BatchId {
        category: Category::Metabolic,
        ..good
    };
    for cursor in [foreign, metabolic] {
        let answer = page(&suite, patient, None, Some(cursor), None);
        refused(answer, "anchor/foreign_cursor");
    }
}

#[test]
fn what_was_never_anchored_is_not_found_and_its_device_stands_at_nothing() {
    let (suite, mut device, patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    refused(batch_info(&suite, &batch, patient), "state/not_found");
    let head = head(&suite, device.device);
    assert_eq!((head.sequence.u64(), head.last.len()), (0, 0));
}
