//! What a message reads of other contracts, which is most of what it costs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cosmwasm_std::testing::{
    message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage,
};
use cosmwasm_std::{
    Binary, ContractResult, DepsMut, Empty, Env, Order, OwnedDeps, QuerierWrapper, Storage,
    SystemResult, Timestamp, WasmQuery,
};
use vitals_anchor::contract::{execute, instantiate};
use vitals_api::anchor::InstantiateMsg;
use vitals_api::consent::record::{Grant, Patient, GRANTS, PATIENTS};
use vitals_api::registry::record::{
    Config, Deployment, Device, Paired, CONFIG, DEPLOYMENT, DEVICES,
};
use vitals_api::store::Record;
use vitals_core::decision::{Action, GrantTerms, GroundRef, Purpose};
use vitals_core::key::Signer;
use vitals_core::measure::{Category, Measure};
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
        recovered_through: 0,
    }
}

fn grant(grantee: &str) -> Grant {
    Grant {
        grantee: vitals_api::consent::Party::Account(grantee.into()),
        by: Vec::new(),
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
        action: 1,
        pairing: 1,
        paired: Some(Paired {
            patient: 7,
            from_ms: START_S * 1_000,
        }),
        ..Device::new(
            device.signer.public_key(),
            1,
            1,
            Assurance::Maker,
            Set::of(&[Measure::HeartRate]),
        )
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

/// A device numbered 3 of patient 7, whose grant 1 lets the gateway seal, as the contracts keep
/// them.
fn world(device: &mut TestDevice, gateway: &str) -> BTreeMap<Vec<u8>, Vec<u8>> {
    (device.device, device.pairing) = (3, 1);
    let config = Config {
        consent: MockApi::default().addr_make("consent").into(),
    };
    let deployment = Deployment(DEPLOYMENT_ID);
    BTreeMap::from([
        (DEPLOYMENT.key(&()), deployment.to_bytes().unwrap()),
        (CONFIG.key(&()), config.to_bytes().unwrap()),
        (DEVICES.key(&3), registered(device).to_bytes().unwrap()),
        (PATIENTS.key(&7), patient().to_bytes().unwrap()),
        (GRANTS.key(&(7, 1)), grant(gateway).to_bytes().unwrap()),
    ])
}

#[test]
fn sixty_four_batches_of_a_device_read_device_patient_and_grant_once_each() {
    let mut device = TestDevice::new(1, DEPLOYMENT_ID);
    let gateway = MockApi::default().addr_make("gateway");
    let (mut deps, env, asked) = instance(world(&mut device, gateway.as_str()));
    let batches: Vec<_> = (0..64)
        .map(|i| beat(&mut device, START_S * 1_000 + i))
        .collect();
    let all: Vec<_> = batches.iter().collect();
    let msg = message(GroundRef::Grant { id: 1 }, &all);
    execute(deps.as_mut(), env, message_info(&gateway, &[]), msg).unwrap();
    let expected = [DEVICES.key(&3), PATIENTS.key(&7), GRANTS.key(&(7, 1))];
    assert_eq!(*asked.borrow(), expected);
}

/// Own storage that remembers which keys were read and written.
#[derive(Default)]
struct Counted {
    inner: MockStorage,
    read: RefCell<Vec<Vec<u8>>>,
    written: Vec<Vec<u8>>,
}

impl Storage for Counted {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.read.borrow_mut().push(key.to_vec());
        self.inner.get(key)
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.written.push(key.to_vec());
        self.inner.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.written.push(key.to_vec());
        self.inner.remove(key);
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = cosmwasm_std::Record> + 'a> {
        self.inner.range(start, end, order)
    }
}

#[test]
fn of_its_own_a_message_reads_configuration_and_heads_and_writes_heads_and_batches() {
    let mut device = TestDevice::new(1, DEPLOYMENT_ID);
    let gateway = MockApi::default().addr_make("gateway");
    let (deps, env, _) = instance(world(&mut device, gateway.as_str()));
    let mut storage = Counted {
        inner: deps.storage,
        ..Counted::default()
    };
    let batches = [0, 1].map(|i| beat(&mut device, START_S * 1_000 + i));
    let msg = message(GroundRef::Grant { id: 1 }, &batches.each_ref());
    let own = DepsMut {
        storage: &mut storage,
        api: &deps.api,
        querier: QuerierWrapper::new(&deps.querier),
    };
    execute(own, env, message_info(&gateway, &[]), msg).unwrap();
    let (config, head) = (
        vec![0, 1, b'c'],
        [&[0, 1, b'h'][..], &3u64.to_be_bytes()].concat(),
    );
    assert_eq!(*storage.read.borrow(), [config, head.clone()]);
    assert_eq!(storage.written.len(), 3);
    assert_eq!(storage.written.last(), Some(&head));
    let sizes = storage
        .written
        .iter()
        .map(|key| key.len() + storage.inner.get(key).unwrap().len());
    assert_eq!(sizes.collect::<Vec<_>>(), [32 + 93, 32 + 93, 11 + 16]);
}
