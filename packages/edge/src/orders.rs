//! What the worker is told between its ticks.

use std::sync::mpsc::{channel, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{json, Value};
use vitals_core::time::Millis;
use vitals_ops::Answer;

/// How long a command waits for a worker that is busy with a node or a vault.
const PATIENCE: Duration = Duration::from_secs(50);
/// Then the status is told as it was after the last tick: whoever asks wants to know why it is busy.
const STATUS_PATIENCE: Duration = Duration::from_secs(3);
/// The command that only looks.
pub(crate) const STATUS: &str = "status";

pub(crate) enum Order {
    Stop,
    /// Close what is open, though the hour is not over.
    Close,
    Command {
        name: String,
        body: Vec<u8>,
        answer: Sender<Option<Answer>>,
    },
}

/// The worker's end.
pub struct Orders {
    own: Stopper,
    given: Receiver<Order>,
}

/// Whoever gives orders, from any thread.
#[derive(Clone)]
pub struct Stopper {
    orders: Sender<Order>,
    /// The status after the last tick, and its time.
    last: Arc<Mutex<Option<Value>>>,
}

/// Both ends.
pub fn orders() -> (Stopper, Orders) {
    let (sender, given) = channel();
    let stopper = Stopper {
        orders: sender,
        last: Arc::default(),
    };
    let own = stopper.clone();
    (stopper, Orders { own, given })
}

impl Stopper {
    /// Ends the worker, and with it the gateway.
    pub fn stop(&self) {
        let _ended = self.orders.send(Order::Stop);
    }

    pub(crate) fn close(&self) {
        let _ended = self.orders.send(Order::Close);
    }

    /// Has a command carried out between two ticks; none where there is no such command. The status
    /// of a worker that is busy says `as_of_ms`.
    pub fn command(&self, name: &str, body: &[u8]) -> Option<Answer> {
        let (answer, answered) = channel();
        let order = Order::Command {
            name: name.into(),
            body: body.into(),
            answer,
        };
        let patience = match name {
            STATUS => STATUS_PATIENCE,
            _ => PATIENCE,
        };
        let sent = self.orders.send(order).ok();
        let answer = sent.and_then(|()| answered.recv_timeout(patience).ok());
        answer.unwrap_or_else(|| Some(self.meanwhile(name)))
    }

    /// What is told of a worker that does not answer.
    fn meanwhile(&self, command: &str) -> Answer {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.as_ref().filter(|_| command == STATUS) {
            Some(status) => Ok(status.clone()),
            None => Err("edge/busy: the gateway did not answer in time".into()),
        }
    }
}

impl Orders {
    pub(crate) fn stopper(&self) -> Stopper {
        self.own.clone()
    }

    /// What is told of the worker while it is busy.
    pub(crate) fn note(&self, mut status: Value, now_ms: Millis) {
        status["as_of_ms"] = json!(now_ms);
        *self.own.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(status);
    }

    /// The next order, none once it is `due`: orders without end hold up no tick.
    pub(crate) fn before(&self, due: Instant) -> Option<Order> {
        let left = due.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        self.given.recv_timeout(left).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_a_gateway_that_waits_for_a_node_is_told_as_it_was() {
        let (stopper, orders) = orders();
        let began = Instant::now();
        let busy = stopper.command(STATUS, b"null").unwrap().unwrap_err();
        assert!(busy.starts_with("edge/busy: "), "{busy}");
        orders.note(json!({"waiting": ["chain"]}), 1_700_000_000_000);
        let told = stopper.command(STATUS, b"null").unwrap().unwrap();
        let expected = json!({"waiting": ["chain"], "as_of_ms": 1_700_000_000_000_u64});
        assert_eq!(told, expected);
        assert!(began.elapsed() < PATIENCE / 2);
    }
}
