//! care: alerts that someone must acknowledge, or they climb to the next person.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::{GroundRef, Seconds};
use vitals_core::time::Millis;

use crate::admin::AdminMsg;

pub const MAX_TIERS: usize = 4;
pub const MAX_RESPONDERS: usize = 8;
/// The longest cooldown, seconds.
pub const MAX_COOLDOWN_S: u32 = 86_400;
/// The longest a tier may wait, seconds.
pub const MAX_TIER_S: u32 = 86_400;
/// How far a signer's clock may run ahead of the block, milliseconds.
pub const CLOCK_AHEAD_MS: u64 = 120_000;

#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
    pub registry: String,
    /// Seconds after an alert's end in which the same device and rule only count on it; at most a
    /// day.
    pub cooldown_s: u32,
    /// The least a ladder's tier may wait, seconds; 1 to a day.
    pub min_tier_s: u32,
}

#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// The patient: who is called, tier after tier, and how long each may take. 1 to 4 tiers of 1
    /// to 8 responders, none twice in a tier, each tier at most a day. Open alerts keep the ladder
    /// they began on. Fails while paused.
    SetLadder {
        patient: Uint64,
        ladder: u8,
        tiers: Vec<TierMsg>,
    },
    /// The patient, or whoever may seal for the patient by the ground named: raises an alert that
    /// a device or gateway paired with the patient signed. The body is an `AlertNotice`. While one
    /// of the same device and rule is open or acknowledged, or ended less than the cooldown ago, it
    /// counts on that one, and its number is in the event `alert_counted`; else a new one's is in `alert_raised`.
    /// Never paused. Fails on a bad signature, a pairing other than the one that lasts, a number
    /// that is not above the device's last, a time ahead of the block by more than two
    /// minutes, before the pairing or after the device was lost, or a ladder the patient did not
    /// set. The ground must cover one of the device's categories.
    RaiseAlert {
        body: Binary,
        signature: Binary,
        ground: GroundRef,
    },
    /// A responder of a tier already called, or the patient, while the ground named lets them
    /// receive alerts: takes the alert on. Never paused.
    Acknowledge { alert: Uint64, ground: GroundRef },
    /// Who acknowledged it, or the patient: ends an acknowledged alert. Never paused.
    Resolve { alert: Uint64 },
    /// Anybody, once a tier's seconds have passed without acknowledgement: calls the next tier,
    /// which the event `alert_escalated` names. Never paused. Fails early, and on the last tier.
    Escalate { alert: Uint64 },
}

#[cw_serde]
pub struct TierMsg {
    pub responders: Vec<String>,
    /// Seconds until the next tier may be called.
    pub within_s: u32,
}

#[cw_serde]
pub enum AlertState {
    Open,
    Acknowledged,
    Resolved,
}

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    #[returns(AlertInfo)]
    Alert { alert: Uint64 },
    /// A patient's alerts, oldest first.
    #[returns(AlertsPage)]
    Alerts {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    #[returns(LadderInfo)]
    Ladder { patient: Uint64, ladder: u8 },
    /// Number of the last alert a device signed.
    #[returns(DeviceAlerts)]
    Device { device: Uint64 },
}

#[cw_serde]
pub struct ConfigInfo {
    pub consent: String,
    pub registry: String,
    pub deployment_id: Binary,
    pub cooldown_s: u32,
    pub min_tier_s: u32,
}

#[cw_serde]
pub struct AlertInfo {
    pub alert: Uint64,
    pub patient: Uint64,
    pub device: Uint64,
    pub rule: u16,
    /// SHA-256 of the encrypted detail of the first notice.
    pub digest: Binary,
    pub state: AlertState,
    /// Notices it stands for: a storm is one alert with a count.
    pub notices: u32,
    /// What the device signed as its time.
    pub at_ms: Millis,
    pub raised_at: Seconds,
    /// Tier called last, from 0, and when.
    pub tier: u8,
    pub tier_called_at: Seconds,
    /// When the next tier may be called; absent on the last and once acknowledged.
    pub escalates_at: Option<Seconds>,
    /// Of the tier called last; those of the tiers before it may acknowledge too.
    pub responders: Vec<String>,
    pub acknowledged_by: Option<String>,
    pub acknowledged_at: Option<Seconds>,
    pub resolved_at: Option<Seconds>,
}

#[cw_serde]
pub struct AlertsPage {
    pub alerts: Vec<AlertInfo>,
}

#[cw_serde]
pub struct LadderInfo {
    pub tiers: Vec<TierMsg>,
}

#[cw_serde]
pub struct DeviceAlerts {
    pub number: Uint64,
}
