//! What every transport gives the gateway, and what it takes from it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::oneshot;

/// What a device sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Payload {
    /// One line of the link protocol (`vitals_core::link`). Of its form nothing is checked here:
    /// the gateway refuses what is none, and the device hears of it.
    Line(String),
    /// The value of a GATT characteristic of a sensor that cannot sign.
    Gatt { characteristic: u16, value: Vec<u8> },
}

/// Says of what kind and how long it is: a payload holds readings.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "Line({} bytes)", line.len()),
            Self::Gatt {
                characteristic,
                value,
            } => write!(f, "Gatt({characteristic:04x}, {} bytes)", value.len()),
        }
    }
}

/// One delivery of a message, of a transport that may deliver it more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// MQTT's packet identifier: the same when the message comes again, and later another's.
    pub id: u16,
    /// The sender says that it may have delivered this before (DUP).
    pub again: bool,
}

#[derive(Debug)]
pub struct Received {
    /// The device that the transport authenticated; none where it authenticates nobody (stdin).
    pub from: Option<u64>,
    pub payload: Payload,
    /// None where it is sent once, or never said to be sent again (QoS 0, stdin).
    pub delivery: Option<Delivery>,
    /// A broker kept it, and says it to whoever subscribes (RETAIN): when it was sent first nobody
    /// knows, and it comes again with each connection.
    pub retained: bool,
    pub ack: Ack,
}

/// Tells the sender that what it sent is stored for good.
#[derive(Debug)]
#[must_use = "an ack that is dropped makes the device send again"]
pub struct Ack(Option<oneshot::Sender<()>>);

impl Ack {
    /// Where nobody waits for an answer.
    pub fn nobody() -> Self {
        Self(None)
    }

    pub(crate) fn awaited() -> (Self, oneshot::Receiver<()>) {
        let (tell, told) = oneshot::channel();
        (Self(Some(tell)), told)
    }

    /// Over MQTT it becomes the PUBACK. Dropped without, the sender is told nothing, and its
    /// connection ends, so that it sends all that it was not told of once more.
    pub fn done(self) {
        if let Some(tell) = self.0 {
            // A sender that left meanwhile sends again, and is recognised by what it sends.
            let _left = tell.send(());
        }
    }
}

type Deliver = dyn Fn(u64, &str) + Send + Sync;

/// The way back to the devices. The transport ends when the last clone is dropped.
#[derive(Clone)]
pub struct Outbox {
    deliver: Arc<Deliver>,
    address: Option<SocketAddr>,
}

impl Outbox {
    /// Over anything that takes lines for a device: `deliver` must not wait.
    pub fn new(deliver: impl Fn(u64, &str) + Send + Sync + 'static) -> Self {
        Self {
            deliver: Arc::new(deliver),
            address: None,
        }
    }

    pub(crate) fn at(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// To a device that is connected and listens; else the line is lost, and the link protocol says
    /// it again. Does not wait.
    pub fn send(&self, device: u64, line: &str) {
        (self.deliver)(device, line);
    }

    /// Where devices reach it, of a transport that listens.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_payload_holds_nothing_of_it() {
        let line = Payload::Line("AQJzZWNyZXQ".into());
        let value = Payload::Gatt {
            characteristic: 0x2a37,
            value: vec![0, 72],
        };
        assert_eq!(format!("{line:?}"), "Line(11 bytes)");
        assert_eq!(format!("{value:?}"), "Gatt(2a37, 2 bytes)");
    }

    #[test]
    fn an_ack_says_done_or_that_it_was_dropped() {
        let (ack, mut told) = Ack::awaited();
        assert!(told.try_recv().is_err());
        ack.done();
        assert_eq!(told.try_recv(), Ok(()));

        let (ack, told) = Ack::awaited();
        drop(ack);
        assert!(told.blocking_recv().is_err());
        Ack::nobody().done();
    }
}
