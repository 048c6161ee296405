//! vitals-anchor: encrypted vitals pointers.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, Uint64};
use vitals_core::decision::GroundRef;
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::GapReason;
use vitals_core::rule::Assurance;
use vitals_core::time::{Epoch, Millis, Window};

use crate::admin::AdminMsg;

pub mod record;

/// Batches one message may anchor, or look at to shred.
pub const MAX_BATCHES: usize = 64;
/// Numbers one gap notice may give up: more than a device closes in its life.
pub const MAX_GAP: u64 = 1_000_000;
/// How far a device's clock may run ahead of the block, milliseconds.
pub const CLOCK_AHEAD_MS: u64 = 120_000;
/// Bytes of a sealed payload, padding included: at least what encryption adds, at most what a
/// vault takes.
pub const MIN_SEALED: u32 = 64;
pub const MAX_SEALED: u32 = 4 * 1_024 * 1_024;
/// Bytes of a multiproof: 30 leaves with their places, and 16 nodes for each.
pub const MAX_PROOF: usize = 4 + 30 * (2 + 31) + 30 * 16 * 32;

/// Fails unless the registry is made for the same consent: all contracts are of one deployment.
#[cw_serde]
pub struct InstantiateMsg {
    pub owner: String,
    pub consent: String,
    pub registry: String,
}

#[cw_serde]
pub enum ExecuteMsg {
    /// Housekeeping, see [`AdminMsg`].
    Admin(AdminMsg),

    /// The patient, or a sealer by the grant it names: anchors 1 to 64 batches of that patient's
    /// devices, all or none. Each is the bytes of a `SealedBatch`. No funds. Fails while paused,
    /// and unless: the device's signature is good, by the key that holds for the number; the
    /// sequence number is exactly the device's last plus one; times are in order, after the
    /// device's previous batch of that category, and end no later than two minutes after the
    /// block; the pairing held, and the device was neither lost nor suspended, recalled or
    /// retired, while it measured; and the generation is open (or the one before, for what was
    /// measured before the raise).
    Anchor {
        ground: GroundRef,
        batches: Vec<Binary>,
    },
    /// Anybody: records a hole that the device itself signed for, so that its next batch may skip
    /// those numbers. The body is a `GapNotice` from exactly the last number plus one, over at
    /// most 1,000,000 numbers, in a pairing the device had. No funds. Goes on while paused. Fails
    /// where the device says it measured last before what it anchored last, more than two minutes
    /// after the block, or when it was lost; beyond the last number a retired device signed; and,
    /// for what an earlier pairing left, where the named one had begun by then.
    NoteGap { notice: Binary, signature: Binary },
    /// The patient, and nobody for it, since it cannot be undone: takes the pointers (roots, digest,
    /// length) of these categories' batches in a window away for ever. That there were batches,
    /// when and of how many readings, stays, with who shredded them and when. No funds. Goes on
    /// while paused. Looks at no more than 64 batches: the answer, a `ShredAnswer`, says where to
    /// go on, which the next message takes as `start_after`. Fails on an empty list or window, and
    /// on a cursor of another patient, category or window. What is anchored later is not shredded.
    Shred {
        patient: Uint64,
        categories: Vec<Category>,
        window: Window,
        start_after: Option<BatchId>,
    },
}

/// The data of a response to `Shred`.
#[cw_serde]
pub struct ShredAnswer {
    /// Batches that lost their pointers by this message.
    pub shredded: u32,
    /// The last batch looked at where there may be more; absent once all are done.
    pub go_on_after: Option<BatchId>,
}

/// Names one batch.
#[cw_serde]
pub struct BatchId {
    pub patient: Uint64,
    pub category: Category,
    pub epoch: Epoch,
    pub device: Uint64,
    pub sequence: Uint64,
}

#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    #[returns(crate::admin::AdminInfo)]
    Admin {},
    #[returns(ConfigInfo)]
    Config {},
    #[returns(BatchInfo)]
    Batch { id: BatchId },
    /// A patient's batches of a category, by epoch, then device and sequence.
    #[returns(BatchesPage)]
    Batches {
        patient: Uint64,
        category: Category,
        /// First epoch; the earliest where absent.
        from_epoch: Option<Epoch>,
        /// First epoch after; none where absent.
        to_epoch: Option<Epoch>,
        /// The last batch of the page before.
        start_after: Option<BatchId>,
        limit: Option<u32>,
    },
    #[returns(DeviceHead)]
    Device { device: Uint64 },
    /// Holes in a device's batches that it signed for, oldest first.
    #[returns(GapsPage)]
    Gaps {
        device: Uint64,
        /// First missing number of the last gap of the page before.
        start_after: Option<Uint64>,
        limit: Option<u32>,
    },
    /// Checks readings with a multiproof against an anchored batch.
    #[returns(VerifiedReadings)]
    VerifyReading { id: BatchId, proof: Binary },
}

#[cw_serde]
pub struct ConfigInfo {
    pub consent: String,
    pub registry: String,
    pub deployment_id: Binary,
}

#[cw_serde]
pub struct BatchInfo {
    pub id: BatchId,
    pub pairing: u32,
    /// Empty once shredded, as the digest is.
    pub root: Binary,
    pub private_root: Option<Binary>,
    /// SHA-256 of the ciphertext: vaults serve by it.
    pub digest: Binary,
    /// 0 once shredded.
    pub length: u32,
    pub count: u16,
    pub first_at_ms: Millis,
    pub last_at_ms: Millis,
    pub generation: u32,
    pub assurance: Assurance,
    /// What the device's model measured then; all where the batch is of the first release.
    pub measures: Vec<Measure>,
    pub calibrated: bool,
    pub simulated: bool,
    pub anchored_at_ms: Millis,
    /// Absent while the pointer is kept.
    pub shredded: Option<ShreddedInfo>,
}

#[cw_serde]
pub struct ShreddedInfo {
    pub by: String,
    /// Block time.
    pub at_ms: Millis,
}

#[cw_serde]
pub struct BatchesPage {
    pub batches: Vec<BatchInfo>,
}

#[cw_serde]
pub struct DeviceHead {
    /// Number of the last batch, anchored or given up by a gap notice; 0 where there is none.
    pub sequence: Uint64,
    /// Per category, the time of the last reading anchored.
    pub last: Vec<LastReading>,
}

#[cw_serde]
pub struct LastReading {
    pub category: Category,
    pub at_ms: Millis,
}

/// Batches `from..next` of a device will never come, as the device says.
#[cw_serde]
pub struct GapInfo {
    /// The pairing the device went on in.
    pub pairing: u32,
    pub from: Uint64,
    pub next: Uint64,
    /// When the device last measured before it went on, by its own clock.
    pub last_at_ms: Millis,
    pub reason: GapReason,
    /// Block time of the notice.
    pub noted_at_ms: Millis,
}

#[cw_serde]
pub struct GapsPage {
    pub gaps: Vec<GapInfo>,
    /// Numbers that all of the device's notices gave up together, on this page or not.
    pub missing: Uint64,
}

#[cw_serde]
pub struct VerifiedReadings {
    pub readings: Vec<VerifiedReading>,
}

#[cw_serde]
pub struct VerifiedReading {
    pub index: u16,
    pub measure: Measure,
    /// Fixed point at the measure's scale.
    pub value: i64,
    pub at_ms: Millis,
    pub simulated: bool,
}
