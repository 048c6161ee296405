//! A device over MQTT, the intake and the worker on their threads, and those who watch.

mod support;

use std::time::Duration;

use support::gateway::bench::{heart_rates, values, DEVICE, START};
use support::gateway::frames::{opened, HEAD};
use support::gateway::Bench;
use support::link::Link;
use support::{clock, run, until};
use vitals_core::device::BatchHead;
use vitals_device_sim::Sample;

const LONG: Duration = Duration::from_secs(60);

/// What was measured in the bench's first minute.
fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

fn any_port() -> std::net::SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

#[test]
fn what_a_device_sends_over_mqtt_is_anchored_once_and_forgotten_by_it() {
    let samples = samples();
    let expected = values(&samples);
    let mut bench = Bench::new(samples);
    bench.chain.state().now_ms = clock();
    let running = run(bench.gateway.take().unwrap(), bench.dir.path(), any_port());
    let mut link = Link::connect(&mut bench.device, running.address);
    let chain = bench.chain.clone();
    let done = link.talk(LONG, |device| {
        chain.state().now_ms = clock();
        if device.next_at_ms().is_none() && !device.is_done() {
            running.command("close", "null").unwrap();
        }
        device.is_done()
    });
    drop(link);
    let status = running.command("status", "null");
    assert!(
        done,
        "the device was not told that all is anchored: {status:?}"
    );
    let status = status.unwrap();
    assert_eq!(status["counts"]["anchored"], 300);
    assert_eq!(status["counts"]["quarantined"], 0);
    assert!(running.report().well, "{:?}", running.report());
    running.stop();
    assert_eq!(bench.anchored_samples(), expected);
}

#[test]
fn a_chain_and_a_vault_that_are_away_are_named_and_take_nothing_from_the_intake() {
    let mut bench = Bench::new(samples());
    bench.chain.state().unreachable = true;
    bench.vaults[1]
        .down
        .store(true, std::sync::atomic::Ordering::Relaxed);
    let running = run(bench.gateway.take().unwrap(), bench.dir.path(), any_port());
    let mut link = Link::connect(&mut bench.device, running.address);
    until("the chain is named", || {
        let report = running.report();
        !report.well && report.checks["chain"].why.as_deref() == Some("chain/unreachable")
    });
    let stored = |status: &serde_json::Value| status["counts"]["stored"].as_u64();
    link.talk(LONG, |_| {
        running
            .command("status", "null")
            .is_ok_and(|status| stored(&status) >= Some(256))
    });
    let status = running.command("status", "null").unwrap();
    assert!(stored(&status) >= Some(256), "{status}");
    bench.chain.state().unreachable = false;
    bench.chain.state().now_ms = clock();
    until("the chain is well", || {
        running.report().checks["chain"].well
    });
    running.stop();
}

#[test]
fn a_line_that_is_none_is_put_aside_and_its_device_heard_further() {
    let mut bench = Bench::new(samples());
    bench.chain.state().now_ms = clock();
    let running = run(bench.gateway.take().unwrap(), bench.dir.path(), any_port());
    let (client, mut connection) = {
        let mut options = rumqttc::MqttOptions::new("one", "127.0.0.1", running.address.port());
        options.set_credentials(DEVICE.to_string(), support::PASSWORD);
        rumqttc::Client::new(options, 16)
    };
    let up = format!("vitals/v1/{DEVICE}/up");
    for line in ["rubbish", "rubbish", ""] {
        client
            .publish(&up, rumqttc::QoS::AtLeastOnce, false, line)
            .unwrap();
    }
    let acks = |events: &mut rumqttc::Connection| {
        let ack = |event| {
            matches!(
                event,
                Ok(rumqttc::Event::Incoming(rumqttc::Packet::PubAck(_)))
            )
        };
        events
            .iter()
            .filter_map(|event| ack(event).then_some(()))
            .take(2)
            .count()
    };
    assert_eq!(
        acks(&mut connection),
        2,
        "what is put aside is acknowledged"
    );
    let aside = running.command("quarantine", "10").unwrap();
    assert_eq!(
        (aside[0]["times"].as_u64(), aside[0]["source"].as_u64()),
        (Some(2), Some(DEVICE))
    );
    assert!(!aside.to_string().contains("rubbish"));
    running.stop();
}

