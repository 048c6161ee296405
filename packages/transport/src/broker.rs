//! Any MQTT 3.1.1 broker, as a client of it. The broker says who a device is: the number in the
//! topic counts, so its access list has to see to it that a device publishes under its own alone.

mod acks;
mod url;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::Arc;
use std::time::Duration;

use rumqttc::{
    AsyncClient, Event, EventLoop, MqttOptions, Packet, Publish, QoS, SubscribeFilter,
    SubscribeReasonCode, TlsConfiguration, Transport,
};
use tokio::sync::{mpsc, Notify};
use tokio::time::sleep;

use crate::counts;
use crate::endpoint::CertificateFiles;
use crate::message::{Delivery, Outbox, Received};
use crate::queue::{self, Queue, Stored};
use crate::runner::Runner;
use crate::{tls, topic, Plain, TransportError};
use acks::{Acks, Unanswered};
use url::Place;

/// A broker that somebody runs.
#[derive(Clone)]
pub struct Config {
    /// `mqtt://host[:port]` or `mqtts://host[:port]`; the ports are 1883 and 8883 unless given.
    pub url: String,
    /// By which the broker knows the gateway's session. It has to stay the same, and be nobody
    /// else's.
    pub client_id: String,
    /// User name and password.
    pub login: Option<(String, String)>,
    /// PEM file of whom to trust for the broker's certificate; none trusts whom the machine does.
    pub authority: Option<PathBuf>,
    /// What the gateway shows the broker.
    pub certificate: Option<CertificateFiles>,
    pub plain: Plain,
    /// The largest message that is taken, in bytes. A larger one is acknowledged to the broker, which
    /// would send it for ever otherwise, and thrown away.
    pub message_bytes: usize,
    /// Lines in one message, under the same rule.
    pub lines: usize,
    /// Messages that wait for the gateway to take them.
    pub queue: usize,
}

impl Config {
    /// Without a login, with the usual limits.
    pub fn new(url: &str, client_id: &str) -> Self {
        Self {
            url: url.to_string(),
            client_id: client_id.to_string(),
            login: None,
            authority: None,
            certificate: None,
            plain: Plain::default(),
            message_bytes: 256 * 1024,
            lines: 256,
            queue: 256,
        }
    }

    /// Without looking at any file or for the broker.
    pub fn check(&self) -> Result<(), TransportError> {
        self.place()?;
        let counts = [
            ("message_bytes", self.message_bytes),
            ("lines", self.lines),
            ("queue", self.queue),
            ("client_id", self.client_id.trim().len()),
        ];
        for (field, got) in counts {
            if got == 0 {
                let rule = "at least 1 (of the client identifier: characters)";
                let got = got.to_string();
                return Err(TransportError::Value { field, got, rule });
            }
        }
        Ok(())
    }

    /// In the clear only where that is allowed.
    fn place(&self) -> Result<Place, TransportError> {
        let place = Place::parse(&self.url)?;
        if !place.tls {
            self.plain.check(&place.host)?;
        }
        Ok(place)
    }
}

/// Shows nothing of the login.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("url", &self.url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Between attempts to connect: doubled from the first to the last.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LAST_WAIT: Duration = Duration::from_secs(60);

/// Requests that wait for the connection; lines for devices beyond them are lost.
const REQUESTS: usize = 1024;

/// The largest packet there is (MQTT 3.1.1, 2.2.3): what is too large for us is thrown away by
/// message, since a connection that breaks over it would break again for ever.
const PACKET_BYTES: usize = 268_435_455;

/// Connects, in a thread of its own, again and again, until the last clone of the outbox is
/// dropped. That a broker cannot be reached is no error here: it is logged, and tried again.
pub fn start(config: Config, gateway: SyncSender<Received>) -> Result<Outbox, TransportError> {
    let options = options(&config)?;
    let runner = Runner::new()?;
    let (client, events) = AsyncClient::new(options, REQUESTS);
    let connection = Arc::new(Connection::default());
    let (to_answer, unanswered) = mpsc::unbounded_channel();
    let link = Link {
        queue: Queue::start(config.queue, gateway)?,
        config,
        client: client.clone(),
        connection: connection.clone(),
        to_answer,
    };
    let acks = Acks {
        client: client.clone(),
        connection: connection.clone(),
        unanswered,
    };
    let work = async move {
        tokio::select! {
            () = link.run(events) => {}
            () = acks.run() => {}
        }
    };
    let running = runner.run("mqtt-broker", work)?;
    Ok(Outbox::new(move |device, line| {
        let _running = &running;
        send(&client, &connection, device, line);
    }))
}

/// At QoS 0: a device that is not there gets it never, not late.
fn send(client: &AsyncClient, connection: &Connection, device: u64, line: &str) {
    let to = topic::down(device);
    if !connection.up()
        || client
            .try_publish(to, QoS::AtMostOnce, false, line)
            .is_err()
    {
        counts::lost();
    }
}

