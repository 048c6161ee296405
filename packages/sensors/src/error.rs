//! Why something of a sensor is not taken.

use std::path::PathBuf;

use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use crate::link::LinkStateError;

/// No text here holds a value that was measured.
#[derive(Debug, thiserror::Error)]
pub enum SensorError {
    #[error("sensors/characteristic: 0x{got:04x} is none of 0x2a18, 0x2a19, 0x2a1c, 0x2a35, 0x2a37, 0x2a5e, 0x2a5f")]
    Characteristic { got: u16 },
    #[error("sensors/length: {field} takes {takes} bytes, {left} are left")]
    Length {
        field: &'static str,
        takes: usize,
        left: usize,
    },
    #[error("sensors/size: a value of a characteristic has at most 512 bytes, got {got}")]
    Size { got: usize },
    #[error("sensors/date: {field} is {rule}, got {got}")]
    Date {
        field: &'static str,
        rule: &'static str,
        got: u16,
    },
    #[error("sensors/no_value: {field} is {got}")]
    NoValue {
        field: &'static str,
        got: &'static str,
    },
    #[error("sensors/implausible: {} lies outside what can be measured on a living person", .measure.info().display)]
    Implausible { measure: Measure },
    #[error("sensors/control_solution: the sample was control solution, not blood of the patient")]
    ControlSolution,
    #[error("sensors/user: the sensor measured user {got}, not the patient's {expected}")]
    User { expected: u8, got: u8 },
    #[error("sensors/unmeasured: the sensor's model measures nothing that the payload holds")]
    Unmeasured,
    #[error("sensors/battery: a battery level is 0 to 100 percent, got {got}")]
    Battery { got: u8 },
    #[error("sensors/time_ahead: measured at {at_ms} ms by its clock, came at {arrived_ms} ms: a clock may be 120000 ms ahead; set it, or its offset")]
    TimeAhead { at_ms: Millis, arrived_ms: Millis },
    #[error("sensors/time_past: measured at {at_ms} ms by its clock, came at {arrived_ms} ms: two years are the most")]
    TimePast { at_ms: Millis, arrived_ms: Millis },
    #[error("sensors/late: measured at {at_ms} ms, readings up to {last_ms} ms are in signed batches already")]
    Late { at_ms: Millis, last_ms: Millis },
    #[error("sensors/before_pairing: measured at {at_ms} ms, the sensor is the patient's since {from_ms} ms")]
    BeforePairing { at_ms: Millis, from_ms: Millis },
    #[error("sensors/too_old: measured at {at_ms} ms, hours before {from_ms} ms are not sealed")]
    TooOld { at_ms: Millis, from_ms: Millis },
    #[error(
        "sensors/full: {kept} readings wait for the gateway and the chain, the most that are kept"
    )]
    Full { kept: usize },
    #[error("sensors/line_length: line {line} is longer than {most} bytes")]
    LineLength { line: u64, most: usize },
    #[error("sensors/csv_header: {rule}")]
    CsvHeader { rule: String },
    #[error("sensors/csv_line: line {line}, {column}: {rule}")]
    CsvLine {
        line: u64,
        column: String,
        rule: String,
    },
    #[error("sensors/opensignals_header: line {line}: {rule}")]
    OpenSignalsHeader { line: u64, rule: String },
    #[error("sensors/opensignals_line: line {line}: {rule}")]
    OpenSignalsLine { line: u64, rule: String },
    #[error("sensors/read: line {line}: {cause}")]
    Read { line: u64, cause: std::io::Error },
    #[error("sensors/unknown: no sensor here has device number {device}")]
    Unknown { device: u64 },
    #[error("sensors/added: device {device} is a sensor here already")]
    Added { device: u64 },
    #[error("sensors/settings: {rule}")]
    Settings { rule: &'static str },
    #[error("sensors/in_use: another process signs for the sensors in {path}")]
    InUse { path: PathBuf },
    #[error("sensors/file: {path}: {cause}")]
    File { path: PathBuf, cause: String },
    #[error("sensors/store: {0}")]
    Store(#[from] rusqlite::Error),
    #[error("sensors/store_version: the store is of version {got}, this code reads {expected}")]
    StoreVersion { got: i64, expected: i64 },
    #[error("sensors/store_damaged: {what} cannot be read back")]
    StoreDamaged { what: &'static str },
    #[error(transparent)]
    AtRest(#[from] vitals_at_rest::AtRestError),
    #[error(transparent)]
    Link(#[from] LinkStateError),
}

impl SensorError {
    /// The stable code: what stands before the first colon.
    pub fn code(&self) -> String {
        let text = self.to_string();
        text.split(':').next().unwrap_or_default().to_owned()
    }
}

impl PartialEq for SensorError {
    /// Errors are the same where they say the same.
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}
