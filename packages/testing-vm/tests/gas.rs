//! Gas has limits in the VM, and a contract that burns all of its own does not reach its caller.

mod common;

use cosmwasm_std::{Addr, Binary, Uint64};
use cw_multi_test::Executor;
use serde_json::json;
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::Role;
use vitals_testing::Suite;
use vitals_testing_vm::{artifacts, Code, Entry, Meter, VmContract, INSTANCE_GAS};

/// What a call may use in these tests, SDK gas.
const LIMIT: u64 = 2_000_000;
/// What consent allows a hook of it.
const HOOK: u64 = 400_000;

/// The current artifacts, and a contract that never ends.
fn world() -> (Suite, Meter, Addr) {
    let meter = Meter::default();
    let mut suite = Suite::with_codes(artifacts(&common::current(), &meter).unwrap());
    let wasm = wat::parse_str(include_str!("endless.wat")).unwrap();
    let endless = VmContract::new(Code::new(&wasm).unwrap(), meter.clone());
    let code = suite.app.store_code(Box::new(endless));
    let owner = suite.actor("owner");
    let endless = suite
        .app
        .instantiate_contract(code, owner, &json!({}), &[], "endless", None)
        .unwrap();
    meter.limit(Some(LIMIT));
    (suite, meter, endless)
}

#[test]
fn an_endless_contract_is_ended_by_its_limit() {
    let (mut suite, meter, endless) = world();
    meter.take();
    let refused = suite.execute("stranger", &endless, &json!({})).unwrap_err();
    assert!(refused.starts_with("vm/out_of_gas: "), "{refused}");
    let calls = meter.take();
    let [call] = &calls[..] else {
        panic!("one call, not {calls:?}")
    };
    assert!(!call.ok);
    let used = call.usage.sdk_gas();
    assert!(used.abs_diff(LIMIT) < 1_000, "{used} of {LIMIT}");
}

#[test]
fn a_hook_that_burns_all_its_gas_does_not_keep_an_emergency_from_opening() {
    let (mut suite, meter, endless) = world();
    let patient = suite.enrol("patient");
    suite.credential("clinician", Role::EmergencyResponder);
    let consent = suite.at.consent.clone();
    let hook = ExecuteMsg::AddHook {
        contract: endless.to_string(),
    };
    suite.execute("owner", &consent, &hook).unwrap();
    meter.take();

    let open = ExecuteMsg::OpenEmergency {
        patient: Uint64::new(patient),
        reason: Binary::new(vec![9; 32]),
        hours_back: 1,
        for_s: 3_600,
    };
    let opened = suite.execute("clinician", &consent, &open).unwrap();
    let told = |name: &str| opened.events.iter().any(|event| event.ty == name);
    assert!(told("wasm-emergency_opened") && told("wasm-hook_failed"));

    let calls = meter.take();
    let burnt = calls.iter().find(|call| call.contract == endless).unwrap();
    let allowed = HOOK - INSTANCE_GAS;
    let used = burnt.usage.sdk_gas();
    assert!(
        !burnt.ok && used.abs_diff(allowed) < 1_000,
        "{used} of {allowed}"
    );
    let entries: Vec<_> = calls.iter().map(|call| (call.entry, call.ok)).collect();
    let expected = [
        (Entry::Execute, true),
        (Entry::Execute, false),
        (Entry::Reply, true),
    ];
    assert_eq!(entries, expected);
}