fn options(config: &Config) -> Result<MqttOptions, TransportError> {
    config.check()?;
    let place = config.place()?;
    let mut options = MqttOptions::new(&config.client_id, &place.host, place.port);
    options
        .set_clean_session(false)
        .set_manual_acks(true)
        .set_keep_alive(KEEP_ALIVE)
        .set_max_packet_size(PACKET_BYTES, PACKET_BYTES);
    if let Some((user, password)) = &config.login {
        options.set_credentials(user, password);
    }
    if place.tls {
        let client = tls::client(config.authority.as_deref(), config.certificate.as_ref())?;
        options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(client)));
    }
    Ok(options)
}

/// What is known of the connection.
#[derive(Default)]
pub(super) struct Connection {
    up: AtomicBool,
    /// Another for each: an ack belongs to the connection that the message came over.
    number: AtomicU64,
    /// Something was not stored: the broker is to send it again, which it does when one connects.
    again: Notify,
}

impl Connection {
    fn set(&self, up: bool) {
        self.up.store(up, Ordering::Relaxed);
        self.number.fetch_add(1, Ordering::Relaxed);
    }

    fn number(&self) -> u64 {
        self.number.load(Ordering::Relaxed)
    }

    fn up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }

    /// From now on nothing is acknowledged over it, also of what comes before it is closed.
    fn give_up(&self) {
        self.set(false);
        self.again.notify_one();
    }
}

/// What comes from the broker.
struct Link {
    config: Config,
    client: AsyncClient,
    queue: Queue,
    connection: Arc<Connection>,
    to_answer: mpsc::UnboundedSender<Unanswered>,
}

impl Link {
    /// Until the gateway takes no more.
    async fn run(self, mut events: EventLoop) {
        let mut wait = FIRST_WAIT;
        loop {
            let event = tokio::select! {
                event = events.poll() => event.map_err(|cause| cause.to_string()),
                () = self.connection.again.notified() => {
                    events.clean();
                    Err("something was not stored".to_string())
                }
            };
            match event {
                Ok(Event::Incoming(packet)) => match self.take(packet, &mut wait).await {
                    Ok(()) => {}
                    Err(queue::Closed) => return,
                },
                Ok(Event::Outgoing(_)) => {}
                Err(cause) => self.pause(&cause, &mut wait).await,
            }
        }
    }

    async fn pause(&self, cause: &str, wait: &mut Duration) {
        self.connection.set(false);
        counts::ended(counts::Reason("broker"));
        let seconds = wait.as_secs_f32();
        tracing::warn!(
            cause,
            seconds,
            "no connection to the broker; it is tried again"
        );
        sleep(*wait).await;
        *wait = (*wait * 2).min(LAST_WAIT);
    }

    async fn take(&self, packet: Packet, wait: &mut Duration) -> Result<(), queue::Closed> {
        match packet {
            Packet::ConnAck(_) => {
                *wait = FIRST_WAIT;
                self.connection.set(true);
                self.subscribe();
            }
            Packet::SubAck(ack) if ack.return_codes.contains(&SubscribeReasonCode::Failure) => {
                tracing::error!("the broker does not let the gateway read devices' topics");
            }
            Packet::Publish(message) => return self.receive(message).await,
            _ => {}
        }
        Ok(())
    }

    /// Each time: a broker that was set up anew knows of no subscription.
    fn subscribe(&self) {
        let filter = |path: &str| SubscribeFilter::new(path.to_string(), QoS::AtLeastOnce);
        let filters = [topic::UP, topic::GATT].map(filter);
        if self.client.try_subscribe_many(filters).is_err() {
            // The connection is made anew, and this with it.
            self.connection.again.notify_one();
        }
    }

    /// Waits while the gateway is busy: the broker keeps what is not acknowledged.
    async fn receive(&self, mut message: Publish) -> Result<(), queue::Closed> {
        let delivery = (message.qos != QoS::AtMostOnce).then_some(Delivery {
            id: message.pkid,
            again: message.dup,
        });
        let stored = match self.payloads(&message) {
            Some((device, payloads)) => {
                let retained = message.retain;
                let message = queue::Message {
                    device,
                    payloads,
                    delivery,
                    retained,
                };
                self.queue.put(message).await?
            }
            None => {
                counts::thrown_away();
                Stored::new()
            }
        };
        if delivery.is_some() {
            message.payload.clear();
            let connection = self.connection.number();
            let unanswered = Unanswered {
                message,
                stored,
                connection,
            };
            self.to_answer.send(unanswered).map_err(|_| queue::Closed)?;
        }
        Ok(())
    }

    fn payloads(&self, message: &Publish) -> Option<(u64, Vec<crate::Payload>)> {
        if message.payload.len() > self.config.message_bytes {
            return None;
        }
        let (device, kind) = topic::parse(&message.topic)?;
        let payloads = queue::payloads(kind, &message.payload, self.config.lines).ok()?;
        Some((device, payloads))
    }
}
