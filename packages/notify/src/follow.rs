//! Reads the chain block by block, and puts whom it concerns into the store. It goes on where it
//! was; what it cannot read it says.

mod history;

use std::sync::Arc;

use metrics::{counter, gauge};
use vitals_ledger::{Account, Deployment, LedgerError};

use crate::chain::{Blocks, Found, Seen};
use crate::event::read;
use crate::later;
use crate::people::People;
use crate::store::{Carried, Later, Progress, Store};
use crate::undelivered::{carry_on, escalate, to_operators, CarryOn};
use crate::whom::{Ask, Led};
use crate::{NotifyError, Urgency};

/// In one step: what else is to be done is not held up.
const BLOCKS: u64 = 100;
const LOOKS: u32 = 100;

pub struct Follower<C> {
    chain: C,
    at: Deployment,
    people: Arc<People>,
    store: Store,
    policy_lead_s: u64,
    /// Calls `Escalate`; without one operators are told and nothing more.
    account: Option<Box<dyn Account + Send>>,
    /// Whether the last block in the store is the chain's: looked at after each trouble.
    checked: bool,
}

impl<C: Blocks> Follower<C> {
    pub fn new(chain: C, at: Deployment, people: Arc<People>, store: Store) -> Self {
        Self {
            chain,
            at,
            people,
            store,
            policy_lead_s: 7 * 86_400,
            account: None,
            checked: false,
        }
    }

    pub fn with_policy_lead_days(mut self, days: u64) -> Self {
        self.policy_lead_s = days.saturating_mul(86_400);
        self
    }

    pub fn with_account(mut self, account: Box<dyn Account + Send>) -> Self {
        self.account = Some(account);
        self
    }

    /// Whether there is more to read at once.
    pub fn step(&mut self, now_ms: u64) -> Result<bool, NotifyError> {
        let done = self.read_on(now_ms);
        if done.is_err() {
            self.checked = false;
        }
        done
    }

    fn read_on(&mut self, now_ms: u64) -> Result<bool, NotifyError> {
        let tip = self.chain.height()?;
        let Some(progress) = self.store.progress()? else {
            self.begin(tip)?;
            return Ok(false);
        };
        self.check(progress, tip, now_ms)?;
        let last = tip.min(progress.height.saturating_add(BLOCKS));
        let mut height = progress.height;
        while height < last {
            height = self.read_block(height + 1, last, now_ms)?;
        }
        self.look_again(now_ms)?;
        self.carry_on()?;
        gauge!("vitals_notify_height").set(height as f64);
        Ok(height < tip)
    }

    /// What was before is not told.
    fn begin(&mut self, tip: u64) -> Result<(), NotifyError> {
        self.check_chain()?;
        let time_ms = self.chain.time_of(tip)?.unwrap_or(0);
        let alert = 0;
        let at = Progress {
            height: tip,
            time_ms,
            alert,
        };
        self.store.advance(at, &[], &[], 0)?;
        tracing::info!(height = tip, "follows the chain from here");
        Ok(())
    }

    /// The block that was read last. One that led to nothing is noted with the next that did, or
    /// the last of the step: to read it again does no harm.
    fn read_block(&mut self, height: u64, last: u64, now_ms: u64) -> Result<u64, NotifyError> {
        match self.chain.block(height)? {
            Found::Block(seen) => {
                let led = self.led(height, &seen)?;
                if height == last || led != Led::default() {
                    self.put(height, seen.time_ms, &led, now_ms)?;
                }
                Ok(height)
            }
            Found::Pruned { lowest } => {
                self.note_gap(height, lowest - 1, "notify/pruned", now_ms)?;
                self.catch_up_alerts(lowest - 1, now_ms)?;
                Ok(lowest - 1)
            }
        }
    }

    fn led(&self, height: u64, seen: &Seen) -> Result<Led, LedgerError> {
        let mut all = Led::default();
        let ask = self.ask(seen.time_ms);
        for (place, event) in seen.events.iter().enumerate() {
            let Some(happening) = read(event, &self.at) else {
                continue;
            };
            let led = ask.led(&happening, (height, place));
            all.join(self.readable(led, &format!("event/{height}/{place}"))?);
        }
        Ok(all)
    }

