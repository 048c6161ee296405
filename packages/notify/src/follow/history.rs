//! Whether the chain goes on where it was left, and what to do about blocks that are gone.

use metrics::counter;

use super::Follower;
use crate::chain::Blocks;
use crate::store::{Gap, Progress};
use crate::undelivered::to_operators;
use crate::whom::Led;
use crate::{NotifyError, Urgency};

impl<C: Blocks> Follower<C> {
    pub(super) fn check_chain(&self) -> Result<(), NotifyError> {
        let got = self.chain.chain_id()?;
        let expected = self.at.chain_id.clone();
        match got == expected {
            true => Ok(()),
            false => Err(NotifyError::OtherChain { got, expected }),
        }
    }

    /// A node that is behind is waited for. One with another block where we were has another
    /// history: that is said, and the new one is followed.
    pub(super) fn check(
        &mut self,
        progress: Progress,
        tip: u64,
        now_ms: u64,
    ) -> Result<(), NotifyError> {
        if tip < progress.height {
            let seen = progress.height;
            return Err(NotifyError::Behind { tip, seen });
        }
        if self.checked {
            return Ok(());
        }
        self.check_chain()?;
        let found = self.chain.time_of(progress.height)?;
        if let Some(time_ms) = found.filter(|time_ms| *time_ms != progress.time_ms) {
            let height = progress.height;
            self.note_gap(height, height, "notify/other_history", now_ms)?;
            self.put(height, time_ms, &Led::default(), now_ms)?;
        }
        self.checked = true;
        Ok(())
    }

    pub(super) fn note_gap(
        &mut self,
        from: u64,
        to: u64,
        why: &str,
        now_ms: u64,
    ) -> Result<(), NotifyError> {
        tracing::error!(
            from,
            to,
            why,
            "blocks could not be read: nobody was told what was in them"
        );
        counter!("vitals_notify_gap_blocks_total").increment(to.saturating_sub(from) + 1);
        let why = why.to_owned();
        let noted_ms = now_ms;
        self.store.note_gap(&Gap {
            from,
            to,
            why,
            noted_ms,
        })?;
        let told = to_operators(&format!("gap/{from}"), Urgency::Urgent, &self.people);
        self.store.tell(&told, now_ms)?;
        Ok(())
    }

    /// Alerts are numbered without gaps: those that were raised in blocks that are gone are found
    /// by asking for one after the other.
    pub(super) fn catch_up_alerts(&mut self, height: u64, now_ms: u64) -> Result<(), NotifyError> {
        let block_ms = self.chain.block_time_ms()?;
        let Progress {
            height: before,
            alert,
            ..
        } = self.store.progress()?.unwrap_or_default();
        let mut number = alert;
        loop {
            number += 1;
            let found = self.ask(block_ms).alert(number);
            // What cannot be understood is said, and is no reason to ask for ever.
            let (led, more) = match found {
                Ok(Some(led)) => (led, true),
                Ok(None) => break,
                Err(error) => (
                    self.readable(Err(error), &format!("alert/{number}/gap"))?,
                    false,
                ),
            };
            self.put(before, block_ms, &led, now_ms)?;
            if !more {
                break;
            }
        }
        self.put(height, block_ms, &Led::default(), now_ms)
    }
}
