//! Guardians acting together, and the recovery of a lost account: what is asked and answered.

use std::ops::RangeInclusive;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Uint64;
use vitals_core::decision::{Power, Seconds};

use super::ExecuteMsg;

const HOUR_S: u64 = 3_600;
/// Beyond this, a delay that protects one party locks the other out.
const LONGEST_S: u64 = 90 * 86_400;

/// Delays and deadlines, in seconds; fixed when the contract is instantiated or migrated.
#[cw_serde]
#[derive(Eq)]
pub struct Timing {
    /// In which a recovery can be vetoed: 3,600 to 7,776,000 (90 days).
    pub recovery_delay_s: u64,
    /// After all guardians overrode a veto: 3,600 to 7,776,000.
    pub override_delay_s: u64,
    /// From an emergency's last second to the deadline of its review: 60 to 7,776,000.
    pub review_within_s: u64,
    /// An emergency lasts at most this: 60 to 86,400.
    pub max_emergency_s: u64,
}

impl Default for Timing {
    /// 3 days, 7 days, 3 days, 24 hours.
    fn default() -> Self {
        Self {
            recovery_delay_s: 3 * 86_400,
            override_delay_s: 7 * 86_400,
            review_within_s: 3 * 86_400,
            max_emergency_s: 86_400,
        }
    }
}

impl Timing {
    /// Name and value of each, and what it may be.
    pub fn bounded(&self) -> [(&'static str, u64, RangeInclusive<u64>); 4] {
        let delay = HOUR_S..=LONGEST_S;
        [
            ("recovery_delay_s", self.recovery_delay_s, delay.clone()),
            ("override_delay_s", self.override_delay_s, delay),
            ("review_within_s", self.review_within_s, 60..=LONGEST_S),
            ("max_emergency_s", self.max_emergency_s, 60..=86_400),
        ]
    }

    /// What it takes for a guardian's power to recover to begin, or to end before its date: as
    /// long as the guardians need at most to recover from a thief.
    pub fn notice_s(&self) -> u64 {
        self.recovery_delay_s.saturating_add(self.override_delay_s)
    }
}

#[cw_serde]
pub struct GuardiansPage {
    pub guardians: Vec<NamedGuardian>,
}

#[cw_serde]
pub struct NamedGuardian {
    pub guardian: String,
    pub info: super::GuardianInfo,
}

/// How many guardians act together; absent where the patient set nothing: one alone grants and
/// revokes, all together recover.
#[cw_serde]
pub struct QuorumsInfo {
    pub grant: Option<u8>,
    pub revoke: Option<u8>,
    /// Now.
    pub recover: Option<u8>,
    /// Where it changes later.
    pub recover_next: Option<NextQuorum>,
}

#[cw_serde]
pub struct NextQuorum {
    pub of: u8,
    pub from: Seconds,
}

/// Proposals that can be approved now, at most 16.
#[cw_serde]
pub struct ProposalsInfo {
    pub proposals: Vec<ProposalInfo>,
}

#[cw_serde]
pub struct ProposalInfo {
    pub proposal: Uint64,
    pub power: Power,
    /// What is done once enough guardians approved.
    pub msg: ExecuteMsg,
    /// The proposer first.
    pub approvals: Vec<String>,
    /// First second it can no longer be approved.
    pub until: Seconds,
}

#[cw_serde]
pub struct RecoveryInfo {
    /// Absent where no recovery is open.
    pub stage: Option<RecoveryStage>,
    /// Votes that count now; none once enough guardians agreed.
    pub votes: Vec<VoteInfo>,
    /// How many votes for one account it takes now.
    pub needed: u8,
}

#[cw_serde]
pub enum RecoveryStage {
    /// Guardians vote.
    Collecting {},
    /// Can be vetoed, and completed from `ready_at` on.
    Waiting { account: String, ready_at: Seconds },
    /// All guardians together can override.
    Vetoed { at: Seconds },
    /// Can no longer be vetoed; can be completed from `ready_at` on.
    Overriding { account: String, ready_at: Seconds },
}

#[cw_serde]
pub struct VoteInfo {
    pub guardian: String,
    /// The account it wants the patient to have.
    pub account: String,
}
