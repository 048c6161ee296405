//! care: plans that a patient acknowledges, and alerts that someone must acknowledge, or they climb
//! to the next person.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;
use vitals_core::time::Window;

use crate::admin::AdminMsg;
use crate::consent::hook::ConsentHookMsg;

mod info;

pub use info::*;

pub const MAX_TIERS: usize = 4;
pub const MAX_RESPONDERS: usize = 8;
/// The longest cooldown, seconds.
pub const MAX_COOLDOWN_S: u32 = 86_400;
/// The longest a tier may wait, seconds.
pub const MAX_TIER_S: u32 = 86_400;
/// Bounds of `reopens_after_s`, seconds, and its value where none is given.
pub const MIN_REOPENS_S: u32 = 60;
pub const MAX_REOPENS_S: u32 = 86_400;
pub const DEFAULT_REOPENS_S: u32 = 1_800;
/// How far a signer's clock may run ahead of the block, milliseconds.
pub const CLOCK_AHEAD_MS: u64 = 120_000;
/// Unresolved alerts of one pairing above which its device raises no other while somebody still
/// has to answer the latest.
pub const MAX_UNRESOLVED: u32 = 32;
/// Bytes of an encrypted plan: an age file (age-encryption.org/v1) of one X25519 recipient and no
/// content has 200.
pub const MIN_PLAN: u32 = 200;
pub const MAX_PLAN: u32 = 256 * 1_024;
/// The longest period of one adherence report, epochs: 366 days.
pub const MAX_PERIOD: u32 = 366 * 24;

#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
    /// Must read the same consent contract.
    pub registry: String,
    /// Seconds after an alert's end in which the same device and rule only count on it; at most a
    /// day.
    pub cooldown_s: u32,
    /// The least a ladder's tier may wait, seconds; 1 to a day.
    pub min_tier_s: u32,
    /// Seconds after its first acknowledgement from which a new notice raises a new alert rather
    /// than count on one that nobody has resolved; a minute to a day, half an hour where absent.
    pub reopens_after_s: Option<u32>,
}

#[cw_serde]
pub struct MigrateMsg {
    /// As in [`InstantiateMsg`]; what it was where absent, half an hour where there was none.
    pub reopens_after_s: Option<u32>,
}

