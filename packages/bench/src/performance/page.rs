//! The page `docs/performance.md`.

use std::fmt::Write;

use super::{web, AtTarget, Core, Frames, Gateway, Machine, Performance, Throughput};
use crate::number::thousands;

const HEAD: &str = include_str!("page.md");

pub fn of(performance: &Performance) -> String {
    let mut page = HEAD.to_owned();
    if let Some((core, machine)) = &performance.core {
        page.push_str(&core_part(performance, core, machine));
    }
    if let Some((gateway, machine)) = &performance.gateway {
        page.push_str(&gateway_part(gateway, machine));
    }
    if let Some((web, machine)) = &performance.web {
        page.push_str(&web::part(web, machine));
    }
    page
}

fn core_part(performance: &Performance, core: &Core, machine: &Machine) -> String {
    format!(
        "\n## Core\n\n{}\n\n\
         A batch of {} heartbeats of the recording in `testdata/recording`, one core.\n\n\
         | | readings/s |\n|---|---:|\n\
         | commit (salted leaves, tree) and sign | {} |\n\
         | seal (compress, pad, encrypt) | {} |\n\
         | **commit, sign and seal** | **{}** |\n\
         | floor: the same bytes under one hash and one encryption | {} |\n\n\
         All of it takes {} times the floor. Ciphertext: {} bytes a reading, padding included.\n",
        on(machine),
        thousands(core.batch_readings as u64),
        thousands(core.commit_and_sign_readings_per_s),
        thousands(core.seal_readings_per_s),
        thousands(performance.core_readings_per_s),
        thousands(core.floor_readings_per_s),
        performance.core_times_floor,
        performance.ciphertext_bytes_per_reading,
    )
}

fn gateway_part(gateway: &Gateway, machine: &Machine) -> String {
    let mut part = format!(
        "\n## Gateway\n\n{}\n\n\
         {} devices send frames signed beforehand, clients and gateway on the same cores. A frame\n\
         counts when its acknowledgement has come back: checked, watched, encrypted at rest, on\n\
         disk. Latency is from the moment a frame was due to be sent, at 80 % of\n\
         the rate beside it.\n\n\
         | readings a frame | over MQTT, readings/s | p50 ms | p99 ms | in process, readings/s | \
         p50 ms | p99 ms |\n|---:|---:|---:|---:|---:|---:|---:|\n",
        on(machine),
        gateway.devices,
    );
    for frames in &gateway.frames {
        part.push_str(&row(frames));
    }
    if let Some(at) = &gateway.at_target {
        part.push_str(&at_target(at));
    }
    let hour = &gateway.hour;
    let _ = write!(
        part,
        "\nA bare append and fsync of 4 KiB takes {} ms here at best.\n\n\
         An hour of {} readings: the process grew by {} KiB, the store is {} KiB, {} bytes a\n\
         reading.\n",
        gateway.fsync_ms,
        thousands(hour.readings),
        thousands(hour.memory_bytes / 1024),
        thousands(hour.store_bytes / 1024),
        hour.store_bytes / hour.readings.max(1),
    );
    part
}

/// 80 % of what this machine can do tells how a gateway behaves near its end, whatever that is.
fn at_target(at: &AtTarget) -> String {
    format!(
        "\nAt {} readings a second over MQTT in frames of {}, 80 % of the rate that is wanted: p50 {} ms,\n\
         p99 {} ms (`gateway_p99_at_target_ms`; `gateway_p99_ms` is at 80 % of the rate above).\n",
        thousands(at.readings_per_s),
        at.readings,
        at.p50_ms,
        at.p99_ms,
    )
}

fn row(frames: &Frames) -> String {
    let columns = |through: &Throughput| {
        let rate = thousands(through.readings_per_s);
        format!("{rate} | {} | {}", through.p50_ms, through.p99_ms)
    };
    format!(
        "| {} | {} | {} |\n",
        frames.readings,
        columns(&frames.over_mqtt),
        columns(&frames.in_process)
    )
}

fn on(machine: &Machine) -> String {
    format!(
        "On {} cores of {}, Linux {}, {} build, load {}.",
        machine.cores, machine.cpu, machine.kernel, machine.build, machine.load
    )
}

#[cfg(test)]
mod tests {
    use super::super::Hour;
    use super::*;

    #[test]
    fn a_page_shows_the_parts_that_were_measured() {
        let mut performance = Performance::default();
        assert!(!of(&performance).contains("## Core"));
        let core = Core {
            batch_readings: 4_096,
            commit_and_sign_readings_per_s: 1,
            seal_readings_per_s: 2,
            floor_readings_per_s: 3,
        };
        performance.core = Some((core, Machine::this()));
        let page = of(&performance);
        assert!(page.contains("## Core") && !page.contains("## Gateway"));
    }

    #[test]
    fn latency_at_the_rate_wanted_is_told_where_it_was_measured() {
        let told = |at_target| {
            let gateway = Gateway {
                devices: 32,
                frames: Vec::new(),
                at_target,
                fsync_ms: 0.1,
                hour: Hour {
                    readings: 1,
                    memory_bytes: 0,
                    store_bytes: 0,
                },
            };
            let performance = Performance {
                gateway: Some((gateway, Machine::this())),
                ..Performance::default()
            };
            of(&performance).contains("At 20,000 readings a second")
        };
        assert!(!told(None));
        assert!(told(Some(AtTarget {
            readings: 16,
            readings_per_s: 20_000,
            p50_ms: 1.5,
            p99_ms: 9.5,
        })));
    }
}
