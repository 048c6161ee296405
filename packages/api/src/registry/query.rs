//! Questions to device-registry and its answers.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::Seconds;
use vitals_core::measure::{Category, Measure};
use vitals_core::rule::Assurance;
use vitals_core::time::Millis;

use super::KeyMsg;

/// Pages hold 10 where no limit is asked, at most 30.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    #[returns(MakerInfo)]
    Maker { maker: String },
    /// All makers, by address.
    #[returns(MakersPage)]
    Makers {
        start_after: Option<String>,
        limit: Option<u32>,
    },
    #[returns(ModelInfo)]
    Model { model: u32 },
    /// A maker's models, by number.
    #[returns(ModelsPage)]
    Models {
        maker: String,
        start_after: Option<u32>,
        limit: Option<u32>,
    },
    /// Firmware approved for a model, by version.
    #[returns(FirmwarePage)]
    Firmware {
        model: u32,
        start_after: Option<u32>,
        limit: Option<u32>,
    },
    /// A model's recalls, oldest first: at most 8.
    #[returns(RecallsInfo)]
    Recalls { model: u32 },
    #[returns(DeviceInfo)]
    Device { device: Uint64 },
    /// The device that has or had a key.
    #[returns(DeviceInfo)]
    DeviceByKey { key: KeyMsg },
    /// Devices that are or were with a patient, by number.
    #[returns(DevicesPage)]
    Devices {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    #[returns(PairingInfo)]
    Pairing { device: Uint64, pairing: u32 },
    /// A device's pairings, oldest first.
    #[returns(PairingsPage)]
    Pairings {
        device: Uint64,
        start_after: Option<u32>,
        limit: Option<u32>,
    },
    /// The offer of a device to another patient that stands now.
    #[returns(TransferInfo)]
    Transfer { device: Uint64 },
    /// Whether what a device measured at a time counts, and whose it was then.
    #[returns(UsableInfo)]
    Usable { device: Uint64, at_ms: Millis },
    /// A device's keys, oldest first; the newest one is the last. `start_after` is a number.
    #[returns(KeysPage)]
    KeyHistory {
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
    pub maker: String,
    pub name: String,
    pub key: KeyMsg,
    pub suspended: bool,
}

#[cw_serde]
pub struct MakersPage {
    pub makers: Vec<MakerInfo>,
}

#[cw_serde]
pub struct ModelInfo {
    pub model: u32,
    pub maker: String,
    pub name: String,
    pub measures: Vec<Measure>,
    pub lowest_firmware: u32,
    /// 0 where none is approved.
    pub newest_firmware: u32,
}

#[cw_serde]
pub struct ModelsPage {
    pub models: Vec<ModelInfo>,
}

#[cw_serde]
pub struct FirmwareInfo {
    pub version: u32,
    /// SHA-256 of the image.
    pub digest: Binary,
    pub approved_at_ms: Millis,
}

#[cw_serde]
pub struct FirmwarePage {
    pub firmware: Vec<FirmwareInfo>,
}

#[cw_serde]
pub struct RecallInfo {
    pub from_firmware: u32,
    pub to_firmware: u32,
    pub at_ms: Millis,
    /// SHA-256 of the published reason.
    pub reason: Binary,
}

#[cw_serde]
pub struct RecallsInfo {
    pub recalls: Vec<RecallInfo>,
}

#[cw_serde]
pub enum DeviceStatus {
    Active,
    Suspended,
    Retired,
}

#[cw_serde]
pub struct DeviceInfo {
    pub device: Uint64,
    /// The newest.
    pub key: KeyMsg,
    /// Sequence number of the first batch the newest key signs, 0 where it is the only one.
    pub key_from_sequence: Uint64,
    pub model: u32,
    pub firmware: u32,
    pub assurance: Assurance,
    pub measures: Vec<Measure>,
    pub categories: Vec<Category>,
    pub registrant: String,
    pub serial_commitment: Binary,
    /// The registered gateway that keeps its key.
    pub gateway: Option<Uint64>,
    pub status: DeviceStatus,
    /// Whether it is marked as recalled.
    pub recalled: bool,
    /// Number of the last action; the next is one more.
    pub action: Uint64,
    /// Number of the last pairing.
    pub pairing: u32,
    /// With whom it is paired now.
    pub patient: Option<Uint64>,
    pub paired_from_ms: Option<Millis>,
    pub lost_from_ms: Option<Millis>,
    pub calibrated_from: Option<Seconds>,
    pub calibrated_until: Option<Seconds>,
    pub retirement: Option<RetirementInfo>,
}

#[cw_serde]
pub struct RetirementInfo {
    pub at_ms: Millis,
    /// Number of the last batch the device closed, by its own signature; absent where it was dead.
    pub last_sequence: Option<Uint64>,
}

#[cw_serde]
pub struct PatientDevice {
    pub device: Uint64,
    /// Number of its last pairing with this patient.
    pub pairing: u32,
    /// Whether that pairing lasts.
    pub paired: bool,
}

#[cw_serde]
pub struct DevicesPage {
    pub devices: Vec<PatientDevice>,
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

#[cw_serde]
pub struct TransferInfo {
    pub from_patient: Uint64,
    pub to_patient: Uint64,
}

#[cw_serde]
pub struct UsableInfo {
    pub usable: bool,
    /// Why not.
    pub reason: Option<Unusable>,
    /// The pairing that held then.
    pub pairing: Option<PairingInfo>,
    pub calibrated: bool,
}

#[cw_serde]
pub struct KeyInfo {
    /// From 1.
    pub number: u32,
    pub key: KeyMsg,
    /// Sequence number of the first batch it signs, 0 for the first key.
    pub from_sequence: Uint64,
    /// When another key followed; absent for the newest.
    pub rotated_at_ms: Option<Millis>,
}

#[cw_serde]
pub struct KeysPage {
    pub keys: Vec<KeyInfo>,
}

/// Why what a device measured does not count.
#[cw_serde]
pub enum Unusable {
    /// It was with nobody.
    NotPaired {},
    /// Reported out of its patient's hands from then on.
    Lost {
        from_ms: Millis,
    },
    /// Suspended, or its firmware recalled.
    Halted {
        from_ms: Millis,
        /// Absent while it lasts.
        to_ms: Option<Millis>,
    },
    /// Its firmware is recalled from then on, and the device is not yet marked for it.
    Recalled {
        from_ms: Millis,
    },
    Retired {
        from_ms: Millis,
    },
    /// It was halted twice in one pairing: what came before the end of the first time is given up.
    BeforeRestored {
        usable_from_ms: Millis,
    },
}
