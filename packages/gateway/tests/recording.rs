//! A person's whole recording, from the device to the vaults and the chain.

mod support;

use support::bench::{heart_rates, values, EPOCH, START};
use support::Bench;
use vitals_device_sim::Oxygen;

const HOUR: u64 = 3_600_000;

#[test]
fn every_reading_of_the_recording_is_anchored_and_opens_to_the_same_values() {
    let samples = heart_rates(START, 1);
    assert_eq!(samples.len(), 4_684);
    let mut bench = Bench::new(samples.clone());
    for minute in 0..=61 {
        bench.step(START + minute * 60_000);
    }
    assert_eq!(bench.anchored_samples(), values(&samples));
    assert!(
        bench.device.is_done(),
        "the device may forget what is anchored"
    );
    let status = bench.gateway().status().unwrap();
    let counts = status.counts;
    assert_eq!(
        (counts.received, counts.stored, counts.anchored),
        (4_684, 4_684, 4_684)
    );
    assert_eq!((counts.quarantined, status.waiting.len()), (0, 0));
}

#[test]
fn readings_after_the_hour_go_into_the_batch_of_the_next() {
    let samples = heart_rates(START + HOUR / 2, 1);
    let mut bench = Bench::new(samples.clone());
    for minute in 0..=121 {
        bench.step(START + minute * 60_000);
    }
    let state = bench.chain.state();
    let epochs: Vec<_> = state.anchored.iter().map(|b| b.measured.epoch).collect();
    assert_eq!(epochs, [EPOCH, EPOCH + 1]);
    drop(state);
    assert_eq!(bench.anchored_samples(), values(&samples));
}

#[test]
fn two_categories_of_one_device_are_anchored_in_the_order_of_its_numbers() {
    let mut samples = heart_rates(START, 60);
    let oxygen = Oxygen {
        seed: 3,
        every_s: 4,
        duration_s: 3_600,
        dip_from_s: 1_200,
        dip_for_s: 120,
    };
    samples.extend(oxygen.samples(START, 60));
    let mut bench = Bench::new(samples.clone());
    for second in 0..=62 {
        bench.step(START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    bench.step(START + 63_000);
    bench.step(START + 64_000);
    assert_eq!(bench.anchored_samples(), values(&samples));
    let state = bench.chain.state();
    let sequences: Vec<_> = state.anchored.iter().map(|b| b.measured.sequence).collect();
    assert!(
        sequences.windows(2).all(|pair| pair[0] + 1 == pair[1]),
        "{sequences:?}"
    );
    assert!(
        sequences.len() > 2,
        "the dip closed batches before the hour"
    );
    assert_eq!(state.alerts.len(), 1, "one dip is one alert");
}

#[test]
fn a_full_batch_is_closed_and_the_next_follows_within_the_hour() {
    let samples = heart_rates(START, 60);
    let mut bench = Bench::new(samples.clone());
    bench.max_readings = 1_000;
    bench.open();
    for second in 0..=62 {
        bench.step(START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    bench.step(START + 63_000);
    bench.step(START + 64_000);
    assert_eq!(bench.anchored_samples(), values(&samples));
    assert!(bench.chain.state().anchored.len() >= 4);
}
