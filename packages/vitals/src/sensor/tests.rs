use std::cell::{Cell, RefCell};
use std::path::Path;

use cosmwasm_std::Addr;
use serde_json::Value;
use vitals_api::registry::{DeviceInfo, ExecuteMsg, QueryMsg};
use vitals_core::key::Ed25519Signer;
use vitals_core::measure::Measure;
use vitals_core::rule::Assurance;
use vitals_gateway::GatewayDevice;
use vitals_ledger::{Account, Call, Deployment, LedgerError, Reader, TxOutcome};
use vitals_testing::Suite;

use super::enrol::{firmware, Enrolment};
use super::*;

/// An account on the suite's chain, which stops answering after so many transactions.
struct Actor<'a> {
    suite: &'a RefCell<Suite>,
    address: String,
    left: Cell<u32>,
}

impl<'a> Actor<'a> {
    fn new(suite: &'a RefCell<Suite>, name: &str, left: u32) -> Self {
        Self {
            suite,
            address: suite.borrow().actor(name).into(),
            left: Cell::new(left),
        }
    }
}

fn unreachable() -> LedgerError {
    let cause = "gone".into();
    LedgerError::Unreachable { cause }
}

impl Reader for Actor<'_> {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Err(unreachable())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok(self.suite.borrow().now_ms())
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Err(unreachable())
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let contract = Addr::unchecked(contract);
        let answer = self.suite.borrow().query(&contract, msg);
        answer.map_err(|reason| LedgerError::Refused { reason })
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        Err(unreachable())
    }
}

impl Account for Actor<'_> {
    fn address(&self) -> &str {
        &self.address
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let left = self.left.get().checked_sub(1).ok_or_else(unreachable)?;
        self.left.set(left);
        for call in calls {
            let (sender, contract) = (&self.address, Addr::unchecked(&call.contract));
            let mut suite = self.suite.borrow_mut();
            let sender = Addr::unchecked(sender);
            let done = suite.execute_from(sender, &contract, &call.msg, &[]);
            done.map_err(|reason| LedgerError::Refused { reason })?;
        }
        Ok(TxOutcome::default())
    }
}

/// A chain with a patient and a model of heart rate straps.
struct World {
    suite: RefCell<Suite>,
    at: Deployment,
    patient: u64,
    dir: tempfile::TempDir,
}

const KEY: [u8; 32] = [1; 32];
const MODEL: u32 = 2;

impl World {
    fn new() -> Self {
        let mut suite = Suite::new();
        let patient = suite.enrol("patient");
        // model 1 is the gateway's
        let gateway = suite.registered_device(9, &[Measure::HeartRate]);
        assert_eq!(gateway.device, 1);
        let registry = suite.at.registry.clone();
        let list = ExecuteMsg::ListModel {
            name: "strap".into(),
            measures: vec![Measure::HeartRate],
            lowest_firmware: 0x0100_0000,
        };
        suite.execute("maker", &registry, &list).unwrap();
        let at = Deployment {
            chain_id: "test".into(),
            consent: suite.at.consent.to_string(),
            device_registry: registry.to_string(),
            vitals_anchor: suite.at.anchor.to_string(),
            care: suite.at.care.to_string(),
            claims: suite.at.claims.to_string(),
            deployment_id: hex::encode(suite.deployment),
        };
        Self {
            suite: RefCell::new(suite),
            at,
            patient,
            dir: tempfile::tempdir().unwrap(),
        }
    }

    fn book(&self) -> SensorBook {
        let path: &Path = self.dir.path();
        SensorBook::open(&path.join("sensors.db"), &KEY).unwrap()
    }

    fn run(&self, account: &Actor<'_>, holder: Option<&GatewayDevice>) -> Result<u64, Failure> {
        let enrolment = Enrolment {
            deployment: &self.at,
            patient: self.patient,
            serial: "A-1",
            model: MODEL,
            firmware: None,
            holder,
        };
        let added = enrolment.run(account, &self.book(), Settings::of)?;
        Ok(added.device)
    }

    fn device(&self, device: u64) -> DeviceInfo {
        let device = device.into();
        let suite = self.suite.borrow();
        let registry = suite.at.registry.clone();
        suite
            .query(&registry, &QueryMsg::Device { device })
            .unwrap()
    }
}

#[test]
fn a_sensor_is_registered_as_held_by_the_gateway_and_paired() {
    let world = World::new();
    let gateway = GatewayDevice {
        device: 1,
        signer: Ed25519Signer::from_seed(&[9; 32]),
    };
    let account = Actor::new(&world.suite, "patient", 2);
    assert_eq!(world.run(&account, Some(&gateway)).unwrap(), 2);
    let info = world.device(2);
    assert_eq!(info.assurance, Assurance::Gateway);
    assert_eq!(info.gateway.map(|gateway| gateway.u64()), Some(1));
    assert_eq!(
        info.patient.map(|patient| patient.u64()),
        Some(world.patient)
    );
    let row = world.book().sensor(2).unwrap().unwrap();
    assert_eq!(row.settings, Settings::of(&[Measure::HeartRate]));
    assert_eq!((row.identity.pairing, row.identity.next_sequence), (1, 1));
}

#[test]
fn an_interrupted_enrolment_goes_on_with_the_same_device() {
    let world = World::new();
    for (left, device) in [(0, None), (1, None), (1, Some(2))] {
        let account = Actor::new(&world.suite, "patient", left);
        assert_eq!(world.run(&account, None).ok(), device);
    }
    assert_eq!(world.book().devices(), Ok(vec![2]));
}

#[test]
fn who_may_not_pair_registers_and_the_patient_goes_on() {
    let world = World::new();
    let stranger = Actor::new(&world.suite, "stranger", 9);
    let refused = world.run(&stranger, None).unwrap_err().to_string();
    assert!(
        refused.starts_with("cli/pairing: device 2 is registered"),
        "{refused}"
    );
    assert_eq!(world.book().devices(), Ok(vec![]));
    let patient = Actor::new(&world.suite, "patient", 1);
    assert_eq!(world.run(&patient, None).unwrap(), 2);
}

#[test]
fn a_firmware_version_is_three_numbers_that_fit() {
    assert_eq!(firmware("1.2.3"), Ok(0x0102_0003));
    assert_eq!(firmware("255.255.65535"), Ok(u32::MAX));
    for bad in ["", "1.2", "1.2.3.4", "256.0.0", "1.0.65536", "v1.0.0"] {
        assert!(firmware(bad).is_err(), "{bad}");
    }
}
