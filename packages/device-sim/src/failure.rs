//! What ends the program: `code: message`.

use std::fmt;
use std::path::Path;

#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(code: &str, message: impl fmt::Display) -> Self {
        Self(format!("{code}: {message}"))
    }

    pub fn file(path: &Path, cause: impl fmt::Display) -> Self {
        Self::new("device_sim/file", format!("{}: {cause}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! coded {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        })+
    };
}

// These begin with their codes.
coded!(
    vitals_core::FormatError,
    vitals_device_sim::LinkStateError,
    vitals_device_sim::RecordingError,
    vitals_device_sim::UnknownKind,
    vitals_ledger::DeploymentError,
);

impl From<serde_json::Error> for Failure {
    fn from(cause: serde_json::Error) -> Self {
        Self::new("device_sim/json", cause)
    }
}
