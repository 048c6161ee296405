//! One term that stands in the way, in words.

use core::fmt;

use crate::measure::Measure;
use crate::rule::{Assurance, Bar, Comparison, Condition};

/// A term of the policy, and how far from it the readings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// It would be met at this threshold, in the measure's fixed point.
    Threshold {
        condition: Condition,
        nearest: i32,
    },
    /// So many of each measure are there at the most.
    Readings {
        asked: u8,
        most: u8,
    },
    Spacing {
        asked_s: u32,
        widest_s: u32,
    },
    Within {
        asked_s: u32,
        shortest_s: u32,
    },
    AnchoredWithin {
        asked_s: u32,
        needed_s: u32,
    },
    PairedFor {
        asked_s: u32,
        had_s: u32,
    },
    Assurance {
        asked: Assurance,
        had: Assurance,
    },
    Calibration,
    Simulated,
    Quality,
    /// Some of the readings are of the waiting period, or after cover ended.
    Cover,
    Filing,
    /// It was paid for, or lies too close to what was.
    TimeUsed,
    Barred(Bar),
}

impl Shortfall {
    /// How far the readings are from the term, in ten-thousandths of it; what is no number is
    /// further than any.
    pub fn distance(&self) -> u64 {
        let between = |asked: u64, nearest: u64| {
            asked.abs_diff(nearest).saturating_mul(10_000) / asked.max(nearest).max(1)
        };
        match *self {
            Shortfall::Threshold { condition, nearest } => {
                between(bits(condition.threshold), bits(nearest))
            }
            Shortfall::Readings { asked, most } => between(asked.into(), most.into()),
            Shortfall::Spacing {
                asked_s: asked,
                widest_s: nearest,
            }
            | Shortfall::Within {
                asked_s: asked,
                shortest_s: nearest,
            }
            | Shortfall::AnchoredWithin {
                asked_s: asked,
                needed_s: nearest,
            }
            | Shortfall::PairedFor {
                asked_s: asked,
                had_s: nearest,
            } => between(asked.into(), nearest.into()),
            _ => u64::MAX,
        }
    }
}

/// Thresholds of living people are not below zero.
fn bits(threshold: i32) -> u64 {
    u64::try_from(threshold).unwrap_or(0)
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shortfall::Threshold { condition, nearest } => {
                let Condition {
                    measure, threshold, ..
                } = *condition;
                write!(
                    f,
                    "{} {} {} is asked for; it would be met at {}",
                    measure.info().display,
                    words(condition.comparison),
                    Shown(measure, threshold.into()),
                    Shown(measure, (*nearest).into())
                )
            }
            Shortfall::Readings { asked, most } => write!(
                f,
                "{asked} readings of each measure are asked for; {most} lie together"
            ),
            Shortfall::Spacing { asked_s, widest_s } => write!(
                f,
                "readings {asked_s} s apart are asked for; they lie {widest_s} s apart"
            ),
            Shortfall::Within {
                asked_s,
                shortest_s,
            } => write!(
                f,
                "all readings within {asked_s} s are asked for; they take {shortest_s} s"
            ),
            Shortfall::AnchoredWithin { asked_s, needed_s } => write!(
                f,
                "readings anchored within {asked_s} s are asked for; they were after {needed_s} s"
            ),
            Shortfall::PairedFor { asked_s, had_s } => write!(
                f,
                "a device paired for {asked_s} s is asked for; it had been for {had_s} s"
            ),
            Shortfall::Assurance { asked, had } => write!(
                f,
                "an assurance of {asked:?} is asked for; the device's is {had:?}"
            ),
            Shortfall::Calibration => {
                f.write_str("a calibrated device is asked for; it was out of calibration")
            }
            Shortfall::Simulated => {
                f.write_str("measured readings are asked for; some were made by a program")
            }
            Shortfall::Quality => {
                f.write_str("a better signal is asked for; some readings are flagged as poorer")
            }
            Shortfall::Cover => f.write_str(
                "readings under cover are asked for; some are of the waiting period or later",
            ),
            Shortfall::Filing => f.write_str("the time to file them is over"),
            Shortfall::TimeUsed => f.write_str(
                "readings clear of claims paid are asked for; these lie in one or too close to it",
            ),
            Shortfall::Barred(bar) => write!(f, "some readings do not count: {bar}"),
        }
    }
}

fn words(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "of at least",
        Comparison::AtMost => "of at most",
    }
}

/// A value as a decimal with its unit: 1205 of heart rate is `120.5 /min`.
pub struct Shown(pub Measure, pub i64);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.0.info();
        let one = 10u64.saturating_pow(info.scale.into());
        let size = self.1.unsigned_abs();
        let sign = if self.1 < 0 { "-" } else { "" };
        write!(f, "{sign}{}", size / one)?;
        if info.scale > 0 {
            let digits = usize::from(info.scale);
            write!(f, ".{:0digits$}", size % one)?;
        }
        write!(f, " {}", info.unit)
    }
}
