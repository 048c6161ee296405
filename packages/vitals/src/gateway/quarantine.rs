//! `vitals gateway quarantine`: what came and was not taken.

use clap::{Args, Subcommand};
use serde_json::Value;
use vitals_insurance::show_ms;

use super::{ask, read, GatewayArgs};
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// The newest first: when, how often, why, over which device's link, and whose it claims to be.
    List(ListArgs),
}

#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// At most so many.
    #[arg(long, default_value_t = 50)]
    limit: u32,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command) -> Result<(), Failure> {
    let Command::List(args) = command;
    let found = ask(&read(&args.gateway)?, "quarantine", &args.limit)?;
    if args.json {
        println!("{found}");
        return Ok(());
    }
    for entry in found.as_array().into_iter().flatten() {
        println!("{}", line(entry));
    }
    Ok(())
}

fn line(entry: &Value) -> String {
    let number = |name: &str| entry[name].as_u64();
    let or_unknown = |name: &str| number(name).map_or("?".into(), |n| n.to_string());
    format!(
        "{}  {} times  {}  from {}, device {} batch {}",
        show_ms(number("last_ms").unwrap_or(0)),
        number("times").unwrap_or(0),
        entry["code"].as_str().unwrap_or_default(),
        or_unknown("source"),
        or_unknown("device"),
        or_unknown("sequence"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::line;

    #[test]
    fn a_line_says_when_how_often_why_over_whose_link_and_whose_it_claims_to_be() {
        let entry = json!({
            "last_ms": 1_795_392_000_000u64, "times": 3, "code": "gateway/foreign", "source": 9,
            "device": 7, "sequence": null,
        });
        assert_eq!(
            line(&entry),
            "2026-11-23T00:00:00Z  3 times  gateway/foreign  from 9, device 7 batch ?"
        );
    }
}
