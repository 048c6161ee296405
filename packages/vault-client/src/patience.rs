//! How long a vault is waited for that takes requests and answers none.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Silent so often in a row, it is not asked for a while.
const ENOUGH: u32 = 2;
/// That while: a read of many things waits for such a vault during a sixth of its time at most.
const REST: Duration = Duration::from_secs(60);

/// Shared by all clones of a client, so that what one waited for no other waits for again.
#[derive(Debug, Default)]
pub(crate) struct Patience(Mutex<Silence>);

#[derive(Debug, Default, Clone, Copy)]
struct Silence {
    in_a_row: u32,
    last: Option<Instant>,
}

impl Patience {
    /// It is not to be asked now.
    pub fn rests(&self, now: Instant) -> bool {
        let silence = *self.silence();
        let is_recent = |last: Instant| now.saturating_duration_since(last) < REST;
        silence.in_a_row >= ENOUGH && silence.last.is_some_and(is_recent)
    }

    /// It did not answer when it was last asked.
    pub fn is_out(&self) -> bool {
        self.silence().in_a_row > 0
    }

    /// Silent once: it may have been busy, so there is another try before it rests.
    pub fn has_a_try_left(&self) -> bool {
        (1..ENOUGH).contains(&self.silence().in_a_row)
    }

    pub fn answered(&self) {
        *self.silence() = Silence::default();
    }

    pub fn was_silent(&self, now: Instant) {
        let mut silence = self.silence();
        silence.in_a_row = silence.in_a_row.saturating_add(1);
        silence.last = Some(now);
    }

    /// Nothing that could panic is done while it is held.
    fn silence(&self) -> MutexGuard<'_, Silence> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silent_twice_in_a_row_it_rests_for_a_minute_and_is_then_tried_once_each_minute() {
        let (patience, began) = (Patience::default(), Instant::now());
        let after = |seconds| began + Duration::from_secs(seconds);
        patience.was_silent(began);
        assert!(!patience.rests(began));
        assert!(patience.is_out() && patience.has_a_try_left());
        patience.was_silent(began);
        assert!(patience.is_out() && !patience.has_a_try_left());
        assert!(patience.rests(after(59)) && !patience.rests(after(60)));
        patience.was_silent(after(70));
        assert!(patience.rests(after(129)) && !patience.rests(after(130)));
    }

    #[test]
    fn an_answer_between_two_silences_keeps_it_from_resting() {
        let (patience, now) = (Patience::default(), Instant::now());
        patience.was_silent(now);
        patience.answered();
        assert!(!patience.is_out());
        patience.was_silent(now);
        assert!(!patience.rests(now));
    }
}
