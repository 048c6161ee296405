//! The thread of the chain side: ticks every second, and between ticks does what it is told.

use std::time::{Duration, Instant};

use serde_json::json;
use vitals_gateway::{BlobStore, Gateway, Looked};
use vitals_ledger::Account;
use vitals_ops::Health;

use crate::command::act;
use crate::intake::Voices;
use crate::orders::{Order, Orders};
use crate::watch::Watch;
use crate::{counts, Clock, Edge};

const TICK: Duration = Duration::from_secs(1);
/// A tick that waits for a node and several vaults in turn, each at its time-out.
const ALIVE: Duration = Duration::from_secs(300);

pub(crate) struct Worker<L, V> {
    gateway: Gateway<L, V>,
    before_tick: Box<dyn FnMut() -> Looked>,
    said: Voices,
    health: Health,
    watch: Watch,
    orders: Orders,
    clock: Clock,
}

impl<L: Account, V: BlobStore> Worker<L, V> {
    pub fn new(edge: Edge<L, V>, said: Voices) -> Self {
        Self {
            gateway: edge.gateway,
            before_tick: edge.before_tick,
            said,
            watch: Watch::new(edge.health.clone(), edge.waiting_limit),
            health: edge.health,
            orders: edge.orders,
            clock: edge.clock,
        }
    }

    pub fn run(mut self) {
        // the first tick may wait for a node
        if let Ok(status) = self.gateway.status() {
            self.orders.note(json!(status), (self.clock)());
        }
        loop {
            let due = Instant::now() + TICK;
            self.health.alive_within("worker", ALIVE);
            self.tick();
            while let Some(order) = self.orders.before(due) {
                match order {
                    Order::Stop => return,
                    other => self.obey(other),
                }
            }
        }
    }

    /// A store that fails now may work again: a disk that was full.
    fn tick(&mut self) {
        let looked = (self.before_tick)();
        let began = Instant::now();
        let noted = self.gateway.note_looked(looked, (self.clock)());
        let done = noted.and_then(|()| self.gateway.tick((self.clock)()));
        self.health.of("worker", &done);
        match done {
            Ok(progress) => {
                counts::tick(&progress, began.elapsed());
                for told in progress.to_devices {
                    self.said.pass_on(told.device, &told.line);
                }
            }
            Err(error) => {
                let text = error.to_string();
                let code = text.split(':').next().unwrap_or_default();
                tracing::error!(code, "a tick could not be finished");
            }
        }
        let now_ms = (self.clock)();
        match self.gateway.status() {
            Ok(status) => {
                self.watch.note(&status, now_ms);
                self.orders.note(json!(status), now_ms);
            }
            Err(error) => self.health.of::<(), _>("worker", &Err(error)),
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Stop => (),
            Order::Close => {
                let closed = self.gateway.close_all();
                self.health.of("worker", &closed);
            }
            Order::Command { name, body, answer } => {
                let done = act(&mut self.gateway, &name, &body, (self.clock)());
                let _gone = answer.send(done);
            }
        }
    }
}
