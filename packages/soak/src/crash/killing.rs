//! Who is killed when.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::Plan;
use crate::random::Random;
use crate::service::Service;

const LOOK: Duration = Duration::from_millis(20);

/// Until the next kill, and until what was killed is started again: milliseconds.
const APART: (u64, u64) = (200, 4_000);
const AWAY: (u64, u64) = (0, 2_500);
/// In so many of ten a second service goes at the same moment.
const TOGETHER: u64 = 2;

/// Kills as planned, and starts again what was killed without waiting for it: the next kill may
/// meet it as it starts.
pub fn kill(services: &mut [Service], plan: &Plan) -> Result<()> {
    let mut random = Random::new(plan.seed);
    let begun = Instant::now();
    let mut killed = 0;
    let mut back: Vec<(usize, Instant)> = Vec::new();
    let mut next = Instant::now();
    while killed < plan.kills || !back.is_empty() {
        let now = Instant::now();
        restart(services, &mut back, now)?;
        if killed < plan.kills && now >= next {
            let both = 1 + u64::from(random.between(0, 10) < TOGETHER);
            for _ in 0..both.min((plan.kills - killed).into()) {
                let victim = random.between(0, services.len() as u64) as usize;
                let away = Duration::from_millis(random.between(AWAY.0, AWAY.1));
                if services[victim].is_up() {
                    services[victim].kill()?;
                    killed += 1;
                    back.push((victim, now + away));
                    say(killed, &services[victim].name, begun, away);
                }
            }
            next = now + Duration::from_millis(random.between(APART.0, APART.1));
        }
        supervise_up(services, &back)?;
        sleep(LOOK);
    }
    for service in services.iter_mut() {
        service.wait_ready()?;
    }
    Ok(())
}

fn say(killed: u32, name: &str, begun: Instant, away: Duration) {
    let at = begun.elapsed().as_secs_f64();
    println!(
        "  kill {killed:>3} at {at:>6.1} s: {name}, away for {:.1} s",
        away.as_secs_f64()
    );
}

fn restart(services: &mut [Service], back: &mut Vec<(usize, Instant)>, now: Instant) -> Result<()> {
    for (victim, _) in back.extract_if(.., |(_, at)| *at <= now) {
        services[victim].spawn()?;
    }
    Ok(())
}

/// What ends by itself is started again, as systemd would, and told.
pub fn supervise(services: &mut [Service]) -> Result<()> {
    supervise_up(services, &[])
}

fn supervise_up(services: &mut [Service], back: &[(usize, Instant)]) -> Result<()> {
    for (number, service) in services.iter_mut().enumerate() {
        let killed = back.iter().any(|(victim, _)| *victim == number);
        if !killed && service.is_up() && service.ensure_alive().is_err() {
            service.restart_ended()?;
            println!(
                "  {} ended by itself and is started again: {}",
                service.name,
                service.last_words()
            );
        }
    }
    Ok(())
}
