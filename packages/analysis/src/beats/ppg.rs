//! Systolic peaks by two moving averages: M. Elgendi, I. Norton, M. Brearley, D. Abbott and D.
//! Schuurmans, Systolic peak detection in acceleration photoplethysmograms measured from emergency
//! responders in tropical conditions, PLoS ONE 8(10):e76585, 2013. Its constants: band 0.5 to 8 Hz,
//! averages over 111 and 667 ms, offset 2 % of the mean, blocks of at least 111 ms, beats at least
//! 300 ms apart. Other than there, the filters are moving averages and the mean is that of the
//! latest ten seconds, since the whole signal is never seen.

use super::filter::{BandPass, Boxcar, History};
use super::{checked_rate, Beat, BeatError};

/// Together 3 dB down near 8 Hz, and near 0.5 Hz.
const FAST_S: [f64; 2] = [0.04, 0.04];
const SLOW_S: f64 = 1.5;
const PEAK_S: f64 = 0.111;
const BEAT_S: f64 = 0.667;
const OFFSET: f64 = 0.02;
const APART_S: f64 = 0.3;
const MEAN_S: f64 = 10.0;
/// A block that does not end is no pulse.
const LONGEST_BLOCK_S: f64 = 1.0;
const LOWEST_HZ: u16 = 25;

/// Finds systolic peaks in a PPG at 25 to 2000 samples a second, 2.5 s after them at most.
#[derive(Debug, Clone)]
pub struct PpgDetector {
    hz: f64,
    band: BandPass,
    peak: Boxcar,
    beat: Boxcar,
    bands: History,
    /// Of the short average, so that both are centred on the same sample.
    peaks: History,
    mean: f64,
    warm: u64,
    block_from: Option<u64>,
    last: Option<f64>,
    seen: u64,
    held: Option<f64>,
    missing: bool,
    gap: bool,
}

impl PpgDetector {
    pub fn new(sampling_hz: f64) -> Result<Self, BeatError> {
        let hz = checked_rate(sampling_hz, LOWEST_HZ)?;
        let history = (3.0 * hz) as usize;
        Ok(Self {
            hz,
            band: BandPass::new(FAST_S, SLOW_S, hz),
            peak: Boxcar::new(PEAK_S, hz),
            beat: Boxcar::new(BEAT_S, hz),
            bands: History::new(history),
            peaks: History::new(history),
            mean: 0.0,
            warm: 0,
            block_from: None,
            last: None,
            seen: 0,
            held: None,
            missing: true,
            gap: false,
        })
    }

    /// Takes the next sample and tells a beat found by it.
    pub fn push(&mut self, sample: f64) -> Option<Beat> {
        self.missing |= !sample.is_finite();
        if self.missing && sample.is_finite() {
            self.begin(sample);
        }
        let above = self.filter(if self.missing {
            self.held.unwrap_or(0.0)
        } else {
            sample
        });
        self.seen += 1;
        if self.missing {
            return None;
        }
        self.held = Some(sample);
        let (from, to) = self.block(above)?;
        self.systolic(from, to)
    }

    /// The newest value of the band that is searched, and how many samples it lags.
    pub(super) fn band(&self) -> (f64, u64) {
        let newest = self
            .seen
            .checked_sub(1)
            .and_then(|number| self.bands.get(number));
        (newest.unwrap_or(0.0), self.band.delay() as u64)
    }

    fn begin(&mut self, sample: f64) {
        self.missing = false;
        self.gap |= self.held.is_some();
        self.band.fill(sample);
        self.peak.fill(0.0);
        self.beat.fill(0.0);
        self.bands.clear();
        self.peaks.clear();
        (self.mean, self.warm) = (0.0, 0);
        self.block_from = None;
        self.last = None;
    }

    /// Whether the sample in the middle of the long average is in a block of interest.
    fn filter(&mut self, sample: f64) -> bool {
        let band = self.band.push(sample);
        self.bands.push(band);
        let squared = band.max(0.0).powi(2);
        self.peaks.push(self.peak.push(squared));
        let beat = self.beat.push(squared);
        self.warm += 1;
        let weight = (self.warm as f64).min(MEAN_S * self.hz);
        self.mean += (squared - self.mean) / weight;
        let centred = self.middle() + self.peak.delay() as u64;
        let peak = self.peaks.get(centred).unwrap_or(0.0);
        peak > beat + OFFSET * self.mean
    }

    /// In numbers of `bands`, of the sample being pushed.
    fn middle(&self) -> u64 {
        self.seen.saturating_sub(self.beat.delay() as u64)
    }

    /// The block that ends here, if one does that is long enough and not too long.
    fn block(&mut self, above: bool) -> Option<(u64, u64)> {
        let now = self.middle().saturating_sub(1);
        if above {
            self.block_from.get_or_insert(now);
            return None;
        }
        let from = self.block_from.take()?;
        let width = now.saturating_sub(from) as f64 / self.hz;
        (PEAK_S..=LONGEST_BLOCK_S)
            .contains(&width)
            .then_some((from, now))
    }

    fn systolic(&mut self, from: u64, to: u64) -> Option<Beat> {
        let blocks = self.bands.range(from, to);
        let (number, _) = blocks.max_by(|one, other| one.1.total_cmp(&other.1))?;
        let at = (self.bands.vertex(number) - self.band.delay() as f64).max(0.0);
        let apart = self.last.is_none_or(|last| at - last >= APART_S * self.hz);
        apart.then(|| self.tell(at))
    }

    fn tell(&mut self, at: f64) -> Beat {
        self.last = Some(at);
        Beat {
            at,
            after_gap: std::mem::take(&mut self.gap),
        }
    }
}
