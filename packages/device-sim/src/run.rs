//! `vitals-device-sim run`: plays until it is stopped.

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;
use tokio::signal::unix::{signal, Signal, SignalKind};
use tokio::time::{interval, Instant, MissedTickBehavior};
use vitals_core::time::Millis;
use vitals_device_sim::{Pace, Recording, Source};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::file::DeviceFile;
use crate::hold;
use crate::link::{Heard, Link};
use crate::player::Player;

/// MIT-BIH Normal Sinus Rhythm Database by way of pyhrv; see its README.
const RECORDING: &str = include_str!("../../../testdata/recording/rr-intervals.csv");

/// Between two looks at what is due.
const STEP: Duration = Duration::from_millis(100);
/// An answer that did not come in so long is overdue.
const OVERDUE: Duration = Duration::from_secs(5);
/// Of an episode that a signal begins.
const EPISODE_MS: u64 = 60_000;

#[derive(Args)]
pub struct RunArgs {
    #[arg(long)]
    dir: PathBuf,
    /// The gateway's own endpoint: mqtt://host:port, on this machine.
    #[arg(long, value_name = "URL")]
    gateway: String,
    /// Its first line is what `vitals gateway device-password` printed.
    #[arg(long, value_name = "FILE")]
    password_file: PathBuf,
    /// The number of the device's pairing, where it is not the first; it is remembered.
    #[arg(long)]
    pairing: Option<u32>,
    /// How many times as fast as usual readings come.
    #[arg(long, default_value_t = 1)]
    speed: u32,
    /// Seconds from one made-up reading to the next.
    #[arg(long, value_name = "SECONDS")]
    every: Option<u32>,
    /// The device closes its batch so often, that readings reach the chain before the hour is over.
    #[arg(long, value_name = "SECONDS")]
    batch_seconds: Option<u64>,
    /// Readings out of range, from so many seconds after the start on, for so many.
    #[arg(long, value_name = "AFTER:FOR", value_parser = episode)]
    episode: Option<(u64, u64)>,
}

fn episode(text: &str) -> Result<(u64, u64), String> {
    let rule = || "expected seconds: <after>:<for>".to_string();
    let (after, during) = text.split_once(':').ok_or_else(rule)?;
    let seconds = |text: &str| text.parse::<u64>().map_err(|_| rule());
    Ok((seconds(after)?, seconds(during)?))
}

pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let _held = hold(&args.dir)?;
    let mut device = DeviceFile::read(&args.dir)?;
    if let Some(pairing) = args.pairing.filter(|pairing| *pairing != device.pairing) {
        device.pairing = pairing;
        device.write(&args.dir)?;
    }
    let mut player = player(args, &device)?;
    let password = std::fs::read_to_string(&args.password_file)
        .map(Zeroizing::new)
        .map_err(|cause| Failure::file(&args.password_file, cause))?;
    let password = password.lines().next().unwrap_or_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    runtime.block_on(async {
        let link = Link::open(device.number()?, &args.gateway, password)?;
        play(args, link, &mut player).await
    })
}

fn player(args: &RunArgs, device: &DeviceFile) -> Result<Player, Failure> {
    let recording = Recording::parse(RECORDING)?;
    let pace = Pace {
        speed: args.speed,
        every_s: args.every,
    };
    let now_ms = now_ms();
    let source = Source::new(device.kind, &recording, pace, device.number()?, now_ms);
    let mut player = Player::open(&args.dir, device, source)?;
    if let Some((after_s, for_s)) = args.episode {
        let from_ms = now_ms.saturating_add(after_s.saturating_mul(1_000));
        player.episode(from_ms, for_s.saturating_mul(1_000));
    }
    Ok(player)
}

async fn play(args: &RunArgs, mut link: Link, player: &mut Player) -> Result<(), Failure> {
    let heed = |kind| -> Result<Signal, Failure> { signal(kind).map_err(failed) };
    let mut terminate = heed(SignalKind::terminate())?;
    let mut interrupt = heed(SignalKind::interrupt())?;
    let mut out_of_range = heed(SignalKind::user_defined1())?;
    let mut step = interval(STEP);
    step.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let every = args.batch_seconds.filter(|every_s| *every_s > 0);
    let every = every.map(Duration::from_secs);
    let (mut closed, mut last_heard) = (Instant::now(), Instant::now());
    loop {
        let lines = tokio::select! {
            _ = terminate.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            _ = out_of_range.recv() => {
                player.episode(now_ms(), EPISODE_MS);
                Vec::new()
            }
            heard = link.hear() => {
                last_heard = Instant::now();
                match heard {
                    Some(heard) => on(heard, args, player)?,
                    None => return Ok(()),
                }
            }
            _ = step.tick() => {
                let mut lines = player.play_until(now_ms())?;
                if every.is_some_and(|every| closed.elapsed() >= every) {
                    closed = Instant::now();
                    lines.extend(player.close()?);
                }
                if last_heard.elapsed() >= OVERDUE && player.waits() {
                    last_heard = Instant::now();
                    lines.extend(player.resend()?);
                }
                lines
            }
        };
        link.send(lines);
    }
}

fn on(heard: Heard, args: &RunArgs, player: &mut Player) -> Result<Vec<String>, Failure> {
    match heard {
        Heard::Line(line) => player.on_line(&line),
        Heard::Connected => {
            println!("device plays to {}", args.gateway);
            player.resend()
        }
        Heard::Lost(why) => {
            eprintln!("the gateway is away: {why}");
            Ok(Vec::new())
        }
    }
}

fn now_ms() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

fn failed(cause: std::io::Error) -> Failure {
    Failure::new("device_sim/system", cause)
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_episode_is_two_numbers_of_seconds() {
        assert_eq!(super::episode("60:120"), Ok((60, 120)));
        for bad in ["60", ":", "a:1", "1:-1", "1:2:3"] {
            assert!(super::episode(bad).is_err(), "{bad}");
        }
    }
}
