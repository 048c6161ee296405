//! The story on the committed artifacts in cosmwasm-vm, and that nobody could tell it from the
//! story on native code.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use vitals_story::backend::cw20_base;
use vitals_story::backend::native::Native;
use vitals_story::{run, Report};
use vitals_testing_vm::{artifacts, Code, Meter, VmContract};

fn artifacts_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../artifacts")
}

fn on_native_code() -> Report {
    run(&mut Native::start().unwrap()).unwrap()
}

fn on_artifacts() -> Report {
    let codes = || artifacts(&artifacts_directory(), &Meter::default()).unwrap();
    run(&mut Native::with_codes("cosmwasm-vm", codes, cw20_in_vm).unwrap()).unwrap()
}

/// The token that wasmd's module carries, as compiled by others.
fn cw20_in_vm(holders: &[String]) -> (vitals_testing::Code, serde_json::Value) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/chain");
    let told = Command::new(script)
        .args(["peer", "cw20_base"])
        .output()
        .expect("scripts/chain runs");
    let path = String::from_utf8(told.stdout).expect("a path");
    let code = Code::read(Path::new(path.trim())).expect("wasmd's module has a cw20 contract");
    let vm = VmContract::new(code, Meter::default());
    (Box::new(vm), cw20_base(holders))
}

#[test]
fn the_whole_story_holds_on_the_artifacts_with_the_events_and_refusals_of_native_code() {
    let native = thread::spawn(on_native_code);
    let vm = on_artifacts();
    let native = native.join().unwrap();

    assert_eq!(vm.chain.engine, "cosmwasm-vm");
    if let Some((on_vm, on_native)) = vm.trace.first_difference(&native.trace) {
        panic!("in the VM:\n{on_vm:#?}\nnatively:\n{on_native:#?}");
    }
    assert!(vm.trace.0.len() > 50, "{} transactions", vm.trace.0.len());
    let refusals = |report: &Report| -> Vec<String> {
        report.refused.iter().map(|r| r.attempt.clone()).collect()
    };
    assert_eq!(refusals(&vm), refusals(&native));
    assert_eq!(vm.batches, native.batches);
}
