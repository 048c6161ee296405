//! Measurement time: milliseconds since 1970 UTC, hours called epochs, and windows of whole epochs.

use serde::{Deserialize, Serialize};

use crate::bytes::FormatError;

pub const EPOCH_MS: u64 = 3_600_000;

/// Milliseconds since 1970-01-01 UTC.
pub type Millis = u64;

/// One hour of measurement time.
pub type Epoch = u32;

/// The epoch that holds an instant; `None` past the year 491936.
pub fn epoch_of(at_ms: Millis) -> Option<Epoch> {
    Epoch::try_from(at_ms.checked_div(EPOCH_MS)?).ok()
}

pub fn epoch_start(epoch: Epoch) -> Millis {
    u64::from(epoch).saturating_mul(EPOCH_MS)
}

/// Whole epochs `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[cfg_attr(feature = "schema", schemaifier(mute_warnings))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// First epoch inside.
    pub from: Epoch,
    /// First epoch after; above `from`.
    pub to: Epoch,
}

impl Window {
    pub fn new(from: Epoch, to: Epoch) -> Result<Self, FormatError> {
        Self { from, to }.checked()
    }

    pub fn one(epoch: Epoch) -> Self {
        Self {
            from: epoch,
            to: epoch.saturating_add(1),
        }
    }

    /// A window that came from outside is checked once, at the edge.
    pub fn checked(self) -> Result<Self, FormatError> {
        if self.from >= self.to {
            return Err(FormatError::Value {
                what: "window",
                got: self.to.into(),
                rule: "`to` is above `from`",
            });
        }
        Ok(self)
    }

    pub fn contains(&self, other: &Window) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    pub fn holds(&self, epoch: Epoch) -> bool {
        self.from <= epoch && epoch < self.to
    }

    pub fn intersect(&self, other: &Window) -> Option<Window> {
        Window::new(self.from.max(other.from), self.to.min(other.to)).ok()
    }

    pub fn start_ms(&self) -> Millis {
        epoch_start(self.from)
    }

    pub fn end_ms(&self) -> Millis {
        epoch_start(self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_begins_on_its_first_millisecond() {
        assert_eq!(epoch_of(EPOCH_MS - 1), Some(0));
        assert_eq!(epoch_of(EPOCH_MS), Some(1));
        assert_eq!(epoch_start(1), EPOCH_MS);
        assert_eq!(epoch_of(u64::MAX), None);
    }

    #[test]
    fn an_empty_or_reversed_window_is_refused() {
        assert!(Window::new(5, 5).is_err());
        assert!(Window::new(6, 5).is_err());
        assert!(Window::new(5, 6).is_ok());
    }

    #[test]
    fn windows_are_half_open() {
        let day = Window::new(24, 48).unwrap();
        assert!(day.holds(24) && day.holds(47) && !day.holds(48));
        assert!(day.contains(&Window::one(47)) && !day.contains(&Window::one(48)));
        assert_eq!(day.intersect(&Window::new(48, 50).unwrap()), None);
    }
}
