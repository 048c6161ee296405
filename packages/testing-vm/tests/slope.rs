//! What anchoring, granting, deciding and alerting cost does not depend on how much is there: the
//! same calls on the VM with 10 and with 10,000 patients, and of one patient grants, batches and
//! alerts. The state grows by the contracts' own messages, on native code of the same sources,
//! which leaves the same bytes behind; the calls that are compared run on the artifacts.
//!
//! Compared are VM gas and accesses to storage with their bytes. Compiling is not counted, nor
//! what a chain's own tree takes for depth, which no contract sees.

mod common;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use cosmwasm_std::{Addr, Uint64};
use vitals_api::{anchor, care, consent};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::measure::{Category, Measure};
use vitals_core::time::Window;
use vitals_testing::{Suite, TestDevice};
use vitals_testing_vm::{Meter, Usage};

use common::slope::{slope, Tolerance, FEW, MANY};

/// Keys and records have fixed lengths, while a counter in JSON has five digits where it had two.
const TOLERANCE: Tolerance = Tolerance {
    per_mille: 5,
    bytes: 8,
};

/// One patient with much, among many patients.
struct World {
    suite: Suite,
    meter: Meter,
    on_vm: Arc<AtomicBool>,
    patient: u64,
    device: TestDevice,
    /// How much is there of each.
    size: u64,
    /// The patient's first grant, to whom it is, and when its device last measured.
    grant: u64,
    measured_ms: u64,
}

impl World {
    fn new() -> Self {
        let (meter, on_vm) = (Meter::default(), Arc::new(AtomicBool::new(false)));
        let mut suite = Suite::with_codes(common::both(&meter, &on_vm));
        suite.credential("clinician", Role::Clinician);
        let patient = suite.enrol("patient");
        let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
        let ladder = care::ExecuteMsg::SetLadder {
            patient: Uint64::new(patient),
            ladder: 1,
            tiers: vec![care::TierMsg {
                responders: vec![suite.actor("guardian").into()],
                within_s: 60,
            }],
            ends_in_emergency: false,
        };
        let care = suite.at.care.clone();
        suite.execute("patient", &care, &ladder).unwrap();
        let measured_ms = suite.now_ms();
        // what is measured below lies behind the block
        suite.advance(3_600);
        let grant = grant(&mut suite, patient, "clinician");
        Self {
            suite,
            meter,
            on_vm,
            patient,
            device,
            size: 0,
            grant,
            measured_ms,
        }
    }

    /// Natively, until there is so much of everything.
    fn grow(&mut self, size: u64) {
        self.on_vm.store(false, Ordering::Relaxed);
        for i in self.size..size {
            self.suite.enrol(&format!("patient-{i}"));
            grant(&mut self.suite, self.patient, &format!("grantee-{i}"));
            self.anchor();
            self.alert();
            self.end_alert();
        }
        self.size = size;
    }

    fn anchor(&mut self) {
        self.measured_ms += 100;
        let batch = self
            .device
            .measure(Measure::HeartRate, self.measured_ms, &[700]);
        self.suite.anchor("patient", &batch).unwrap();
    }

    /// Under a rule of its own, so that none counts on another.
    fn alert(&mut self) {
        let rule = u16::try_from(self.device.alert).unwrap();
        let now = self.suite.now_ms();
        let (body, signature) = self.device.alert(now, rule, 1);
        let ground = GroundRef::Patient {};
        let raise = care::ExecuteMsg::RaiseAlert {
            body,
            signature,
            ground,
        };
        let care = self.suite.at.care.clone();
        self.suite.execute("patient", &care, &raise).unwrap();
    }

    /// The last one: a device may not have many that nobody resolved.
    fn end_alert(&mut self) {
        let alert = Uint64::new(self.device.alert);
        let ground = GroundRef::Patient {};
        let care = self.suite.at.care.clone();
        for msg in [
            care::ExecuteMsg::Acknowledge { alert, ground },
            care::ExecuteMsg::Resolve { alert },
        ] {
            self.suite.execute("patient", &care, &msg).unwrap();
        }
    }

