//! Oxygen saturation, made up: no recording of it is at hand. Every reading says it is simulated.

use vitals_core::measure::Measure;
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;

use crate::noise::SplitMix;
use crate::Sample;

/// Saturation about which readings lie, in tenths of a percent, and how far they may lie from it.
const NORMAL: i64 = 970;
const IN_DIP: i64 = 860;
const SPREAD: u32 = 11;

/// A saturation that dips below 90 % for a while. Times are of the recording, before `speed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oxygen {
    /// The same seed gives the same values.
    pub seed: u64,
    /// Seconds from one reading to the next.
    pub every_s: u32,
    pub duration_s: u32,
    /// The dip's first second and its length.
    pub dip_from_s: u32,
    pub dip_for_s: u32,
}

impl Oxygen {
    /// The readings, the first one interval after the start. `speed` divides the time axis; a 0
    /// there or as interval counts as 1.
    pub fn samples(&self, start_ms: Millis, speed: u32) -> Vec<Sample> {
        let every_s = self.every_s.max(1);
        let mut noise = SplitMix::new(self.seed);
        (1..=self.duration_s / every_s)
            .map(|i| i.saturating_mul(every_s))
            .map(|at_s| Sample {
                at_ms: start_ms.saturating_add(u64::from(at_s) * 1_000 / u64::from(speed.max(1))),
                measure: Measure::OxygenSaturation,
                value: self.level(at_s) + noise.spread(SPREAD),
                flags: ReadingFlags::SIMULATED_GOOD,
            })
            .collect()
    }

    fn level(&self, at_s: u32) -> i64 {
        let dip = self.dip_from_s..self.dip_from_s.saturating_add(self.dip_for_s);
        if dip.contains(&at_s) {
            IN_DIP
        } else {
            NORMAL
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OXYGEN: Oxygen = Oxygen {
        seed: 1,
        every_s: 4,
        duration_s: 3_600,
        dip_from_s: 1_800,
        dip_for_s: 120,
    };

    #[test]
    fn the_dip_and_only_the_dip_lies_below_ninety_percent() {
        let samples = OXYGEN.samples(0, 1);
        assert_eq!(samples.len(), 900);
        let low: Vec<_> = samples.iter().filter(|s| s.value < 900).collect();
        assert_eq!(low.len(), 30);
        assert_eq!(low.first().map(|s| s.at_ms), Some(1_800_000));
        assert!(samples
            .iter()
            .all(|s| s.measure.is_plausible(s.value) && s.flags.simulated));
    }

    #[test]
    fn one_seed_gives_one_series_and_speed_changes_its_times_only() {
        let values = |oxygen: Oxygen, speed| -> Vec<i64> {
            oxygen.samples(0, speed).iter().map(|s| s.value).collect()
        };
        assert_eq!(values(OXYGEN, 1), values(OXYGEN, 60));
        assert_ne!(values(OXYGEN, 1), values(Oxygen { seed: 2, ..OXYGEN }, 1));
        assert_eq!(OXYGEN.samples(0, 60)[0].at_ms, 66);
    }
}
