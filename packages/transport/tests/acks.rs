//! A device is told of what is stored, in order, and sends the rest again.

mod support;

use std::time::Duration;

use rumqttc::QoS;
use support::*;
use vitals_transport::Payload;

#[test]
fn a_device_is_told_only_once_the_gateway_has_stored_what_it_sent() {
    let edge = Edge::start();
    let device = edge.device(1);
    device.publish(&up(1), "AQEx");
    let received = edge.next();
    assert_eq!(line(&received), (Some(1), "AQEx"));
    device.sees_nothing();
    received.ack.done();
    assert_eq!(device.seen(), Seen::Stored(1));
}

#[test]
fn a_message_of_several_lines_is_stored_when_all_of_them_are() {
    let edge = Edge::start();
    let device = edge.device(1);
    device.publish(&up(1), "a\nb\nc");
    let [a, b, c] = [edge.next(), edge.next(), edge.next()];
    assert_eq!([line(&a).1, line(&b).1, line(&c).1], ["a", "b", "c"]);
    c.ack.done();
    a.ack.done();
    device.sees_nothing();
    b.ack.done();
    assert_eq!(device.seen(), Seen::Stored(1));
}

#[test]
fn acks_come_in_the_order_of_the_messages() {
    let edge = Edge::start();
    let device = edge.device(1);
    let mut waiting = Vec::new();
    for text in ["a", "b", "c"] {
        device.publish(&up(1), text);
        waiting.push(edge.next());
    }
    let first = waiting.remove(0);
    waiting.into_iter().for_each(|received| received.ack.done());
    device.sees_nothing();
    first.ack.done();
    assert_eq!(
        [device.stored(), device.stored(), device.stored()],
        [1, 2, 3]
    );
}

#[test]
fn what_could_not_be_stored_comes_again_and_what_was_stored_does_not() {
    let edge = Edge::start();
    let mut options = edge.options(1);
    options.set_clean_session(false);
    let device = Device::start(options);
    assert!(!device.connected());
    device.publish(&up(1), "stored");
    edge.next().ack.done();
    device.stored();
    device.publish(&up(1), "lost");
    device.publish(&up(1), "after it");
    drop(edge.next());
    device.ended();
    assert!(device.connected(), "its session goes on");
    let mut came = Vec::new();
    while came.len() < 2 {
        let received = edge.next();
        let text = line(&received).1.to_string();
        received.ack.done();
        if !came.contains(&text) {
            came.push(text);
        }
    }
    assert_eq!(came, ["lost", "after it"]);
    device.stored();
    device.stored();
}

#[test]
fn what_was_not_acknowledged_comes_again_after_the_gateway_began_anew() {
    let edge = Edge::start();
    let mut options = edge.options(1);
    options.set_clean_session(false);
    let device = Device::start(options);
    device.connected();
    device.publish(&up(1), "a");
    let unstored = edge.next();
    let edge = edge.restart();
    drop(unstored);
    device.ended();
    assert!(device.connected(), "the session outlasts the process");
    let received = edge.next();
    assert_eq!(line(&received), (Some(1), "a"));
    received.ack.done();
    device.stored();
}

#[test]
fn an_ack_of_a_connection_that_ended_harms_nobody() {
    let edge = Edge::start();
    let device = edge.device(1);
    device.publish(&up(1), "a");
    let late = edge.next();
    drop(device);
    std::thread::sleep(Duration::from_millis(100));
    let next = edge.device(1);
    late.ack.done();
    next.sees_nothing();
}

#[test]
fn a_characteristic_and_an_unanswered_message_come_too() {
    let edge = Edge::start();
    let device = edge.device(2);
    let topic = "vitals/v1/2/gatt/2A37";
    device
        .client
        .publish(topic, QoS::AtMostOnce, false, [0u8, 72])
        .unwrap();
    let received = edge.next();
    assert_eq!(received.from, Some(2));
    let value = vec![0, 72];
    let characteristic = 0x2a37;
    assert_eq!(
        received.payload,
        Payload::Gatt {
            characteristic,
            value
        }
    );
    drop(received.ack);
    device.publish(&up(2), "the connection goes on");
    edge.next().ack.done();
    assert_eq!(device.seen(), Seen::Stored(1));
}

#[test]
fn an_empty_message_is_stored_at_once() {
    let edge = Edge::start();
    let device = edge.device(1);
    device.publish(&up(1), "\n\n");
    assert_eq!(device.seen(), Seen::Stored(1));
    edge.nothing_comes();
}

#[test]
fn a_slow_gateway_holds_devices_up_and_loses_nothing() {
    let edge = Edge::with(|config, _| {
        config.limits.queue = 4;
        config.limits.in_flight = 8;
    });
    let mut options = edge.options(1);
    options.set_inflight(1_000);
    let device = Device::start(options);
    device.connected();
    for number in 0..3_000 {
        device.publish(&up(1), &number.to_string());
    }
    std::thread::sleep(SOON);
    for number in 0..3_000 {
        let received = edge.next();
        assert_eq!(line(&received).1, number.to_string());
        received.ack.done();
    }
    for _ in 0..3_000 {
        device.stored();
    }
}

#[test]
fn a_message_says_its_number_and_that_it_may_have_come_before_where_its_sender_says_so() {
    use rumqttc::mqttbytes::v4::{Connect, Login, Packet, Publish};
    use std::io::Write;
    let edge = Edge::start();
    let mut connect = Connect::new("raw");
    connect.login = Some(Login::new("1", password(1)));
    let mut bytes = bytes::BytesMut::new();
    connect.write(&mut bytes).unwrap();
    for (id, again) in [(3, false), (3, true), (4, false)] {
        let mut message = Publish::new(up(1), QoS::AtLeastOnce, "AQEx");
        (message.pkid, message.dup) = (id, again);
        Packet::Publish(message).write(&mut bytes, 1_000).unwrap();
    }
    let once = Publish::new(up(1), QoS::AtMostOnce, "AQEx");
    Packet::Publish(once).write(&mut bytes, 1_000).unwrap();
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", edge.port())).unwrap();
    stream.write_all(&bytes).unwrap();
    let told: Vec<_> = (0..4)
        .map(|_| edge.next().delivery.map(|one| (one.id, one.again)))
        .collect();
    let expected = [Some((3, false)), Some((3, true)), Some((4, false)), None];
    assert_eq!(told, expected);
}
