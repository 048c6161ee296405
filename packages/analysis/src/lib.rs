//! What readings say, worked out where they arrive: at the gateway and in the browser.
//!
//! Pure: no input, no output, no clock. Nothing here removes a reading or changes one. Medical
//! constants name their source; personal thresholds come from the caller.

mod monitor;
mod news2;
mod quality;
mod threshold;

pub use monitor::{Monitor, MAX_EVIDENCE};
pub use news2::{news2, Consciousness, News2, Observations, Parameter, Risk, Spo2Scale};
pub use quality::{assess, Assessment, MAX_BEAT_CHANGE_PERCENT};
pub use threshold::{Evidence, Finding, FindingKind, Severity, Threshold, ThresholdError};
