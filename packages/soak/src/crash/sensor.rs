//! A thermometer that cannot sign: values of its GATT characteristic, each with its time, at QoS 1.
//! The gateway signs for it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use rumqttc::{Client, Event, Outgoing, Packet, QoS};
use vitals_core::measure::{Category, Measure};
use vitals_core::time::epoch_start;
use vitals_vault_client::date;

use super::device::{now_ms, options, Wire};
use super::stage::Stage;
use super::verdict;
use crate::files::run;
use crate::world::World;

/// Its clock shows whole seconds.
const EVERY: Duration = Duration::from_millis(1_000);
const LOOK: Duration = Duration::from_millis(20);
const IN_FLIGHT: usize = 512;
/// What was acknowledged is anchored by then.
const ANCHORED: Duration = Duration::from_secs(120);
/// Tenths of a degree.
const VALUES: std::ops::Range<i64> = 360..410;
const DAY_S: u64 = 86_400;

/// What was measured, and of that what the gateway's side said it has for good.
#[derive(Default)]
pub struct Heard {
    pub measured: BTreeMap<u64, i64>,
    pub acknowledged: BTreeSet<u64>,
}

/// Enters it at the gateway, and has the patient pair it; its number.
pub fn enrol(world: &World, config: &std::path::Path) -> Result<u64> {
    let model = world
        .model("Thermometer", &[Measure::BodyTemperature])?
        .to_string();
    let add = |more: &[&std::ffi::OsStr]| {
        let mut program = Command::new(&world.paths.vitals);
        program.args([
            "sensor", "add", "--json", "--serial", "T-1", "--model", &model,
        ]);
        run(program.arg("--config").arg(config).args(more))
    };
    let words = world.mnemonic_file("patient")?;
    let told = add(&["--mnemonic-file".as_ref(), words.as_os_str()])?;
    let told: serde_json::Value = serde_json::from_str(&told)?;
    let device = told["device"].as_u64();
    device.with_context(|| format!("no device in {told}"))
}

/// Measures until it is told to stop, then until all of it is acknowledged.
pub fn measure(
    wire: &Wire,
    measuring: &Arc<AtomicBool>,
    running: &Arc<AtomicBool>,
) -> Result<Heard> {
    let (client, mut connection) = Client::new(options(wire), IN_FLIGHT);
    let topic = format!("vitals/v1/{}/gatt/2a1c", wire.device);
    let (mut heard, mut unsent) = (Heard::default(), VecDeque::new());
    let mut sent: BTreeMap<u16, u64> = BTreeMap::new();
    let mut next = Instant::now();
    while running.load(Ordering::Relaxed) {
        let on = measuring.load(Ordering::Relaxed);
        if on && Instant::now() >= next {
            let at_ms = now_ms() / 1_000 * 1_000;
            let value =
                VALUES.start + i64::try_from(heard.measured.len())? % (VALUES.end - VALUES.start);
            let room = client.try_publish(
                &topic,
                QoS::AtLeastOnce,
                false,
                payload(at_ms / 1_000, value)?,
            );
            if room.is_ok() && heard.measured.insert(at_ms, value).is_none() {
                unsent.push_back(at_ms);
            }
            next += EVERY;
        }
        match connection.recv_timeout(LOOK) {
            // a number that is sent again is of the same value still
            Ok(Ok(Event::Outgoing(Outgoing::Publish(number)))) => {
                if let std::collections::btree_map::Entry::Vacant(free) = sent.entry(number) {
                    free.insert(unsent.pop_front().context("more was sent than measured")?);
                }
            }
            Ok(Ok(Event::Incoming(Packet::PubAck(ack)))) => {
                heard.acknowledged.extend(sent.remove(&ack.pkid))
            }
            Ok(Err(_)) => sleep(Duration::from_millis(100)),
            _ => (),
        }
    }
    Ok(heard)
}

/// 0x2A1C: a FLOAT in degrees Celsius, and when.
fn payload(at_s: u64, tenths: i64) -> Result<Vec<u8>> {
    let mut bytes = vec![0b010];
    bytes.extend(&u32::try_from(tenths)?.to_le_bytes()[..3]);
    // ten to the minus one
    bytes.push(0xff);
    let (year, month, day) = date(at_s / DAY_S);
    let of_day = at_s % DAY_S;
    bytes.extend(u16::try_from(year)?.to_le_bytes());
    for part in [month, day, of_day / 3_600, of_day / 60 % 60, of_day % 60] {
        bytes.push(u8::try_from(part)?);
    }
    Ok(bytes)
}

/// Nothing is anchored twice or altered; what was acknowledged by the gateway itself is anchored.
pub fn hold(stage: &Stage, heard: &Heard, by_gateway: bool) -> Result<()> {
    let begun = Instant::now();
    loop {
        let found = anchored(stage)?;
        let wrong = found
            .iter()
            .find(|(at, value)| heard.measured.get(at) != Some(value));
        ensure!(wrong.is_none(), "the thermometer did not measure {wrong:?}");
        let missing: Vec<_> = heard
            .acknowledged
            .iter()
            .filter(|at| !found.contains_key(at))
            .collect();
        if missing.is_empty() || !by_gateway {
            println!(
                "thermometer: {} values, {} acknowledged, {} anchored, none twice",
                heard.measured.len(),
                heard.acknowledged.len(),
                found.len()
            );
            return Ok(());
        }
        ensure!(
            begun.elapsed() < ANCHORED,
            "of the thermometer's {} acknowledged values {} are not anchored, the first of {}:\n{}",
            heard.acknowledged.len(),
            missing.len(),
            missing[0],
            stage.status()
        );
        stage.close_all();
        sleep(Duration::from_secs(5));
    }
}

fn anchored(stage: &Stage) -> Result<BTreeMap<u64, i64>> {
    let mut found = BTreeMap::new();
    for (batch, (epoch, readings)) in verdict::opened(stage, Category::Temperature)? {
        for reading in readings {
            let at = epoch_start(epoch) + u64::from(reading.offset_ms);
            let twice = found.insert(at, reading.value);
            ensure!(
                twice.is_none(),
                "batch {batch:?}: the thermometer's value of {at} is anchored twice"
            );
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_has_the_value_and_its_time() {
        // 2024-02-29T12:34:56Z
        let bytes = payload(1_709_210_096, 367).unwrap();
        assert_eq!(bytes, [2, 0x6f, 1, 0, 0xff, 0xe8, 7, 2, 29, 12, 34, 56]);
    }
}
