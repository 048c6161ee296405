//! What can go wrong. The code before the colon is stable.

use vitals_api::registry::Unusable;
use vitals_api::ApiError;
use vitals_core::decision::{Refusal, Seconds};
use vitals_core::time::{Epoch, Millis, Window};
use vitals_core::FormatError;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
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
    #[error(
        "care/device_unusable: what device {device} signed at {at_ms} ms does not count: {why:?}"
    )]
    DeviceUnusable {
        device: u64,
        at_ms: Millis,
        why: Unusable,
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
    #[error("care/not_yours: {who} neither has alert {alert} nor controls its patient")]
    NotYours { who: String, alert: u64 },
    #[error("care/already_yours: {who} has the alert already")]
    AlreadyYours { who: String },
    #[error("care/own_emergency: {who} opened emergency {emergency} and cannot take its alert on")]
    OwnEmergency { who: String, emergency: u64 },
    #[error(
        "care/emergency_told: emergency {emergency} of patient {patient} is alert {alert} already"
    )]
    EmergencyTold {
        patient: u64,
        emergency: u64,
        alert: u64,
    },
    #[error("care/not_consent: {sender} is not the consent contract {consent}")]
    NotConsent { sender: String, consent: String },
    #[error("care/other_consent: the registry reads consent at {registrys}, not at {given}")]
    OtherConsent { registrys: String, given: String },
    #[error("care/plan_length: an encrypted plan takes {least} to {most} bytes, got {got}")]
    PlanLength { least: u32, most: u32, got: u32 },
    #[error(
        "care/plan_changed: the plan would replace version {replaces}, the newest is {newest}"
    )]
    PlanChanged { replaces: u32, newest: u32 },
    #[error(
        "care/plan_outdated: version {version} is older than version {in_force}, which is in force"
    )]
    PlanOutdated { version: u32, in_force: u32 },
    #[error("care/plan_state: a plan that is {state} takes no {act}")]
    PlanState {
        state: &'static str,
        act: &'static str,
    },
    #[error("care/plan_not_held: plan {version} was not acknowledged from epoch {} to {}", period.from, period.to)]
    PlanNotHeld { version: u32, period: Window },
    #[error("care/period_not_over: the period ends before epoch {to}, now is epoch {now}")]
    PeriodNotOver { to: Epoch, now: Epoch },
    #[error("care/long_period: a report is over at most {most} epochs, got {epochs}")]
    LongPeriod { epochs: u32, most: u32 },
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
