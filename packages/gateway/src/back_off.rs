//! When to ask again whoever did not do what was asked.

use vitals_core::time::Millis;

const FIRST_MS: u64 = 1_000;
const LONGEST_MS: u64 = 60_000;

/// One second, then twice as long each time, at most a minute; nothing after a success.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct BackOff {
    wait_ms: u64,
    next_ms: Millis,
}

impl BackOff {
    /// A time further off than the longest wait was set by a clock that has jumped back since.
    pub(crate) fn is_due(&self, now_ms: Millis) -> bool {
        now_ms >= self.next_ms || self.next_ms.abs_diff(now_ms) > LONGEST_MS
    }

    pub(crate) fn failed(&mut self, now_ms: Millis) {
        self.wait_ms = self.wait_ms.saturating_mul(2).clamp(FIRST_MS, LONGEST_MS);
        self.next_ms = now_ms.saturating_add(self.wait_ms);
    }

    pub(crate) fn succeeded(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_minute_and_ends_with_a_success() {
        let mut back_off = BackOff::default();
        assert!(back_off.is_due(0));
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            back_off.failed(5_000_000);
            assert!(!back_off.is_due(5_000_000 + wait * 1_000 - 1), "{wait}");
            assert!(back_off.is_due(5_000_000 + wait * 1_000), "{wait}");
        }
        back_off.succeeded();
        assert!(back_off.is_due(5_000_000));
    }

    #[test]
    fn a_clock_that_jumps_back_by_hours_makes_nobody_wait_for_hours() {
        let mut back_off = BackOff::default();
        back_off.failed(10_000_000);
        assert!(back_off.is_due(10_000_000 - 3_600_000));
    }
}
