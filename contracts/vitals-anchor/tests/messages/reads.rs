//! What a message reads of other contracts, which is most of what it costs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cosmwasm_std::testing::{
    message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage,
};
use cosmwasm_std::{
    Binary, ContractResult, Empty, Env, OwnedDeps, SystemResult, Timestamp, WasmQuery,
};
use vitals_anchor::contract::{execute, instantiate};
use vitals_api::anchor::InstantiateMsg;
use vitals_api::consent::record::{Grant, Patient, GRANTS, PATIENTS};
use vitals_api::registry::record::{Deployment, Device, Paired, DEPLOYMENT, DEVICES};
use vitals_api::store::Record;
use vitals_core::decision::{Action, GrantTerms, GroundRef, Purpose};
use vitals_core::key::Signer;
use vitals_core::measure::Category;
use vitals_core::rule::Assurance;
use vitals_core::set::Set;
use vitals_core::time::Window;
use vitals_testing::suite::START_S;
use vitals_testing::TestDevice;

use crate::support::{beat, message};

type Keys = Rc<RefCell<Vec<Vec<u8>>>>;
type Deps = OwnedDeps<MockStorage, MockApi, MockQuerier<Empty>>;

const DEPLOYMENT_ID: [u8; 32] = [4; 32];

fn patient() -> Patient {
    Patient {
        controller: "somebody".into(),
        generation: 1,
        pending: false,
        raised_at_ms: 0,
        denials: 0,
        grants: 1,
    }
}

fn grant(grantee: &str) -> Grant {
    Grant {
        grantee: grantee.into(),
        terms: GrantTerms {
            purposes: Set::of(&[Purpose::Treatment]),
            categories: Set::of(&[Category::Cardiac]),
            actions: Set::of(&[Action::Seal]),
            window: Window {
                from: 0,
                to: u32::MAX,
            },
            valid_from: 0,
            valid_until: u64::MAX,
            revoked: false,
        },
        package: None,
    }
}

fn registered(device: &TestDevice) -> Device {
    Device {
        key: device.signer.public_key(),
        model: 1,
        firmware: 1,
        assurance: Assurance::Maker,
        categories: Set::of(&[Category::Cardiac]),
        action: 1,
        pairing: 1,
        paired: Some(Paired {
            patient: 7,
            from_ms: START_S * 1_000,
        }),
        lost_from_ms: None,
        calibrated_until: None,
    }
}

/// An instance whose registry and consent hold these records and remember what was asked.
fn instance(records: BTreeMap<Vec<u8>, Vec<u8>>) -> (Deps, Env, Keys) {
    let mut deps = mock_dependencies();
    let asked = Keys::default();
    let log = Rc::clone(&asked);
    deps.querier.update_wasm(move |query| {
        let WasmQuery::Raw { key, .. } = query else {
            panic!("contracts read each other by raw key")
        };
        log.borrow_mut().push(key.to_vec());
        let found = records.get(key.as_slice()).cloned().unwrap_or_default();
        SystemResult::Ok(ContractResult::Ok(Binary::new(found)))
    });
    let mut env = mock_env();
    env.block.time = Timestamp::from_seconds(START_S);
    let address = |name| deps.api.addr_make(name).to_string();
    let msg = InstantiateMsg {
        owner: address("owner"),
        consent: address("consent"),
        registry: address("registry"),
    };
    let info = message_info(&deps.api.addr_make("owner"), &[]);
    instantiate(deps.as_mut(), env.clone(), info, msg).unwrap();
    asked.borrow_mut().clear();
    (deps, env, asked)
}

#[test]
fn sixty_four_batches_of_a_device_read_device_patient_and_grant_once_each() {
    let mut device = TestDevice::new(1, DEPLOYMENT_ID);
    (device.device, device.pairing) = (3, 1);
    let gateway = MockApi::default().addr_make("gateway");
    let records = BTreeMap::from([
        (
            DEPLOYMENT.key(&()),
            Deployment(DEPLOYMENT_ID).to_bytes().unwrap(),
        ),
        (DEVICES.key(&3), registered(&device).to_bytes().unwrap()),
        (PATIENTS.key(&7), patient().to_bytes().unwrap()),
        (
            GRANTS.key(&(7, 1)),
            grant(gateway.as_str()).to_bytes().unwrap(),
        ),
    ]);
    let (mut deps, env, asked) = instance(records);
    let batches: Vec<_> = (0..64)
        .map(|i| beat(&mut device, START_S * 1_000 + i))
        .collect();
    let all: Vec<_> = batches.iter().collect();
    let msg = message(GroundRef::Grant { id: 1 }, &all);
    execute(deps.as_mut(), env, message_info(&gateway, &[]), msg).unwrap();
    let expected = [DEVICES.key(&3), PATIENTS.key(&7), GRANTS.key(&(7, 1))];
    assert_eq!(*asked.borrow(), expected);
}
