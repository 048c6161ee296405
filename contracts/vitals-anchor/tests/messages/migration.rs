//! Migrate, through the exported entry point, over what version 0.1.0 stored.

use cosmwasm_std::testing::mock_env;
use cosmwasm_std::{to_json_vec, DepsMut, Empty, Response};
use vitals_anchor::contract;
use vitals_anchor::error::ContractError;
use vitals_api::anchor::record::{Batch, BatchKey, BATCHES};
use vitals_api::anchor::{ConfigInfo, GapsPage, QueryMsg, VerifiedReadings};
use vitals_api::ApiError;
use vitals_core::bytes::Writer;
use vitals_core::measure::Measure;
use vitals_core::measured::GapNotice;
use vitals_testing::device::TestBatch;
use vitals_testing::suite::Refused;
use vitals_testing::{Suite, TestDevice};

use crate::support::*;

const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate(suite: &mut Suite) -> Result<Response, ContractError> {
    let api = *suite.app.api();
    let querier = cosmwasm_std::testing::MockQuerier::<Empty>::new(&[]);
    let mut storage = suite.app.contract_storage_mut(&suite.at.anchor);
    let deps = DepsMut {
        storage: storage.as_mut(),
        api: &api,
        querier: cosmwasm_std::QuerierWrapper::new(&querier),
    };
    contract::migrate(deps, mock_env(), Empty {})
}

fn put(suite: &mut Suite, key: &[u8], value: &[u8]) {
    let mut storage = suite.app.contract_storage_mut(&suite.at.anchor);
    storage.as_mut().set(key, value);
}

/// Key of a record of one of the contract's own maps, whose names have one letter.
fn key(map: u8, flat: &[u8]) -> Vec<u8> {
    [&[0, 1, map], flat].concat()
}

/// What the first release wrote, byte by byte, beside what this one did not change.
fn first_release(suite: &mut Suite, paused: bool) {
    let config = Writer::versioned(1)
        .raw(&suite.deployment)
        .short("consent", suite.at.consent.as_bytes())
        .and_then(|w| w.short("registry", suite.at.registry.as_bytes()))
        .unwrap();
    put(suite, &key(b'c', &[]), &config.done());
    put(suite, b"admin_paused", &to_json_vec(&paused).unwrap());
    let mut storage = suite.app.contract_storage_mut(&suite.at.anchor);
    cw2::set_contract_version(storage.as_mut(), "cw-vitals:vitals-anchor", "0.1.0").unwrap();
}

fn first_batch(suite: &mut Suite, batch: &TestBatch, patient: u64) {
    let m = batch.measured();
    let record = Writer::versioned(1)
        .raw(&[0, 3])
        .u32(m.pairing)
        .raw(&m.root)
        .raw(&[9; 32])
        .u32(4_096)
        .u16(m.count)
        .u32(m.first_ms)
        .u32(m.last_ms)
        .u32(1)
        .u64(suite.now_ms())
        .u64(suite.now_ms());
    let place = BATCHES.key(&BatchKey::from(&id(batch, patient)));
    put(suite, &place, &record.done());
    let head = Writer::versioned(1)
        .u64(m.sequence)
        .u8(m.category.code())
        .u64(m.last_at());
    let place = key(b'h', &m.device.to_be_bytes());
    put(suite, &place, &head.done());
}

fn first_gap(suite: &mut Suite, notice: &GapNotice) {
    let record = Writer::versioned(1)
        .u64(suite.now_ms())
        .short("notice", &notice.to_bytes());
    let flat = [notice.device.to_be_bytes(), notice.from.to_be_bytes()].concat();
    put(suite, &key(b'g', &flat), &record.unwrap().done());
    let head = Writer::versioned(1).u64(notice.next - 1).done();
    put(suite, &key(b'h', &notice.device.to_be_bytes()), &head);
}

fn verified(suite: &Suite, batch: &TestBatch, patient: u64) -> Result<VerifiedReadings, Refused> {
    let asked = QueryMsg::VerifyReading {
        id: id(batch, patient),
        proof: batch.prove(&[0]),
    };
    suite.query(&suite.at.anchor, &asked)
}

