//! `vitals sponsor grant` and `revoke`.

use clap::Args;
use serde_json::json;
use vitals_chain_client::{Allowance, Coin, Period, TxResult};
use vitals_core::decision::Seconds;
use vitals_insurance::show_time;

use super::amounts::{coin, shown};
use crate::ask;
use crate::connect::AccountArgs;
use crate::failure::Failure;

#[derive(Args)]
pub struct GrantArgs {
    /// Whose fees are paid.
    #[arg(long, value_name = "ADDRESS")]
    to: String,
    /// What may be spent in all, as in 500000uvital.
    #[arg(long, value_name = "AMOUNT", value_parser = coin)]
    total: Coin,
    /// What may be spent in each period.
    #[arg(long, value_name = "AMOUNT", value_parser = coin)]
    per_period: Option<Coin>,
    /// How long a period is.
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, value_parser = clap::value_parser!(u64).range(1..=31_536_000))]
    period_s: u64,
    /// When it ends: RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    expires: Seconds,
    /// In the place of the grant the account has.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    account: AccountArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct RevokeArgs {
    /// Whose fees are paid no longer; given again for each.
    #[arg(long = "from", value_name = "ADDRESS", required = true)]
    grantees: Vec<String>,
    #[command(flatten)]
    account: AccountArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn grant(args: &GrantArgs) -> Result<(), Failure> {
    let sponsor = args.account.connect()?;
    let allowance = args.allowance()?;
    let has = |kept: &vitals_chain_client::Granted| kept.grantee == args.to;
    let kept = sponsor.node().allowances_of(sponsor.wallet().address())?;
    let done = match (kept.iter().any(has), args.replace) {
        (false, _) => sponsor.grant_allowance(&args.to, allowance)?,
        (true, true) => sponsor.replace_allowance(&args.to, allowance)?,
        (true, false) => {
            let rule = "has a grant already: take --replace, or revoke it first";
            return Err(Failure::new(
                "sponsor/exists",
                format!("{} {rule}", args.to),
            ));
        }
    };
    let told = format!(
        "{} may spend {} on fees until {}",
        args.to,
        shown(std::slice::from_ref(&args.total)),
        show_time(args.expires)
    );
    say(&done, &told, args.json);
    Ok(())
}

pub fn revoke(args: &RevokeArgs) -> Result<(), Failure> {
    let done = args.account.connect()?.revoke_allowances(&args.grantees)?;
    let told = format!("revoked: {}", args.grantees.join(", "));
    say(&done, &told, args.json);
    Ok(())
}

impl GrantArgs {
    fn allowance(&self) -> Result<Allowance, Failure> {
        let refused = |rule: &str| Err(Failure::new("sponsor/period", rule));
        if let Some(most) = &self.per_period {
            if most.denom != self.total.denom {
                return refused("--per-period and --total are of different coins");
            }
            if most.amount > self.total.amount {
                return refused("--per-period is more than --total");
            }
        }
        let period = self.per_period.clone().map(|most| Period {
            seconds: self.period_s,
            most: vec![most],
        });
        Ok(Allowance {
            total: vec![self.total.clone()],
            period,
            expires_s: Some(self.expires),
        })
    }
}

fn say(done: &TxResult, told: &str, json: bool) {
    match json {
        true => println!(
            "{}",
            json!({"tx": done.hash, "height": done.height.to_string()})
        ),
        false => println!("{told}\ntransaction {} in block {}", done.hash, done.height),
    }
}
