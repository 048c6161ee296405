//! `vitals keeper run`: a node that is away, slow or behind ends nothing.

use std::sync::mpsc::{channel, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use vitals_keeper::Watch;
use vitals_ledger::{block_age_s, Reader};
use vitals_ops::Health;

use super::hear::hear;
use super::{Keeper, RunArgs};
use crate::failure::Failure;
use crate::stop::on_stop;
use crate::watched::watched;

/// A look that takes longer, retries included, is one that hangs.
const HANGS: Duration = Duration::from_secs(600);

pub fn keep_looking(args: &RunArgs) -> Result<(), Failure> {
    let keeper = Keeper::open(&args.source()?, args.once.json)?;
    let mut watch = keeper.watch()?;
    let health = Health::default();
    let _watched = watched(keeper.settings.ops_listen, &health)?;
    let (stop, stopped) = channel();
    on_stop(move || {
        // nobody hears it where the loop has ended by itself
        let _ = stop.send(());
    })?;
    let every = Duration::from_secs(keeper.settings.every_s);
    loop {
        round(&keeper, &mut watch, &health);
        if asked_to_stop(&stopped, every) {
            return Ok(());
        }
    }
}

/// What fails is told and tried again with the next look.
fn round(keeper: &Keeper, watch: &mut Watch, health: &Health) {
    health.alive_within("looks", HANGS);
    let begun = Instant::now();
    let looked = fresh(keeper).and_then(|()| {
        let heard = hear(&keeper.chain, &keeper.at, watch.memory_mut());
        told(health, "events", &heard);
        keeper.look(watch)
    });
    told(health, "chain", &looked);
    metrics::histogram!("vitals_keeper_look_seconds").record(begun.elapsed().as_secs_f64());
    let outcome = match looked.is_ok() {
        true => "done",
        false => "failed",
    };
    metrics::counter!("vitals_keeper_looks_total", "outcome" => outcome).increment(1);
}

fn told(health: &Health, what: &str, result: &Result<(), Failure>) {
    health.of(what, result);
    if let Err(failure) = result {
        tracing::warn!(%failure, what, "the next look tries again");
    }
}

/// On a node that is behind, what looks due is done already.
fn fresh(keeper: &Keeper) -> Result<(), Failure> {
    let now_s = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let behind = block_age_s(keeper.chain.block_time_ms()?, now_s.saturating_mul(1_000));
    match behind <= keeper.settings.stale_after_s {
        true => Ok(()),
        false => Err(Failure::new(
            "keeper/stale_node",
            format!("the node's latest block is {behind} s old"),
        )),
    }
}

fn asked_to_stop(stopped: &Receiver<()>, within: Duration) -> bool {
    !matches!(stopped.recv_timeout(within), Err(RecvTimeoutError::Timeout))
}
