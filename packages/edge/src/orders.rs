//! What the worker is told between its ticks.

use std::sync::mpsc::{channel, Receiver, Sender};
use std::time::{Duration, Instant};

use vitals_ops::Answer;

/// How long a command waits for a worker that is busy with a node or a vault.
const PATIENCE: Duration = Duration::from_secs(50);

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
pub struct Stopper(Sender<Order>);

/// Both ends.
pub fn orders() -> (Stopper, Orders) {
    let (sender, given) = channel();
    let stopper = Stopper(sender);
    let own = stopper.clone();
    (stopper, Orders { own, given })
}

impl Stopper {
    /// Ends the worker, and with it the gateway.
    pub fn stop(&self) {
        let _ended = self.0.send(Order::Stop);
    }

    pub(crate) fn close(&self) {
        let _ended = self.0.send(Order::Close);
    }

    /// Has a command carried out between two ticks; none where there is no such command.
    pub fn command(&self, name: &str, body: &[u8]) -> Option<Answer> {
        let (answer, answered) = channel();
        let order = Order::Command {
            name: name.into(),
            body: body.into(),
            answer,
        };
        let busy = || Some(Err("edge/busy: the gateway did not answer in time".into()));
        match self.0.send(order) {
            Ok(()) => answered.recv_timeout(PATIENCE).unwrap_or_else(|_| busy()),
            Err(_) => busy(),
        }
    }
}

impl Orders {
    pub(crate) fn stopper(&self) -> Stopper {
        self.own.clone()
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
