//! A message to a broker, on the person's topic, at QoS 1: delivered once the broker has
//! acknowledged it. Each message has a connection of its own: there are few, and none is lost in
//! one that broke.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rumqttc::{
    Client, Connection, ConnectionError, Event, MqttOptions, Outgoing as Sent, Packet, QoS,
    TlsConfiguration, Transport,
};

use super::http::is_loopback;
use super::{tls, Outcome, Sink, PATIENCE};
use crate::settings::MqttBroker;
use crate::{secret, NotifyError, Outgoing};

const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// The largest packet that is read: a broker has little to say to us.
const PACKET_BYTES: usize = 16 * 1024;

/// How to reach the broker, for all who are told over it.
pub(crate) struct Broker(MqttOptions);

pub(crate) struct Mqtt {
    broker: Arc<Broker>,
    topic: String,
}

impl Broker {
    pub fn open(settings: &MqttBroker) -> Result<Self, NotifyError> {
        let mut options = MqttOptions::new(&settings.client_id, &settings.host, settings.port);
        options
            .set_keep_alive(KEEP_ALIVE)
            .set_max_packet_size(PACKET_BYTES, PACKET_BYTES);
        if let (Some(user), Some(file)) = (&settings.username, &settings.password_file) {
            options.set_credentials(user, secret::read(file)?.as_str());
        }
        if settings.tls {
            let client = tls::client(settings.authority_file.as_deref())?;
            options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(client)));
        } else if !is_loopback(&settings.host) {
            return Err(NotifyError::Url {
                got: settings.host.clone(),
                rule: "MQTT in the clear is for an address of this machine",
            });
        }
        Ok(Self(options))
    }
}

impl Mqtt {
    pub fn new(topic: &str, broker: Arc<Broker>) -> Result<Self, NotifyError> {
        check_topic(topic)?;
        let topic = topic.to_owned();
        Ok(Self { broker, topic })
    }
}

pub(crate) fn check_topic(topic: &str) -> Result<(), NotifyError> {
    let plain = (1..=200).contains(&topic.len())
        && !topic.starts_with('$')
        && !topic.contains(['#', '+', '\0']);
    match plain {
        true => Ok(()),
        false => Err(NotifyError::Topic { got: topic.into() }),
    }
}

impl Sink for Mqtt {
    fn send(&self, outgoing: &Outgoing, _now_ms: u64) -> Outcome {
        let (client, connection) = Client::new(self.broker.0.clone(), 4);
        let body = outgoing.body().to_string();
        if client
            .try_publish(&self.topic, QoS::AtLeastOnce, false, body)
            .is_err()
        {
            return Outcome::failed("notify/request");
        }
        match acknowledged(connection) {
            Ok(mut connection) => {
                // The broker has it: how the connection ends changes nothing.
                let _ = client.try_disconnect();
                let _ = connection.recv_timeout(Duration::from_millis(100));
                Outcome::Delivered
            }
            Err(why) => Outcome::failed(why),
        }
    }
}

/// Until the acknowledgement of the one message that was sent.
fn acknowledged(mut connection: Connection) -> Result<Connection, &'static str> {
    let end = Instant::now() + PATIENCE;
    let mut sent = None;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let event = connection
            .recv_timeout(left)
            .map_err(|_| "notify/timeout")?;
        match event.map_err(|error| why(&error))? {
            Event::Outgoing(Sent::Publish(number)) => sent = Some(number),
            Event::Incoming(Packet::PubAck(ack)) if Some(ack.pkid) == sent => {
                return Ok(connection);
            }
            _ => {}
        }
    }
}

fn why(error: &ConnectionError) -> &'static str {
    match error {
        ConnectionError::ConnectionRefused(_) => "notify/refused",
        ConnectionError::NetworkTimeout | ConnectionError::FlushTimeout => "notify/timeout",
        ConnectionError::Tls(_) => "notify/tls",
        _ => "notify/unreachable",
    }
}