/// Nobody can be asked whose it is. Were it left without an answer, a broker would keep what others
/// send behind it.
#[test]
fn lines_of_a_device_that_is_not_known_are_in_the_quarantine_and_acknowledged() {
    const UNKNOWN: u64 = 8;
    let mut bench = Bench::new(Vec::new());
    bench.chain.state().unreachable = true;
    let passwords = bench.dir.path().join("mqtt-passwords");
    vitals_transport::credentials::set(&passwords, UNKNOWN, support::PASSWORD).unwrap();
    let running = run(bench.gateway.take().unwrap(), bench.dir.path(), any_port());
    let mut options = rumqttc::MqttOptions::new("one", "127.0.0.1", running.address.port());
    options.set_credentials(UNKNOWN.to_string(), support::PASSWORD);
    let (client, mut connection) = rumqttc::Client::new(options, 16);
    let up = format!("vitals/v1/{UNKNOWN}/up");
    for sequence in 1..=3 {
        let line = opened(BatchHead {
            device: UNKNOWN,
            sequence,
            ..HEAD
        });
        let qos = rumqttc::QoS::AtLeastOnce;
        client.publish(&up, qos, false, line).unwrap();
    }
    let acks = connection
        .iter()
        .map_while(Result::ok)
        .filter(|event| matches!(event, rumqttc::Event::Incoming(rumqttc::Packet::PubAck(_))));
    assert_eq!(acks.take(3).count(), 3, "and the connection lasts");
    let aside = running.command("quarantine", "10").unwrap();
    let codes: Vec<_> = aside
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["code"])
        .collect();
    assert_eq!(codes, ["gateway/device_unknown"; 3]);
    running.stop();
}

/// A heart rate over the link of a device that signs by itself.
#[test]
fn a_value_of_a_device_that_is_no_sensor_is_in_the_quarantine_and_acknowledged() {
    let mut bench = Bench::new(samples());
    bench.chain.state().now_ms = clock();
    let running = run(bench.gateway.take().unwrap(), bench.dir.path(), any_port());
    let mut options = rumqttc::MqttOptions::new("one", "127.0.0.1", running.address.port());
    options.set_credentials(DEVICE.to_string(), support::PASSWORD);
    let (client, mut connection) = rumqttc::Client::new(options, 16);
    let topic = format!("vitals/v1/{DEVICE}/gatt/2a37");
    client
        .publish(&topic, rumqttc::QoS::AtLeastOnce, false, [0, 72])
        .unwrap();
    let is_ack = |event| {
        matches!(
            event,
            Ok(rumqttc::Event::Incoming(rumqttc::Packet::PubAck(_)))
        )
    };
    assert!(connection.iter().any(is_ack));
    let aside = running.command("quarantine", "10").unwrap();
    assert_eq!(
        (aside[0]["code"].as_str(), aside[0]["source"].as_u64()),
        (Some("sensors/unknown"), Some(DEVICE))
    );
    running.stop();
}

#[test]
fn a_command_that_cannot_be_says_why_with_its_code() {
    let mut bench = Bench::new(Vec::new());
    let running = run(bench.gateway.take().unwrap(), bench.dir.path(), any_port());
    let none = r#"{"device": 5, "sequence": 9}"#;
    let refused = running.command("parked-export", none).unwrap_err();
    assert!(refused.starts_with("gateway/not_parked"), "{refused}");
    let refused = running.command("quarantine", "\"many\"").unwrap_err();
    assert!(refused.starts_with("edge/request"), "{refused}");
    running.stop();
}
