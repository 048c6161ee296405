//! MQTT 5, with rumqttc's client of it.

mod support;

use std::sync::mpsc::{channel, Receiver};
use std::thread;

use rumqttc::v5::mqttbytes::v5::{ConnAck, Packet, SubscribeReasonCode};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::{Client, Event, MqttOptions};
use support::*;

struct Modern {
    client: Client,
    seen: Receiver<Packet>,
}

impl Modern {
    fn start(edge: &Edge, clean: bool) -> (Self, ConnAck) {
        let mut options = MqttOptions::new("modern", "127.0.0.1", edge.port());
        options.set_credentials("1", password(1));
        options.set_clean_start(clean);
        options.set_session_expiry_interval((!clean).then_some(60));
        let (client, mut connection) = Client::new(options, 100);
        let (tx, seen) = channel();
        thread::spawn(move || {
            let arrived = |event| match event {
                Ok(Event::Incoming(packet)) => Some(packet),
                _ => None,
            };
            for packet in connection.iter().filter_map(arrived) {
                // asked on, it would connect again, and put out whoever has its name by then
                let ended = matches!(packet, Packet::Disconnect(_));
                if tx.send(packet).is_err() || ended {
                    return;
                }
            }
        });
        let device = Self { client, seen };
        let Packet::ConnAck(welcome) = device.seen() else {
            panic!("not welcomed");
        };
        (device, welcome)
    }

    fn seen(&self) -> Packet {
        self.seen.recv_timeout(LONG).expect("nothing seen")
    }

    fn publish(&self, topic: String, qos: QoS) {
        self.client.publish(topic, qos, false, "AQEx").unwrap();
    }
}

#[test]
fn a_client_of_mqtt_5_is_told_the_limits_and_served() {
    let edge = Edge::start();
    let (device, welcome) = Modern::start(&edge, true);
    let told = welcome.properties.unwrap();
    assert_eq!((told.max_qos, told.retain_available), (Some(1), Some(0)));
    assert_eq!(
        (told.receive_max, told.max_packet_size),
        (Some(1024), Some(256 * 1024))
    );
    assert_eq!(
        (told.wildcard_subscription_available, told.topic_alias_max),
        (Some(0), Some(0))
    );

    let filters = [down(1), "vitals/#".to_string(), down(2)];
    let filters =
        filters.map(|filter| rumqttc::v5::mqttbytes::v5::Filter::new(filter, QoS::AtLeastOnce));
    device.client.subscribe_many(filters).unwrap();
    let Packet::SubAck(granted) = device.seen() else {
        panic!("no SUBACK");
    };
    let refused = SubscribeReasonCode::NotAuthorized;
    let own = SubscribeReasonCode::Success(QoS::AtMostOnce);
    assert_eq!(granted.return_codes, [own, refused, refused]);

    device.publish(up(1), QoS::AtLeastOnce);
    let received = edge.next();
    assert_eq!(line(&received), (Some(1), "AQEx"));
    assert!(device.seen.recv_timeout(SOON).is_err(), "not stored yet");
    received.ack.done();
    assert!(matches!(device.seen(), Packet::PubAck(_)));
    edge.outbox.send(1, "AQMx");
    assert!(matches!(device.seen(), Packet::Publish(down) if down.payload == "AQMx"));
}

#[test]
fn a_client_of_mqtt_5_hears_why_it_was_put_out() {
    let edge = Edge::start();
    for topic in [up(2), "vitals/v1/1/other".to_string()] {
        let (device, _) = Modern::start(&edge, true);
        device.publish(topic, QoS::AtLeastOnce);
        let Packet::Disconnect(end) = device.seen() else {
            panic!("no DISCONNECT");
        };
        assert_eq!(end.reason_code as u8, 0x87, "not authorized");
    }
    edge.nothing_comes();
}

#[test]
fn a_session_of_mqtt_5_goes_on_where_it_has_time_left() {
    let edge = Edge::start();
    let (first, welcome) = Modern::start(&edge, false);
    let told = welcome.properties.unwrap().session_expiry_interval;
    assert_eq!((welcome.session_present, told), (false, Some(u32::MAX)));
    drop(first);
    let (second, welcome) = Modern::start(&edge, false);
    assert!(welcome.session_present);
    drop(second);
    let (_third, welcome) = Modern::start(&edge, true);
    assert!(!welcome.session_present);
}
