//! How good ten seconds of a raw signal are.

use serde::{Deserialize, Serialize};
use vitals_core::reading::Quality;

use super::Doubt;
use crate::beats::Signal;

/// A line this long without any movement is no living person's signal, whatever its resolution.
const FLAT_S: f64 = 1.0;
/// Orphanidou and others: no interval above 3 s, none more than 2.2 times another.
const LONGEST_MS: f64 = 3_000.0;
const MOST_RATIO: f64 = 2.2;
/// Theirs too: the mean correlation of beats with their template in a signal that can be used.
const LIKE_ECG: f64 = 0.66;
const LIKE_PPG: f64 = 0.86;
const LEAST_INTERVALS: usize = 3;
/// Share of samples at the end of the sensor's range from which a window counts as saturated.
const SATURATED_SHARE: f64 = 0.01;
/// Irregular beats that are less alike than this are taken for noise, not for an arrhythmia: in
/// the ECG of testdata/ecg with ectopic beats, irregular windows are at 0.84 and above as it is, at
/// 0.81 and below where simulated motion at 6 dB is added. Ours.
const ALIKE: f64 = 0.8;
/// Ours: below this index a signal is poor.
const QUESTIONABLE: u8 = 40;

/// Samples of a window by what is wrong with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) samples: u64,
    pub(crate) missing: u64,
    pub(crate) flat: u64,
    pub(crate) saturated: u64,
}

impl Counts {
    fn usable_share(&self) -> f64 {
        let bad = self.missing + self.flat + self.saturated;
        match self.samples {
            0 => 0.0,
            all => all.saturating_sub(bad) as f64 / all as f64,
        }
    }
}

/// Watches for missing, unmoving and saturated samples.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    flat_samples: u64,
    sensor_range: Option<(f64, f64)>,
    last: f64,
    unmoved: u64,
    counts: Counts,
}

impl Contact {
    pub(crate) fn new(hz: f64, sensor_range: Option<(f64, f64)>) -> Self {
        Self {
            flat_samples: (FLAT_S * hz) as u64,
            sensor_range,
            last: f64::NAN,
            unmoved: 0,
            counts: Counts::default(),
        }
    }

    pub(crate) fn push(&mut self, sample: f64) {
        self.counts.samples += 1;
        self.unmoved = if sample == self.last {
            self.unmoved + 1
        } else {
            0
        };
        self.last = sample;
        let at_end = |(low, high)| sample <= low || sample >= high;
        if !sample.is_finite() {
            self.counts.missing += 1;
        } else if self.sensor_range.is_some_and(at_end) {
            self.counts.saturated += 1;
        } else if self.unmoved >= self.flat_samples {
            // the second that told it is as flat as this sample
            let told = if self.unmoved == self.flat_samples {
                self.flat_samples
            } else {
                0
            };
            self.counts.flat += 1 + told;
        }
    }

    pub(crate) fn take(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }
}

/// The quality of a window of raw signal, after C. Orphanidou, T. Bonnici, P. Charlton, D. Clifton,
/// D. Vallance and L. Tarassenko, Signal-quality indices for the electrocardiogram and
/// photoplethysmogram: derivation and applications to wireless monitoring, IEEE J Biomed Health
/// Inform 19:832–838, 2015: its rules and limits, without its bounds on the rate, for a slow or a
/// fast heart is not a bad signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalQuality {
    /// 0 to 100: the share of usable samples times how alike the beats are, half of it where they
    /// are irregular and less alike than 0.8; 0 with fewer than three intervals. Irregular beats
    /// that are alike do not lower it: an arrhythmia is no fault of the signal.
    pub index: u8,
    /// Mean correlation of the beats with their mean, -1 to 1.
    pub likeness: f64,
    pub doubts: Vec<Doubt>,
}

impl SignalQuality {
    pub(crate) fn of(signal: Signal, counts: &Counts, intervals_ms: &[f64], likeness: f64) -> Self {
        let few_beats = intervals_ms.len() < LEAST_INTERVALS;
        let is_noise = !few_beats && likeness < ALIKE && is_irregular(intervals_ms);
        let whole = if is_noise { 50.0 } else { 100.0 };
        let index = (whole * counts.usable_share() * likeness.clamp(0.0, 1.0)).round() as u8;
        Self {
            index: if few_beats { 0 } else { index },
            likeness,
            doubts: doubts(signal, counts, intervals_ms, likeness),
        }
    }

    /// As the flag of a reading: poor below an index of 40, good where nothing is said against it.
    pub fn grade(&self) -> Quality {
        match self.index {
            0..QUESTIONABLE => Quality::Poor,
            _ if self.doubts.is_empty() => Quality::Good,
            _ => Quality::Questionable,
        }
    }
}

fn doubts(signal: Signal, counts: &Counts, intervals_ms: &[f64], likeness: f64) -> Vec<Doubt> {
    let like = match signal {
        Signal::Ecg => LIKE_ECG,
        Signal::Ppg => LIKE_PPG,
    };
    let few_beats = intervals_ms.len() < LEAST_INTERVALS;
    let saturated = counts.saturated as f64 >= SATURATED_SHARE * counts.samples as f64;
    [
        (counts.missing > 0, Doubt::Dropout),
        (counts.flat > 0, Doubt::FlatLine),
        (counts.saturated > 0 && saturated, Doubt::Saturated),
        (few_beats, Doubt::FewBeats),
        (!few_beats && is_irregular(intervals_ms), Doubt::Irregular),
        (!few_beats && likeness < like, Doubt::Unlike),
    ]
    .into_iter()
    .filter_map(|(holds, doubt)| holds.then_some(doubt))
    .collect()
}

