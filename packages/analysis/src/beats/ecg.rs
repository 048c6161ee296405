//! QRS complexes: band-pass, slope, energy in a moving window, then the thresholds of `rules`.

use super::filter::{BandPass, Boxcar, History};
use super::rules::{Candidate, Extreme, Rules};
use super::{checked_rate, Beat, BeatError};

/// Nulls at the two mains frequencies leave about 5 to 15 Hz with the long average, as Pan and
/// Tompkins have it.
const FAST_S: [f64; 2] = [1.0 / 50.0, 1.0 / 60.0];
const SLOW_S: f64 = 0.16;
const SLOPE_S: f64 = 0.01;
const ENERGY_S: f64 = 0.12;
/// A peak of the energy is the highest within this time on both sides.
const PEAK_S: f64 = 0.2;
/// Where about the peak of the energy the complex is looked for.
const COMPLEX_S: f64 = 0.1;
/// The R peak is taken on the side that beats usually point to, unless the other is so much larger.
const OTHER_SIDE: f64 = 2.0;
const SIDE_MEMORY: f64 = 0.125;
const LOWEST_HZ: u16 = 100;

/// Finds heartbeats in one ECG lead, either way up, at 100 to 2000 samples a second.
///
/// A beat is told at most 0.5 s after its R peak; within the first two seconds of a signal, and
/// where search-back finds what was passed over at first, later: after 1.66 usual intervals.
#[derive(Debug, Clone)]
pub struct EcgDetector {
    band: BandPass,
    energy: Boxcar,
    bands: History,
    slopes: History,
    peaks: Peaks,
    rules: Rules,
    step: u64,
    reach: u64,
    seen: u64,
    /// The last sample that was not missing.
    held: Option<f64>,
    missing: bool,
    gap: bool,
    sides: Sides,
}

impl EcgDetector {
    pub fn new(sampling_hz: f64) -> Result<Self, BeatError> {
        let hz = checked_rate(sampling_hz, LOWEST_HZ)?;
        let samples = |seconds: f64| (seconds * hz).round().max(1.0) as u64;
        Ok(Self {
            band: BandPass::new(FAST_S, SLOW_S, hz),
            energy: Boxcar::new(ENERGY_S, hz),
            bands: History::new(hz as usize),
            slopes: History::new(hz as usize),
            peaks: Peaks::new(samples(PEAK_S)),
            rules: Rules::new(hz),
            step: samples(SLOPE_S / 2.0),
            reach: samples(COMPLEX_S),
            seen: 0,
            held: None,
            missing: true,
            gap: false,
            sides: Sides::default(),
        })
    }

    /// Takes the next sample and tells a beat found by it.
    pub fn push(&mut self, sample: f64) -> Option<Beat> {
        self.missing |= !sample.is_finite();
        if self.missing && sample.is_finite() {
            self.begin(sample);
        }
        let height = self.filter(if self.missing {
            self.held.unwrap_or(0.0)
        } else {
            sample
        });
        self.seen += 1;
        if self.missing {
            return None;
        }
        self.held = Some(sample);
        let now = self.middle(self.seen);
        let peak = self
            .peaks
            .push(now, height)
            .map(|(at, height)| self.candidate(at, height));
        let found = self.rules.step(now, peak)?;
        Some(self.beat(&found))
    }

    /// The newest value of the band that is searched, and how many samples it lags.
    pub(super) fn band(&self) -> (f64, u64) {
        let newest = self
            .seen
            .checked_sub(1)
            .and_then(|number| self.bands.get(number));
        (newest.unwrap_or(0.0), self.band.delay() as u64)
    }

    /// The signal begins, or begins again behind missing samples.
    fn begin(&mut self, sample: f64) {
        self.missing = false;
        self.gap |= self.held.is_some();
        self.band.fill(sample);
        self.energy.fill(0.0);
        self.bands.clear();
        self.peaks.clear();
        self.rules.restart(self.seen);
    }

    /// The root mean square of the slope about the middle of the window.
    fn filter(&mut self, sample: f64) -> f64 {
        let band = self.band.push(sample);
        self.bands.push(band);
        let before = self.seen.saturating_sub(2 * self.step);
        let slope = band - self.bands.get(before).unwrap_or(band);
        self.slopes.push(slope.abs());
        self.energy.push(slope * slope).max(0.0).sqrt()
    }

    /// Of the window of energy that ends with sample `seen`, in numbers of `bands`.
    fn middle(&self, seen: u64) -> u64 {
        seen.saturating_sub(1 + self.step + self.energy.delay() as u64)
    }

    fn candidate(&self, at: u64, height: f64) -> Candidate {
        let (from, to) = (at.saturating_sub(self.reach), at.saturating_add(self.reach));
        let extreme = |side: f64| {
            let by_size = self
                .bands
                .range(from, to)
                .map(|(number, band)| (number, side * band));
            let (number, size) = by_size
                .max_by(|one, other| one.1.total_cmp(&other.1))
                .unwrap_or((at, 0.0));
            Extreme {
                size,
                at: self.bands.vertex(number),
            }
        };
        Candidate {
            at,
            height,
            slope: self
                .slopes
                .range(from, to)
                .map(|(_, slope)| slope)
                .fold(0.0, f64::max),
            up: extreme(1.0),
            down: extreme(-1.0),
        }
    }

    fn beat(&mut self, found: &Candidate) -> Beat {
        let peak = self.sides.choose(found);
        Beat {
            at: (peak.at - self.band.delay() as f64).max(0.0),
            after_gap: std::mem::take(&mut self.gap),
        }
    }
}

/// How large beats are above and below the line.
#[derive(Debug, Clone, Default)]
struct Sides {
    up: f64,
    down: f64,
}

impl Sides {
    /// Where the R peak of a complex is: always on the same side, so that intervals are right.
    fn choose(&mut self, found: &Candidate) -> Extreme {
        self.up += SIDE_MEMORY * (found.up.size - self.up);
        self.down += SIDE_MEMORY * (found.down.size - self.down);
        let (usual, other) = match self.up >= self.down {
            true => (found.up, found.down),
            false => (found.down, found.up),
        };
        if other.size > OTHER_SIDE * usual.size {
            other
        } else {
            usual
        }
    }
}

/// Peaks that no value within `reach` on either side exceeds.
#[derive(Debug, Clone)]
struct Peaks {
    reach: u64,
    best: Option<(u64, f64)>,
}

impl Peaks {
    fn new(reach: u64) -> Self {
        Self { reach, best: None }
    }

    fn clear(&mut self) {
        self.best = None;
    }

    fn push(&mut self, at: u64, height: f64) -> Option<(u64, f64)> {
        match self.best {
            Some((_, best)) if height <= best => {}
            _ => {
                self.best = Some((at, height));
                return None;
            }
        }
        let (best_at, _) = self.best?;
        if at.saturating_sub(best_at) < self.reach {
            return None;
        }
        self.best.replace((at, height))
    }
}
