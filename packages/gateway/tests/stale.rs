//! A node whose blocks are old: of a revocation since then it has not heard. Vaults refuse such a node,
//! and so does the keeper.

mod support;

use support::bench::{device_key, oxygen_dips, EPOCH, START};
use support::frames::{beat, closed, opened, signed, HEAD, NOW};
use support::Bench;
use vitals_core::time::epoch_of;

const OLD: u64 = START - 3 * 3_600_000;

/// A batch that its device closed while the node was away.
fn closed_batch() -> Bench {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().now_ms = NOW;
    let lines = [
        opened(HEAD),
        signed(&device_key(), HEAD, 0, vec![beat(1_000)]),
        closed(&device_key(), HEAD, &[beat(1_000)]),
    ];
    for line in lines {
        assert!(!bench.gateway().handle_line(&line, NOW).is_empty());
    }
    bench
}

#[test]
fn nothing_is_sealed_on_what_a_node_knew_hours_ago() {
    let mut bench = closed_batch();
    bench.chain.state().now_ms = OLD;
    let progress = bench.gateway().tick(NOW + 1_000).unwrap();
    assert_eq!((progress.sealed, progress.delivered), (0, 0));
    let status = bench.gateway().status().unwrap();
    let reason = &status.chain.as_ref().unwrap().reason;
    assert!(reason.starts_with("gateway/stale_node"), "{reason}");
    assert_eq!(status.waiting_for("chain").unwrap().batches, 1);
    bench.chain.state().now_ms = NOW;
    assert_eq!(bench.gateway().tick(NOW + 2_000).unwrap().anchored, 1);
    assert!(bench.gateway().status().unwrap().chain.is_none());
}

#[test]
fn a_node_is_taken_whose_last_block_is_a_minute_old_and_none_that_is_a_second_older() {
    for (age_ms, sealed) in [(60_000, 1), (61_000, 0)] {
        let mut bench = closed_batch();
        bench.chain.state().now_ms = NOW + 1_000 - age_ms;
        let progress = bench.gateway().tick(NOW + 1_000).unwrap();
        assert_eq!(progress.sealed, sealed, "{age_ms}");
    }
}

/// A vault looks for the detail in the hour that the notice names and the one after it.
#[test]
fn an_alert_of_while_the_node_stood_still_is_dated_to_an_hour_where_its_detail_is_found() {
    let mut bench = Bench::new(oxygen_dips());
    bench.step(START);
    bench.device_closes_frames(START + 31_000);
    bench.chain.state().now_ms = OLD;
    bench.gateway().tick(START + 32_000).unwrap();
    bench.chain.state().now_ms = START + 40_000;
    bench.gateway().tick(START + 41_000).unwrap();
    let state = bench.chain.state();
    let notice = state.alerts.first().expect("an alert");
    let named = epoch_of(notice.at_ms).unwrap();
    assert!(
        (named..=named + 1).contains(&EPOCH),
        "measured in hour {EPOCH}, dated to {named}"
    );
}
