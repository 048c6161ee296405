//! What can go wrong, each with a stable code before the colon.

use cosmwasm_std::StdError;
use vitals_api::ApiError;
use vitals_core::decision::{Power, Seconds};
use vitals_core::signing::Domain;
use vitals_core::time::Millis;
use vitals_core::FormatError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error("registry/not_a_maker: {sender} is not an admitted maker")]
    NotAMaker { sender: String },
    #[error("registry/maker_suspended: {maker} is suspended and attests nothing more")]
    MakerSuspended { maker: String },
    #[error("registry/not_the_maker: model {model} is of {maker}, not of {sender}")]
    NotTheMaker {
        sender: String,
        model: u32,
        maker: String,
    },
    #[error("registry/not_the_registrant: the body names {registrant}, {sender} sent it")]
    NotTheRegistrant { sender: String, registrant: String },
    #[error("registry/signature: no signature of {signer} over {}", action.as_str())]
    Signature {
        signer: &'static str,
        action: Domain,
    },
    #[error("registry/firmware_too_low: {firmware:#010x} is below {lowest:#010x}")]
    FirmwareTooLow { firmware: u32, lowest: u32 },
    #[error("registry/key_registered: the key is that of device {device}")]
    KeyRegistered { device: u64 },
    #[error("registry/numbers_used_up: there is no next {what}")]
    NumbersUsedUp { what: &'static str },
    #[error("registry/action_number: the next action of device {device} is {expected}, got {got}")]
    ActionNumber {
        device: u64,
        expected: u64,
        got: u64,
    },
    #[error("registry/already_paired: device {device} is in its pairing {pairing}")]
    AlreadyPaired { device: u64, pairing: u32 },
    #[error("registry/not_paired: device {device} is with nobody")]
    NotPaired { device: u64 },
    #[error("registry/device_lost: device {device} is lost from {lost_from} ms on")]
    DeviceLost { device: u64, lost_from: Millis },
    #[error("registry/lost_time: {reported} ms is outside the pairing so far, {from} to {now} ms")]
    LostTime {
        reported: Millis,
        from: Millis,
        now: Millis,
    },
    #[error("registry/lost_not_earlier: {reported} ms is not before the {lost_from} ms on record")]
    LostNotEarlier { reported: Millis, lost_from: Millis },
    #[error("registry/calibration_over: {until} s is not after the block's {now} s")]
    CalibrationOver { until: Seconds, now: Seconds },
    #[error("registry/power_missing: {guardian} is a guardian of patient {patient} without the power {power:?}")]
    PowerMissing {
        guardian: String,
        patient: u64,
        power: Power,
    },
    #[error("state/encoding: {cause}")]
    Encoding { cause: String },
}

impl From<FormatError> for ContractError {
    fn from(error: FormatError) -> Self {
        Self::Api(error.into())
    }
}

/// The library's error compares to nothing; its text is kept.
impl From<StdError> for ContractError {
    fn from(error: StdError) -> Self {
        Self::Encoding {
            cause: error.to_string(),
        }
    }
}
