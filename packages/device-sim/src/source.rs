//! What a device measures, for ever: a recording played again and again, or values made up.

use std::ops::Range;

use vitals_core::measure::Measure;
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;

use crate::kind::{Kind, Signal};
use crate::noise::SplitMix;
use crate::{Recording, Sample};

const MS_PER_S: u64 = 1_000;

/// A device that slept for longer measured nothing meanwhile.
const SLEPT_MS: u64 = 30_000;

/// How time goes by for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many times as fast as usual readings come; 0 counts as 1.
    pub speed: u32,
    /// Seconds from one made-up reading to the next, before `speed`; as its kind has it where
    /// absent, and where 0.
    pub every_s: Option<u32>,
}

/// Readings of a device from a moment on.
pub struct Source {
    signals: &'static [Signal],
    /// Played in a circle; made up at equal intervals where absent.
    beats: Option<Vec<u64>>,
    beat: usize,
    every_ms: u64,
    speed: u64,
    next_ms: Millis,
    noise: SplitMix,
    /// When values are out of range.
    episodes: Vec<Range<Millis>>,
}

impl Source {
    /// A heart monitor plays `recording`. The same seed makes up the same values.
    pub fn new(kind: Kind, recording: &Recording, pace: Pace, seed: u64, start_ms: Millis) -> Self {
        let played = kind == Kind::HeartMonitor && !recording.is_empty();
        let every_s = pace.every_s.filter(|every_s| *every_s > 0);
        Self {
            signals: kind.signals(),
            beats: played.then(|| recording.intervals_ms().to_vec()),
            beat: 0,
            every_ms: u64::from(every_s.unwrap_or(kind.every_s())) * MS_PER_S,
            speed: u64::from(pace.speed.max(1)),
            next_ms: start_ms,
            noise: SplitMix::new(seed),
            episodes: Vec::new(),
        }
    }

    /// Makes a stretch of readings out of range.
    pub fn episode(&mut self, during: Range<Millis>) {
        self.episodes.push(during);
    }

    /// What it measures up to and including `now_ms`, by time.
    pub fn until(&mut self, now_ms: Millis) -> Vec<Sample> {
        if now_ms.saturating_sub(self.next_ms) > SLEPT_MS {
            self.next_ms = now_ms;
        }
        self.episodes.retain(|during| during.end > self.next_ms);
        let mut samples = Vec::new();
        while self.next_ms <= now_ms {
            self.measure(&mut samples);
        }
        samples
    }

    fn measure(&mut self, samples: &mut Vec<Sample>) {
        let at_ms = self.next_ms;
        let in_episode = self.episodes.iter().any(|during| during.contains(&at_ms));
        let interval_ms = match &self.beats {
            Some(beats) => {
                let interval_ms = beats.get(self.beat).copied().unwrap_or(self.every_ms);
                self.beat = (self.beat + 1) % beats.len().max(1);
                interval_ms
            }
            None => self.every_ms,
        };
        self.next_ms = at_ms.saturating_add((interval_ms / self.speed).max(1));
        match self.beats.is_some() && !in_episode {
            true => samples.push(recorded(at_ms, interval_ms)),
            false => samples.extend(self.made_up(at_ms, in_episode)),
        }
    }

    fn made_up(&mut self, at_ms: Millis, in_episode: bool) -> Vec<Sample> {
        let noise = &mut self.noise;
        let sample = |signal: &Signal| {
            let middle = match in_episode {
                true => signal.in_episode?,
                false => signal.usual,
            };
            Some(Sample {
                at_ms,
                measure: signal.measure,
                value: middle + noise.spread(signal.spread),
                flags: ReadingFlags::SIMULATED_GOOD,
            })
        };
        self.signals.iter().filter_map(sample).collect()
    }
}

fn recorded(at_ms: Millis, interval_ms: u64) -> Sample {
    Sample {
        at_ms,
        measure: Measure::HeartRate,
        value: vitals_sensors::rate(interval_ms, MS_PER_S).unwrap_or(i64::MAX),
        flags: ReadingFlags::MEASURED_GOOD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        speed: 1,
        every_s: None,
    };

    fn source(kind: Kind, pace: Pace) -> Source {
        let recording = Recording::parse("rr_ms\n800\n1000\n").unwrap();
        Source::new(kind, &recording, pace, 1, 10_000)
    }

    #[test]
    fn a_recording_begins_again_where_it_ends_and_is_not_called_simulated() {
        let mut heart = source(Kind::HeartMonitor, PACE);
        let played = heart.until(14_000);
        let pairs: Vec<_> = played.iter().map(|s| (s.at_ms, s.value)).collect();
        let due = [
            (10_000, 750),
            (10_800, 600),
            (11_800, 750),
            (12_600, 600),
            (13_600, 750),
        ];
        assert_eq!(pairs, due);
        assert!(played.iter().all(|s| !s.flags.simulated));
    }

    #[test]
    fn what_is_made_up_says_so_and_an_episode_of_a_recording_too() {
        let mut heart = source(Kind::HeartMonitor, PACE);
        heart.episode(11_000..12_000);
        let played = heart.until(14_000);
        let out: Vec<_> = played.iter().filter(|s| s.value > 1_300).collect();
        assert_eq!(out.len(), 1);
        assert!(played
            .iter()
            .all(|s| s.flags.simulated == (s.value > 1_300)));
        for kind in Kind::ALL.into_iter().skip(1) {
            let made_up = source(kind, PACE).until(20_000);
            assert!(!made_up.is_empty() && made_up.iter().all(|s| s.flags.simulated));
        }
    }

    #[test]
    fn a_blood_pressure_is_two_readings_with_one_time() {
        let pair = source(Kind::BloodPressureMonitor, PACE).until(10_000);
        assert_eq!(pair.len(), 2);
        assert_eq!(pair[0].at_ms, pair[1].at_ms);
        assert_eq!(pair[0].measure, Measure::SystolicPressure);
    }

    #[test]
    fn in_an_episode_a_dispenser_gives_nothing() {
        let mut dispenser = source(Kind::MedicationDispenser, PACE);
        dispenser.episode(0..10_001);
        assert!(dispenser.until(10_000).is_empty());
    }

    #[test]
    fn speed_and_interval_say_how_often_and_zero_of_either_is_as_usual() {
        let count = |speed, every_s| {
            let pace = Pace { speed, every_s };
            source(Kind::PulseOximeter, pace).until(26_000).len()
        };
        assert_eq!((count(1, None), count(0, Some(0))), (5, 5));
        assert_eq!((count(4, None), count(1, Some(1))), (17, 17));
    }

    #[test]
    fn a_device_that_slept_measures_nothing_of_the_time_between() {
        let mut oximeter = source(Kind::PulseOximeter, PACE);
        oximeter.until(12_000);
        assert_eq!(oximeter.until(3_600_000).len(), 1);
    }
}
