//! The devices that are connected, one connection each.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, oneshot};

use super::codec::Reply;
use super::end::End;
use super::writer::Outgoing;
use crate::{counts, topic};

struct Peer {
    connection: u64,
    listens: bool,
    outgoing: mpsc::Sender<Outgoing>,
    end: oneshot::Sender<End>,
}

#[derive(Default)]
pub(super) struct Peers {
    connected: Mutex<BTreeMap<u64, Peer>>,
    last: AtomicU64,
}

/// A connection's place among the peers, given up when it is dropped.
pub(super) struct Seat {
    peers: Arc<Peers>,
    pub device: u64,
    connection: u64,
}

impl Peers {
    fn connected(&self) -> MutexGuard<'_, BTreeMap<u64, Peer>> {
        self.connected
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over from an earlier connection of the device. What is received ends this one.
    pub fn enter(
        self: &Arc<Self>,
        device: u64,
        outgoing: mpsc::Sender<Outgoing>,
        listens: bool,
    ) -> (Seat, oneshot::Receiver<End>) {
        let (end, ended) = oneshot::channel();
        let connection = self.last.fetch_add(1, Ordering::Relaxed);
        let peer = Peer {
            connection,
            listens,
            outgoing,
            end,
        };
        let mut connected = self.connected();
        if let Some(earlier) = connected.insert(device, peer) {
            earlier.end(End::TakenOver);
        }
        counts::connected(connected.len());
        let peers = self.clone();
        let seat = Seat {
            peers,
            device,
            connection,
        };
        (seat, ended)
    }

    /// To a device that listens and keeps up; else it is lost.
    pub fn send(&self, device: u64, line: &str) {
        let down = || {
            Outgoing::Now(Reply::Down {
                topic: topic::down(device),
                line: line.to_string(),
            })
        };
        let connected = self.connected();
        let peer = connected.get(&device).filter(|peer| peer.listens);
        if peer.is_none_or(|peer| peer.outgoing.try_send(down()).is_err()) {
            counts::lost();
        }
    }

    pub fn end(&self, device: u64, reason: End) {
        if let Some(peer) = self.connected().remove(&device) {
            peer.end(reason);
        }
    }
}

impl Peer {
    fn end(self, reason: End) {
        // It may have ended by itself.
        let _ended = self.end.send(reason);
    }
}

impl Seat {
    pub fn listens(&self, listens: bool) {
        if let Some(peer) = self.peers.connected().get_mut(&self.device) {
            if peer.connection == self.connection {
                peer.listens = listens;
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut connected = self.peers.connected();
        if connected
            .get(&self.device)
            .is_some_and(|peer| peer.connection == self.connection)
        {
            connected.remove(&self.device);
        }
        counts::connected(connected.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_device_that_listens_is_sent_to() {
        let peers = Arc::new(Peers::default());
        let (outgoing, mut got) = mpsc::channel(1);
        let (seat, _ended) = peers.enter(7, outgoing, false);
        peers.send(7, "early");
        seat.listens(true);
        peers.send(8, "another's");
        peers.send(7, "own");
        peers.send(7, "more than it takes");
        let Ok(Outgoing::Now(Reply::Down { topic, line })) = got.try_recv() else {
            panic!("nothing came");
        };
        assert_eq!((&*topic, &*line), ("vitals/v1/7/down", "own"));
        assert!(got.try_recv().is_err());
        seat.listens(false);
        peers.send(7, "late");
        assert!(got.try_recv().is_err());
    }

    #[test]
    fn a_second_connection_takes_over_and_the_first_leaves_without_it() {
        let peers = Arc::new(Peers::default());
        let (first, _) = mpsc::channel(1);
        let (second, mut got) = mpsc::channel(1);
        let (earlier, mut first_ended) = peers.enter(7, first, true);
        let (_later, mut second_ended) = peers.enter(7, second, true);
        assert_eq!(first_ended.try_recv(), Ok(End::TakenOver));
        earlier.listens(false);
        drop(earlier);
        peers.send(7, "line");
        assert!(got.try_recv().is_ok());
        peers.end(7, End::Withdrawn);
        assert_eq!(second_ended.try_recv(), Ok(End::Withdrawn));
    }
}
