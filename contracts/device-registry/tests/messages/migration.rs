//! Migrate, through the exported entry point.

use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::{DepsMut, Empty, Response};
use device_registry::contract;
use device_registry::error::ContractError;
use vitals_api::registry::{DeviceInfo, DevicesPage, ModelsPage, QueryMsg};
use vitals_api::ApiError;
use vitals_core::bytes::Writer;
use vitals_core::key::Signer;
use vitals_core::measure::Measure;
use vitals_testing::{Suite, TestDevice};

use crate::support::{admit, list, maker_signer, run, usable};

const THIS: &str = env!("CARGO_PKG_VERSION");

fn migrate(suite: &mut Suite) -> Result<Response, ContractError> {
    let mut others = mock_dependencies();
    let mut storage = suite.app.contract_storage_mut(&suite.at.registry);
    let deps = DepsMut {
        storage: storage.as_mut(),
        ..others.as_mut()
    };
    contract::migrate(deps, mock_env(), Empty {})
}

#[test]
fn older_state_is_taken_over_whole_and_once() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    let whole = suite.app.dump_wasm_raw(&suite.at.registry);
    let mut storage = suite.app.contract_storage_mut(&suite.at.registry);
    cw2::set_contract_version(storage.as_mut(), "cw-vitals:device-registry", "0.0.9").unwrap();
    drop(storage);
    assert_ne!(suite.app.dump_wasm_raw(&suite.at.registry), whole);
    migrate(&mut suite).unwrap();
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.registry), whole);
    let refused = ApiError::NotNewer {
        found: THIS.into(),
        code: THIS.into(),
    };
    assert_eq!(migrate(&mut suite), Err(refused.into()));
    assert_eq!(suite.app.dump_wasm_raw(&suite.at.registry), whole);
}

/// A storage key as `RecordMap` joins it.
fn raw_key(namespace: &str, flat: &[u8]) -> Vec<u8> {
    let head = Writer::new().u16(u16::try_from(namespace.len()).unwrap());
    head.raw(namespace.as_bytes()).raw(flat).done()
}

/// What release 0.1.0 wrote for a maker with a model and a device in its second pairing.
fn first_release(suite: &Suite, device: &TestDevice, patient: u64) -> Vec<(Vec<u8>, Vec<u8>)> {
    let maker = suite.actor("maker").to_string();
    let key = device.signer.public_key();
    let with_key = || {
        Writer::versioned(1)
            .u8(1)
            .short("key", key.bytes())
            .unwrap()
    };
    let one = 1u64.to_be_bytes();
    let pairing = |number: u32| [&one[..], &number.to_be_bytes()].concat();
    let start = suite.now_ms();
    let record = Writer::versioned(1);
    let model = Writer::versioned(1)
        .u32(0)
        .short("maker", maker.as_bytes())
        .unwrap()
        .short("name", b"Old")
        .unwrap();
    let origin = Writer::versioned(1)
        .raw(&[7; 32])
        .short("registrant", maker.as_bytes())
        .unwrap();
    let maker_record = with_key().u8(0).short("name", b"Maker").unwrap();
    let device_record = with_key()
        .u32(1)
        .u32(0x0100_0000)
        .u8(3)
        .u16(1)
        .u64(3)
        .u32(2)
        .u8(1)
        .u64(patient)
        .u64(start - 1_000)
        .u64(0)
        .u64(0);
    let ended = Writer::versioned(1).u64(patient).u64(start - 9_000);
    let lasting = Writer::versioned(1).u64(patient).u64(start - 1_000);
    vec![
        (raw_key("n", &[]), record.u64(1).u32(1).done()),
        (raw_key("m", maker.as_bytes()), maker_record.done()),
        (raw_key("o", &1u32.to_be_bytes()), model.u16(1).done()),
        (raw_key("r", &one), origin.done()),
        (
            raw_key("k", &[&[1], key.bytes()].concat()),
            Writer::versioned(1).u64(1).done(),
        ),
        (raw_key("d", &one), device_record.done()),
        (raw_key("p", &pairing(1)), ended.u64(start - 5_000).done()),
        (raw_key("p", &pairing(2)), lasting.u64(0).done()),
    ]
}

