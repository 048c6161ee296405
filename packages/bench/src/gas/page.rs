//! docs/gas.md.

use std::collections::BTreeMap;

use anyhow::Result;

use super::cost::Cost;
use super::coverage::UNREACHED;
use super::devices::LARGE;
use super::yardsticks::{CW20_TRANSFER, ESCROW_RELEASE, ESCROW_RELEASE_KNOWN, NOOP};
use super::Costs;
use crate::number::thousands;

const INTRODUCTION: &str = include_str!("page.md");
/// To be kept true by whoever meets a target or misses one.
const SHORT: &str = include_str!("short.md");
/// A contract's size in bytes at the most.
const MOST_BYTES: u64 = 350_000;

/// What is wanted of a figure, as a line of the table of targets.
struct Target {
    what: &'static str,
    got: String,
    wanted: &'static str,
    met: bool,
}

pub fn render(costs: &Costs, wasm_bytes: &BTreeMap<String, u64>) -> Result<String> {
    let mut page = String::from(INTRODUCTION);
    page.push_str("\n## Targets\n\n| what | measured | wanted | |\n|---|---|---|---|\n");
    for target in targets(costs, wasm_bytes)? {
        page.push_str(&target.line());
    }
    page.push_str(SHORT);
    page.push_str("\n## Every message\n\n");
    page.push_str("| message | gas | × no-op | bytes | code | written | rest |\n");
    page.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
    let noop = figure(costs, NOOP)?;
    for (name, cost) in in_order(costs) {
        page.push_str(&line(name, cost, noop.gas));
    }
    page.push_str("\nNot measured here:\n\n");
    for (name, why) in UNREACHED {
        page.push_str(&format!("- `{name}`: {why}.\n"));
    }
    Ok(page)
}

/// The yardsticks first, then by name.
fn in_order(costs: &Costs) -> impl Iterator<Item = (&str, &Cost)> {
    let yardsticks = [NOOP, CW20_TRANSFER, ESCROW_RELEASE, ESCROW_RELEASE_KNOWN];
    let first = yardsticks
        .into_iter()
        .filter_map(|name| costs.get(name).map(|cost| (name, cost)));
    let others = costs
        .iter()
        .map(|(name, cost)| (name.as_str(), cost))
        .filter(move |(name, _)| !yardsticks.contains(name));
    first.chain(others)
}

fn line(name: &str, cost: &Cost, noop: u64) -> String {
    let records = match (cost.stored.written, cost.stored.removed) {
        (written, 0) => written.to_string(),
        (written, removed) => format!("{written} − {removed}"),
    };
    format!(
        "| `{name}` | {} | {} | {} | {} | {} ({records}) | {} |\n",
        thousands(cost.gas),
        ratio(cost.gas, noop),
        thousands(cost.bytes_gas()),
        thousands(cost.load_gas()),
        thousands(cost.stored.gas()),
        thousands(cost.rest()),
    )
}

fn targets(costs: &Costs, wasm_bytes: &BTreeMap<String, u64>) -> Result<Vec<Target>> {
    let of = |name: &str| figure(costs, name).map(|cost| cost.gas);
    let (noop, cw20, escrow) = (of(NOOP)?, of(CW20_TRANSFER)?, of(ESCROW_RELEASE)?);
    let one = of("anchor_1")?;
    let same = of("anchor_2_same_device")?.saturating_sub(one);
    let other = of("anchor_2_devices")?.saturating_sub(one);
    let mut all = vec![
        multiple(
            "one batch anchored, cw20 transfers",
            one,
            cw20,
            "≤ 1.08",
            108,
        ),
        most(
            "a further batch of the same device",
            same,
            "≤ 11,000",
            11_000,
        ),
        most(
            "a further batch of another device",
            other,
            "≤ 20,000",
            20_000,
        ),
        reading(one),
        multiple(
            "a grant with keys, no-ops",
            of("grant")?,
            noop,
            "≤ 1.25",
            125,
        ),
        multiple(
            "a device registered and attested, no-ops",
            of("register_device")?,
            noop,
            "≤ 1.3",
            130,
        ),
        multiple(
            "a claim of ten adjacent readings, escrow releases",
            of("claim_10_d12")?,
            escrow,
            "≤ 1.35",
            135,
        ),
        multiple(
            "a claim of ten readings over half an hour, escrow releases",
            of("claim_10_d12_spread")?,
            escrow,
            "≤ 1.6",
            160,
        ),
    ];
    let largest = wasm_bytes.values().copied().max().unwrap_or_default();
    all.push(most(
        "bytes of the largest contract",
        largest,
        "≤ 350,000",
        MOST_BYTES,
    ));
    Ok(all)
}

fn multiple(what: &'static str, gas: u64, of: u64, wanted: &'static str, percent: u64) -> Target {
    Target {
        what,
        got: format!(
            "{} ({} / {})",
            ratio(gas, of),
            thousands(gas),
            thousands(of)
        ),
        wanted,
        met: gas * 100 <= of * percent,
    }
}

fn most(what: &'static str, got: u64, wanted: &'static str, most: u64) -> Target {
    Target {
        what,
        got: thousands(got),
        wanted,
        met: got <= most,
    }
}

fn reading(one: u64) -> Target {
    let hundredths = one * 100 / u64::from(LARGE);
    Target {
        what: "gas a reading, 4,096 readings a batch",
        got: format!("{}.{:02}", hundredths / 100, hundredths % 100),
        wanted: "≤ 30",
        met: hundredths <= 3_000,
    }
}

impl Target {
    fn line(&self) -> String {
        let met = if self.met { "met" } else { "**missed**" };
        format!(
            "| {} | {} | {} | {met} |\n",
            self.what, self.got, self.wanted
        )
    }
}

fn figure<'a>(costs: &'a Costs, name: &str) -> Result<&'a Cost> {
    let found = costs.get(name);
    found.ok_or_else(|| anyhow::anyhow!("{name} was not measured"))
}

/// To two places, rounded up: no target is met by rounding.
fn ratio(gas: u64, of: u64) -> String {
    let hundredths = (gas * 100).div_ceil(of.max(1));
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(ratio(107, 100), "1.07");
        assert_eq!(ratio(1_071, 1_000), "1.08");
    }

    #[test]
    fn a_target_is_met_at_its_bound_and_missed_above() {
        assert!(most("a", 10, "≤ 10", 10).met);
        assert!(!most("a", 11, "≤ 10", 10).met);
        assert!(multiple("a", 135, 100, "≤ 1.35", 135).met);
        assert!(!multiple("a", 136, 100, "≤ 1.35", 135).met);
        assert!(reading(30 * u64::from(LARGE)).met);
        assert!(!reading(31 * u64::from(LARGE)).met);
    }
}
