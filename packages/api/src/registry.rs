//! device-registry: makers, models, devices, pairings.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::Seconds;
use vitals_core::key::SignatureScheme;
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use crate::admin::AdminMsg;

mod query;
pub mod read;
pub mod record;

pub use query::*;

/// Bytes of a maker's or a model's name.
pub const MAX_NAME: usize = 64;
/// Models of one maker.
pub const MAX_MODELS: u32 = 256;
/// Recalls of one model; the last is the owner's.
pub const MAX_RECALLS: usize = 8;
/// Changes of one device's key in its life: so that the key of any batch is found in a few reads.
pub const MAX_ROTATIONS: u32 = 32;
/// Batches one key is to sign at most, counted from the first of the key before: more than a device
/// closes in its life. A key that held from further on would never come to hold.
pub const MAX_KEY_BATCHES: u64 = 1_000_000;
/// Devices that one message marks as recalled.
pub const MAX_MARKED: usize = 30;

#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
}

/// No message takes funds. Signed bodies carry the device's action number, exactly its last plus
/// one; a message without a signature that ends a pairing takes a number too, so that what the
/// device signed before is of no more use.
#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// Owner: admits an organisation that attests devices, with the key it attests by. Replaces
    /// the name and key of a maker already admitted, and ends its suspension. Fails while paused.
    AdmitMaker {
        maker: String,
        name: String,
        key: KeyMsg,
    },
    /// Owner: a suspended maker attests, lists and calibrates nothing more. What it attested stays.
    SuspendMaker { maker: String },
    /// A maker: lists a model. Its number is in the event `model_listed`. Measures are one or more,
    /// none twice; firmware below `lowest_firmware` is neither registered nor paired. Fails while
    /// paused, for a suspended maker, and beyond [`MAX_MODELS`].
    ListModel {
        name: String,
        measures: Vec<Measure>,
        lowest_firmware: u32,
    },
    /// The model's maker, unless suspended: devices of the model may update to this version, whose
    /// image has this SHA-256. Fails unless the version is above every approved one and not below
    /// the model's lowest.
    ApproveFirmware {
        model: u32,
        version: u32,
        digest: Binary,
    },
    /// The model's maker, unless suspended: firmware below is neither registered nor paired from
    /// now on. Fails unless it is above the lowest there was, and at most the newest approved.
    RaiseLowestFirmware { model: u32, lowest: u32 },
    /// The model's maker, unless suspended, or the owner: what devices with firmware from one
    /// version to another (both included) measure from now on does not count until they update out
    /// of that range. `reason` is the SHA-256 of the published reason. Final; at most
    /// [`MAX_RECALLS`] a model, one fewer by its maker. Reaches each device's own record by `MarkRecalled`.
    Recall {
        model: u32,
        from_firmware: u32,
        to_firmware: u32,
        reason: Binary,
    },
    /// Anybody: 1 to [`MAX_MARKED`] devices whose firmware is recalled bear it in their records,
    /// from the time of the recall. One marked already is left as it is. Fails where no recall
    /// covers one of them, or one is retired.
    MarkRecalled { devices: Vec<Uint64> },

    /// The account the body names: registers a device under a signature of its own (possession),
    /// and of its maker (attestation) for full assurance. The body is a `Registration`. For a
    /// sensor that cannot sign, `holder` is the registered gateway that keeps its key. The device's
    /// number is in the event `registered`. Fails while paused, on a bad signature, an unknown
    /// model, firmware too low or recalled, or a key already registered.
    Register {
        body: Binary,
        possession: Binary,
        attestation: Option<Binary>,
        holder: Option<HolderMsg>,
    },
    /// The patient, or a guardian with the power `grant`: takes a device. The device signs the
    /// body, a `PairingAction`. Fails while paused, or when the device is paired already, lost,
    /// suspended, retired, or its firmware too low or recalled.
    Pair { body: Binary, signature: Binary },
    /// The patient the device is paired with, or a guardian with the power `grant`: ends the
    /// pairing now, with the device's signature over a `PairingAction` or, where it is broken or
    /// out of reach, without. Ends a suspension too.
    Unpair {
        device: Uint64,
        signed: Option<SignedBody>,
    },
    /// The patient the device is paired with, or a guardian with the power `grant`: offers it to
    /// another. The device signs the body, a `Transfer` that names both patients. Replaces an
    /// earlier offer; any later action of the device makes it void. Fails while paused, and for a
    /// device that cannot be paired.
    Transfer { body: Binary, signature: Binary },
    /// The patient it was offered to, or a guardian with the power `grant`: ends the one pairing
    /// and begins the next. Fails while paused, without an offer that still stands, and for a
    /// device that cannot be paired.
    AcceptTransfer { device: Uint64 },
    /// The patient the device is paired with, or a guardian with the power `grant`: takes the offer
    /// back. Fails without one.
    WithdrawTransfer { device: Uint64 },
    /// The patient the device is paired with, or a guardian with the power `grant`; who registered
    /// it while it is with nobody: what it measures from now on does not count, and it does not
    /// pair. Fails when it is suspended already or retired.
    Suspend { device: Uint64 },
    /// Whoever may suspend it: it may be used again from now on. Fails when it is not suspended.
    Restore { device: Uint64 },
    /// The patient the device is paired with, or a guardian with the power `revoke`: the device was
    /// lost from this time on (milliseconds, from the pairing's start to now, both included). A
    /// later report may only move it earlier. What was anchored stays and reads as after-lost. A
    /// lost device is never found: its key may have been in other hands.
    ReportLost {
        device: Uint64,
        lost_from_ms: Millis,
    },
    /// The patient the device is paired with, or a guardian with the power `grant`; who registered
    /// it while it is with nobody: ends its use and its pairing for ever. The device signs its last
    /// sequence number in the body, a `Retiring`, so that batches left out at the end are seen;
    /// without a signature, where it is dead, the number is unknown and the record says so.
    Retire {
        device: Uint64,
        signed: Option<SignedBody>,
    },
    /// The patient the device is paired with, or a guardian with the power `grant`; who registered
    /// it while it is with nobody: another key signs from a sequence number on, which is above that
    /// of the rotation before, by [`MAX_KEY_BATCHES`] at most. Both keys sign the body, a
    /// `KeyRotation`. Actions and alerts take the new key at once. Fails when the new key is or was a
    /// registered one, beyond [`MAX_ROTATIONS`], and for a device lost or retired.
    RotateKey {
        body: Binary,
        old_signature: Binary,
        new_signature: Binary,
    },
    /// Anybody: hands in what the device signed, a `FirmwareUpdate`: it runs a version above its
    /// last, approved for its model with this very image. Never downwards. Ends what a recall of
    /// the older firmware did. Fails for a version too low or recalled and for a device retired.
    UpdateFirmware { body: Binary, signature: Binary },
    /// The device's maker, unless suspended: the device is calibrated from a date not before now
    /// (now if absent) until another. A calibration that lasts is only ever prolonged, without a
    /// gap. Fails for a device retired.
    Calibrate {
        device: Uint64,
        from: Option<Seconds>,
        until: Seconds,
    },
}

/// What a device signed, and its signature of 64 bytes.
#[cw_serde]
pub struct SignedBody {
    pub body: Binary,
    pub signature: Binary,
}

/// The registered gateway that keeps a sensor's key: it signs the sensor's registration.
#[cw_serde]
pub struct HolderMsg {
    pub gateway: Uint64,
    pub signature: Binary,
}

/// A public key in a message.
#[cw_serde]
pub struct KeyMsg {
    pub scheme: SignatureScheme,
    /// 32 bytes (ed25519) or a compressed point of 33.
    pub bytes: Binary,
}