/// An instance as release 0.1.0 left it.
fn old() -> (Suite, TestDevice, u64) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let mut device = TestDevice::new(1, suite.deployment);
    (device.device, device.action, device.pairing) = (1, 3, 2);
    let records = first_release(&suite, &device, patient);
    write(&mut suite, records);
    (suite, device, patient)
}

fn write(suite: &mut Suite, records: Vec<(Vec<u8>, Vec<u8>)>) {
    let mut storage = suite.app.contract_storage_mut(&suite.at.registry);
    for (key, record) in records {
        storage.set(&key, &record);
    }
    cw2::set_contract_version(storage.as_mut(), "cw-vitals:device-registry", "0.1.0").unwrap();
}

fn migrated() -> (Suite, TestDevice, u64) {
    let (mut suite, device, patient) = old();
    migrate(&mut suite).unwrap();
    (suite, device, patient)
}

#[test]
fn what_the_first_release_wrote_is_read_and_listed() {
    let (suite, device, patient) = migrated();
    let number = device.device.into();
    let info: DeviceInfo = suite
        .query(&suite.at.registry, &QueryMsg::Device { device: number })
        .unwrap();
    assert_eq!(info.registrant, suite.actor("maker").as_str());
    assert_eq!(info.serial_commitment.as_slice(), [7; 32]);
    assert_eq!((info.action.u64(), info.pairing), (3, 2));
    assert!(usable(&suite, &device, suite.now_ms()).usable);

    let msg = QueryMsg::Devices {
        patient: patient.into(),
        start_after: None,
        limit: None,
    };
    let devices: DevicesPage = suite.query(&suite.at.registry, &msg).unwrap();
    assert_eq!(devices.devices.len(), 1);
    assert!(devices.devices[0].paired && devices.devices[0].pairing == 2);
    let msg = QueryMsg::Models {
        maker: suite.actor("maker").into(),
        start_after: None,
        limit: None,
    };
    let models: ModelsPage = suite.query(&suite.at.registry, &msg).unwrap();
    assert_eq!(models.models[0].measures, [Measure::HeartRate]);
}

#[test]
fn a_device_of_the_first_release_goes_on_under_the_new_code() {
    let (mut suite, mut device, patient) = migrated();
    let rotate = device.rotate_key(50, 9);
    run(&mut suite, "patient", &rotate).unwrap();
    device.signer = vitals_core::key::Ed25519Signer::from_seed(&[50; 32]);
    let unpair = device.unpair_signed(patient);
    run(&mut suite, "patient", &unpair).unwrap();
    let retire = device.retire();
    run(&mut suite, "maker", &retire).unwrap();
}

const MODELS: u32 = 1_100;
const DEVICES: u64 = 1_100;

/// As many models and devices as no single run lists: copies of the first, each device in its first
/// pairing with the same patient.
fn many() -> (Suite, TestDevice, u64) {
    let (mut suite, device, patient) = old();
    let raw = |suite: &Suite, key: &[u8]| {
        let storage = suite.app.contract_storage(&suite.at.registry);
        storage.get(key).unwrap()
    };
    let model = raw(&suite, &raw_key("o", &1u32.to_be_bytes()));
    let mut one = raw(&suite, &raw_key("d", &1u64.to_be_bytes()));
    // the pairing's number, before flag, patient, two times and the end of a calibration
    let number = one.len() - 33 - 4;
    one[number..number + 4].copy_from_slice(&1u32.to_be_bytes());
    let first = [1u64.to_be_bytes().as_slice(), &2u32.to_be_bytes()].concat();
    let lasting = raw(&suite, &raw_key("p", &first));
    let numbers = Writer::versioned(1).u64(DEVICES).u32(MODELS).done();
    let mut records = vec![(raw_key("n", &[]), numbers)];
    for number in 2..=MODELS {
        records.push((raw_key("o", &number.to_be_bytes()), model.clone()));
    }
    for number in 2..=DEVICES {
        let pairing = [number.to_be_bytes().as_slice(), &1u32.to_be_bytes()].concat();
        records.push((raw_key("d", &number.to_be_bytes()), one.clone()));
        records.push((raw_key("p", &pairing), lasting.clone()));
    }
    write(&mut suite, records);
    (suite, device, patient)
}

