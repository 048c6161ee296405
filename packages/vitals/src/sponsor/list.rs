//! `vitals sponsor list`.

use clap::Args;
use serde_json::{json, Value};
use vitals_chain_client::Granted;
use vitals_insurance::show_time;

use super::amounts::shown;
use crate::connect::NodeArgs;
use crate::failure::Failure;

#[derive(Args)]
pub struct ListArgs {
    /// Who grants.
    #[arg(long, value_name = "ADDRESS")]
    granter: String,
    #[command(flatten)]
    node: NodeArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let granted = args.node.connect()?.allowances_of(&args.granter)?;
    for grant in &granted {
        match args.json {
            true => println!("{}", as_json(grant)),
            false => println!("{}", line(grant)),
        }
    }
    Ok(())
}

fn line(grant: &Granted) -> String {
    let allowance = &grant.allowance;
    let period = allowance
        .period
        .as_ref()
        .map_or_else(String::new, |period| {
            format!(", {} every {} s", shown(&period.most), period.seconds)
        });
    let until = allowance.expires_s.map_or_else(
        || "for ever".into(),
        |at| format!("until {}", show_time(at)),
    );
    let what = match grant.is_for_calls_alone() {
        true => "",
        false => ", NOT restricted to calls of contracts",
    };
    let left = shown(&allowance.total);
    format!("{}  {left} left{period}, {until}{what}", grant.grantee)
}

fn as_json(grant: &Granted) -> Value {
    let allowance = &grant.allowance;
    json!({
        "grantee": grant.grantee,
        "left": shown(&allowance.total),
        "period_s": allowance.period.as_ref().map(|period| period.seconds),
        "per_period": allowance.period.as_ref().map(|period| shown(&period.most)),
        "expires": allowance.expires_s,
        "messages": grant.messages,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_chain_client::{Allowance, EXECUTE};

    #[test]
    fn a_grant_that_pays_for_more_than_calls_is_told_loudly() {
        let mut grant = Granted {
            grantee: "wasm1patient".into(),
            allowance: Allowance {
                total: vec![super::super::amounts::coin("5uvital").unwrap()],
                period: None,
                expires_s: Some(1_795_392_000),
            },
            messages: Some(vec![EXECUTE.into()]),
        };
        let told = "wasm1patient  5uvital left, until 2026-11-23T00:00:00Z";
        assert_eq!(line(&grant), told);
        grant.messages = None;
        assert!(line(&grant).contains("NOT restricted"));
    }
}
