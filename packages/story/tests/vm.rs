//! The story on the committed artifacts in cosmwasm-vm, and that nobody could tell it from the
//! story on native code.

use std::path::{Path, PathBuf};
use std::thread;

use vitals_story::backend::native::Native;
use vitals_story::{run, Report};
use vitals_testing_vm::{artifacts, Meter};

fn artifacts_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../artifacts")
}

fn on_native_code() -> Report {
    run(&mut Native::start().unwrap()).unwrap()
}

fn on_artifacts() -> Report {
    let codes = || artifacts(&artifacts_directory(), &Meter::default()).unwrap();
    run(&mut Native::with_codes("cosmwasm-vm", codes).unwrap()).unwrap()
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
