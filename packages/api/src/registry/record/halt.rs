//! When a device was suspended, recalled or retired.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::time::Millis;
use vitals_core::FormatError;

use super::optional;
use crate::registry::Unusable;

/// From one millisecond until just before another, or until further notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Halt {
    pub from_ms: Millis,
    pub to_ms: Option<Millis>,
}

/// When a device was not in use within one pairing. The next pairing begins without any: what one
/// patient does with a device says nothing about what another measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Halts {
    /// The last one.
    pub last: Option<Halt>,
    /// What was measured before and is not anchored yet counts no more: the end of the halt before
    /// the last one, so that two halts need no list. 0 where there were no two.
    pub usable_from_ms: Millis,
}

impl Halts {
    /// A second halt while one lasts changes nothing but perhaps its start; what came before an
    /// earlier one that ended is given up.
    pub fn begin(&mut self, from_ms: Millis) {
        let from_ms = match self.last {
            Some(Halt {
                from_ms: earlier,
                to_ms,
            }) if to_ms.is_none_or(|ended| from_ms <= ended) => earlier.min(from_ms),
            Some(Halt { to_ms, .. }) => {
                self.usable_from_ms = to_ms.unwrap_or(self.usable_from_ms);
                from_ms
            }
            None => from_ms,
        };
        self.last = Some(Halt {
            from_ms,
            to_ms: None,
        });
    }

    /// Ends the one that lasts, if one does.
    pub fn end(&mut self, to_ms: Millis) {
        if let Some(halt) = self.last.as_mut() {
            halt.to_ms.get_or_insert(to_ms);
        }
    }

    /// Why what was measured from one time to another, both included, does not count, if so.
    pub fn touching(&self, first_at: Millis, last_at: Millis) -> Option<Unusable> {
        if let Some(halt) = self.last.filter(|halt| halt.touches(first_at, last_at)) {
            let Halt { from_ms, to_ms } = halt;
            return Some(Unusable::Halted { from_ms, to_ms });
        }
        (first_at < self.usable_from_ms).then_some(Unusable::BeforeRestored {
            usable_from_ms: self.usable_from_ms,
        })
    }
}

impl Halt {
    fn touches(&self, first_at: Millis, last_at: Millis) -> bool {
        self.from_ms <= last_at && self.to_ms.is_none_or(|to| first_at < to)
    }

    pub(super) fn put(self, w: Writer) -> Writer {
        w.u64(self.from_ms).u64(self.to_ms.unwrap_or(0))
    }

    pub(super) fn take(r: &mut Reader<'_>) -> Result<Self, FormatError> {
        Ok(Self {
            from_ms: r.u64()?,
            to_ms: optional(r.u64()?),
        })
    }
}
