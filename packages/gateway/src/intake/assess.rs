//! What is to be said of each reading by itself, as it comes: flags.

use vitals_analysis::{assess, Assessment, Before};
use vitals_core::reading::{Quality, Reading};
use vitals_core::time::Millis;

use super::group::Group;
use crate::store::batch::{BatchRow, Flagged};

const IMPLAUSIBLE: u8 = 1;
const POOR: u8 = 2;
const SUDDEN: u8 = 4;

impl Group<'_> {
    /// Flags of each reading, where one has any.
    pub(super) fn assess_all(&mut self, row: &BatchRow, readings: &[Reading]) -> Option<Vec<u8>> {
        let device = row.head.device;
        let flags: Vec<u8> = readings
            .iter()
            .map(|reading| flags(self.assess(device, reading, reading.at_ms(row.head.epoch))))
            .collect();
        flags.iter().any(|flags| *flags != 0).then_some(flags)
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
}

fn flags(assessment: Assessment) -> u8 {
    let flag = |bit, is| if is { bit } else { 0 };
    flag(IMPLAUSIBLE, !assessment.plausible)
        | flag(POOR, assessment.quality == Quality::Poor)
        | flag(SUDDEN, assessment.sudden)
}

impl Flagged {
    pub(super) fn count(flags: &[u8]) -> Self {
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
