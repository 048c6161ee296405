//! Several keepers beside each other, who do not know of each other: each waits its own number of
//! blocks before it calls, another one for each task. Whoever has the fewest calls it; the others
//! find it done.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::Task;

/// A task that is refused, and goes on being due, is called again after twice as many blocks each
/// time, up to this many.
const MOST_BLOCKS: u64 = 1_024;

/// How many blocks keepers wait at most, and one: with 1 none waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turns(u32);

impl Default for Turns {
    fn default() -> Self {
        Self(1)
    }
}

impl Turns {
    /// 0 is taken as 1.
    pub fn of(turns: u32) -> Self {
        Self(turns.max(1))
    }

    /// Blocks from when an account sees a task due until it calls it: the same at every start.
    pub fn wait(&self, account: &str, task: &Task) -> u64 {
        let hash = Sha256::new()
            .chain_update(account)
            .chain_update([0])
            .chain_update(task.key())
            .finalize();
        let drawn = hash
            .iter()
            .take(8)
            .fold(0u64, |n, b| n << 8 | u64::from(*b));
        drawn % u64::from(self.0)
    }
}

/// Tasks that were seen due, and from which height on they are called.
#[derive(Debug, Default)]
pub(crate) struct Queue(BTreeMap<Task, Place>);

#[derive(Debug)]
struct Place {
    from: u64,
    refusals: u32,
}

impl Queue {
    /// Of what is due now, what may be called now. What is due no more is forgotten.
    pub fn turn(&mut self, due: Vec<Task>, account: &str, turns: Turns, height: u64) -> Vec<Task> {
        self.0.retain(|task, _| due.contains(task));
        for task in &due {
            let from = height.saturating_add(turns.wait(account, task));
            self.0
                .entry(task.clone())
                .or_insert(Place { from, refusals: 0 });
        }
        let mut due = due;
        due.retain(|task| self.0.get(task).is_some_and(|place| place.from <= height));
        due
    }

    pub fn done(&mut self, task: &Task) {
        self.0.remove(task);
    }

    pub fn refused(&mut self, task: &Task, height: u64) {
        if let Some(place) = self.0.get_mut(task) {
            let pause = 2u64.saturating_pow(place.refusals).min(MOST_BLOCKS);
            place.refusals = place.refusals.saturating_add(1);
            place.from = height.saturating_add(pause);
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASK: Task = Task::Lapse { policy: 7 };

    #[test]
    fn each_account_waits_its_own_blocks_fewer_than_there_are_turns() {
        let turns = Turns::of(8);
        let waits: Vec<u64> = (0..64)
            .map(|n| turns.wait(&format!("wasm1keeper{n}"), &TASK))
            .collect();
        assert!(waits.iter().all(|wait| *wait < 8));
        for wait in 0..8 {
            assert!(waits.contains(&wait), "nobody waits {wait}");
        }
        assert_eq!(Turns::of(0).wait("wasm1keeper", &TASK), 0);
    }

    #[test]
    fn one_account_waits_differently_for_another_task() {
        let waits = |account| -> Vec<u64> {
            let task = |policy| Task::Lapse { policy };
            (1..=8)
                .map(|policy| Turns::of(1_000).wait(account, &task(policy)))
                .collect()
        };
        assert_ne!(waits("wasm1a"), waits("wasm1b"));
        assert!(waits("wasm1a").windows(2).any(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn what_is_refused_time_and_again_is_called_less_and_less() {
        let mut queue = Queue::default();
        let mut called = Vec::new();
        for height in 1..=40 {
            let turn = queue.turn(vec![TASK], "wasm1keeper", Turns::default(), height);
            if !turn.is_empty() {
                called.push(height);
                queue.refused(&TASK, height);
            }
        }
        assert_eq!(called, [1, 2, 4, 8, 16, 32]);
    }

    #[test]
    fn what_is_due_anew_waits_its_turn_anew() {
        let mut queue = Queue::default();
        let turns = Turns::of(1_000);
        let wait = turns.wait("wasm1keeper", &TASK);
        assert!(wait > 1, "choose another task for this test");
        assert!(queue.turn(vec![TASK], "wasm1keeper", turns, 1).is_empty());
        assert!(queue.turn(vec![], "wasm1keeper", turns, wait).is_empty());
        assert!(queue
            .turn(vec![TASK], "wasm1keeper", turns, 1 + wait)
            .is_empty());
        let turn = queue.turn(vec![TASK], "wasm1keeper", turns, 1 + 2 * wait);
        assert_eq!(turn, [TASK]);
    }
}
