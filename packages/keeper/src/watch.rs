//! One look after the other: what is due, whose turn it is, the calls.

use std::collections::BTreeMap;

use vitals_ledger::{Account, Deployment, LedgerError, Reader};

use crate::calling::{Calls, Done, Outcome};
use crate::consent::{emergency, of_emergency, of_recovery};
use crate::due::{alert, of_alert, of_policy};
use crate::memory::{Emergency, Memory, Owed};
use crate::owed::of_owed;
use crate::review::{self, Review, ReviewStage};
use crate::seen::Look;
use crate::turns::{Queue, Turns};
use crate::Task;

/// How it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    pub turns: Turns,
    /// Calls in one transaction at most; 0 is taken as 1.
    pub together: usize,
}

impl Default for Manner {
    /// Waits for nobody; ten calls a transaction.
    fn default() -> Self {
        Self {
            turns: Turns::default(),
            together: 10,
        }
    }
}

/// A keeper.
#[derive(Debug, Default)]
pub struct Watch {
    memory: Memory,
    manner: Manner,
    queue: Queue,
    missing: BTreeMap<Emergency, Review>,
}

impl Watch {
    pub fn new(memory: Memory, manner: Manner) -> Self {
        Self {
            memory,
            manner,
            ..Self::default()
        }
    }

    /// To write down after a look.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// To let it hear events before a look.
    pub fn memory_mut(&mut self) -> &mut Memory {
        &mut self.memory
    }

    /// Calls everything that is due and whose turn it is. A call that the chain refuses is
    /// reported, and the others go on; a node that does not answer while it looks is an error.
    pub fn look(
        &mut self,
        chain: &(impl Account + ?Sized),
        at: &Deployment,
    ) -> Result<Vec<Done>, LedgerError> {
        let tasks = self.due(chain, at)?;
        Ok(self.call(chain, at, &tasks))
    }

    /// What it would call now.
    pub fn due(
        &mut self,
        chain: &(impl Account + ?Sized),
        at: &Deployment,
    ) -> Result<Vec<Task>, LedgerError> {
        let now = seconds(chain)?;
        let mut due = self.of_alerts(chain, at, now)?;
        let policies = &mut self.memory.policies;
        due.extend(policies.due(now, |number| of_policy(chain, at, number, now))?);
        due.extend(self.of_emergencies(chain, at, now)?);
        due.extend(self.of_heard(chain, at, now)?);
        let height = chain.height()?;
        let turns = self.manner.turns;
        let turn = self.queue.turn(due, chain.address(), turns, height);
        metrics::gauge!("vitals_keeper_due_count").set(self.queue.len() as f64);
        Ok(turn)
    }

    /// Calls them, together where the chain takes that.
    pub fn call(
        &mut self,
        chain: &(impl Account + ?Sized),
        at: &Deployment,
        tasks: &[Task],
    ) -> Vec<Done> {
        let calls = Calls::new(chain, at);
        let still = |task: &Task| still_due(chain, at, task);
        let (done, refused) = calls.all(tasks, self.manner.together, still);
        metrics::counter!("vitals_keeper_refused_transactions_total").increment(refused);
        let height = chain.height().unwrap_or_default();
        for done in &done {
            self.note(done, height);
        }
        done
    }

    /// Reviews that are missing, as of the last look.
    pub fn missing_reviews(&self) -> Vec<Review> {
        self.missing.values().cloned().collect()
    }

    /// Of those, the ones to tell somebody of now: when due, when overdue, and once a day after.
    pub fn review_news(&mut self, now_s: u64) -> Vec<Review> {
        let missing = self.missing_reviews();
        review::news(&mut self.memory.told, &missing, now_s)
    }

    fn note(&mut self, done: &Done, height: u64) {
        let outcome = match &done.outcome {
            Ok(Outcome::Called { .. }) => "called",
            Ok(Outcome::Elsewhere) => "elsewhere",
            Err(LedgerError::Refused { .. }) => "refused",
            Err(_) => "unanswered",
        };
        let task = done.task.kind();
        metrics::counter!("vitals_keeper_tasks_total", "task" => task, "outcome" => outcome)
            .increment(1);
        match &done.outcome {
            Ok(_) => self.queue.done(&done.task),
            Err(LedgerError::Refused { .. }) => self.queue.refused(&done.task, height),
            Err(_) => {}
        }
    }

