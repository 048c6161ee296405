//! What the analysis says of readings as they come: flags on each, findings of several.

use vitals_analysis::{assess, Assessment, Before, Finding, Monitor};
use vitals_core::reading::{Quality, Reading};
use vitals_core::time::Millis;

use super::group::Group;
use crate::store::batch::{BatchRow, Flagged};
use crate::GatewayError;

const IMPLAUSIBLE: u8 = 1;
const POOR: u8 = 2;
const SUDDEN: u8 = 4;

/// What was made of a frame.
#[derive(Default)]
pub(super) struct Watched {
    pub findings: Vec<Finding>,
    /// Flags of each reading, where one has any.
    pub assessed: Option<Vec<u8>>,
    pub flagged: Flagged,
}

impl Group<'_> {
    /// Readings that come again because their batch was parked were counted, and watched, the
    /// first time.
    pub(super) fn watch(
        &mut self,
        row: &BatchRow,
        readings: &[Reading],
    ) -> Result<Watched, GatewayError> {
        let device = row.head.device;
        self.at_hand(device)?;
        let flags: Vec<u8> = readings
            .iter()
            .map(|reading| flags(self.assess(device, reading, reading.at_ms(row.head.epoch))))
            .collect();
        let mut watched = Watched {
            assessed: flags.iter().any(|flags| *flags != 0).then_some(flags),
            ..Watched::default()
        };
        if row.again {
            return Ok(watched);
        }
        watched.flagged = Flagged::count(watched.assessed.as_deref().unwrap_or_default());
        if let Some(monitor) = self.state.monitors.get_mut(&device) {
            let found = readings
                .iter()
                .flat_map(|reading| monitor.push(reading, reading.at_ms(row.head.epoch)));
            watched.findings = found.collect();
        }
        Ok(watched)
    }

    /// By itself and, where that was earlier, by the last reading of the same measure.
    fn assess(&mut self, device: u64, reading: &Reading, at_ms: Millis) -> Assessment {
        let key = (device, reading.measure);
        let before = self.state.values.insert(key, (reading.value, at_ms));
        let before = before.and_then(|(value, before_ms)| {
            let elapsed_ms = at_ms.checked_sub(before_ms)?;
            Some(Before { value, elapsed_ms })
        });
        assess(reading, before)
    }

    /// The device's monitor, as it was after the readings stored. Thresholds that changed since
    /// begin anew.
    fn at_hand(&mut self, device: u64) -> Result<(), GatewayError> {
        if self.state.monitors.contains_key(&device) {
            return Ok(());
        }
        let thresholds = &self.rules.thresholds;
        let stored = match self.store.monitor(device)? {
            Some(state) => serde_json::from_slice::<Monitor>(&state).ok(),
            None => None,
        };
        let monitor = match stored.filter(|monitor| monitor.watches(thresholds)) {
            Some(monitor) => monitor,
            None => Monitor::new(thresholds.clone())?,
        };
        self.state.monitors.insert(device, monitor);
        Ok(())
    }

    pub(super) fn store_monitor(&self, device: u64) -> Result<(), GatewayError> {
        if self.rules.thresholds.is_empty() {
            return Ok(());
        }
        let Some(monitor) = self.state.monitors.get(&device) else {
            return Ok(());
        };
        let state = serde_json::to_vec(monitor);
        let state = state.map_err(|cause| GatewayError::damaged("monitor", cause))?;
        self.store.put_monitor(device, &state)
    }
}

fn flags(assessment: Assessment) -> u8 {
    let flag = |bit, is| if is { bit } else { 0 };
    flag(IMPLAUSIBLE, !assessment.plausible)
        | flag(POOR, assessment.quality == Quality::Poor)
        | flag(SUDDEN, assessment.sudden)
}

impl Flagged {
    fn count(flags: &[u8]) -> Self {
        let with = |bit: u8| flags.iter().map(|flags| u64::from(flags & bit != 0)).sum();
        Self {
            implausible: with(IMPLAUSIBLE),
            poor: with(POOR),
            sudden: with(SUDDEN),
        }
    }

    pub(super) fn plus(self, more: Self) -> Self {
        Self {
            implausible: self.implausible.saturating_add(more.implausible),
            poor: self.poor.saturating_add(more.poor),
            sudden: self.sudden.saturating_add(more.sudden),
        }
    }
}
