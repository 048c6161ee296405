//! What is not taken and has to be off the hands of whoever carries it: it goes into quarantine, and is
//! acknowledged.

use super::{Entry, Taking};
use crate::counts;
use crate::sensors::{Value, NO_SENSOR};

impl Taking {
    /// Of devices that nobody signs for here: they would come again for ever. Whoever looks for them
    /// finds them in the quarantine.
    pub(super) fn put_aside(&mut self, strays: Vec<Value>) {
        let inbound: Vec<_> = strays.iter().map(Value::to_inbound).collect();
        let kept = self.intake.set_aside(&inbound, NO_SENSOR, (self.clock)());
        self.health.of("store", &kept);
        if kept.is_ok() {
            for stray in strays {
                counts::unsigned();
                stray.ack.done();
            }
        }
    }

    /// Of devices that are not known, or batches that cannot be read: their devices say it again,
    /// since they were told nothing. Were it not acknowledged, a broker would have it wait before
    /// what all others send.
    pub(super) fn put_off(&mut self, unanswered: Vec<Entry>) {
        let (over_mqtt, _): (Vec<_>, Vec<_>) = unanswered
            .into_iter()
            .partition(|entry| entry.inbound.from.is_some());
        if over_mqtt.is_empty() {
            return;
        }
        let inbound: Vec<_> = over_mqtt
            .iter()
            .map(|entry| entry.inbound.clone())
            .collect();
        let kept = self.intake.put_off(&inbound, (self.clock)());
        self.health.of("store", &kept);
        if kept.is_ok() {
            over_mqtt.into_iter().for_each(|entry| entry.ack.done());
        }
    }
}
