//! Lists of policies, and what was done about one.

use clap::Args;
use cosmwasm_std::Uint64;
use vitals_api::claims::{HistoryEntry, HistoryPage, PoliciesPage, PolicyInfo, QueryMsg};
use vitals_core::insurance::PolicyState;
use vitals_insurance::{pages, show_time, Money};

use crate::ask;
use crate::desk::{AskArgs, Counter};
use crate::failure::Failure;
use crate::say;

#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    of: Whose,
    /// In one state only: offered, bound, active, grace, overdue, run_off, cancelled, lapsed,
    /// elapsed, exhausted, expired, …
    #[arg(long, value_parser = ask::named::<PolicyState>)]
    state: Option<PolicyState>,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The patient's number.
    #[arg(long)]
    patient: Option<u64>,
    /// The product's number.
    #[arg(long)]
    product: Option<u64>,
}

pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let mut policies = read(&counter, args)?;
    policies.retain(|policy| args.state.is_none_or(|state| policy.state == state));
    say::list(&policies, counter.json, |policy| {
        format!(
            "policy {}: {:?}, product {} version {}, patient {}, covered until {}, {} of {} claims paid",
            policy.policy,
            policy.state,
            policy.product,
            policy.version,
            policy.patient,
            show_time(policy.covered_until),
            policy.claims_paid,
            policy.claims_most
        )
    })
}

fn read(counter: &Counter, args: &ListArgs) -> Result<Vec<PolicyInfo>, Failure> {
    counter.all(
        |start_after, limit| match (args.of.patient, args.of.product) {
            (Some(patient), _) => QueryMsg::Policies {
                patient: Uint64::new(patient),
                start_after,
                limit,
            },
            (None, product) => QueryMsg::ProductPolicies {
                product: Uint64::new(product.unwrap_or_default()),
                state: args.state,
                start_after,
                limit,
            },
        },
        |page: PoliciesPage| (page.policies, page.next),
    )
}

pub fn history(policy: u64, ask: &AskArgs) -> Result<(), Failure> {
    let counter = ask.open()?;
    let denom = counter.denom_of(&counter.policy(policy)?)?;
    let mut seen = 0u32;
    let entries = pages(|_: Option<&HistoryEntry>, limit| {
        let asked = QueryMsg::History {
            policy: Uint64::new(policy),
            skip: Some(seen),
            limit: Some(limit),
        };
        let page: HistoryPage = vitals_ledger::query(&counter.node, &counter.at.claims, &asked)?;
        seen = seen.saturating_add(u32::try_from(page.entries.len()).unwrap_or(u32::MAX));
        Ok(page.entries)
    })?;
    say::list(&entries, counter.json, |entry| {
        let mut line = format!("{} {:?}", show_time(entry.at), entry.kind);
        if let Some(claim) = entry.claim {
            line.push_str(&format!(", claim {claim}"));
        }
        if let Some(amount) = entry.amount {
            line.push_str(&format!(", {}", Money::new(amount, &denom)));
        }
        if let Some(by) = &entry.by {
            line.push_str(&format!(", by {by}"));
        }
        line
    })
}
