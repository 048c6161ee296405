//! One thread for each place that notifications go to: what is slow or down holds up nothing else.

use std::collections::BTreeMap;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender, TrySendError};
use std::time::Duration;

use crate::people::Route;
use crate::service::now_ms;
use crate::{NotifyError, Outcome, Outgoing};

/// What waits for one place in memory; the rest waits in the store.
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
    by_name: BTreeMap<String, SyncSender<Job>>,
    done: (Sender<Done>, Receiver<Done>),
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
        match lane.try_send(job) {
            Ok(()) => Ok(true),
            Err(TrySendError::Full(_)) => Ok(false),
            Err(TrySendError::Disconnected(_)) => {
                self.by_name.remove(&name);
                Ok(false)
            }
        }
    }

    fn start(&mut self, name: String) -> Result<SyncSender<Job>, NotifyError> {
        let (to_lane, jobs) = mpsc::sync_channel(WAITING);
        let done = self.done.0.clone();
        std::thread::Builder::new()
            .name("notify-lane".into())
            .spawn(move || run(&jobs, &done))
            .map_err(|cause| NotifyError::Thread {
                cause: cause.to_string(),
            })?;
        self.by_name.insert(name, to_lane.clone());
        Ok(to_lane)
    }

    /// What has been tried since; waits for the first for so long.
    pub fn finished(&self, wait: Duration) -> Vec<Done> {
        let first = self.done.1.recv_timeout(wait).ok();
        first.into_iter().chain(self.done.1.try_iter()).collect()
    }
}

fn run(jobs: &Receiver<Job>, done: &Sender<Done>) {
    for job in jobs {
        let sent = catch_unwind(AssertUnwindSafe(|| {
            job.route.sink.send(&job.outgoing, now_ms())
        }));
        let outcome = sent.unwrap_or(Outcome::failed("notify/sink"));
        if done.send(Done { job, outcome }).is_err() {
            return;
        }
    }
}
