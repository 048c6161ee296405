//! What can go wrong. The code before the colon is stable.

use vitals_api::ApiError;
use vitals_core::decision::{Refusal, Seconds};
use vitals_core::time::Millis;
use vitals_core::FormatError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error("care/seconds: {field} takes {least} to {most} seconds, got {got}")]
    Seconds {
        field: &'static str,
        least: u32,
        most: u32,
        got: u32,
    },
    #[error("care/bad_signature: the notice is not signed by the key of device {device}")]
    BadSignature { device: u64 },
    #[error("care/wrong_pairing: device {device} is not paired now under number {pairing}")]
    WrongPairing { device: u64, pairing: u32 },
    #[error("care/device_lost: device {device} is reported lost from {lost_from_ms} ms, the notice is of {at_ms} ms")]
    DeviceLost {
        device: u64,
        lost_from_ms: Millis,
        at_ms: Millis,
    },
    #[error("care/before_pairing: the notice is of {at_ms} ms, its pairing began at {from_ms} ms")]
    BeforePairing { at_ms: Millis, from_ms: Millis },
    #[error(
        "care/ahead_of_time: the notice is of {at_ms} ms, the block takes none after {latest} ms"
    )]
    AheadOfTime { at_ms: Millis, latest: Millis },
    #[error("care/alert_number: device {device} signed number {got}, its last is {last} and the next is above it")]
    AlertNumber { device: u64, got: u64, last: u64 },
    #[error("care/unknown_ladder: patient {patient} has set no ladder {ladder}")]
    UnknownLadder { patient: u64, ladder: u8 },
    #[error("care/not_called: {who} is in no tier that alert {alert} has called")]
    NotCalled { who: String, alert: u64 },
    #[error("care/not_yours: {who} neither acknowledged alert {alert} nor controls its patient")]
    NotYours { who: String, alert: u64 },
    #[error("care/wrong_state: an alert that is {state} takes no {act}")]
    WrongState {
        state: &'static str,
        act: &'static str,
    },
    #[error("care/too_early: tier {tier} has until {escalates_at}, now is {now}")]
    TooEarly {
        tier: u8,
        escalates_at: Seconds,
        now: Seconds,
    },
    #[error("care/last_tier: tier {tier} is the last, nobody is left to call")]
    LastTier { tier: u8 },
    #[error("care/full: no {what} number is left")]
    Full { what: &'static str },
    #[error("care/encoding: the {what} could not be written: {cause}")]
    Encoding { what: &'static str, cause: String },
}

impl From<FormatError> for ContractError {
    fn from(cause: FormatError) -> Self {
        Self::Api(cause.into())
    }
}

impl From<Refusal> for ContractError {
    fn from(cause: Refusal) -> Self {
        Self::Api(cause.into())
    }
}
