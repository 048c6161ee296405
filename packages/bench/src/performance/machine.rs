//! What figures were measured on.

use std::fs;
use std::num::NonZero;
use std::thread;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Machine {
    pub cores: usize,
    pub cpu: String,
    pub kernel: String,
    pub build: String,
    /// Processes that ran or wanted to when the measurement ended, a minute's mean: above the one
    /// that measured, others took part of the cores.
    pub load: f64,
}

impl Machine {
    /// As Linux says in `/proc`; elsewhere it is left open.
    pub fn this() -> Self {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let build = if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        };
        Self {
            cores: thread::available_parallelism().map_or(1, NonZero::get),
            cpu: value(&read("/proc/cpuinfo"), "model name"),
            kernel: read("/proc/sys/kernel/osrelease").trim().into(),
            build: build.into(),
            load: first_number(&read("/proc/loadavg")),
        }
    }
}

/// Memory of this process that is not swapped out.
pub fn resident_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = first_number(&value(&status, "VmRSS"));
    kib as u64 * 1024
}

fn value(lines: &str, name: &str) -> String {
    let found = lines.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

fn first_number(text: &str) -> f64 {
    let first = text.split_whitespace().next();
    first.and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_name_and_missing_ones_are_empty() {
        let lines = "processor\t: 0\nmodel name\t: A: B\nVmRSS:\t  12 kB\n";
        assert_eq!(value(lines, "model name"), "A: B");
        assert_eq!(first_number(&value(lines, "VmRSS")), 12.0);
        assert_eq!(value(lines, "stepping"), "");
        assert_eq!(first_number(""), 0.0);
    }
}
