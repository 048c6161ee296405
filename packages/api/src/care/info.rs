//! What care answers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::Seconds;
use vitals_core::measure::Category;
use vitals_core::time::{Millis, Window};

use super::TierMsg;

#[cw_serde]
pub enum AlertState {
    Open,
    Acknowledged,
    Resolved,
}

#[cw_serde]
pub struct ConfigInfo {
    pub consent: String,
    pub registry: String,
    pub deployment_id: Binary,
    pub cooldown_s: u32,
    pub min_tier_s: u32,
    pub reopens_after_s: u32,
}

/// An alert tells either of what a device found or of an emergency; what is the other's is absent.
#[cw_serde]
pub struct AlertInfo {
    pub alert: Uint64,
    pub patient: Uint64,
    pub device: Option<Uint64>,
    pub rule: Option<u16>,
    /// SHA-256 of the encrypted detail of the first notice.
    pub digest: Option<Binary>,
    /// Consent's number of the emergency.
    pub emergency: Option<Uint64>,
    /// The alert of the same device and rule that was acknowledged, and that nobody had resolved
    /// when this one was raised.
    pub follows: Option<Uint64>,
    pub state: AlertState,
    /// Notices it stands for: a storm is one alert with a count.
    pub notices: u32,
    /// What the device signed as its time; block time for an emergency.
    pub at_ms: Millis,
    pub raised_at: Seconds,
    /// Tier called last, from 0, and when.
    pub tier: u8,
    pub tier_called_at: Seconds,
    /// The tier called last is the ladder's emergency tier.
    pub in_emergency_tier: bool,
    /// When the next tier may be called; absent on the last and once acknowledged.
    pub escalates_at: Option<Seconds>,
    /// Of the tier called last; those of the tiers before it may acknowledge too. Empty where the
    /// patient has no ladder.
    pub responders: Vec<String>,
    /// Who has it now.
    pub acknowledged_by: Option<String>,
    /// When somebody first took it on.
    pub acknowledged_at: Option<Seconds>,
    /// When who has it now took it over from another.
    pub taken_over_at: Option<Seconds>,
    pub resolved_at: Option<Seconds>,
    /// Response times, seconds from `raised_at`.
    pub acknowledged_after_s: Option<Seconds>,
    pub resolved_after_s: Option<Seconds>,
}

#[cw_serde]
pub struct AlertsPage {
    pub alerts: Vec<AlertInfo>,
}

#[cw_serde]
pub struct LadderInfo {
    pub tiers: Vec<TierMsg>,
    pub ends_in_emergency: bool,
}

#[cw_serde]
pub struct DeviceAlerts {
    pub number: Uint64,
}

#[cw_serde]
pub enum PlanState {
    /// Not acknowledged yet.
    Proposed,
    Acknowledged,
    Withdrawn,
}

#[cw_serde]
pub struct PlanInfo {
    /// From 1.
    pub version: u32,
    pub digest: Binary,
    pub length: u32,
    pub categories: Vec<Category>,
    pub author: String,
    pub written_at: Seconds,
    pub state: PlanState,
    pub acknowledged_by: Option<String>,
    pub acknowledged_at: Option<Seconds>,
    pub withdrawn_by: Option<String>,
    pub withdrawn_at: Option<Seconds>,
}

#[cw_serde]
pub struct PlansPage {
    pub plans: Vec<PlanInfo>,
}

#[cw_serde]
pub struct CurrentPlan {
    pub plan: Option<PlanInfo>,
    /// The newest version written, 0 where there is none.
    pub newest: u32,
}

#[cw_serde]
pub struct AdherenceInfo {
    /// From 1.
    pub report: u32,
    pub plan: u32,
    pub period: Window,
    pub digest: Binary,
    pub by: String,
    pub recorded_at: Seconds,
}

#[cw_serde]
pub struct AdherencePage {
    pub reports: Vec<AdherenceInfo>,
}
