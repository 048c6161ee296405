//! Several calls in one transaction; where that is refused, those that are still due by fewer.

use vitals_ledger::{Account, Call, Deployment, LedgerError};

use crate::Task;

/// One task, and what became of it. An error is the chain's refusal of something that is due all
/// the same, or that the node did not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub task: Task,
    pub outcome: Result<Outcome, LedgerError>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// By this transaction, which may have done others too.
    Called { tx: String },
    /// Somebody else was first.
    Elsewhere,
}

pub(crate) struct Calls<'a, A: ?Sized> {
    chain: &'a A,
    at: &'a Deployment,
    done: Vec<Done>,
    /// Transactions that the chain refused.
    refused: u64,
}

impl<'a, A: Account + ?Sized> Calls<'a, A> {
    pub fn new(chain: &'a A, at: &'a Deployment) -> Self {
        Self {
            chain,
            at,
            done: Vec::new(),
            refused: 0,
        }
    }

    /// `due` says whether a task is due at this moment. What comes after a node that does not
    /// answer is left for the next look.
    pub fn all(
        mut self,
        tasks: &[Task],
        most: usize,
        due: impl Fn(&Task) -> Result<bool, LedgerError>,
    ) -> (Vec<Done>, u64) {
        for together in tasks.chunks(most.max(1)) {
            if self.group(together, &due).is_err() {
                break;
            }
        }
        (self.done, self.refused)
    }

    fn group(
        &mut self,
        tasks: &[Task],
        due: &impl Fn(&Task) -> Result<bool, LedgerError>,
    ) -> Result<(), Stop> {
        if tasks.is_empty() {
            return Ok(());
        }
        match self.execute(tasks) {
            Ok(tx) => self.tell(tasks, &Ok(Outcome::Called { tx })),
            Err(error @ LedgerError::Refused { .. }) => {
                self.refused += 1;
                return self.fewer(tasks, error, due);
            }
            Err(error) => {
                self.tell(tasks, &Err(error));
                return Err(Stop);
            }
        }
        Ok(())
    }

    /// Without those that somebody else did meanwhile; else in halves.
    fn fewer(
        &mut self,
        tasks: &[Task],
        error: LedgerError,
        due: &impl Fn(&Task) -> Result<bool, LedgerError>,
    ) -> Result<(), Stop> {
        let mut left = Vec::new();
        for task in tasks {
            match due(task) {
                Ok(true) => left.push(task.clone()),
                Ok(false) => self.tell(std::slice::from_ref(task), &Ok(Outcome::Elsewhere)),
                Err(error) => {
                    self.tell(std::slice::from_ref(task), &Err(error));
                    return Err(Stop);
                }
            }
        }
        if left.len() < tasks.len() {
            return self.group(&left, due);
        }
        if left.len() == 1 {
            self.tell(&left, &Err(error));
            return Ok(());
        }
        let (first, second) = left.split_at(left.len() / 2);
        self.group(first, due)?;
        self.group(second, due)
    }

    fn execute(&self, tasks: &[Task]) -> Result<String, LedgerError> {
        let calls: Vec<Call> = tasks
            .iter()
            .map(|task| task.call(self.at))
            .collect::<Result<_, _>>()?;
        Ok(self.chain.execute(&calls)?.hash)
    }

    fn tell(&mut self, tasks: &[Task], outcome: &Result<Outcome, LedgerError>) {
        self.done.extend(tasks.iter().map(|task| Done {
            task: task.clone(),
            outcome: outcome.clone(),
        }));
    }
}

/// The node does not answer.
struct Stop;
