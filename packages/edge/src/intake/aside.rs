//! What is not taken and has to be off the hands of whoever carries it: it goes into quarantine, and is
//! acknowledged.

use vitals_gateway::Inbound;
use vitals_transport::{Ack, Payload, Received};

use super::{Entry, Taking};
use crate::counts;
use crate::sensors::{to_inbound, Value};

/// Why a value is put aside whose device is no sensor here: what `vitals-sensors` says of it.
const NO_SENSOR: &str = "sensors/unknown";
/// What a broker had kept.
const RETAINED: &str = "edge/retained";

impl Taking {
    /// Of devices that nobody signs for here: they would come again for ever. Whoever looks for them
    /// finds them in the quarantine.
    pub(super) fn put_aside_strays(&mut self, strays: Vec<Value>) {
        let strays = strays.into_iter().map(|value| {
            let inbound = to_inbound(value.device, value.characteristic, &value.bytes);
            (inbound, value.ack)
        });
        self.put_aside(strays, NO_SENSOR, counts::unsigned);
    }

    /// A value of before would be signed as measured now, and again at each connection. A line would
    /// be known again, but tells nothing that its device does not say itself.
    pub(super) fn put_aside_retained(&mut self, retained: Vec<Received>) {
        let retained = retained.into_iter().map(|received| {
            let from = received.from;
            let inbound = match received.payload {
                Payload::Line(line) => Inbound { from, line },
                Payload::Gatt {
                    characteristic,
                    value,
                } => to_inbound(from.unwrap_or_default(), characteristic, &value),
            };
            (inbound, received.ack)
        });
        self.put_aside(retained, RETAINED, counts::retained);
    }

    fn put_aside(&mut self, all: impl Iterator<Item = (Inbound, Ack)>, code: &str, count: fn()) {
        let (inbound, acks): (Vec<_>, Vec<_>) = all.unzip();
        let kept = self.intake.set_aside(&inbound, code, (self.clock)());
        self.health.of("store", &kept);
        if kept.is_ok() {
            for ack in acks {
                count();
                ack.done();
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
