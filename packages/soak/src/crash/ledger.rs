//! What devices measured and what they were told, kept apart from what the link does: from the
//! lines alone.

use std::collections::BTreeMap;

use anyhow::{ensure, Result};
use vitals_core::link::{DeviceMessage, GatewayMessage};
use vitals_core::reading::Reading;

/// Device and number of a batch.
pub type Batch = (u64, u64);

#[derive(Default)]
pub struct Ledger {
    /// By device and time: the value.
    pub measured: BTreeMap<(u64, u64), i64>,
    /// What went over the wire, by place in its batch.
    pub sent: BTreeMap<Batch, BTreeMap<u16, Reading>>,
    /// How many of a batch's readings the gateway said are stored for good.
    pub stored: BTreeMap<Batch, u16>,
    /// Refusals that the gateway answered, by reason.
    pub refused: BTreeMap<String, u64>,
}

impl Ledger {
    /// A line of a device. What it sends again is what it sent before.
    pub fn sends(&mut self, device: u64, line: &str) -> Result<()> {
        let DeviceMessage::Frame(frame) = DeviceMessage::from_line(line)? else {
            return Ok(());
        };
        let frame = frame.unverified();
        let batch = self
            .sent
            .entry((device, frame.head().sequence))
            .or_default();
        for (place, reading) in (frame.first_index()..).zip(frame.readings()) {
            let before = batch.insert(place, *reading);
            ensure!(
                before.is_none_or(|was| was == *reading),
                "device {device} sent place {place} twice and not the same"
            );
        }
        Ok(())
    }

    /// A line to a device. It is told of nothing that it did not send.
    pub fn hears(&mut self, device: u64, line: &str) -> Result<()> {
        match GatewayMessage::from_line(line)? {
            GatewayMessage::Stored { sequence, count } => {
                let sent = self.sent.get(&(device, sequence)).map_or(0, BTreeMap::len);
                ensure!(
                    usize::from(count) <= sent,
                    "device {device}: {count} of {sequence} are stored, {sent} were sent"
                );
                let stored = self.stored.entry((device, sequence)).or_default();
                *stored = count.max(*stored);
            }
            GatewayMessage::Refused { reason, .. } => {
                *self.refused.entry(format!("{reason:?}")).or_default() += 1;
            }
            _ => (),
        }
        Ok(())
    }

    pub fn acknowledged(&self) -> u64 {
        self.stored.values().map(|count| u64::from(*count)).sum()
    }
}
