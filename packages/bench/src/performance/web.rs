//! The web app in a browser: what is measured, and its part of the page.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::Machine;
use crate::number::thousands;

/// As `apps/web/bench` writes it; all times in milliseconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    pub browser: String,
    pub rounds: u32,
    pub readings: u64,
    pub batches: u64,
    pub sealed_bytes: u64,
    /// Name and version of each.
    pub peers: Vec<String>,
    pub day: Vec<Pass>,
    pub opening: Opening,
    pub downloads: Vec<Download>,
}

/// A day of readings, opened and drawn by both.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    pub what: String,
    pub app: Opened,
    pub peer: Opened,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Until the last batch has come to the page, decrypted and verified.
    pub opened: Spread,
    /// Until all of it is on the screen.
    pub drawn: Spread,
    /// The longest time that the page's thread did nothing else.
    pub longest_task: Spread,
    /// Beyond 50 ms of each long task, summed up.
    pub blocked: Spread,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    pub median: f64,
    pub lowest: f64,
    pub highest: f64,
}

/// From a role's link to the chart of its measure.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Readings that were there.
    pub readings: u64,
    pub cold: Spread,
    pub warm: Spread,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Download {
    pub what: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

pub fn part(web: &Web, machine: &Machine) -> String {
    let mut part = format!(
        "\n## Web app\n\nOn {} cores of {}, Linux {}, load {}; {}, headless.\n\
         `./scripts/bench web`: medians of {} rounds, lowest to highest in brackets.\n",
        machine.cores, machine.cpu, machine.kernel, machine.load, web.browser, web.rounds
    );
    part.push_str(&day(web));
    part.push_str(&opening(&web.opening));
    part.push_str(&downloads(&web.downloads));
    part
}

fn day(web: &Web) -> String {
    let mut part = format!(
        "\n### A day of readings\n\n\
         {} simulated readings, one each second of three measures, in {} batches of an hour as the\n\
         gateway seals them ({} KiB): the key package opened, every batch decrypted and held against\n\
         its root, three charts on the screen. The app is its own code (worker, wasm core, charts, the\n\
         drawing that grows while it reads); chain and vault answer from a file. Beside it the same in plain\n\
         TypeScript with {}: the same\n\
         bytes, in a worker too, each root checked, drawn once, all points handed to uPlot. The app also\n\
         refuses every encoding but the canonical one, looks for gaps and sums up each measure in words,\n\
         which the other side is spared.\n",
        thousands(web.readings),
        web.batches,
        thousands(web.sealed_bytes / 1024),
        web.peers.join(", "),
    );
    for pass in &web.day {
        part.push_str(&table(pass));
    }
    part
}

type Of = fn(&Opened) -> Spread;

fn table(pass: &Pass) -> String {
    let mut part = format!(
        "\n{}:\n\n| ms | app | npm libraries | times as fast |\n|---|---:|---:|---:|\n",
        pass.what
    );
    let rows: [(&str, Of); 4] = [
        ("decrypted and verified", |opened| opened.opened),
        ("**on the screen**", |opened| opened.drawn),
        ("longest task of the page", |opened| opened.longest_task),
        ("blocked beyond 50 ms a task", |opened| opened.blocked),
    ];
    for (what, of) in rows {
        let (app, peer) = (of(&pass.app), of(&pass.peer));
        let _ = writeln!(
            part,
            "| {what} | {} | {} | {} |",
            shown(app),
            shown(peer),
            ratio(peer.median, app.median)
        );
    }
    part
}

fn opening(opening: &Opening) -> String {
    format!(
        "\n### From a link to the first chart\n\n\
         A patient's link opened at the page of a measure, on the network of the end-to-end tests (chain,\n\
         vault, gateway, device, on the same cores), until the chart shows {} verified readings or more.\n\n\
         | | ms |\n|---|---:|\n| nothing kept: first visit | {} |\n| service worker and its files kept | {} |\n",
        thousands(opening.readings),
        shown(opening.cold),
        shown(opening.warm),
    )
}

fn downloads(downloads: &[Download]) -> String {
    let mut part = "\n### What is downloaded\n\n\
         | KiB | raw | gzip | brotli |\n|---|---:|---:|---:|\n"
        .to_owned();
    for Download {
        what,
        raw,
        gzip,
        brotli,
    } in downloads
    {
        let kib = |bytes: &u64| thousands(bytes.div_ceil(1024));
        let _ = writeln!(
            part,
            "| {what} | {} | {} | {} |",
            kib(raw),
            kib(gzip),
            kib(brotli)
        );
    }
    part
}

fn shown(spread: Spread) -> String {
    let Spread {
        median,
        lowest,
        highest,
    } = spread;
    format!("{median:.0} ({lowest:.0}–{highest:.0})")
}

/// Nothing to divide by is no ratio.
fn ratio(slower: f64, faster: f64) -> String {
    if faster <= 0.0 {
        return "–".into();
    }
    format!("{:.1}", slower / faster)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPREAD: Spread = Spread {
        median: 250.4,
        lowest: 200.0,
        highest: 301.0,
    };

    #[test]
    fn a_spread_is_its_median_with_the_ends_in_brackets() {
        assert_eq!(shown(SPREAD), "250 (200–301)");
    }

    #[test]
    fn a_ratio_says_how_often_the_other_is_as_slow() {
        assert_eq!(ratio(500.0, 250.0), "2.0");
        assert_eq!(ratio(500.0, 0.0), "–");
    }
}
