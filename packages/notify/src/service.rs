//! A notifier at work: one thread reads the chain, one gets to people, and neither holds up the
//! other.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use vitals_ops::Health;

use crate::chain::Blocks;
use crate::sink::PATIENCE;
use crate::{Dispatcher, Follower, NotifyError};

/// Between two passes of the dispatcher, and looks at whether to stop.
const PASS: Duration = Duration::from_millis(200);
const TIDY: u64 = 3_600_000;

/// Within which a healthy thread comes round.
const ROUND: Duration = Duration::from_secs(180);

/// Milliseconds since 1970, by this machine's clock.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

pub struct Service {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Service {
    pub fn start<C: Blocks + Send + 'static>(
        follower: Follower<C>,
        dispatcher: Dispatcher,
        every: Duration,
        health: Health,
    ) -> Result<Self, NotifyError> {
        let stop = Arc::new(AtomicBool::new(false));
        let (a, b) = (stop.clone(), stop.clone());
        let own = health.clone();
        let threads = vec![
            thread("notify-chain", move || follow(follower, every, &a, &own))?,
            thread("notify-people", move || dispatch(dispatcher, &b, &health))?,
        ];
        Ok(Self { stop, threads })
    }

    /// Ends once what is under way has ended.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, NotifyError> {
    let started = std::thread::Builder::new().name(name.into()).spawn(run);
    started.map_err(|cause| NotifyError::Thread {
        cause: cause.to_string(),
    })
}

fn follow<C: Blocks>(
    mut follower: Follower<C>,
    every: Duration,
    stop: &AtomicBool,
    health: &Health,
) {
    while !stop.load(Ordering::Relaxed) {
        let step = follower.step(now_ms());
        health.of("chain", &step);
        health.alive_within("chain", every + ROUND);
        if !matches!(step, Ok(true)) {
            pause(every, stop);
        }
    }
}

/// What it hears while it waits ends the wait.
fn dispatch(mut dispatcher: Dispatcher, stop: &AtomicBool, health: &Health) {
    let mut tidied = 0;
    while !stop.load(Ordering::Relaxed) {
        let now = now_ms();
        let pass = dispatcher.pass(PASS, now);
        health.of("people", &pass);
        health.of("delivery", &dispatcher.all_told(now));
        health.alive_within("people", ROUND);
        if pass.is_err() {
            pause(Duration::from_secs(1), stop);
        }
        if now.abs_diff(tidied) > TIDY {
            tidied = now;
            health.of("receipts", &dispatcher.tidy(now));
        }
    }
    let _ = dispatcher.finish(PATIENCE, now_ms());
}

fn pause(time: Duration, stop: &AtomicBool) {
    let mut left = time;
    while !left.is_zero() && !stop.load(Ordering::Relaxed) {
        let nap = left.min(PASS);
        std::thread::sleep(nap);
        left -= nap;
    }
}
