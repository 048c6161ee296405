//! Access is revoked while a device measures: nothing newer is anchored until the patient's key
//! agent opened the next generation, and then everything is, once; killed in between.

mod support;

use support::bench::{heart_rates, values, START};
use support::Bench;

#[test]
fn a_raise_the_wait_and_the_new_keys_with_the_gateway_killed_at_every_step() {
    let samples: Vec<_> = heart_rates(START, 5).into_iter().take(300).collect();
    let mut bench = Bench::new(samples.clone());
    bench.max_readings = 40;
    bench.open();
    for second in 0..20 {
        bench.step(START + second * 1_000);
    }
    let before = bench.chain.state().anchored.len();
    assert!(before > 0);
    {
        let mut state = bench.chain.state();
        state.pending = true;
        state.raised_at_ms = START + 20_000;
    }
    for second in 20..60 {
        bench.open();
        bench.reconnect(START + second * 1_000);
        bench.step(START + second * 1_000);
    }
    let raised = bench.chain.state().raised_at_ms;
    let newer = |bench: &Bench| {
        let state = bench.chain.state();
        let last = state.anchored.iter().map(|b| b.measured.last_at()).max();
        last.is_some_and(|last| last >= raised)
    };
    assert!(!newer(&bench));
    let status = bench.gateway().status().unwrap();
    assert!(status.generation.unwrap().pending);
    assert!(status.waiting_for("new_keys").unwrap().batches >= 2);

    {
        let mut state = bench.chain.state();
        state.pending = false;
        state.generation = 2;
    }
    bench.open();
    bench.step(START + 61_000);
    assert!(!newer(&bench), "open, and its keys are not here");
    let package = bench.package(2);
    std::fs::write(bench.dir.path().join("keys.age"), package).unwrap();
    for second in 62..90 {
        bench.open();
        bench.reconnect(START + second * 1_000);
        bench.step(START + second * 1_000);
        bench.gateway().close_all().unwrap();
    }
    assert_eq!(bench.anchored_samples(), values(&samples));
    let state = bench.chain.state();
    let admitted = state
        .anchored
        .iter()
        .all(|batch| batch.seal.generation == 2 || batch.measured.last_at() < raised);
    assert!(admitted);
    drop(state);
    assert!(bench.device.is_done());
}
