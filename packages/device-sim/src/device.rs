//! The device: it measures what it was given when its time has come, and speaks the device link.

use std::collections::VecDeque;

use vitals_core::key::{Ed25519Signer, PublicKey};
use vitals_core::link::GatewayMessage;
use vitals_core::time::Millis;
use vitals_sensors::{DeviceLink, Framing, Identity, LinkStateError, Sample};

pub struct DeviceSim {
    link: DeviceLink,
    /// What it will measure, by time.
    source: VecDeque<Sample>,
    measured: u64,
}

impl DeviceSim {
    /// Frames of `frame_readings` readings, 1 to 64.
    pub fn new(
        signer: Ed25519Signer,
        identity: Identity,
        frame_readings: usize,
    ) -> Result<Self, LinkStateError> {
        let framing = Framing::full(frame_readings)?;
        Ok(Self {
            link: DeviceLink::new(signer, identity, framing),
            source: VecDeque::new(),
            measured: 0,
        })
    }

    pub fn public_key(&self) -> PublicKey {
        self.link.public_key()
    }

    /// Adds what it will measure, in any order.
    pub fn load(&mut self, samples: impl IntoIterator<Item = Sample>) {
        self.source.extend(samples);
        self.source
            .make_contiguous()
            .sort_by_key(|sample| sample.at_ms);
    }

    /// When it measures next.
    pub fn next_at_ms(&self) -> Option<Millis> {
        self.source.front().map(|sample| sample.at_ms)
    }

    /// Batches it keeps because it has not heard that they are anchored.
    pub fn kept(&self) -> usize {
        self.link.kept_batches()
    }

    /// Nothing is left to measure, to send or to keep.
    pub fn is_done(&self) -> bool {
        self.source.is_empty() && self.link.is_done()
    }

    /// Measures everything up to and including `now_ms`; the lines to send.
    pub fn play_until(&mut self, now_ms: Millis) -> Result<Vec<String>, LinkStateError> {
        let mut due = Vec::new();
        while let Some(sample) = self.source.pop_front_if(|sample| sample.at_ms <= now_ms) {
            self.measured = self.measured.saturating_add(1);
            due.push((self.measured, sample));
        }
        self.link.measure(due)?;
        self.lines()
    }

    /// Takes a line from the gateway; the lines to send.
    pub fn on_line(&mut self, line: &str) -> Result<Vec<String>, LinkStateError> {
        self.link.on_message(GatewayMessage::from_line(line)?)?;
        self.lines()
    }

    /// The link is new, or an answer is overdue: announces every batch it keeps.
    pub fn resend(&mut self) -> Result<Vec<String>, LinkStateError> {
        self.link.resend();
        self.lines()
    }

    /// It writes nothing down, so what the link would have it keep is let go.
    fn lines(&mut self) -> Result<Vec<String>, LinkStateError> {
        self.link.take_changes();
        self.link.lines()
    }
}
