//! `[keeper]`: how often it looks, and how it shares the work with others.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use vitals_keeper::{Manner, Turns};

use crate::config::{self, Fault};

/// A transaction of more calls could pass a chain's limit for one block.
const MOST_TOGETHER: usize = 64;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(default = "every_s")]
    pub every_s: u64,
    /// What it remembers between starts; without it, it walks from the first alert each time.
    pub state_file: Option<PathBuf>,
    #[serde(default = "turns")]
    pub turns: u32,
    #[serde(default = "together")]
    pub together: usize,
    #[serde(default = "stale_after_s")]
    pub stale_after_s: u64,
    /// `/healthz` and `/metrics`; nowhere where absent.
    pub ops_listen: Option<SocketAddr>,
}

fn every_s() -> u64 {
    10
}

fn turns() -> u32 {
    4
}

fn together() -> usize {
    10
}

fn stale_after_s() -> u64 {
    60
}

impl config::Settings for Settings {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut within = |key: &str, got: u64, most: u64| {
            if got == 0 || got > most {
                faults.push(Fault::new(key, format!("is {got}: it takes 1 to {most}")));
            }
        };
        within("every_s", self.every_s, 3_600);
        within("turns", self.turns.into(), 1_000);
        within("together", self.together as u64, MOST_TOGETHER as u64);
        within("stale_after_s", self.stale_after_s, 86_400);
        faults
    }
}

impl config::Service for Settings {
    fn with_chain(&self, chain: &config::Chain) -> Vec<String> {
        chain.signing_key().err().into_iter().collect()
    }
}

impl Settings {
    pub fn manner(&self) -> Manner {
        Manner {
            turns: Turns::of(self.turns),
            together: self.together,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_ops::config::Source;

    #[test]
    fn a_keeper_needs_no_settings_and_says_each_that_cannot_be_meant() {
        let empty: Settings = Source::of("[keeper]", [])
            .unwrap()
            .section("keeper")
            .unwrap();
        assert_eq!((empty.every_s, empty.turns, empty.together), (10, 4, 10));
        let text = "[keeper]\nevery_s = 0\nturns = 1001\ntogether = 65";
        let source = Source::of(text, []).unwrap();
        let error = source
            .section::<Settings>("keeper")
            .unwrap_err()
            .to_string();
        for key in [
            "keeper.every_s: is 0",
            "keeper.turns: ",
            "keeper.together: ",
        ] {
            assert!(error.contains(key), "{key} of {error}");
        }
    }
}