/// No message takes funds.
#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// The patient: who is called, tier after tier, and how long each may take. 1 to 4 tiers of 1
    /// to 8 responders, none twice in a tier, each tier at most a day. `ends_in_emergency` says
    /// that the last tier is the emergency services or who calls them. Open alerts keep the
    /// version they began on. Fails while paused.
    SetLadder {
        patient: Uint64,
        ladder: u8,
        tiers: Vec<TierMsg>,
        #[serde(default)]
        ends_in_emergency: bool,
    },

    /// The patient, or whoever may seal for the patient by the ground named: raises an alert that
    /// a device or gateway paired with the patient signed. The body is an `AlertNotice`. It counts
    /// on the latest alert of the same device and rule, whose number is then in the event
    /// `alert_counted`, while that is open, for `reopens_after_s` after it was acknowledged if
    /// nobody resolves it, and for the cooldown after it was resolved; else a new one's number is
    /// in `alert_raised`. A device with 32 unresolved alerts counts on its latest, of whatever
    /// rule, in the same way. Never paused. Fails on a bad signature, a pairing other than the one
    /// that lasts, a number that is not above the device's last, a time ahead of the block by more
    /// than two minutes, before the pairing or after the device was lost, or a ladder the patient
    /// did not set. The ground must cover one of the device's categories.
    RaiseAlert {
        body: Binary,
        signature: Binary,
        ground: GroundRef,
    },
    /// The patient, a guardian with the power `acknowledge`, or a responder of a tier already
    /// called whom the ground named lets receive alerts: takes the alert on, or over from whoever
    /// has it. Never paused. Fails on an alert that is resolved or the sender's already, and for
    /// the responder who opened the emergency that the alert tells of.
    Acknowledge { alert: Uint64, ground: GroundRef },
    /// The patient, or who has the alert now, while the ground it was acknowledged on still holds:
    /// ends an acknowledged alert. Never paused.
    Resolve { alert: Uint64 },
    /// Anybody, once a tier's seconds have passed without acknowledgement: calls the next tier,
    /// which the event `alert_escalated` names. Never paused. Fails early, and on the last tier.
    Escalate { alert: Uint64 },
    /// The consent contract: an emergency was opened. Raises an alert of it on the patient's
    /// lowest ladder; where the patient set none, an alert without responders, which the patient
    /// and guardians can acknowledge. Never paused. Fails on an emergency told before.
    ConsentHook(ConsentHookMsg),

    /// A clinician with a live credential, on a grant for treatment that lets write plans over all
    /// the plan's categories now: keeps the digest of an encrypted plan as the patient's next
    /// version, which is in the event `plan_written`. In force only once acknowledged. `replaces`
    /// is the newest version the writer has seen, 0 where there is none. Fails while paused, on a
    /// version other than the newest, and on a length outside 200 bytes to 256 KiB.
    WritePlan {
        patient: Uint64,
        ground: GroundRef,
        replaces: u32,
        plan: PlanMsg,
    },
    /// The patient, or a guardian with the power `acknowledge`: accepts a plan, which is in force
    /// while it is the newest one accepted and not withdrawn. Never paused. Fails on a plan already
    /// acknowledged or withdrawn, and on one older than the plan in force.
    AcknowledgePlan { patient: Uint64, version: u32 },
    /// The patient, or the plan's author unless the patient denies it everything: ends a plan for
    /// ever; the newest one before it that was acknowledged and not withdrawn is in force again.
    /// Never paused. Fails on a plan withdrawn already.
    WithdrawPlan { patient: Uint64, version: u32 },
    /// Whoever may write the plan (see `WritePlan`): signs an adherence report off, of which the
    /// digest is kept under the number in the event `adherence_recorded`. Fails while paused, on a
    /// period that is not over, longer than 366 days or begun before the plan was acknowledged, and
    /// one that ends after the plan was withdrawn.
    RecordAdherence {
        patient: Uint64,
        ground: GroundRef,
        report: AdherenceMsg,
    },
}

#[cw_serde]
pub struct TierMsg {
    pub responders: Vec<String>,
    /// Seconds until the next tier may be called.
    pub within_s: u32,
}

/// A plan's thresholds, medication schedule and goals are in an age file for those it concerns;
/// the chain holds what proves which file it was.
#[cw_serde]
pub struct PlanMsg {
    /// SHA-256 of the encrypted file, 32 bytes.
    pub digest: Binary,
    /// Its bytes, padding included.
    pub length: u32,
    /// What the plan is about.
    pub categories: Vec<Category>,
}

/// A pointer to an encrypted report of doses taken against a plan's schedule.
#[cw_serde]
pub struct AdherenceMsg {
    /// Version of the plan it holds the doses against.
    pub plan: u32,
    /// Measured epochs it is over.
    pub period: Window,
    /// SHA-256 of the encrypted report, 32 bytes.
    pub digest: Binary,
}

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    /// With its response times.
    #[returns(AlertInfo)]
    Alert { alert: Uint64 },
    /// A patient's alerts, oldest first.
    #[returns(AlertsPage)]
    Alerts {
        patient: Uint64,
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    /// The alert that tells of one of a patient's emergencies.
    #[returns(AlertInfo)]
    EmergencyAlert { patient: Uint64, emergency: Uint64 },
    #[returns(LadderInfo)]
    Ladder { patient: Uint64, ladder: u8 },
    /// Number of the last alert a device signed.
    #[returns(DeviceAlerts)]
    Device { device: Uint64 },
    #[returns(PlanInfo)]
    Plan { patient: Uint64, version: u32 },
    /// A patient's plans, oldest first, withdrawn ones included.
    #[returns(PlansPage)]
    Plans {
        patient: Uint64,
        start_after: Option<u32>,
        limit: Option<u32>,
    },
    /// The plan in force, and the version that `WritePlan` must say it replaces.
    #[returns(CurrentPlan)]
    CurrentPlan { patient: Uint64 },
    /// A patient's adherence reports, oldest first.
    #[returns(AdherencePage)]
    Adherence {
        patient: Uint64,
        start_after: Option<u32>,
        limit: Option<u32>,
    },
}
