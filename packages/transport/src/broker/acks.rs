//! PUBACKs to the broker, in the order of the messages, each when all of its message is stored, and
//! only over the connection that it came over: on the next one the number may be of another message.

use std::sync::Arc;
use std::time::Duration;

use rumqttc::{AsyncClient, Publish};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::Connection;
use crate::counts;
use crate::queue::{all, Stored};

pub(super) struct Unanswered {
    /// Without its payload.
    pub message: Publish,
    pub stored: Stored,
    pub connection: u64,
}

pub(super) struct Acks {
    pub client: AsyncClient,
    pub connection: Arc<Connection>,
    pub unanswered: mpsc::UnboundedReceiver<Unanswered>,
}

/// While the connection's requests are full.
const WAIT: Duration = Duration::from_millis(1);

impl Acks {
    pub async fn run(mut self) {
        while let Some(mut next) = self.unanswered.recv().await {
            if !self.holds(&next) {
                continue;
            }
            match all(&mut next.stored).await {
                Ok(()) => self.answer(&next).await,
                Err(_dropped) if self.holds(&next) => self.connection.give_up(),
                Err(_dropped) => {}
            }
        }
    }

    fn holds(&self, message: &Unanswered) -> bool {
        self.connection.up() && message.connection == self.connection.number()
    }

    /// Nothing else runs between the look at the connection and the request, which `EventLoop::clean`
    /// takes back when the connection breaks.
    async fn answer(&self, message: &Unanswered) {
        while self.holds(message) {
            if self.client.try_ack(&message.message).is_ok() {
                return counts::acknowledged();
            }
            sleep(WAIT).await;
        }
    }
}