fn version(suite: &Suite) -> String {
    let storage = suite.app.contract_storage(&suite.at.registry);
    cw2::get_contract_version(&*storage).unwrap().version
}

fn listed_models(suite: &Suite, maker: &str) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    loop {
        let msg = QueryMsg::Models {
            maker: suite.actor(maker).into(),
            start_after: all.last().copied(),
            limit: Some(30),
        };
        let page: ModelsPage = suite.query(&suite.at.registry, &msg).unwrap();
        if page.models.is_empty() {
            return all;
        }
        all.extend(page.models.iter().map(|model| model.model));
    }
}

fn listed_devices(suite: &Suite, patient: u64) -> Vec<u64> {
    let mut all: Vec<u64> = Vec::new();
    loop {
        let msg = QueryMsg::Devices {
            patient: patient.into(),
            start_after: all.last().map(|last| (*last).into()),
            limit: Some(30),
        };
        let page: DevicesPage = suite.query(&suite.at.registry, &msg).unwrap();
        if page.devices.is_empty() {
            return all;
        }
        all.extend(page.devices.iter().map(|device| device.device.u64()));
    }
}

#[test]
fn more_than_one_run_lists_are_listed_by_further_runs() {
    let (mut suite, device, patient) = many();
    let mut runs = 1;
    while migrate(&mut suite).unwrap().events[0].ty == "migration_goes_on" {
        assert_eq!(version(&suite), "0.1.0");
        runs += 1;
        // in between the contract works
        assert!(usable(&suite, &device, suite.now_ms()).usable);
        admit(&mut suite, "other", &maker_signer().public_key()).unwrap();
        run(&mut suite, "other", &list(&[Measure::Steps], 0)).unwrap();
    }
    assert_eq!(runs, 4);
    assert_eq!(version(&suite), THIS);
    let models: Vec<u32> = (1..=MODELS).collect();
    assert_eq!(listed_models(&suite, "maker"), models);
    assert_eq!(listed_models(&suite, "other").len(), 3);
    let devices: Vec<u64> = (1..=DEVICES).collect();
    assert_eq!(listed_devices(&suite, patient), devices);
    let storage = suite.app.contract_storage(&suite.at.registry);
    assert_eq!(storage.get(&raw_key("g", &[])), None, "nothing is left");
    drop(storage);
    assert!(migrate(&mut suite).is_err());
}

#[test]
fn all_patients_a_device_was_with_are_listed() {
    let (mut suite, _, patient) = old();
    let last = 9u32;
    let mut device = {
        let storage = suite.app.contract_storage(&suite.at.registry);
        storage.get(&raw_key("d", &1u64.to_be_bytes())).unwrap()
    };
    let at = device.len() - 33 - 4;
    device[at..at + 4].copy_from_slice(&last.to_be_bytes());
    let mut records = vec![(raw_key("d", &1u64.to_be_bytes()), device)];
    for pairing in 1..=last {
        let key = [1u64.to_be_bytes().as_slice(), &pairing.to_be_bytes()].concat();
        let times = Writer::versioned(1).u64(u64::from(pairing)).u64(1).u64(2);
        records.push((raw_key("p", &key), times.done()));
    }
    write(&mut suite, records);
    migrate(&mut suite).unwrap();
    for whose in 1..=u64::from(last) {
        assert_eq!(listed_devices(&suite, whose), [1], "{whose}");
    }
    assert!(listed_devices(&suite, patient).is_empty());
}
