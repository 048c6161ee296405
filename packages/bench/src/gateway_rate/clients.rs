//! Devices that send what they have signed, as fast as it is acknowledged or at a steady pace.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{ensure, Result};

use super::load::{Load, Sending};

#[derive(Clone, Copy)]
pub enum Pace {
    /// The next as soon as fewer than so many are unacknowledged.
    Ahead(usize),
    /// One each time this has passed, whatever became of those before.
    Every(Duration),
}

/// Where a device's lines go.
pub trait Out: Send {
    fn send(&mut self, line: &str) -> Result<()>;
    /// No line follows at once: what was sent must be on its way.
    fn flush(&mut self) -> Result<()>;
}

/// Where its acknowledgements come from, in the order of the lines.
pub trait Acks: Send {
    /// Waits for one at least; how many there are.
    fn next(&mut self) -> Result<usize>;
}

/// When the frames that are under way were due, in their order.
#[derive(Default)]
struct UnderWay {
    due: Mutex<VecDeque<Instant>>,
    fewer: Condvar,
}

impl UnderWay {
    fn due(&self) -> MutexGuard<'_, VecDeque<Instant>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All devices at once. How long it took, and how long each frame.
pub fn run<O: Out, A: Acks>(
    load: &Load,
    pace: Pace,
    wires: Vec<(O, A)>,
) -> Result<(Duration, Vec<Duration>)> {
    let began = Instant::now();
    let latencies = thread::scope(|scope| {
        let devices: Vec<_> = load
            .sending
            .iter()
            .zip(wires)
            .map(|(sending, wire)| scope.spawn(move || device(sending, pace, wire, began)))
            .collect();
        let mut latencies = Vec::new();
        for device in devices {
            let device = device.join();
            latencies.extend(device.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        anyhow::Ok(latencies)
    })?;
    Ok((began.elapsed(), latencies))
}

fn device<O: Out, A: Acks>(
    sending: &Sending,
    pace: Pace,
    (mut out, mut acks): (O, A),
    began: Instant,
) -> Result<Vec<Duration>> {
    out.send(&sending.opened)?;
    out.flush()?;
    ensure!(acks.next()? == 1, "the opening is acknowledged");
    let under_way = UnderWay::default();
    thread::scope(|scope| {
        let heard = scope.spawn(|| hear(&mut acks, sending.frames.len(), &under_way));
        send(sending, pace, &mut out, began, &under_way)?;
        heard
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn send(
    sending: &Sending,
    pace: Pace,
    out: &mut impl Out,
    began: Instant,
    under_way: &UnderWay,
) -> Result<()> {
    for (line, number) in sending.frames.iter().zip(0u32..) {
        let due = match pace {
            Pace::Ahead(most) => room(most, out, under_way)?,
            Pace::Every(every) => {
                // Devices do not measure at one instant.
                let first = every.mul_f64(sending.device as f64 / 32.0);
                let due = began + first + every * number;
                wait_until(due, out)?;
                due
            }
        };
        under_way.due().push_back(due);
        out.send(line)?;
    }
    out.flush()
}

fn room(most: usize, out: &mut impl Out, under_way: &UnderWay) -> Result<Instant> {
    let mut due = under_way.due();
    while due.len() >= most {
        out.flush()?;
        due = under_way
            .fewer
            .wait(due)
            .unwrap_or_else(PoisonError::into_inner);
    }
    Ok(Instant::now())
}

fn wait_until(due: Instant, out: &mut impl Out) -> Result<()> {
    let left = due.saturating_duration_since(Instant::now());
    if !left.is_zero() {
        out.flush()?;
        thread::sleep(left);
    }
    Ok(())
}

fn hear(acks: &mut impl Acks, frames: usize, under_way: &UnderWay) -> Result<Vec<Duration>> {
    let mut latencies = Vec::with_capacity(frames);
    while latencies.len() < frames {
        let count = acks.next()?;
        let now = Instant::now();
        let mut due = under_way.due();
        let done = due.drain(..count);
        latencies.extend(done.map(|due| now.saturating_duration_since(due)));
        drop(due);
        under_way.fewer.notify_one();
    }
    Ok(latencies)
}