    fn grant(&mut self) {
        let grantee = format!("measured-{}", self.size);
        grant(&mut self.suite, self.patient, &grantee);
    }

    fn enrol(&mut self) {
        let account = format!("enrolled-{}", self.size);
        self.suite.enrol(&account);
    }

    fn decide(&mut self) {
        let epoch = self.suite.epoch();
        let ask = consent::DecideMsg {
            patient: Uint64::new(self.patient),
            who: self.suite.actor("clinician").into(),
            purpose: Purpose::Treatment,
            category: Category::Cardiac,
            action: Action::Read,
            window: Window {
                from: epoch,
                to: epoch + 1,
            },
            ground: Some(GroundRef::Grant { id: self.grant }),
        };
        self.ask(
            self.suite.at.consent.clone(),
            &consent::QueryMsg::Decide(ask),
        );
    }

    /// A page of the patient's batches: 10 of 10, or the longest page of 10,000.
    fn list(&mut self) {
        let page = anchor::QueryMsg::Batches {
            patient: Uint64::new(self.patient),
            category: Category::Cardiac,
            from_epoch: None,
            to_epoch: None,
            start_after: None,
            limit: Some(30),
        };
        self.ask(self.suite.at.anchor.clone(), &page);
    }

    fn ask(&self, contract: Addr, query: &impl serde::Serialize) {
        let _: serde_json::Value = self.suite.query(&contract, query).unwrap();
    }

    /// What `call` uses in the VM, with what it calls.
    fn usage(&mut self, call: Call) -> Usage {
        self.on_vm.store(true, Ordering::Relaxed);
        self.meter.take();
        call(self);
        let calls = self.meter.take();
        assert!(!calls.is_empty(), "the call did not run in the VM");
        calls.iter().map(|record| record.usage).sum()
    }
}

fn grant(suite: &mut Suite, patient: u64, grantee: &str) -> u64 {
    let (purpose, categories) = (Purpose::Treatment, [Category::Cardiac]);
    let actions = [Action::Read];
    suite.grant("patient", patient, grantee, purpose, &categories, &actions)
}

type Call = fn(&mut World);

/// The calls whose cost must not grow.
const LEVEL: [(&str, Call); 5] = [
    ("enrolling", World::enrol),
    ("anchoring", World::anchor),
    ("granting", World::grant),
    ("deciding", World::decide),
    ("alerting", World::alert),
];

#[test]
fn anchoring_granting_deciding_and_alerting_cost_the_same_with_10_and_with_10_000_of_each() {
    let mut world = World::new();
    let measure = |world: &mut World| LEVEL.map(|(_, call)| world.usage(call));
    world.grow(FEW);
    let few = measure(&mut world);
    let short_list = world.usage(World::list);
    world.grow(MANY);
    let many = measure(&mut world);
    let long_list = world.usage(World::list);

    for ((name, _), (few, many)) in LEVEL.iter().zip(few.iter().zip(&many)) {
        assert!(few.vm_gas > 0 && few.accesses() > 0, "{name} used nothing");
        println!(
            "{name}: {} gas with {FEW}, {} with {MANY}",
            few.sdk_gas(),
            many.sdk_gas()
        );
        if let Some(difference) = slope(few, many, &TOLERANCE) {
            panic!("{name} costs more the more there is: {difference}");
        }
    }
    let listing = slope(&short_list, &long_list, &TOLERANCE);
    assert!(listing.is_some(), "the meter would not have seen a slope");
}

#[test]
fn native_code_and_the_artifacts_leave_the_same_bytes_behind() {
    let leave = |vm: bool| {
        let mut world = World::new();
        for _ in 0..2 {
            world.on_vm.store(vm, Ordering::Relaxed);
            world.enrol();
            world.grant();
            world.anchor();
            world.alert();
            world.size += 1;
        }
        let at = &world.suite.at;
        [&at.consent, &at.registry, &at.anchor, &at.care, &at.claims]
            .map(|contract| world.suite.app.dump_wasm_raw(contract))
    };
    assert_eq!(leave(true), leave(false));
}
