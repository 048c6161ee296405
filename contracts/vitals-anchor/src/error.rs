//! What can go wrong, each with a stable code before the colon.

use cosmwasm_std::StdError;
use vitals_api::registry::Unusable;
use vitals_api::ApiError;
use vitals_core::measure::Category;
use vitals_core::proof::ProofError;
use vitals_core::time::Millis;
use vitals_core::FormatError;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Proof(#[from] ProofError),
    #[error("anchor/signature: device {device} did not sign this for this deployment")]
    Signature { device: u64 },
    #[error("anchor/sequence_replayed: device {device} is at {expected}, {got} was used before")]
    SequenceReplayed {
        device: u64,
        expected: u64,
        got: u64,
    },
    #[error("anchor/sequence_skipped: device {device} is at {expected}, got {got} and no gap notice between")]
    SequenceSkipped {
        device: u64,
        expected: u64,
        got: u64,
    },
    #[error("anchor/sequence_used_up: device {device} has no next batch number")]
    SequenceUsedUp { device: u64 },
    #[error("anchor/two_patients: this message is of patient {first}, a batch is of {other}")]
    TwoPatients { first: u64, other: u64 },
    #[error("anchor/category_unmeasured: the model of device {device} does not measure {}", category.name())]
    CategoryUnmeasured { device: u64, category: Category },
    #[error("anchor/time_ahead: measured until {last_at} ms, at most {latest} ms now")]
    TimeAhead { last_at: Millis, latest: Millis },
    #[error("anchor/time_out_of_order: measured from {first_at} ms, the device's last {} was at {previous} ms", category.name())]
    TimeOutOfOrder {
        category: Category,
        first_at: Millis,
        previous: Millis,
    },
    #[error("anchor/pairing_not_held: measured from {first_at} to {last_at} ms, pairing {pairing} held from {from} ms to {}", until(.to))]
    PairingNotHeld {
        pairing: u32,
        first_at: Millis,
        last_at: Millis,
        from: Millis,
        to: Option<Millis>,
    },
    #[error("anchor/device_lost: measured until {last_at} ms, device {device} is lost from {lost_from} ms on")]
    DeviceLost {
        device: u64,
        last_at: Millis,
        lost_from: Millis,
    },
    #[error("anchor/device_not_in_use: measured from {first_at} to {last_at} ms, device {device} {}", not_in_use(.why))]
    DeviceNotInUse {
        device: u64,
        first_at: Millis,
        last_at: Millis,
        why: Unusable,
    },
    #[error(
        "anchor/after_last: device {device} was retired with {last} as its last number, got {got}"
    )]
    AfterLast { device: u64, last: u64, got: u64 },
    #[error("anchor/gap_too_long: a notice gives up at most {most} numbers, got {got}")]
    GapTooLong { most: u64, got: u64 },
    #[error("anchor/gap_back_dated: the device says it measured last at {last_at} ms, it anchored what it measured until {anchored} ms")]
    GapBackDated { last_at: Millis, anchored: Millis },
    #[error("anchor/no_earlier_pairing: measured last at {last_at} ms, which is not before pairing {pairing} began at {from} ms, or no pairing was before it")]
    NoEarlierPairing {
        pairing: u32,
        from: Millis,
        last_at: Millis,
    },
    #[error("anchor/another_consent: the registry {registry} asks the consent contract {asked}, given is {given}")]
    AnotherConsent {
        registry: String,
        asked: String,
        given: String,
    },
    #[error("anchor/generation_stale: sealed under generation {sealed}, {open} is open, raised at {raised_at} ms{}", waiting(.pending))]
    GenerationStale {
        sealed: u32,
        open: u32,
        raised_at: Millis,
        /// The next one waits for its commitment.
        pending: bool,
    },
    #[error("anchor/seal_length: a sealed payload has {least} to {most} bytes, got {got}")]
    SealLength { least: u32, most: u32, got: u32 },
    #[error(
        "anchor/foreign_cursor: a list goes on after a batch of the same patient, category and window"
    )]
    ForeignCursor,
    #[error("state/encoding: {cause}")]
    Encoding { cause: String },
}

fn until(to: &Option<Millis>) -> String {
    to.map_or_else(|| "now".into(), |to| format!("before {to} ms"))
}

fn not_in_use(why: &Unusable) -> String {
    match why {
        Unusable::NotPaired {} => "was with nobody".into(),
        Unusable::Lost { from_ms } => format!("is lost from {from_ms} ms on"),
        Unusable::Halted { from_ms, to_ms } => {
            format!(
                "was suspended or recalled from {from_ms} ms to {}",
                until(to_ms)
            )
        }
        Unusable::Recalled { from_ms } => format!("is recalled from {from_ms} ms on"),
        Unusable::Retired { from_ms } => format!("is retired from {from_ms} ms on"),
        Unusable::BeforeRestored { usable_from_ms } => {
            format!("counts from {usable_from_ms} ms on")
        }
    }
}

fn waiting(pending: &bool) -> &'static str {
    if *pending {
        ", the next is pending"
    } else {
        ""
    }
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
