//! `vitals claim prepare` and `reward`: found, proved, shown; sent only when told to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use vitals_api::claims::BenefitMsg;
use vitals_api::registry;
use vitals_core::decision::GroundRef;
use vitals_core::insurance::Shown;
use vitals_core::measure::Category;
use vitals_insurance::{
    show_ms, Disclosed, Holdings, InsuranceError, Money, PolicyFacts, Prepared,
};

use super::find::{DataArgs, Wanted};
use crate::ask;
use crate::desk::{Counter, Desk, SendArgs};
use crate::failure::Failure;

pub const HELP: &str = "\
What a claim publishes is public for ever: anybody can read it on the chain, and it cannot be taken \
back. Nothing leaves this machine without --send.

Example, as the patient:
  vitals claim prepare --policy 7 --vault home=http://127.0.0.1:8080 \\
    --keys patient.keys --passphrase-file pass.txt --out claim.json \\
    --node http://127.0.0.1:26657 --deployment deployment.json --mnemonic-file patient.words
Read what is printed, then run it again with --send; or send claim.json as an execute message of \
the claims contract by other means.";

#[derive(Args)]
pub struct PrepareArgs {
    /// The policy's number.
    #[arg(long)]
    policy: u64,
    /// Why you may: patient, guardian, or grant:<number> of a grant for payment that allows to
    /// read and disclose.
    #[arg(long, value_parser = ask::ground, default_value = "patient")]
    ground: GroundRef,
    #[command(flatten)]
    data: DataArgs,
    /// Write the message here as JSON; `claim-<policy>.json` where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Send the claim, which publishes the readings for ever.
    #[arg(long)]
    send: bool,
    #[command(flatten)]
    account: SendArgs,
}

pub fn claim(args: &PrepareArgs) -> Result<(), Failure> {
    let (desk, facts) = args.open()?;
    let claimable = facts.claimable()?;
    let categories = PolicyFacts::claim_categories(&claimable);
    let held = args.holdings(&desk.counter, &facts, &categories, facts.models().to_vec())?;
    let prepared = held.claim(args.policy, args.ground, &claimable)?;
    args.finish(&desk, &facts, &prepared)
}

pub fn reward(args: &PrepareArgs) -> Result<(), Failure> {
    let (desk, facts) = args.open()?;
    let search = facts.reward()?;
    let categories = [search.reward.measure.category()];
    let held = args.holdings(&desk.counter, &facts, &categories, Vec::new())?;
    let prepared = held.reward(args.policy, args.ground, &search)?;
    args.finish(&desk, &facts, &prepared)
}

impl PrepareArgs {
    fn open(&self) -> Result<(Desk, PolicyFacts), Failure> {
        let desk = self.account.open()?;
        let Counter { node, at, .. } = &desk.counter;
        let facts = PolicyFacts::read(node, &at.claims, self.policy)?;
        Ok((desk, facts))
    }

    fn holdings(
        &self,
        counter: &Counter,
        facts: &PolicyFacts,
        categories: &[Category],
        models: Vec<u32>,
    ) -> Result<Holdings, Failure> {
        let wanted = Wanted {
            patient: facts.policy.patient.u64(),
            categories,
            epochs: facts.epochs().ok_or(InsuranceError::NoReadings)?,
            ground: self.ground,
        };
        let wallet = self.account.account.wallet()?;
        Ok(Holdings {
            batches: self.data.holdings(counter, &wallet, &wanted)?,
            models,
            bound_at: facts.policy.bound_at,
        })
    }

    fn finish(&self, desk: &Desk, facts: &PolicyFacts, found: &Prepared) -> Result<(), Failure> {
        let out = self.write(found)?;
        if desk.counter.json {
            println!("{}", as_json(facts, found, &out, self.send));
        } else {
            tell(&desk.counter, facts, found)?;
            println!("the message is in {}", out.display());
        }
        if self.send {
            return desk.execute(&found.msg);
        }
        if !desk.counter.json {
            println!("nothing was sent: --send sends it");
        }
        Ok(())
    }

    fn write(&self, found: &Prepared) -> Result<PathBuf, Failure> {
        let named = || PathBuf::from(format!("claim-{}.json", self.policy));
        let out = self.out.clone().unwrap_or_else(named);
        let text =
            serde_json::to_string(&found.msg).map_err(|cause| Failure::new("cli/json", cause))?;
        write_private(&out, &text).map_err(|cause| Failure::file(&out, cause))?;
        Ok(out)
    }
}

/// Readable to its owner only: until it is sent, what it holds is nobody else's.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())
}

/// What is published, to whom, and what it brings.
fn tell(counter: &Counter, facts: &PolicyFacts, found: &Prepared) -> Result<(), Failure> {
    println!(
        "These {} readings will be public for ever: anybody can read them on the chain, with who \
         claimed, and nobody can take them back.",
        found.published.len()
    );
    let models = models(counter, &found.published)?;
    for reading in &found.published {
        println!("  {}", line(reading, &models));
    }
    println!("They show that patient {} had these values at these times. Of the batches' other readings nothing is shown.", facts.policy.patient);
    if let Some(window) = found.window {
        let (from, to) = (show_ms(window.from_ms), show_ms(window.to_ms));
        println!("The claim uses up the time from {from} to {to}.");
        println!("It pays {} to {}.", benefit(facts), facts.policy.payee);
    }
    if !found.days.is_empty() {
        println!("They show the days {:?}.", found.days);
    }
    Ok(())
}

fn line(reading: &Disclosed, models: &BTreeMap<u32, String>) -> String {
    let name = models.get(&reading.model).map_or("", String::as_str);
    format!(
        "{}  {} {}  device {} (model {}: {name})",
        show_ms(reading.at_ms),
        reading.measure.info().display,
        Shown(reading.measure, reading.value),
        reading.device,
        reading.model
    )
}

fn models(counter: &Counter, published: &[Disclosed]) -> Result<BTreeMap<u32, String>, Failure> {
    let numbers: BTreeSet<u32> = published.iter().map(|reading| reading.model).collect();
    let name = |model| {
        let asked = registry::QueryMsg::Model { model };
        let info: registry::ModelInfo =
            vitals_ledger::query(&counter.node, &counter.at.device_registry, &asked)?;
        Ok((model, info.name))
    };
    numbers.into_iter().map(name).collect()
}

fn benefit(facts: &PolicyFacts) -> Money {
    let amount = match facts.product.terms.benefit {
        BenefitMsg::Fixed { amount }
        | BenefitMsg::PerEvent { amount, .. }
        | BenefitMsg::PerDay { amount, .. } => amount,
    };
    Money::new(amount, &facts.product.denom)
}

fn as_json(facts: &PolicyFacts, found: &Prepared, out: &Path, sent: bool) -> serde_json::Value {
    let published = found.published.iter().map(|reading| {
        json!({
            "measure": reading.measure, "value": reading.value.to_string(),
            "at_ms": reading.at_ms, "device": reading.device.to_string(), "model": reading.model,
        })
    });
    json!({
        "policy": facts.policy.policy, "public_for_ever": published.collect::<Vec<_>>(),
        "window": found.window, "days": found.days, "message_file": out, "sending": sent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_is_not_sent_yet_is_its_owner_s_to_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("claim.json");
        std::fs::write(&path, "an older and longer message").unwrap();
        write_private(&path, "{}").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{}");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
