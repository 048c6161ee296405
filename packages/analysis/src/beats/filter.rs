//! Linear-phase filters out of moving averages: constant cost a sample, and a delay that is known
//! exactly, so that a beat's time is not shifted.

/// Mean of the latest samples, an odd number of them.
#[derive(Debug, Clone)]
pub(crate) struct Boxcar {
    held: Vec<f64>,
    next: usize,
    sum: f64,
}

impl Boxcar {
    /// Of about `seconds`.
    pub(crate) fn new(seconds: f64, hz: f64) -> Self {
        Self {
            held: vec![0.0; half(seconds, hz).saturating_mul(2).saturating_add(1)],
            next: 0,
            sum: 0.0,
        }
    }

    pub(crate) fn delay(&self) -> usize {
        self.held.len() / 2
    }

    /// As if it had seen nothing but this value.
    pub(crate) fn fill(&mut self, value: f64) {
        self.held.fill(value);
        self.sum = self.held.iter().sum();
    }

    pub(crate) fn push(&mut self, value: f64) -> f64 {
        if let Some(slot) = self.held.get_mut(self.next) {
            self.sum += value - std::mem::replace(slot, value);
        }
        self.next += 1;
        if self.next == self.held.len() {
            self.next = 0;
            // what rounding has added up over months must not outlive one turn
            self.sum = self.held.iter().sum();
        }
        self.sum / self.held.len() as f64
    }
}

fn half(seconds: f64, hz: f64) -> usize {
    (seconds * hz / 2.0).round() as usize
}

/// Samples by their number, the latest ones.
#[derive(Debug, Clone)]
pub(crate) struct History {
    held: Vec<f64>,
    seen: u64,
}

impl History {
    pub(crate) fn new(length: usize) -> Self {
        Self {
            held: vec![0.0; length.max(1)],
            seen: 0,
        }
    }

    pub(crate) fn push(&mut self, value: f64) {
        let at = self.slot(self.seen);
        if let Some(slot) = self.held.get_mut(at) {
            *slot = value;
        }
        self.seen += 1;
    }

    /// Forgets the values, not their numbers.
    pub(crate) fn clear(&mut self) {
        self.held.fill(0.0);
    }

    fn slot(&self, number: u64) -> usize {
        (number % self.held.len() as u64) as usize
    }

    pub(crate) fn get(&self, number: u64) -> Option<f64> {
        let held = number < self.seen && self.seen - number <= self.held.len() as u64;
        held.then(|| self.held.get(self.slot(number)).copied())
            .flatten()
    }

    /// What it holds of `[from, to]`, with the numbers.
    pub(crate) fn range(&self, from: u64, to: u64) -> impl Iterator<Item = (u64, f64)> + '_ {
        (from..=to).filter_map(|number| Some((number, self.get(number)?)))
    }

    /// Where between samples the extreme at `number` lies: the vertex of the parabola through it
    /// and its neighbours.
    pub(crate) fn vertex(&self, number: u64) -> f64 {
        let at = number as f64;
        let neighbours = (
            number.checked_sub(1),
            self.get(number),
            self.get(number + 1),
        );
        let (Some(before), Some(here), Some(after)) = neighbours else {
            return at;
        };
        let Some(before) = self.get(before) else {
            return at;
        };
        let bend = before - 2.0 * here + after;
        if bend == 0.0 {
            return at;
        }
        at + (0.5 * (before - after) / bend).clamp(-0.5, 0.5)
    }
}

/// Two short moving averages take out what is fast, the difference to a long one what is slow.
#[derive(Debug, Clone)]
pub(crate) struct BandPass {
    fast: [Boxcar; 2],
    slow: Boxcar,
    smooth: Vec<f64>,
    next: usize,
}

impl BandPass {
    pub(crate) fn new(fast_s: [f64; 2], slow_s: f64, hz: f64) -> Self {
        let slow = Boxcar::new(slow_s, hz);
        Self {
            fast: fast_s.map(|seconds| Boxcar::new(seconds, hz)),
            smooth: vec![0.0; slow.delay().saturating_add(1)],
            slow,
            next: 0,
        }
    }

    pub(crate) fn delay(&self) -> usize {
        self.fast.iter().map(Boxcar::delay).sum::<usize>() + self.slow.delay()
    }

    pub(crate) fn fill(&mut self, value: f64) {
        self.fast.iter_mut().for_each(|boxcar| boxcar.fill(value));
        self.slow.fill(value);
        self.smooth.fill(value);
    }

    pub(crate) fn push(&mut self, value: f64) -> f64 {
        let newest = self
            .fast
            .iter_mut()
            .fold(value, |value, boxcar| boxcar.push(value));
        if let Some(slot) = self.smooth.get_mut(self.next) {
            *slot = newest;
        }
        self.next = (self.next + 1) % self.smooth.len();
        // the oldest one held: at the centre of the slow average
        let smooth = self.smooth.get(self.next).copied().unwrap_or(newest);
        smooth - self.slow.push(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gain(frequency: f64) -> f64 {
        let hz = 1_000.0;
        let mut filter = BandPass::new([0.020, 1.0 / 60.0], 0.160, hz);
        let wave = |n: u32| (std::f64::consts::TAU * frequency * f64::from(n) / hz).sin();
        (0..8_000)
            .map(|n| filter.push(wave(n)))
            .skip(4_000)
            .fold(0.0, |most: f64, value| most.max(value.abs()))
    }

    #[test]
    fn mains_hum_and_wander_are_taken_out_and_qrs_frequencies_kept() {
        for frequency in [0.3, 50.0, 60.0] {
            assert!(gain(frequency) < 0.05, "{frequency}: {}", gain(frequency));
        }
        assert!(gain(8.0) > 0.8 && gain(12.0) > 0.6);
    }

    #[test]
    fn an_impulse_comes_out_after_the_stated_delay() {
        let mut filter = BandPass::new([0.020, 1.0 / 60.0], 0.160, 360.0);
        let out: Vec<f64> = (0..200)
            .map(|n| filter.push(if n == 0 { 1.0 } else { 0.0 }))
            .collect();
        let most = out.iter().copied().fold(0.0, f64::max);
        let plateau: Vec<usize> = (0..200).filter(|n| out[*n] > most - 1e-9).collect();
        let middle = plateau.iter().sum::<usize>() as f64 / plateau.len() as f64;
        assert_eq!(middle, filter.delay() as f64);
    }

    #[test]
    fn history_forgets_what_it_cannot_hold() {
        let mut history = History::new(3);
        (0..5).for_each(|n| history.push(f64::from(n)));
        assert_eq!(
            (
                history.get(1),
                history.get(2),
                history.get(4),
                history.get(5)
            ),
            (None, Some(2.0), Some(4.0), None)
        );
        assert_eq!(history.range(0, 9).count(), 3);
    }

    #[test]
    fn a_moving_average_forgets_a_huge_value_wholly() {
        let mut boxcar = Boxcar::new(0.1, 100.0);
        boxcar.push(1e18);
        let after = (0..40).map(|_| boxcar.push(0.1)).last();
        assert!((after.unwrap() - 0.1).abs() < 1e-12);
    }
}
