//! What goes to one client: replies as they come, PUBACKs in the order of the messages they are
//! for (MQTT 3.1.1, 4.6), each when all of its message is stored.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, OwnedSemaphorePermit};
use tokio::time::timeout;

use super::codec::{Reply, Version};
use super::end::End;
use crate::counts;
use crate::queue::{all, Stored};

pub(super) enum Outgoing {
    Now(Reply),
    WhenStored(Unanswered),
}

/// A message whose sender waits for its PUBACK.
pub(super) struct Unanswered {
    pub id: u16,
    pub stored: Stored,
    /// Its place among the device's messages in flight.
    pub place: OwnedSemaphorePermit,
}

pub(super) struct Writer<W> {
    output: W,
    version: Version,
    patience: Duration,
    bytes: BytesMut,
    unanswered: VecDeque<Unanswered>,
}

impl<W: AsyncWrite + Unpin> Writer<W> {
    pub fn new(output: W, version: Version, patience: Duration) -> Self {
        Self {
            output,
            version,
            patience,
            bytes: BytesMut::new(),
            unanswered: VecDeque::new(),
        }
    }

    /// Until the client breaks off, or something of it was not stored.
    pub async fn run(&mut self, outgoing: &mut mpsc::Receiver<Outgoing>) -> End {
        loop {
            let step = tokio::select! {
                stored = front(&mut self.unanswered), if !self.unanswered.is_empty() => {
                    stored.and_then(|()| self.answer())
                }
                next = outgoing.recv() => self.take(next),
            };
            let step = step.and_then(|()| self.take_ready(outgoing));
            let step = match step {
                Ok(()) => self.flush().await,
                end => end,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    fn take(&mut self, next: Option<Outgoing>) -> Result<(), End> {
        match next {
            None => Err(End::Closing),
            Some(Outgoing::Now(reply)) => self.put(reply),
            Some(Outgoing::WhenStored(message)) => {
                self.unanswered.push_back(message);
                Ok(())
            }
        }
    }

    /// What needs no waiting goes into the same write.
    fn take_ready(&mut self, outgoing: &mut mpsc::Receiver<Outgoing>) -> Result<(), End> {
        while let Ok(next) = outgoing.try_recv() {
            self.take(Some(next))?;
        }
        while self.unanswered.front_mut().is_some_and(is_stored) {
            self.answer()?;
        }
        Ok(())
    }

    /// The first of those that wait is stored.
    fn answer(&mut self) -> Result<(), End> {
        let Some(Unanswered { id, place, .. }) = self.unanswered.pop_front() else {
            return Ok(());
        };
        drop(place);
        counts::acknowledged();
        self.put(Reply::Stored { id })
    }

    fn put(&mut self, reply: Reply) -> Result<(), End> {
        self.version
            .write(reply, &mut self.bytes)
            .map_err(|_| End::Malformed)
    }

    async fn flush(&mut self) -> Result<(), End> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let written = async {
            self.output.write_all_buf(&mut self.bytes).await?;
            self.output.flush().await
        };
        match timeout(self.patience, written).await {
            Err(_) => Err(End::Unread),
            Ok(Err(_)) => Err(End::Broken),
            Ok(Ok(())) => Ok(()),
        }
    }

    pub async fn say(&mut self, reply: Reply) -> Result<(), End> {
        self.put(reply)?;
        self.flush().await
    }

    /// Says why, where the protocol has a word for it and the client listens, and closes.
    pub async fn close(mut self, end: End) {
        self.patience = self.patience.min(Duration::from_secs(1));
        if let Some(reason) = end.farewell() {
            // It is gone, or will see the connection end.
            let _unheard = self.say(Reply::Bye(reason)).await;
        }
        let _closed = timeout(self.patience, self.output.shutdown()).await;
    }
}

/// All of the first message is stored; or it never will be.
async fn front(unanswered: &mut VecDeque<Unanswered>) -> Result<(), End> {
    match unanswered.front_mut() {
        Some(message) => all(&mut message.stored).await.map_err(|_| End::NotStored),
        None => std::future::pending().await,
    }
}

/// Without waiting; what was dropped is found when it is waited for.
fn is_stored(message: &mut Unanswered) -> bool {
    while let Some(told) = message.stored.last_mut() {
        if told.try_recv().is_err() {
            return false;
        }
        message.stored.pop();
    }
    true
}
