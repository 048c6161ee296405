//! An alert as it is kept.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::AlertInfo;
use vitals_api::store::Record;
use vitals_core::alert::AlertNotice;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::Millis;
use vitals_core::FormatError;

use crate::error::ContractError;
use crate::ladder::{Ladder, LadderRef};
use crate::life::{Act, Life};

const VERSION: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub origin: Origin,
    pub device: u64,
    pub rule: u16,
    /// SHA-256 of the encrypted detail of the first notice.
    pub digest: [u8; 32],
    /// Notices it stands for; stays at the most there is.
    pub notices: u32,
    /// What the device signed as the time of the first notice.
    pub at_ms: Millis,
    pub raised_at: Seconds,
    /// Tier called last, from 0.
    pub tier: u8,
    pub tier_called_at: Seconds,
    pub life: Life,
}

/// What is known of an alert beside its notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub patient: u64,
    /// What the device measured then: whoever may receive alerts of one of them may take it on.
    pub categories: Set<Category>,
    /// The version it began on: a ladder set later does not change whom it calls.
    pub ladder: LadderRef,
}

impl Alert {
    /// The first tier is called as it is raised.
    pub fn raised(notice: &AlertNotice, origin: Origin, now: Seconds) -> Self {
        Self {
            origin,
            device: notice.device,
            rule: notice.rule,
            digest: notice.digest,
            notices: 1,
            at_ms: notice.at_ms,
            raised_at: now,
            tier: 0,
            tier_called_at: now,
            life: Life::Open,
        }
    }

    /// Whether the next notice of its device and rule counts on it: until it is resolved, and for
    /// less than the cooldown after.
    pub fn takes_notices(&self, now: Seconds, cooldown_s: u32) -> bool {
        match self.life.resolved_at() {
            None => true,
            Some(at) => now < at.saturating_add(cooldown_s.into()),
        }
    }

    /// When the next tier may be called; none where it was taken on or no tier is left.
    pub fn escalates_at(&self, ladder: &Ladder) -> Option<Seconds> {
        ladder.next(self.tier)?;
        let within_s = ladder.tier(self.tier)?.within_s;
        (self.life == Life::Open).then(|| self.tier_called_at.saturating_add(within_s.into()))
    }

    pub fn after(self, act: Act) -> Result<Self, ContractError> {
        Ok(Self {
            life: self.life.after(act)?,
            ..self
        })
    }

    pub fn counted(self) -> Result<Self, ContractError> {
        let notices = self.notices.saturating_add(1);
        Ok(Self {
            notices,
            ..self.after(Act::Count)?
        })
    }

    /// Its next tier called, where that one's time has come. The state is judged first: an alert
    /// that somebody took on has no tier to wait for.
    pub fn escalated(self, ladder: &Ladder, now: Seconds) -> Result<Self, ContractError> {
        let open = self.after(Act::Escalate)?;
        let tier = open.tier;
        let next = ladder.next(tier).zip(open.escalates_at(ladder));
        let (next, escalates_at) = next.ok_or(ContractError::LastTier { tier })?;
        if now < escalates_at {
            return Err(ContractError::TooEarly {
                tier,
                escalates_at,
                now,
            });
        }
        Ok(Self {
            tier: next,
            tier_called_at: now,
            ..open
        })
    }

    pub fn info(self, number: u64, ladder: &Ladder) -> AlertInfo {
        let acknowledged = self.life.acknowledgement();
        AlertInfo {
            alert: Uint64::new(number),
            patient: Uint64::new(self.origin.patient),
            device: Uint64::new(self.device),
            rule: self.rule,
            digest: Binary::new(self.digest.to_vec()),
            state: self.life.state(),
            notices: self.notices,
            at_ms: self.at_ms,
            raised_at: self.raised_at,
            tier: self.tier,
            tier_called_at: self.tier_called_at,
            escalates_at: self.escalates_at(ladder),
            responders: ladder
                .tier(self.tier)
                .map_or_else(Vec::new, |tier| tier.responders.clone()),
            acknowledged_by: acknowledged.map(|a| a.by.clone()),
            acknowledged_at: acknowledged.map(|a| a.at),
            resolved_at: self.life.resolved_at(),
        }
    }
}

impl Record for Alert {
    const NAME: &'static str = "alert";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = Writer::versioned(VERSION)
            .u64(self.origin.patient)
            .u16(self.origin.categories.bits())
            .u8(self.origin.ladder.ladder)
            .u32(self.origin.ladder.version)
            .u64(self.device)
            .u16(self.rule)
            .raw(&self.digest)
            .u32(self.notices)
            .u64(self.at_ms)
            .u64(self.raised_at)
            .u8(self.tier)
            .u64(self.tier_called_at);
        Ok(self.life.write(head)?.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let origin = Origin {
            patient: r.u64()?,
            categories: Set::from_bits(r.u16()?)?,
            ladder: LadderRef {
                ladder: r.u8()?,
                version: r.u32()?,
            },
        };
        let alert = Self {
            origin,
            device: r.u64()?,
            rule: r.u16()?,
            digest: r.array()?,
            notices: r.u32()?,
            at_ms: r.u64()?,
            raised_at: r.u64()?,
            tier: r.u8()?,
            tier_called_at: r.u64()?,
            life: Life::read(&mut r)?,
        };
        r.end()?;
        Ok(alert)
    }
}

#[cfg(test)]
mod tests;
