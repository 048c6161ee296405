//! `vitals product statement`: a product's money, movement by movement.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::claims::{event, PoolInfo, QueryMsg};
use vitals_chain_client::{Seen, TxResult};
use vitals_core::decision::Seconds;
use vitals_core::insurance::{Account, Pool};
use vitals_insurance::{denom_text, Line, Movement, OwedChange, Source, Statement};
use vitals_ledger::{LedgerEvent, Reader};

use crate::ask;
use crate::desk::{AskArgs, Counter};
use crate::failure::Failure;

/// Looks at the pool until no block came between.
const TRIES: usize = 5;

#[derive(Args)]
#[command(
    after_help = "Amounts are in the smallest unit. Every statement adds up from the first movement on, \
    whatever period is printed. A node that has pruned transactions or does not index them cannot give one: \
    ask an archive node."
)]
pub struct StatementArgs {
    /// The product's number.
    #[arg(long)]
    product: u64,
    /// Print movements from this time on: RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    from: Option<Seconds>,
    /// Print movements until just before this time.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    to: Option<Seconds>,
    /// Write the CSV here; to stdout where not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    ask: AskArgs,
}

pub fn run(args: &StatementArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let (pool, height) = pool_at(&counter, args.product)?;
    let statement = replay(&counter, args.product, &pool, height)?;
    statement.reconcile(&pool)?;
    let lines = statement.between(args.from, args.to);
    match &args.out {
        Some(path) => {
            let file = File::create(path).map_err(|cause| Failure::file(path, cause))?;
            Statement::write(file, &lines)?;
        }
        None if counter.json => {}
        None => Statement::write(std::io::stdout().lock(), &lines)?,
    }
    let opening = args
        .from
        .map_or_else(Pool::default, |from| statement.before(from));
    let closing = lines.last().map_or(opening, |line| line.after);
    tell(&counter, &pool, &lines, &opening, &closing)
}

/// The pool, and the height of the block after which it was so.
fn pool_at(counter: &Counter, product: u64) -> Result<(PoolInfo, u64), Failure> {
    for _ in 0..TRIES {
        let before = counter.node.height()?;
        let pool = counter.ask(&QueryMsg::Pool {
            product: Uint64::new(product),
        })?;
        if counter.node.height()? == before {
            return Ok((pool, before));
        }
    }
    Err(Failure::new(
        "statement/moving",
        "a block came between every two looks at the chain: try again",
    ))
}

fn replay(
    counter: &Counter,
    product: u64,
    pool: &PoolInfo,
    height: u64,
) -> Result<Statement, Failure> {
    let mut times = BTreeMap::new();
    let (mut movements, mut owed) = (Vec::new(), Vec::new());
    for name in [event::Movement::NAME, "payment_failed", "collected"] {
        for tx in transactions(counter, product, name)? {
            if tx.height > height {
                continue;
            }
            let source = source(counter, &mut times, &tx)?;
            for seen in tx.events.into_iter().map(LedgerEvent::from) {
                // a transaction may be found by each name: what each search is for is read once
                if seen.ty.strip_prefix("wasm-") != Some(name) {
                    continue;
                }
                let claims = &counter.at.claims;
                movements.extend(Movement::read(&seen, claims, product, &source)?);
                owed.extend(OwedChange::read(&seen, claims, product, &source)?);
            }
        }
    }
    Ok(Statement::replay(movements, &owed, pool.movements.u64())?)
}

fn transactions(counter: &Counter, product: u64, name: &str) -> Result<Vec<TxResult>, Failure> {
    let event = format!("wasm-{name}");
    let seen = |attribute, value| Seen {
        event: &event,
        attribute,
        value,
    };
    let product = product.to_string();
    Ok(counter.node.search(&[
        seen("_contract_address", &counter.at.claims),
        seen("product", &product),
    ])?)
}

/// With the time of its block, asked once.
fn source(
    counter: &Counter,
    times: &mut BTreeMap<u64, Seconds>,
    tx: &TxResult,
) -> Result<Source, Failure> {
    let at = match times.get(&tx.height) {
        Some(at) => *at,
        None => {
            let at = counter.node.time_of(tx.height)? / 1_000;
            times.insert(tx.height, at);
            at
        }
    };
    Ok(Source {
        tx: tx.hash.clone(),
        height: tx.height,
        at,
    })
}

/// On stderr where the CSV is on stdout.
fn tell(
    counter: &Counter,
    pool: &PoolInfo,
    lines: &[&Line],
    opening: &Pool,
    closing: &Pool,
) -> Result<(), Failure> {
    if counter.json {
        println!(
            "{}",
            json!({
                "reconciled": true, "movements": lines.len(), "pool": pool,
                "opening": sums(opening), "closing": sums(closing),
            })
        );
        return Ok(());
    }
    let denom = denom_text(&pool.denom);
    let mut text = format!("in {denom}:\n");
    for account in Account::ALL {
        let (before, after) = (opening.sum(account), closing.sum(account));
        text.push_str(&format!("{account}: {before} before, {after} after\n"));
    }
    text.push_str(&format!(
        "{} of {} movements; all of them add up to the chain's pool, and {} is owed\n",
        lines.len(),
        pool.movements,
        pool.owed
    ));
    std::io::stderr()
        .write_all(text.as_bytes())
        .map_err(|cause| Failure::new("cli/stderr", cause))
}

fn sums(book: &Pool) -> BTreeMap<&'static str, String> {
    Account::ALL
        .into_iter()
        .map(|account| (account.name(), book.sum(account).to_string()))
        .collect()
}
