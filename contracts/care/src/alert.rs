//! An alert as it is kept.

use vitals_api::care::AlertInfo;
use vitals_core::alert::AlertNotice;
use vitals_core::decision::Seconds;
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::time::Millis;

use crate::config::Config;
use crate::error::ContractError;
use crate::ladder::{Ladder, LadderRef};
use crate::life::{Act, Life};

mod info;
mod record;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub origin: Origin,
    pub cause: Cause,
    /// The alert of the same device and rule that was acknowledged and not resolved in time.
    pub follows: Option<u64>,
    /// Notices it stands for; stays at the most there is.
    pub notices: u32,
    /// What the device signed as the time of the first notice; block time of an emergency.
    pub at_ms: Millis,
    pub raised_at: Seconds,
    /// Tier called last, from 0.
    pub tier: u8,
    pub tier_called_at: Seconds,
    pub life: Life,
}

/// What is known of an alert beside its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub patient: u64,
    /// What the device measured then: whoever may receive alerts of one of them may take it on.
    pub categories: Set<Category>,
    /// The version it began on: a ladder set later does not change whom it calls. None where the
    /// patient had set none when an emergency was opened.
    pub ladder: Option<LadderRef>,
}

/// What it tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    Device(Found),
    Emergency {
        /// Consent's number.
        number: u64,
        /// Who opened it, and may not silence the alert of it.
        responder: String,
    },
}

/// What a device found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub device: u64,
    /// Not known of those kept in layout 1.
    pub pairing: Option<u32>,
    pub rule: u16,
    /// SHA-256 of the encrypted detail of the first notice.
    pub digest: [u8; 32],
}

impl Alert {
    /// The first tier is called as it is raised.
    pub fn raised(cause: Cause, origin: Origin, at_ms: Millis, now: Seconds) -> Self {
        Self {
            origin,
            cause,
            follows: None,
            notices: 1,
            at_ms,
            raised_at: now,
            tier: 0,
            tier_called_at: now,
            life: Life::Open,
        }
    }

    /// Whether the next notice of its device and rule counts on it: while it is open, for less
    /// than the reopening time after it was first taken on if nobody resolves it, and for less
    /// than the cooldown after it was resolved. So no answer silences a device for longer.
    pub fn takes_notices(&self, now: Seconds, config: &Config) -> bool {
        let within = |from: Seconds, seconds: u32| now < from.saturating_add(seconds.into());
        match &self.life {
            Life::Open => true,
            Life::Acknowledged(by) => within(by.first_at, config.reopens_after_s),
            Life::Resolved { at, .. } => within(*at, config.cooldown_s),
        }
    }

    pub fn is_resolved(&self) -> bool {
        self.life.resolved_at().is_some()
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
        info::of(self, number, ladder)
    }
}

impl From<&AlertNotice> for Found {
    fn from(notice: &AlertNotice) -> Self {
        Self {
            device: notice.device,
            pairing: Some(notice.pairing),
            rule: notice.rule,
            digest: notice.digest,
        }
    }
}

#[cfg(test)]
mod tests;
