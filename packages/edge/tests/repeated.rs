//! A sensor's value that MQTT delivers twice is one reading, the same value again is another one, and one
//! that a broker had kept is none.

mod support;

use support::gateway::bench::START;
use support::gateway::Bench;
use support::sensor::{sensor, Link, LATER, SENSOR};
use support::{clock, run_with, until, Running};
use vitals_core::measure::Measure;
use vitals_transport::{Ack, Payload, Received};

fn stored(running: &Running) -> Option<u64> {
    let status = running.command("status", "null").ok()?;
    status["counts"]["stored"].as_u64()
}

fn counts_once(level: u8) {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().now_ms = clock();
    assert!(clock() > START);
    let sensors = sensor(&bench, &[Measure::HeartRate]);
    let listen = "127.0.0.1:0".parse().unwrap();
    let gateway = bench.gateway.take().unwrap();
    let running = run_with(gateway, bench.dir.path(), listen, Some(sensors));
    let mut link = Link::connect(running.address, level);
    link.publish(7, false, 72);
    until("it is stored", || stored(&running) == Some(1));
    // The PUBACK is lost with the connection.
    drop(link);
    std::thread::sleep(LATER);
    let mut link = Link::connect(running.address, level);
    link.publish(7, true, 72);
    link.stored(7);
    std::thread::sleep(LATER);
    link.publish(8, false, 72);
    link.stored(8);
    link.publish(7, false, 80);
    link.stored(7);
    until("what came since is stored", || stored(&running) >= Some(3));
    assert_eq!(stored(&running), Some(3), "72 once and once again, and 80");
    running.stop();
}

#[test]
fn a_heart_rate_that_mqtt_3_delivers_twice_is_one_reading_and_a_second_one_another() {
    counts_once(4);
}

#[test]
fn a_heart_rate_that_mqtt_5_delivers_twice_is_one_reading_and_a_second_one_another() {
    counts_once(5);
}

/// A bridge published it with RETAIN: a broker says it again to every session that subscribes.
#[test]
fn a_heart_rate_that_a_broker_had_kept_is_put_aside_and_counted_and_never_a_reading() {
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().now_ms = clock();
    let sensors = sensor(&bench, &[Measure::HeartRate]);
    let listen = "127.0.0.1:0".parse().unwrap();
    let gateway = bench.gateway.take().unwrap();
    let running = run_with(gateway, bench.dir.path(), listen, Some(sensors));
    for (rate, retained) in [(72, true), (72, true), (80, false)] {
        let value = vec![0, rate];
        let received = Received {
            from: Some(SENSOR),
            payload: Payload::Gatt {
                characteristic: 0x2a37,
                value,
            },
            delivery: None,
            retained,
            ack: Ack::nobody(),
        };
        running.feed.send(received).unwrap();
    }
    until("what is measured now is stored", || {
        stored(&running) == Some(1)
    });
    let aside = running.command("quarantine", "10").unwrap();
    assert_eq!(
        (
            aside[0]["code"].as_str(),
            aside[0]["source"].as_u64(),
            aside[0]["times"].as_u64()
        ),
        (Some("edge/retained"), Some(SENSOR), Some(2))
    );
    running.stop();
}
