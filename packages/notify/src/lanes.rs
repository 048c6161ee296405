//! One thread for each place that notifications go to: what is slow or down holds up nothing else,
//! and there what is urgent goes first, whoever it is for.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::Arc;
use std::time::Duration;

use crate::people::Route;
use crate::service::now_ms;
use crate::{NotifyError, Outcome, Outgoing, Urgency};

/// Of each urgency, what waits for one place in memory; the rest waits in the store. What can wait
/// takes no place of what cannot.
const WAITING: usize = 8;

pub(crate) struct Job {
    /// The route's place in the person's order, and how many there are.
    pub at: (usize, usize),
    pub round: u32,
    pub route: Route,
    pub outgoing: Outgoing,
}

pub(crate) struct Done {
    pub job: Job,
    pub outcome: Outcome,
}

pub(crate) struct Lanes {
    by_name: BTreeMap<String, Lane>,
    done: (Sender<Done>, Receiver<Done>),
}

#[derive(Clone)]
struct Lane {
    jobs: Sender<Job>,
    waiting: Arc<Waiting>,
}

/// How many wait, of each urgency.
#[derive(Default)]
struct Waiting([AtomicUsize; Urgency::ALL.len()]);

impl Waiting {
    fn of(&self, urgency: Urgency) -> &AtomicUsize {
        let [routine, urgent, emergency] = &self.0;
        match urgency {
            Urgency::Routine => routine,
            Urgency::Urgent => urgent,
            Urgency::Emergency => emergency,
        }
    }
}

impl Lanes {
    pub fn new() -> Self {
        Self {
            by_name: BTreeMap::new(),
            done: mpsc::channel(),
        }
    }

    /// False where the lane is busy.
    pub fn take(&mut self, job: Job) -> Result<bool, NotifyError> {
        let name = job.route.lane.clone();
        let lane = match self.by_name.get(&name) {
            Some(lane) => lane.clone(),
            None => self.start(name.clone())?,
        };
        let waiting = lane.waiting.of(job.outgoing.urgency);
        if waiting.load(Ordering::Relaxed) >= WAITING {
            return Ok(false);
        }
        waiting.fetch_add(1, Ordering::Relaxed);
        let taken = lane.jobs.send(job).is_ok();
        if !taken {
            self.by_name.remove(&name);
        }
        Ok(taken)
    }

    fn start(&mut self, name: String) -> Result<Lane, NotifyError> {
        let (to_lane, jobs) = mpsc::channel();
        let waiting = Arc::<Waiting>::default();
        let lane = Lane {
            jobs: to_lane,
            waiting: waiting.clone(),
        };
        let done = self.done.0.clone();
        std::thread::Builder::new()
            .name("notify-lane".into())
            .spawn(move || run(&jobs, &waiting, &done))
            .map_err(|cause| NotifyError::Thread {
                cause: cause.to_string(),
            })?;
        self.by_name.insert(name, lane.clone());
        Ok(lane)
    }

    /// What has been tried since; waits for the first for so long.
    pub fn finished(&self, wait: Duration) -> Vec<Done> {
        let first = self.done.1.recv_timeout(wait).ok();
        first.into_iter().chain(self.done.1.try_iter()).collect()
    }
}

fn run(jobs: &Receiver<Job>, waiting: &Waiting, done: &Sender<Done>) {
    let mut here = Vec::new();
    while let Some(job) = next(jobs, &mut here) {
        waiting
            .of(job.outgoing.urgency)
            .fetch_sub(1, Ordering::Relaxed);
        let sent = catch_unwind(AssertUnwindSafe(|| {
            job.route.sink.send(&job.outgoing, now_ms())
        }));
        let outcome = sent.unwrap_or(Outcome::failed("notify/sink"));
        if done.send(Done { job, outcome }).is_err() {
            return;
        }
    }
}

/// The most urgent of what is here, of those the one that came first; waits where there is none.
fn next(jobs: &Receiver<Job>, here: &mut Vec<Job>) -> Option<Job> {
    if here.is_empty() {
        here.push(jobs.recv().ok()?);
    }
    here.extend(jobs.try_iter());
    let urgency = |(_, job): &(usize, &Job)| Reverse(job.outgoing.urgency);
    let (first, _) = here.iter().enumerate().min_by_key(urgency)?;
    Some(here.remove(first))
}
