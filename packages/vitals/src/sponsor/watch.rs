//! `vitals sponsor watch`: a fee grant cannot name contracts, so whoever spends it on others loses
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{channel, RecvTimeoutError};
use std::time::Duration;

use clap::Args;
use serde_json::json;
use vitals_chain_client::{Paid, Sender};
use vitals_ledger::{Deployment, Reader};
use vitals_ops::Health;

use super::state::State;
use crate::connect::{AccountArgs, DeploymentArgs};
use crate::failure::Failure;
use crate::stop::on_stop;
use crate::watched::OpsArgs;

#[derive(Args)]
pub struct WatchArgs {
    /// Where it keeps how far it looked; made where there is none.
    #[arg(long, value_name = "FILE")]
    state_file: PathBuf,
    /// Another contract whose calls are paid, such as a cw20 token; given again for each.
    #[arg(long = "also", value_name = "ADDRESS")]
    also: Vec<String>,
    /// Seconds between looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    every: u64,
    /// Look once.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    ops: OpsArgs,
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// A look that takes longer, each call of it at its time-out, is one that hangs.
const HANGS: Duration = Duration::from_secs(600);

pub fn run(args: &WatchArgs) -> Result<(), Failure> {
    let sponsor = args.account.connect()?;
    let ours = contracts(&args.deployment.read()?, &args.also);
    let mut state = State::read(&args.state_file, sponsor.wallet().address())?;
    if args.once {
        return look(args, &sponsor, &ours, &mut state);
    }
    let (stop, stopped) = channel();
    on_stop(move || {
        // nobody hears it where the loop has ended by itself
        let _ = stop.send(());
    })?;
    let health = Health::default();
    let _watched = args.ops.watched(&health)?;
    let every = Duration::from_secs(args.every);
    loop {
        health.alive_within("looks", every.saturating_add(HANGS));
        let looked = look(args, &sponsor, &ours, &mut state);
        health.of("chain", &looked);
        if let Err(failure) = looked {
            eprintln!("error: {failure}");
        }
        let slept = stopped.recv_timeout(every);
        if !matches!(slept, Err(RecvTimeoutError::Timeout)) {
            return Ok(());
        }
    }
}

/// What could not be revoked is found again by the next look: the state is written last.
fn look(
    args: &WatchArgs,
    sponsor: &Sender,
    ours: &BTreeSet<String>,
    state: &mut State,
) -> Result<(), Failure> {
    let height = sponsor.node().height()?;
    let granter = sponsor.wallet().address();
    let paid = state.unseen(sponsor.node().paid_by(granter, state.after())?);
    let spent = elsewhere(&paid, ours);
    if !spent.is_empty() {
        let kept = sponsor.node().allowances_of(granter)?;
        let revoked: Vec<String> = kept
            .into_iter()
            .map(|grant| grant.grantee)
            .filter(|grantee| spent.contains_key(grantee))
            .collect();
        if !revoked.is_empty() {
            sponsor.revoke_allowances(&revoked)?;
        }
        for grantee in revoked {
            tell(&grantee, spent[&grantee], args.json);
        }
    }
    state.note(&paid, height);
    state.write(&args.state_file)
}

fn contracts(at: &Deployment, also: &[String]) -> BTreeSet<String> {
    [
        &at.consent,
        &at.device_registry,
        &at.vitals_anchor,
        &at.care,
        &at.claims,
    ]
    .into_iter()
    .chain(also)
    .cloned()
    .collect()
}

/// Who spent on something else, and the first such transaction of each.
fn elsewhere<'a>(paid: &'a [Paid], ours: &BTreeSet<String>) -> BTreeMap<String, &'a Paid> {
    let mut spent = BTreeMap::new();
    for paid in paid {
        let foreign = paid.contracts.iter().any(|to| !ours.contains(to));
        if foreign || !paid.others.is_empty() {
            spent.entry(paid.grantee.clone()).or_insert(paid);
        }
    }
    spent
}

fn tell(grantee: &str, paid: &Paid, json: bool) {
    let on: Vec<_> = paid.contracts.iter().chain(&paid.others).collect();
    match json {
        true => println!(
            "{}",
            json!({"revoked": grantee, "tx": paid.hash, "height": paid.height.to_string(), "on": on})
        ),
        false => println!(
            "revoked {grantee}: transaction {} in block {} was not for these contracts alone",
            paid.hash, paid.height
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paid(grantee: &str, contracts: &[&str], others: &[&str]) -> Paid {
        let texts = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect();
        Paid {
            hash: "AB".into(),
            height: 7,
            grantee: grantee.into(),
            contracts: texts(contracts),
            others: texts(others),
        }
    }

    #[test]
    fn one_call_of_another_contract_among_ours_is_enough() {
        let ours = BTreeSet::from(["wasm1consent".to_string(), "wasm1care".to_string()]);
        let all = [
            paid("wasm1good", &["wasm1consent", "wasm1care"], &[]),
            paid("wasm1mixed", &["wasm1consent", "wasm1game"], &[]),
            paid(
                "wasm1sends",
                &["wasm1consent"],
                &["/cosmos.bank.v1beta1.MsgSend"],
            ),
        ];
        let spent = elsewhere(&all, &ours);
        assert_eq!(
            spent.keys().collect::<Vec<_>>(),
            ["wasm1mixed", "wasm1sends"]
        );
    }
}