    fn ask(&self, block_ms: u64) -> Ask<'_, C> {
        Ask {
            chain: &self.chain,
            at: &self.at,
            people: &self.people,
            block_s: block_ms / 1_000,
        }
    }

    /// A node that is away is waited for. An answer that cannot be understood stays so: operators
    /// are told that somebody may have to be told.
    fn readable(&self, led: Result<Led, LedgerError>, thing: &str) -> Result<Led, LedgerError> {
        match led {
            Err(error @ LedgerError::Unreachable { .. }) => Err(error),
            Err(error) => {
                tracing::error!(code = error.code(), "an event was not understood");
                counter!("vitals_notify_unreadable_total").increment(1);
                Ok(Led {
                    tellings: to_operators(thing, Urgency::Urgent, &self.people),
                    ..Led::default()
                })
            }
            led => led,
        }
    }

    fn put(
        &mut self,
        height: u64,
        time_ms: u64,
        led: &Led,
        now_ms: u64,
    ) -> Result<(), NotifyError> {
        let alert = led.alert;
        let to = Progress {
            height,
            time_ms,
            alert,
        };
        let new = self.store.advance(to, &led.tellings, &led.later, now_ms)?;
        counter!("vitals_notify_told_total").increment(new as u64);
        self.end_answered(led, now_ms)
    }

    fn end_answered(&mut self, led: &Led, now_ms: u64) -> Result<(), NotifyError> {
        for alert in &led.answered {
            self.store.answered(*alert, now_ms)?;
        }
        Ok(())
    }

    fn look_again(&mut self, now_ms: u64) -> Result<(), NotifyError> {
        let block_ms = self.chain.block_time_ms()?;
        for at in self.store.later(block_ms / 1_000, LOOKS)? {
            let looked = later::look(&self.ask(block_ms), &at, self.policy_lead_s);
            let (led, again) = self.looked(looked, &at)?;
            self.store.looked(&at, again, &led.tellings, now_ms)?;
            self.end_answered(&led, now_ms)?;
        }
        Ok(())
    }

    fn looked(
        &self,
        looked: Result<later::Look, LedgerError>,
        at: &Later,
    ) -> Result<later::Look, LedgerError> {
        let mut again = None;
        let led = looked.map(|(led, at_s)| {
            again = at_s;
            led
        });
        let led = self.readable(led, &format!("look/{}/{}", at.kind, at.about))?;
        Ok((led, again))
    }

    fn carry_on(&mut self) -> Result<(), NotifyError> {
        let waiting = self.store.to_carry_on()?;
        if waiting.is_empty() {
            return Ok(());
        }
        let block_ms = self.chain.block_time_ms()?;
        for carried in waiting {
            if self.is_carried_on(&carried, block_ms)? {
                self.store.carried_on(&carried.id)?;
            }
        }
        Ok(())
    }

    /// Whether nothing is left to do.
    fn is_carried_on(&self, carried: &Carried, block_ms: u64) -> Result<bool, LedgerError> {
        let ask = self.ask(block_ms);
        let Some(info) = ask.alert_info(carried.alert)? else {
            return Ok(true);
        };
        match (carry_on(&info, carried, ask.block_s), &self.account) {
            (CarryOn::Nothing, _) => Ok(true),
            (CarryOn::Wait, _) => Ok(false),
            // Operators were told; a keeper may do it.
            (CarryOn::Escalate, None) => Ok(true),
            (CarryOn::Escalate, Some(account)) => {
                match escalate(account.as_ref(), &self.at, carried.alert) {
                    Ok(()) => Ok(true),
                    Err(error) => {
                        tracing::warn!(code = error.code(), "an alert was not escalated yet");
                        Ok(false)
                    }
                }
            }
        }
    }
}

impl Led {
    fn join(&mut self, other: Self) {
        self.tellings.extend(other.tellings);
        self.later.extend(other.later);
        self.answered.extend(other.answered);
        self.alert = self.alert.max(other.alert);
    }
}
