//! Connections that have not said who they are. There is room for so many; the oldest makes place
//! for the next, so that whoever holds connections open without a word keeps nobody out.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

pub(super) struct Strangers {
    most: usize,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    oldest_first: VecDeque<(u64, oneshot::Sender<()>)>,
}

/// One of them, until it is dropped.
pub(super) struct Stranger {
    number: u64,
    of: Arc<Strangers>,
    room: oneshot::Receiver<()>,
}

impl Strangers {
    pub fn new(most: usize) -> Arc<Self> {
        let waiting = Mutex::default();
        Arc::new(Self { most, waiting })
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn arrive(self: &Arc<Self>) -> Stranger {
        let (make_room, room) = oneshot::channel();
        let mut waiting = self.waiting();
        while waiting.oldest_first.len() >= self.most {
            waiting.oldest_first.pop_front();
        }
        waiting.last += 1;
        let number = waiting.last;
        waiting.oldest_first.push_back((number, make_room));
        Stranger {
            number,
            of: self.clone(),
            room,
        }
    }
}

impl Stranger {
    /// Ends when it has to make room.
    pub async fn crowded_out(&mut self) {
        // Nothing is ever sent: the other end is dropped.
        let _dropped = (&mut self.room).await;
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let mut waiting = self.of.waiting();
        waiting
            .oldest_first
            .retain(|(number, _)| *number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn is_out(stranger: &mut Stranger) -> bool {
        let soon = Duration::from_millis(5);
        tokio::time::timeout(soon, stranger.crowded_out())
            .await
            .is_ok()
    }

    #[tokio::test]
    async fn the_oldest_makes_room_and_who_was_let_in_does_not_count() {
        let strangers = Strangers::new(2);
        let mut first = strangers.arrive();
        let mut second = strangers.arrive();
        let mut third = strangers.arrive();
        assert!(is_out(&mut first).await);
        assert!(!is_out(&mut second).await);
        drop(second);
        let mut fourth = strangers.arrive();
        assert!(!is_out(&mut third).await && !is_out(&mut fourth).await);
    }
}