    /// An alert that tells of an emergency tells of it here too, whatever events the node kept.
    fn of_alerts(
        &mut self,
        chain: &(impl Reader + ?Sized),
        at: &Deployment,
        now: u64,
    ) -> Result<Vec<Task>, LedgerError> {
        let mut found = Vec::new();
        let due = self.memory.alerts.due(now, |number| {
            let Some(info) = alert(chain, at, number)? else {
                return Ok(None);
            };
            if let Some(emergency) = info.emergency {
                found.push(Emergency {
                    patient: info.patient.u64(),
                    emergency: emergency.u64(),
                });
            }
            Ok(Some(of_alert(&info, now)))
        });
        let emergencies = &mut self.memory.emergencies;
        found.into_iter().for_each(|told| emergencies.insert(told));
        due
    }

    fn of_emergencies(
        &mut self,
        chain: &(impl Reader + ?Sized),
        at: &Deployment,
        now: u64,
    ) -> Result<Vec<Task>, LedgerError> {
        let missing = &mut self.missing;
        let due = self.memory.emergencies.due(now, |which| {
            missing.remove(which);
            let Some(info) = emergency(chain, at, which)? else {
                return Ok(None);
            };
            if let Some(review) = Review::of(which.patient, &info, now) {
                missing.insert(which.clone(), review);
            }
            Ok(Some(of_emergency(which.patient, &info, now)))
        })?;
        self.count_reviews();
        Ok(due)
    }

    fn count_reviews(&self) {
        for stage in [ReviewStage::Due, ReviewStage::Overdue] {
            let of_stage = self.missing.values().filter(|review| review.stage == stage);
            metrics::gauge!("vitals_keeper_reviews_count", "stage" => stage.name())
                .set(of_stage.count() as f64);
        }
    }

    /// Of what it heard of alone: recoveries, and money that nobody collected.
    fn of_heard(
        &mut self,
        chain: &(impl Reader + ?Sized),
        at: &Deployment,
        now: u64,
    ) -> Result<Vec<Task>, LedgerError> {
        let recoveries = &mut self.memory.recoveries;
        let mut due = recoveries.due(now, |patient| {
            of_recovery(chain, at, *patient, now).map(Some)
        })?;
        let owed = &mut self.memory.owed;
        due.extend(owed.due(now, |owed| of_owed(chain, at, owed, now).map(Some))?);
        Ok(due)
    }
}

/// Whether a task that was due is due now: somebody else may have called it.
fn still_due(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    task: &Task,
) -> Result<bool, LedgerError> {
    let now = seconds(chain)?;
    let look = match task {
        Task::Escalate { alert: number } => {
            alert(chain, at, *number)?.map(|info| of_alert(&info, now))
        }
        Task::EndEmergency {
            patient,
            emergency: number,
        } => {
            let which = Emergency {
                patient: *patient,
                emergency: *number,
            };
            emergency(chain, at, &which)?.map(|info| of_emergency(*patient, &info, now))
        }
        Task::CompleteRecovery { patient } => Some(of_recovery(chain, at, *patient, now)?),
        Task::WithdrawOffer { policy }
        | Task::Lapse { policy }
        | Task::Settle { policy, .. }
        | Task::Expire { policy } => of_policy(chain, at, *policy, now)?,
        Task::ReclaimUnclaimed { product, account } => {
            let owed = Owed {
                product: *product,
                account: account.clone(),
            };
            Some(of_owed(chain, at, &owed, now)?)
        }
    };
    Ok(matches!(look, Some(Look::Due(due)) if due.contains(task)))
}

fn seconds(chain: &(impl Reader + ?Sized)) -> Result<u64, LedgerError> {
    Ok(chain.block_time_ms()?.div_euclid(1_000))
}
