//! The device at work: measures, keeps, and says what the link has it say.

use std::path::Path;

use vitals_core::link::GatewayMessage;
use vitals_core::time::Millis;
use vitals_device_sim::{Identity, Sample, Source};
use vitals_sensors::{DeviceLink, Framing};

use crate::failure::Failure;
use crate::file::DeviceFile;
use crate::journal::Journal;

pub struct Player {
    link: DeviceLink,
    journal: Journal,
    source: Source,
}

impl Player {
    /// Goes on where the device's directory says it was.
    pub fn open(dir: &Path, device: &DeviceFile, source: Source) -> Result<Self, Failure> {
        let number = device.number()?;
        let journal = Journal::open(dir, number)?;
        let identity = Identity {
            device: number,
            pairing: device.pairing,
            deployment: device.deployment()?,
            next_sequence: journal.next_sequence(),
        };
        let restored = journal.restored();
        let link = DeviceLink::restore(device.signer()?, identity, Framing::AT_ONCE, restored)?;
        Ok(Self {
            link,
            journal,
            source,
        })
    }

    /// Values are out of range for so long from now on.
    pub fn episode(&mut self, from_ms: Millis, for_ms: u64) {
        self.source.episode(from_ms..from_ms.saturating_add(for_ms));
    }

    /// Measures what is due; the lines to send.
    pub fn play_until(&mut self, now_ms: Millis) -> Result<Vec<String>, Failure> {
        let samples = self.source.until(now_ms);
        // after a clock was set back: a batch is in order of time
        let fits = |s: &Sample| self.link.has_place(s.measure.category(), s.at_ms);
        let samples: Vec<_> = samples.into_iter().filter(fits).collect();
        if !samples.is_empty() {
            let numbered = self.journal.measured(samples)?;
            self.link.measure(numbered)?;
        }
        self.lines()
    }

    /// Takes a line from the gateway; the lines to send.
    pub fn on_line(&mut self, line: &str) -> Result<Vec<String>, Failure> {
        match GatewayMessage::from_line(line) {
            Ok(message) => self.link.on_message(message)?,
            // What was garbled on the way is said again.
            Err(cause) => eprintln!("not taken: {cause}"),
        }
        self.lines()
    }

    /// Ends every open batch before its hour is over.
    pub fn close(&mut self) -> Result<Vec<String>, Failure> {
        for sequence in self.journal.open_batches() {
            self.link.on_message(GatewayMessage::Close { sequence })?;
        }
        self.lines()
    }

    /// The link is new, or an answer is overdue.
    pub fn resend(&mut self) -> Result<Vec<String>, Failure> {
        self.link.resend();
        self.lines()
    }

    /// Something waits for the gateway.
    pub fn waits(&self) -> bool {
        !self.link.is_done()
    }

    /// What must be kept is, before a line goes.
    fn lines(&mut self) -> Result<Vec<String>, Failure> {
        let changes = self.link.take_changes();
        self.journal.keep(changes)?;
        Ok(self.link.lines()?)
    }
}

#[cfg(test)]
#[path = "player_tests.rs"]
mod tests;
