//! What comes from one client that said who it is.

use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::{mpsc, Semaphore};
use tokio::time::timeout;

use super::codec::{Publish, Reply, Request, Version};
use super::end::End;
use super::peers::Seat;
use super::writer::{Outgoing, Unanswered};
use super::Shared;
use crate::message::Delivery;
use crate::{queue, topic};

/// Read from the network at a time.
const CHUNK_BYTES: usize = 16 * 1024;

/// Packets off a stream.
pub(super) struct Packets<R> {
    input: R,
    bytes: BytesMut,
    /// The largest packet.
    pub most: usize,
}

impl<R: AsyncRead + Unpin> Packets<R> {
    pub fn new(input: R, most: usize) -> Self {
        let bytes = BytesMut::new();
        Self { input, bytes, most }
    }

    /// What the client's first packet is of.
    pub async fn version(&mut self) -> Result<Version, End> {
        loop {
            if let Some(version) = Version::of(&self.bytes).map_err(|_| End::Malformed)? {
                return Ok(version);
            }
            self.fill().await?;
        }
    }

    pub async fn next(&mut self, version: Version) -> Result<Request, End> {
        loop {
            let read = version.read(&mut self.bytes, self.most);
            if let Some(request) = read.map_err(|_| End::Malformed)? {
                return Ok(request);
            }
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> Result<(), End> {
        self.bytes.reserve(CHUNK_BYTES);
        match self.input.read_buf(&mut self.bytes).await {
            Ok(0) | Err(_) => Err(End::Broken),
            Ok(_) => Ok(()),
        }
    }
}

pub(super) struct Reader<'a, R> {
    pub packets: Packets<R>,
    pub version: Version,
    /// The longest from one packet to the end of the next.
    pub silence: Duration,
    pub seat: &'a Seat,
    pub shared: &'a Shared,
    pub outgoing: mpsc::Sender<Outgoing>,
    pub in_flight: Arc<Semaphore>,
}

impl<R: AsyncRead + Unpin> Reader<'_, R> {
    pub async fn run(mut self) -> End {
        loop {
            if let Err(end) = self.step().await {
                return end;
            }
        }
    }

    async fn step(&mut self) -> Result<(), End> {
        let next = self.packets.next(self.version);
        let request = timeout(self.silence, next)
            .await
            .map_err(|_| End::Silent)??;
        match request {
            Request::Publish(message) => self.publish(message).await,
            Request::Subscribe { id, filters } => self.subscribe(id, &filters).await,
            Request::Unsubscribe { id, filters } => self.unsubscribe(id, &filters).await,
            Request::Ping => self.reply(Reply::Pong).await,
            Request::Disconnect => Err(End::Left),
            Request::Connect(_) | Request::Unexpected => Err(End::Protocol),
        }
    }

    /// Waits while the device has too much in flight, or the gateway is busy: nothing more is read
    /// from it then.
    async fn publish(&self, message: Publish) -> Result<(), End> {
        let payloads = self.payloads(&message)?;
        let delivery = (message.qos == 1).then_some(Delivery {
            id: message.id,
            again: message.again,
        });
        let place = self.in_flight.clone().acquire_owned().await;
        let place = place.map_err(|_| End::Closing)?;
        // it keeps nothing for anybody, so what has RETAIN set is as new as all else
        let stored = self.shared.queue.put(queue::Message {
            device: self.seat.device,
            payloads,
            delivery,
            retained: false,
        });
        let stored = stored.await.map_err(|_| End::Closing)?;
        if delivery.is_none() {
            return Ok(());
        }
        let id = message.id;
        self.send(Outgoing::WhenStored(Unanswered { id, stored, place }))
            .await
    }

    fn payloads(&self, message: &Publish) -> Result<Vec<crate::Payload>, End> {
        if message.qos > 1 {
            return Err(End::Qos);
        }
        let own = |(device, _): &(u64, topic::Topic)| *device == self.seat.device;
        let (_, kind) = topic::parse(&message.topic)
            .filter(own)
            .ok_or(End::Foreign)?;
        queue::payloads(kind, &message.payload, self.shared.limits.lines).map_err(|_| End::Lines)
    }

    /// To its own `down` topic; whatever else it asks for is not granted.
    async fn subscribe(&self, id: u16, filters: &[String]) -> Result<(), End> {
        let granted: Vec<bool> = filters.iter().map(|filter| self.is_own(filter)).collect();
        if granted.contains(&true) {
            self.listens(true);
        }
        self.reply(Reply::Subscribed { id, granted }).await
    }

    async fn unsubscribe(&self, id: u16, filters: &[String]) -> Result<(), End> {
        if filters.iter().any(|filter| self.is_own(filter)) {
            self.listens(false);
        }
        let filters = filters.len();
        self.reply(Reply::Unsubscribed { id, filters }).await
    }

    fn is_own(&self, filter: &str) -> bool {
        filter == topic::down(self.seat.device)
    }

    fn listens(&self, listens: bool) {
        self.seat.listens(listens);
        self.shared.sessions.listens(self.seat.device, listens);
    }

    async fn reply(&self, reply: Reply) -> Result<(), End> {
        self.send(Outgoing::Now(reply)).await
    }

    async fn send(&self, outgoing: Outgoing) -> Result<(), End> {
        self.outgoing.send(outgoing).await.map_err(|_| End::Closing)
    }
}
