//! From the connections, which must not wait in a thread, to the gateway, which takes from a
//! channel of the standard library.

use std::sync::mpsc::SyncSender;
use std::thread;

use tokio::sync::{mpsc, oneshot};

use crate::counts;
use crate::message::{Ack, Delivery, Payload, Received};
use crate::topic::Topic;
use crate::TransportError;

/// The gateway takes no more.
#[derive(Debug)]
pub(crate) struct Closed;

/// What the gateway has still to store of one message.
pub(crate) type Stored = Vec<oneshot::Receiver<()>>;

/// What a device sent in one go.
pub(crate) struct Message {
    pub device: u64,
    pub payloads: Vec<Payload>,
    /// None where nobody waits to be told that it is stored.
    pub delivery: Option<Delivery>,
    pub retained: bool,
}

/// One place of the queue goes to each waiting connection in turn, so that a flood of one device
/// holds up itself more than others.
#[derive(Clone)]
pub(crate) struct Queue(mpsc::Sender<Received>);

impl Queue {
    /// Ends when the gateway drops its end.
    pub fn start(places: usize, gateway: SyncSender<Received>) -> Result<Self, TransportError> {
        let (sender, mut waiting) = mpsc::channel(places);
        let run = move || {
            while let Some(received) = waiting.blocking_recv() {
                if gateway.send(received).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new()
            .name("mqtt-queue".into())
            .spawn(run)
            .map_err(TransportError::Thread)?;
        Ok(Self(sender))
    }

    /// Puts in what one message holds, waiting while the gateway is busy. It is stored once all
    /// that is given back was told of.
    pub async fn put(&self, message: Message) -> Result<Stored, Closed> {
        let Message {
            device,
            payloads,
            delivery,
            retained,
        } = message;
        let mut stored = Vec::with_capacity(payloads.len());
        for payload in payloads {
            let (ack, told) = Ack::awaited();
            let ack = delivery.map_or_else(Ack::nobody, |_| ack);
            counts::received(kind(&payload));
            let received = Received {
                from: Some(device),
                payload,
                delivery,
                retained,
                ack,
            };
            self.0.send(received).await.map_err(|_| Closed)?;
            stored.push(told);
        }
        Ok(stored)
    }
}

fn kind(payload: &Payload) -> &'static str {
    match payload {
        Payload::Line(_) => "line",
        Payload::Gatt { .. } => "gatt",
    }
}

/// All that a message holds was stored. May be dropped and called again.
pub(crate) async fn all(stored: &mut Stored) -> Result<(), oneshot::error::RecvError> {
    while let Some(told) = stored.last_mut() {
        told.await?;
        stored.pop();
    }
    Ok(())
}

/// A message says more than `most` lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

/// What a message on a device's topic holds. Bytes that are no text are replaced, and refused by
/// the gateway as what they are then: a device that sent them would send them for ever otherwise.
pub(crate) fn payloads(topic: Topic, message: &[u8], most: usize) -> Result<Vec<Payload>, TooMany> {
    let characteristic = match topic {
        Topic::Gatt(characteristic) => characteristic,
        Topic::Up => return lines(message, most),
    };
    let value = message.to_vec();
    Ok(vec![Payload::Gatt {
        characteristic,
        value,
    }])
}

fn lines(message: &[u8], most: usize) -> Result<Vec<Payload>, TooMany> {
    let lines: Vec<&[u8]> = message
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
        .take(most + 1)
        .collect();
    if lines.len() > most {
        return Err(TooMany);
    }
    let text = |line: &&[u8]| Payload::Line(String::from_utf8_lossy(line).into_owned());
    Ok(lines.iter().map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Payload {
        Payload::Line(text.into())
    }

    #[test]
    fn a_message_holds_one_or_more_lines() {
        let read = |message: &[u8]| payloads(Topic::Up, message, 2);
        assert_eq!(read(b""), Ok(vec![]));
        assert_eq!(read(b"a"), Ok(vec![line("a")]));
        assert_eq!(read(b"a\r\n\nb\n"), Ok(vec![line("a"), line("b")]));
        assert_eq!(read(b"a\nb\nc"), Err(TooMany));
        assert_eq!(read(b"\xff"), Ok(vec![line("\u{fffd}")]));
    }

    #[test]
    fn a_characteristic_keeps_its_bytes() {
        let value = payloads(Topic::Gatt(0x2a37), b"\n\x00\xff", 1).unwrap();
        let characteristic = 0x2a37;
        let bytes = b"\n\x00\xff".to_vec();
        assert_eq!(
            value,
            [Payload::Gatt {
                characteristic,
                value: bytes
            }]
        );
    }

    #[tokio::test]
    async fn asking_again_whether_all_is_stored_forgets_nothing() {
        let (first, one) = Ack::awaited();
        let (second, two) = Ack::awaited();
        let mut stored = vec![one, two];
        second.done();
        let soon = std::time::Duration::from_millis(10);
        for _ in 0..2 {
            assert!(tokio::time::timeout(soon, all(&mut stored)).await.is_err());
        }
        first.done();
        assert!(all(&mut stored).await.is_ok());
    }
}
