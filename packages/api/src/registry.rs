//! device-registry: makers, models, devices, pairings.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::Seconds;
use vitals_core::key::SignatureScheme;
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Assurance;
use vitals_core::time::Millis;

use crate::admin::AdminMsg;

pub mod record;

/// Bytes of a maker's or a model's name.
pub const MAX_NAME: usize = 64;
/// Measures of one model.
pub const MAX_MEASURES: usize = 8;

#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
}

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
    /// Owner: a suspended maker attests and lists nothing more. What it attested stays.
    SuspendMaker { maker: String },
    /// A maker: lists a model. Its number is in the event `model_listed`. Measures are 1 to 8,
    /// none twice; firmware below `lowest_firmware` is not registered. Fails while paused and for
    /// a suspended maker.
    ListModel {
        name: String,
        measures: Vec<Measure>,
        lowest_firmware: u32,
    },

    /// Anybody: registers a device under a signature of its own (possession), and of its maker
    /// (attestation) for full assurance. The body is a `Registration` and names the sender. The
    /// device's number is in the event `registered`. Fails while paused, on a bad signature, an
    /// unknown model, firmware too low, or a key already registered.
    Register {
        body: Binary,
        possession: Binary,
        attestation: Option<Binary>,
    },
    /// The patient, or a guardian with the power `grant`: takes a device. The device signs the
    /// body, a `PairingAction`. Fails while paused, or when the device is paired already, lost,
    /// or its action number is not exactly the last plus one.
    Pair { body: Binary, signature: Binary },
    /// The patient the device is paired with, or a guardian with the power `grant`: ends the
    /// pairing now, with or without the device.
    Unpair { device: Uint64 },
    /// The patient the device is paired with, or a guardian with the power `grant`: the device was
    /// lost from this time on (milliseconds, from the pairing's start to now, both included). A
    /// later report may only move it earlier. What was anchored stays and reads as after-lost.
    ReportLost {
        device: Uint64,
        lost_from_ms: Millis,
    },
    /// The device's maker, unless suspended: the device is calibrated until a date after now.
    Calibrate { device: Uint64, until: Seconds },
}

/// A public key in a message.
#[cw_serde]
pub struct KeyMsg {
    pub scheme: SignatureScheme,
    /// 32 bytes (ed25519) or a compressed point of 33.
    pub bytes: Binary,
}

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    #[returns(MakerInfo)]
    Maker { maker: String },
    #[returns(ModelInfo)]
    Model { model: u32 },
    #[returns(DeviceInfo)]
    Device { device: Uint64 },
    /// The number of a device by its key.
    #[returns(DeviceInfo)]
    DeviceByKey { key: KeyMsg },
    #[returns(PairingInfo)]
    Pairing { device: Uint64, pairing: u32 },
    /// A device's pairings, oldest first.
    #[returns(PairingsPage)]
    Pairings {
        device: Uint64,
        start_after: Option<u32>,
        limit: Option<u32>,
    },
}

#[cw_serde]
pub struct ConfigInfo {
    pub consent: String,
    /// In every signed body of this deployment.
    pub deployment_id: Binary,
}

#[cw_serde]
pub struct MakerInfo {
    pub name: String,
    pub key: KeyMsg,
    pub suspended: bool,
}

#[cw_serde]
pub struct ModelInfo {
    pub model: u32,
    pub maker: String,
    pub name: String,
    pub measures: Vec<Measure>,
    pub lowest_firmware: u32,
}

#[cw_serde]
pub struct DeviceInfo {
    pub device: Uint64,
    pub key: KeyMsg,
    pub model: u32,
    pub firmware: u32,
    pub assurance: Assurance,
    pub categories: Vec<Category>,
    pub registrant: String,
    pub serial_commitment: Binary,
    /// Number of the last action; the next is one more.
    pub action: Uint64,
    /// Number of the last pairing.
    pub pairing: u32,
    /// With whom it is paired now.
    pub patient: Option<Uint64>,
    pub paired_from_ms: Option<Millis>,
    pub lost_from_ms: Option<Millis>,
    pub calibrated_until: Option<Seconds>,
}

#[cw_serde]
pub struct PairingInfo {
    pub pairing: u32,
    pub patient: Uint64,
    pub from_ms: Millis,
    /// Absent while it lasts.
    pub to_ms: Option<Millis>,
}

#[cw_serde]
pub struct PairingsPage {
    pub pairings: Vec<PairingInfo>,
}