fn is_irregular(intervals_ms: &[f64]) -> bool {
    let longest = intervals_ms.iter().copied().fold(0.0, f64::max);
    let shortest = intervals_ms.iter().copied().fold(f64::INFINITY, f64::min);
    longest > LONGEST_MS || longest > MOST_RATIO * shortest
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Counts = Counts {
        samples: 1_000,
        missing: 0,
        flat: 0,
        saturated: 0,
    };

    fn of(counts: &Counts, intervals_ms: &[f64], likeness: f64) -> SignalQuality {
        SignalQuality::of(Signal::Ecg, counts, intervals_ms, likeness)
    }

    fn counted(samples: impl IntoIterator<Item = f64>) -> Counts {
        let mut contact = Contact::new(100.0, Some((0.0, 1_023.0)));
        samples.into_iter().for_each(|sample| contact.push(sample));
        contact.take()
    }

    #[test]
    fn alike_beats_in_a_whole_signal_are_good_and_nothing_is_said_against_them() {
        let quality = of(&WHOLE, &[800.0; 10], 0.95);
        assert_eq!((quality.index, quality.grade()), (95, Quality::Good));
        assert!(quality.doubts.is_empty());
    }

    #[test]
    fn the_grade_changes_at_its_limits() {
        for (likeness, grade) in [
            (0.66, Quality::Good),
            (0.65, Quality::Questionable),
            (0.40, Quality::Questionable),
            (0.39, Quality::Poor),
            (-1.0, Quality::Poor),
        ] {
            assert_eq!(
                of(&WHOLE, &[800.0; 10], likeness).grade(),
                grade,
                "{likeness}"
            );
        }
    }

    #[test]
    fn a_ppg_must_be_more_alike_than_an_ecg() {
        let doubts =
            |signal, likeness| SignalQuality::of(signal, &WHOLE, &[800.0; 10], likeness).doubts;
        assert!(doubts(Signal::Ecg, 0.66).is_empty() && doubts(Signal::Ppg, 0.86).is_empty());
        assert_eq!(doubts(Signal::Ecg, 0.65), [Doubt::Unlike]);
        assert_eq!(doubts(Signal::Ppg, 0.85), [Doubt::Unlike]);
    }

    #[test]
    fn samples_that_cannot_be_used_lower_the_index_and_are_named() {
        let counts = Counts {
            missing: 200,
            flat: 150,
            saturated: 150,
            ..WHOLE
        };
        let quality = of(&counts, &[800.0; 10], 1.0);
        assert_eq!(
            (quality.index, quality.grade()),
            (50, Quality::Questionable)
        );
        assert_eq!(
            quality.doubts,
            [Doubt::Dropout, Doubt::FlatLine, Doubt::Saturated]
        );
    }

    #[test]
    fn irregular_beats_that_are_alike_are_doubted_and_leave_the_index() {
        for (longest, irregular) in [(1_760.0, false), (1_761.0, true)] {
            let quality = of(&WHOLE, &[800.0, longest, 800.0], 0.8);
            assert_eq!(quality.doubts.contains(&Doubt::Irregular), irregular);
            assert_eq!(quality.index, 80);
            let grade = if irregular {
                Quality::Questionable
            } else {
                Quality::Good
            };
            assert_eq!(quality.grade(), grade);
        }
        assert_eq!(of(&WHOLE, &[3_001.0; 3], 0.9).doubts, [Doubt::Irregular]);
    }

    #[test]
    fn irregular_beats_that_are_not_alike_are_noise() {
        let quality = of(&WHOLE, &[800.0, 1_761.0, 800.0], 0.79);
        assert_eq!(
            (quality.index, quality.grade()),
            (40, Quality::Questionable)
        );
        let quality = of(&WHOLE, &[800.0, 1_761.0, 800.0], 0.78);
        assert_eq!((quality.index, quality.grade()), (39, Quality::Poor));
        assert_eq!(of(&WHOLE, &[800.0; 3], 0.78).grade(), Quality::Good);
    }

    #[test]
    fn a_window_without_beats_says_so_and_has_index_nothing() {
        let quality = of(&WHOLE, &[800.0; 2], 1.0);
        assert_eq!((quality.index, quality.doubts), (0, vec![Doubt::FewBeats]));
    }

    #[test]
    fn missing_saturated_and_unmoving_samples_are_counted() {
        let moving = |n: u32| f64::from(n % 7) + 1.0;
        assert_eq!(
            counted((0..200).map(moving)),
            Counts {
                samples: 200,
                ..Counts::default()
            }
        );
        assert_eq!(counted([f64::NAN, 5.0, f64::INFINITY]).missing, 2);
        assert_eq!(counted([0.0, 1.0, 1_023.0, -4.0]).saturated, 3);
        assert_eq!(
            counted([5.0; 100]).flat,
            0,
            "ninety-nine steps without movement"
        );
        assert_eq!(counted([5.0; 101]).flat, 101);
        assert_eq!(counted([5.0; 150]).flat, 150);
    }
}
