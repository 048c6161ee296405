//! Walking the numbers: those still open, then those that are new.

use std::collections::BTreeSet;

use vitals_ledger::{Account, Deployment, LedgerError};

use crate::due::{of_alert, of_policy, Look, Task};

/// One call, and the hash of its transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub task: Task,
    pub outcome: Result<String, LedgerError>,
}

/// Numbers seen so far.
#[derive(Debug, Default)]
pub struct Watch {
    alerts: Seen,
    policies: Seen,
}

#[derive(Debug, Default)]
struct Seen {
    last: u64,
    open: BTreeSet<u64>,
}

impl Watch {
    /// Calls everything that is due. A call that the chain refuses is reported, and the others go
    /// on; a node that does not answer is an error.
    pub fn look(
        &mut self,
        chain: &(impl Account + ?Sized),
        at: &Deployment,
    ) -> Result<Vec<Done>, LedgerError> {
        let now = chain.block_time_ms()?.div_euclid(1_000);
        let mut due = self.alerts.due(|number| of_alert(chain, at, number, now))?;
        due.extend(self.policies.due(|number| of_policy(chain, at, number))?);
        Ok(due.into_iter().map(|task| call(chain, at, task)).collect())
    }
}

fn call(chain: &(impl Account + ?Sized), at: &Deployment, task: Task) -> Done {
    let sent = task.call(at).and_then(|call| chain.execute(&[call]));
    Done {
        task,
        outcome: sent.map(|tx| tx.hash),
    }
}

impl Seen {
    fn due(
        &mut self,
        look: impl Fn(u64) -> Result<Option<Look>, LedgerError>,
    ) -> Result<Vec<Task>, LedgerError> {
        let mut due = Vec::new();
        for number in self.open.clone() {
            self.note(number, look(number)?, &mut due);
        }
        while let Some(found) = look(self.last.saturating_add(1))? {
            self.last += 1;
            self.note(self.last, Some(found), &mut due);
        }
        Ok(due)
    }

    fn note(&mut self, number: u64, found: Option<Look>, due: &mut Vec<Task>) {
        match found {
            Some(Look::Settled) | None => {
                self.open.remove(&number);
            }
            Some(Look::Open(tasks)) => {
                self.open.insert(number);
                due.extend(tasks);
            }
        }
    }
}
