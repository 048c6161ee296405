//! Which peaks of an ECG's slope energy are beats: adaptive thresholds, search-back and the T-wave
//! rule of J. Pan and W. Tompkins, A real-time QRS detection algorithm, IEEE Trans Biomed Eng
//! 32:230–236, 1985, with the medians of the last eight peaks of P. Hamilton and W. Tompkins,
//! Quantitative investigation of QRS detection rules using the MIT/BIH arrhythmia database, IEEE
//! Trans Biomed Eng 33:1157–1165, 1986.

use std::collections::VecDeque;

/// Where the threshold lies between noise and beats; Hamilton and Tompkins found 0.18 to 0.48 to
/// do. It is over amplitudes here, not over energies.
const THRESHOLD: f64 = 0.28;
/// A search-back takes what is above this part of the threshold.
const SEARCH_BACK: f64 = 0.4;
/// Pan and Tompkins: 166 % of the usual interval without a beat.
const OVERDUE: f64 = 1.66;
const REFRACTORY_S: f64 = 0.2;
/// Within this time after a beat a peak of less than half its slope is a T wave.
const T_WAVE_S: f64 = 0.36;
const LEARNING_S: f64 = 2.0;
/// So long without a beat, the thresholds are learnt anew: the signal may be another.
const RELEARN_S: f64 = 8.0;
const USUAL_S: f64 = 1.0;
const KEPT: usize = 8;
/// Peaks lie the refractory time apart, and a signal so long silent is learnt anew.
const MAX_HELD: usize = 64;

/// A peak of the slope energy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Sample number of the middle of the complex.
    pub(super) at: u64,
    /// Root mean square of the slope about it.
    pub(super) height: f64,
    /// Steepest slope about it.
    pub(super) slope: f64,
    pub(super) up: Extreme,
    pub(super) down: Extreme,
}

/// The highest or the lowest point of a complex.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extreme {
    pub(super) size: f64,
    pub(super) at: f64,
}

/// The latest values, and their median.
#[derive(Debug, Clone, Default)]
struct Latest(VecDeque<f64>);

impl Latest {
    fn push(&mut self, value: f64) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(value);
    }

    fn median(&self) -> Option<f64> {
        let mut sorted: Vec<f64> = self.0.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Rules {
    hz: f64,
    learning_until: Option<u64>,
    beats: Latest,
    noise: Latest,
    intervals: Latest,
    last: Option<Candidate>,
    /// Not yet judged: held while learning.
    waiting: VecDeque<Candidate>,
    /// Taken for noise since the last beat.
    passed: VecDeque<Candidate>,
    /// From where silence is counted, and when to search back next.
    since: u64,
    search_at: u64,
}

impl Rules {
    pub(super) fn new(hz: f64) -> Self {
        Self {
            hz,
            learning_until: None,
            beats: Latest::default(),
            noise: Latest::default(),
            intervals: Latest::default(),
            last: None,
            waiting: VecDeque::new(),
            passed: VecDeque::new(),
            since: 0,
            search_at: 0,
        }
    }

    fn samples(&self, seconds: f64) -> u64 {
        (seconds * self.hz) as u64
    }

    /// The signal begins, or begins again, at `now`. What was learnt stays.
    pub(super) fn restart(&mut self, now: u64) {
        self.waiting.clear();
        self.last = None;
        self.silent_from(now);
        if self.beats.0.is_empty() {
            self.learn(now);
        }
    }

    fn learn(&mut self, now: u64) {
        self.beats = Latest::default();
        self.noise = Latest::default();
        self.learning_until = Some(now + self.samples(LEARNING_S));
    }

    fn silent_from(&mut self, at: u64) {
        self.passed.clear();
        self.since = at;
        let usual = self.intervals.median().unwrap_or(USUAL_S * self.hz);
        self.search_at = at + (OVERDUE * usual) as u64;
    }

    /// The signal has come to `now`, perhaps with a peak. Answers what is a beat.
    pub(super) fn step(&mut self, now: u64, peak: Option<Candidate>) -> Option<Candidate> {
        if let Some(peak) = peak {
            hold(&mut self.waiting, peak);
        }
        if self.learning_until.is_some_and(|until| now < until) {
            return None;
        }
        if self.learning_until.take().is_some() {
            self.learnt();
        }
        self.judge_waiting().or_else(|| self.search_back(now))
    }

    /// The highest peak while learning stands for a beat.
    fn learnt(&mut self) {
        let most = self
            .waiting
            .iter()
            .map(|peak| peak.height)
            .fold(0.0, f64::max);
        if most > 0.0 {
            self.beats.push(most);
        }
    }

    fn threshold(&self) -> Option<f64> {
        let noise = self.noise.median().unwrap_or(0.0);
        let beat = self.beats.median()?;
        Some(noise + THRESHOLD * (beat - noise).max(0.0))
    }

    fn judge_waiting(&mut self) -> Option<Candidate> {
        while let Some(peak) = self.waiting.pop_front() {
            let above = self
                .threshold()
                .is_some_and(|threshold| peak.height > threshold);
            if above && self.may_follow(&peak) {
                return Some(self.accept(peak));
            }
            self.noise.push(peak.height);
            hold(&mut self.passed, peak);
        }
        None
    }

    /// Late enough after the last beat, and no T wave of it.
    fn may_follow(&self, peak: &Candidate) -> bool {
        let Some(last) = &self.last else {
            return true;
        };
        let after = peak.at.saturating_sub(last.at);
        let is_t_wave = after < self.samples(T_WAVE_S) && peak.slope < last.slope / 2.0;
        after >= self.samples(REFRACTORY_S) && !is_t_wave
    }

    fn accept(&mut self, peak: Candidate) -> Candidate {
        if let Some(last) = &self.last {
            self.intervals.push(peak.at.saturating_sub(last.at) as f64);
        }
        self.beats.push(peak.height);
        self.last = Some(peak);
        self.silent_from(peak.at);
        peak
    }

    /// Where a beat is overdue, the highest peak passed over that is not far below the threshold.
    fn search_back(&mut self, now: u64) -> Option<Candidate> {
        if now < self.search_at {
            return None;
        }
        self.search_at = now + self.samples(REFRACTORY_S);
        let least = self
            .threshold()
            .map_or(0.0, |threshold| SEARCH_BACK * threshold);
        let missed = self
            .passed
            .iter()
            .filter(|peak| peak.height > least && self.may_follow(peak))
            .max_by(|one, other| one.height.total_cmp(&other.height))
            .copied();
        if missed.is_none() && now.saturating_sub(self.since) > self.samples(RELEARN_S) {
            self.silent_from(now);
            self.learn(now);
        }
        let missed = missed?;
        let later: Vec<Candidate> = self
            .passed
            .iter()
            .filter(|p| p.at > missed.at)
            .copied()
            .collect();
        self.accept(missed);
        self.passed.extend(later);
        Some(missed)
    }
}

fn hold(peaks: &mut VecDeque<Candidate>, peak: Candidate) {
    if peaks.len() == MAX_HELD {
        peaks.pop_front();
    }
    peaks.push_back(peak);
}
