//! Who is let in, and that no device reaches another's topics.

mod support;

use rumqttc::{LastWill, MqttOptions, QoS};
use support::*;
use vitals_transport::credentials;

#[test]
fn only_a_listed_device_with_its_own_password_is_let_in() {
    let edge = Edge::start();
    for (user, password) in [
        ("1", password(2)),
        ("1", "guessed password".into()),
        ("3", password(1)),
        ("01", password(1)),
        ("one", password(1)),
        ("#", password(1)),
    ] {
        let refused = Device::start(options(edge.port(), user, &password)).ended();
        assert!(refused.contains("BadUserNamePassword"), "{user}: {refused}");
    }
    let anonymous = MqttOptions::new("1", "127.0.0.1", edge.port());
    assert!(Device::start(anonymous)
        .ended()
        .contains("BadUserNamePassword"));
    edge.device(1);
}

#[test]
fn a_device_publishes_under_its_own_number_alone() {
    let edge = Edge::start();
    for topic in [
        up(2),
        "vitals/v1/01/up".into(),
        "vitals/v1/1/UP".into(),
        "VITALS/v1/1/up".into(),
        down(1),
        down(2),
        "vitals/v1/2/gatt/2a37".into(),
        "vitals/v1/1/gatt/heart".into(),
        "$SYS/x".into(),
        "anything".into(),
        "vitals/v1/1/up/".into(),
    ] {
        let device = edge.device(1);
        device.publish(&topic, "AQEx");
        device.ended();
    }
    edge.nothing_comes();
}

#[test]
fn a_device_hears_its_own_answers_and_nobody_elses() {
    let edge = Edge::start();
    let (one, two) = (edge.device(1), edge.device(2));
    edge.outbox.send(1, "before it listens");
    for filter in [
        "#",
        "+",
        "vitals/#",
        "vitals/v1/+/up",
        "vitals/v1/+/down",
        "vitals/v1/#",
        "$SYS/#",
        "$share/a/vitals/v1/1/down",
        "vitals/v1/2/up",
        "vitals/v1/2/down",
        "vitals/v1/1/up",
        "vitals/v1/1/#",
        "vitals/v1/1/+",
        "vitals/v1/01/down",
        "vitals/v1/1/DOWN",
    ] {
        assert!(!one.subscribe(filter), "{filter}");
    }
    edge.outbox.send(1, "still not");
    two.publish(&up(2), "secret");
    edge.next().ack.done();
    one.sees_nothing();

    assert!(one.subscribe(&down(1)) && two.subscribe(&down(2)));
    edge.outbox.send(2, "for two");
    edge.outbox.send(1, "for one");
    edge.outbox.send(3, "for nobody");
    assert_eq!(one.seen(), Seen::Down(down(1), "for one".into()));
    two.until(|seen| (seen == Seen::Down(down(2), "for two".into())).then_some(()));
    one.sees_nothing();

    one.client.unsubscribe(down(1)).unwrap();
    one.publish(&up(1), "after");
    edge.next().ack.done();
    one.stored();
    edge.outbox.send(1, "it listens no more");
    one.sees_nothing();
}

#[test]
fn a_second_connection_of_a_device_takes_over() {
    let edge = Edge::start();
    let mut first = edge.options(1);
    first.set_keep_alive(std::time::Duration::from_secs(5));
    let first = Device::start(first);
    first.connected();
    assert!(first.subscribe(&down(1)));
    let second = Device::start(edge.options(1));
    first.ended();
    // The first comes again at once, and so on; the other device is not touched.
    second.connected();
    edge.device(2).publish(&up(2), "x");
    edge.next().ack.done();
}

#[test]
fn a_session_remembers_that_its_device_listens() {
    let edge = Edge::start();
    let mut options = edge.options(1);
    options.set_clean_session(false);
    let device = Device::start(options);
    assert!(!device.connected());
    assert!(device.subscribe(&down(1)));
    let edge = edge.restart();
    device.ended();
    assert!(device.connected());
    edge.outbox.send(1, "again");
    assert_eq!(device.seen(), Seen::Down(down(1), "again".into()));
}

#[test]
fn a_password_that_is_changed_ends_what_it_let_in() {
    let edge = Edge::start();
    let (one, two) = (edge.device(1), edge.device(2));
    credentials::set(&edge.credentials(), 1, "quite another password").unwrap();
    one.ended();
    assert!(one.ended().contains("BadUserNamePassword"));
    let anew = Device::start(options(edge.port(), "1", "quite another password"));
    anew.connected();
    two.publish(&up(2), "not touched");
    edge.next().ack.done();
    assert_eq!(two.seen(), Seen::Stored(1));
    credentials::remove(&edge.credentials(), 2).unwrap();
    two.ended();
}

#[test]
fn a_will_and_the_highest_quality_of_service_are_refused() {
    let edge = Edge::start();
    let mut options = edge.options(1);
    options.set_last_will(LastWill::new(up(2), "x", QoS::AtLeastOnce, false));
    assert!(Device::start(options).ended().contains("NotAuthorized"));
    let device = edge.device(1);
    device
        .client
        .publish(up(1), QoS::ExactlyOnce, false, "x")
        .unwrap();
    device.ended();
    edge.nothing_comes();
}