fn missing(suite: &Suite, device: &TestDevice) -> u64 {
    let asked = QueryMsg::Gaps {
        device: device.device.into(),
        start_after: None,
        limit: None,
    };
    let page: GapsPage = suite.query(&suite.at.anchor, &asked).unwrap();
    page.missing.u64()
}

#[test]
fn state_of_the_first_release_is_taken_over_once() {
    let (mut suite, _, _) = setup();
    let whole = suite.app.dump_wasm_raw(&suite.at.anchor);
    first_release(&mut suite, false);
    assert_ne!(suite.app.dump_wasm_raw(&suite.at.anchor), whole);
    migrate(&mut suite).unwrap();
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.anchor), whole);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    assert_eq!(migrate(&mut suite), Err(refused.into()));
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.anchor), whole);
}

#[test]
fn a_contract_that_was_paused_stays_so_and_knows_its_deployment() {
    let (mut suite, mut device, _) = setup();
    first_release(&mut suite, true);
    migrate(&mut suite).unwrap();
    let batch = beat(&mut device, suite.now_ms());
    let answer = send(&mut suite, "patient", PATIENT, &[&batch]);
    refused(answer, "admin/paused");
    let config: ConfigInfo = suite.query(&suite.at.anchor, &QueryMsg::Config {}).unwrap();
    assert_eq!(config.consent, suite.at.consent.as_str());
    assert_eq!(config.registry, suite.at.registry.as_str());
    assert_eq!(config.deployment_id.as_slice(), suite.deployment);
}

#[test]
fn batches_of_the_first_release_are_read_verified_followed_and_shredded() {
    let (mut suite, mut device, patient) = setup();
    let first = beat(&mut device, suite.now_ms());
    first_batch(&mut suite, &first, patient);
    first_release(&mut suite, false);
    migrate(&mut suite).unwrap();
    let info = batch_info(&suite, &first, patient).unwrap();
    assert!(info.measures.contains(&Measure::HeartRate) && info.shredded.is_none());
    assert!(verified(&suite, &first, patient).is_ok());
    let late = beat(&mut device, suite.now_ms());
    let answer = send(&mut suite, "patient", PATIENT, &[&late]);
    refused(answer, "anchor/time_out_of_order");
    take_back(&mut device);
    let next = beat(&mut device, suite.now_ms() + 1);
    send(&mut suite, "patient", PATIENT, &[&next]).unwrap();

    let shred = vitals_api::anchor::ExecuteMsg::Shred {
        patient: patient.into(),
        categories: vec![first.measured().category],
        window: vitals_core::time::Window::one(first.measured().epoch),
        start_after: None,
    };
    run(&mut suite, "patient", &shred).unwrap();
    let answer = verified(&suite, &first, patient);
    refused(answer, "anchor/shredded");
}

#[test]
fn gaps_of_the_first_release_are_counted_with_those_noted_since() {
    let (mut suite, device, _) = setup();
    let noted = notice(&suite, &device, 1, 4);
    first_gap(&mut suite, &noted);
    first_release(&mut suite, false);
    migrate(&mut suite).unwrap();
    assert_eq!(missing(&suite, &device), 3);
    let next = notice(&suite, &device, 4, 6);
    run(&mut suite, "stranger", &gap(&device, &next)).unwrap();
    assert_eq!(missing(&suite, &device), 5);
}

/// Code that knows layout 1 only finds a version it does not know, and refuses it.
#[test]
fn what_is_written_now_begins_with_another_version_than_the_first_release_wrote() {
    let (mut suite, mut device, patient) = setup();
    let batch = beat(&mut device, suite.now_ms());
    send(&mut suite, "patient", PATIENT, &[&batch]).unwrap();
    let place = BATCHES.key(&BatchKey::from(&id(&batch, patient)));
    let storage = suite.app.contract_storage(&suite.at.anchor);
    let bytes = storage.get(&place).unwrap();
    assert_eq!((bytes[0], bytes.len()), (2, 93));
    let read: Batch = vitals_api::store::Record::from_bytes(&bytes).unwrap();
    assert!(read.pointer().is_ok());
}
