//! What can go wrong, each with a stable code before the colon.

use cosmwasm_std::StdError;
use vitals_api::ApiError;
use vitals_core::decision::Seconds;
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
    #[error("registry/calibration_cut: device {device} is calibrated from {from} to {until} s, which is only prolonged")]
    CalibrationCut {
        device: u64,
        from: Seconds,
        until: Seconds,
    },
    #[error("registry/too_many_models: {maker} lists {most} models, the most there may be")]
    TooManyModels { maker: String, most: u32 },
    #[error("registry/firmware_not_newer: {firmware:#010x} is not above {newest:#010x}")]
    FirmwareNotNewer { firmware: u32, newest: u32 },
    #[error("registry/firmware_not_approved: no such image of {firmware:#010x} is approved for model {model}")]
    FirmwareNotApproved { model: u32, firmware: u32 },
    #[error("registry/firmware_recalled: {firmware:#010x} of model {model} is recalled")]
    FirmwareRecalled { model: u32, firmware: u32 },
    #[error("registry/lowest_firmware: {lowest:#010x} is not above {above:#010x} and at most {most:#010x}, the newest approved")]
    LowestFirmware { lowest: u32, above: u32, most: u32 },
    #[error("registry/recall_range: {from:#010x} is above {to:#010x}")]
    RecallRange { from: u32, to: u32 },
    #[error("registry/not_recalled: no recall covers the firmware of device {device}")]
    NotRecalled { device: u64 },
    #[error("registry/device_suspended: device {device} is suspended")]
    DeviceSuspended { device: u64 },
    #[error("registry/not_suspended: device {device} is not suspended")]
    NotSuspended { device: u64 },
    #[error("registry/device_retired: device {device} is retired for ever")]
    DeviceRetired { device: u64 },
    #[error("registry/body_names: the body names {what} {got}, not {expected}")]
    BodyNames {
        what: &'static str,
        expected: u64,
        got: u64,
    },
    #[error("registry/same_patient: the device is with patient {patient} already")]
    SamePatient { patient: u64 },
    #[error("registry/rotation_not_later: the key of device {device} holds from batch {held_from}, the next cannot from {got}")]
    RotationNotLater {
        device: u64,
        held_from: u64,
        got: u64,
    },
    #[error("registry/rotation_too_far: the key of device {device} holds from batch {held_from}, the next from {most} at most, got {got}")]
    RotationTooFar {
        device: u64,
        held_from: u64,
        most: u64,
        got: u64,
    },
    #[error("registry/too_many_rotations: device {device} changed its key {most} times, the most there may be")]
    TooManyRotations { device: u64, most: u32 },
    #[error("registry/not_a_holder: device {gateway} is no gateway in use that holds the key of a sensor that cannot sign")]
    NotAHolder { gateway: u64 },
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
