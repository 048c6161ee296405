//! Claims as they stand.

use clap::Args;
use cosmwasm_std::Uint64;
use vitals_api::claims::{ClaimId, ClaimInfo, ClaimsPage, DenomMsg, QueryMsg};
use vitals_core::insurance::ClaimState;
use vitals_insurance::{show_time, Money};

use crate::ask;
use crate::desk::{AskArgs, Counter};
use crate::failure::Failure;
use crate::say;

#[derive(Args)]
pub struct ShowArgs {
    /// The policy's number.
    #[arg(long)]
    policy: u64,
    /// The claim's number within the policy.
    #[arg(long)]
    claim: u16,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    of: Whose,
    /// In one state only: filed, assessed, appealed, overdue, paid or refused.
    #[arg(long, value_parser = ask::named::<ClaimState>)]
    state: Option<ClaimState>,
    #[command(flatten)]
    ask: AskArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The policy's number.
    #[arg(long)]
    policy: Option<u64>,
    /// The product's number.
    #[arg(long)]
    product: Option<u64>,
}

impl Whose {
    fn denom(&self, counter: &Counter) -> Result<DenomMsg, Failure> {
        match (self.policy, self.product) {
            (Some(policy), _) => counter.denom_of(&counter.policy(policy)?),
            (None, product) => Ok(counter.product(product.unwrap_or_default(), None)?.denom),
        }
    }
}

pub fn show(args: &ShowArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let claim: ClaimInfo = counter.ask(&QueryMsg::Claim {
        policy: Uint64::new(args.policy),
        claim: args.claim,
    })?;
    let denom = counter.denom_of(&counter.policy(args.policy)?)?;
    say::answer(&claim, Some(&denom), counter.json)
}

pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let counter = args.ask.open()?;
    let mut claims = read(&counter, args)?;
    claims.retain(|claim| args.state.is_none_or(|state| claim.state == state));
    let denom = args.of.denom(&counter)?;
    say::list(&claims, counter.json, |claim| {
        format!(
            "policy {} claim {}: {:?}, filed {}, {} paid",
            claim.policy,
            claim.claim,
            claim.state,
            show_time(claim.filed_at),
            Money::new(claim.paid, &denom)
        )
    })
}

fn read(counter: &Counter, args: &ListArgs) -> Result<Vec<ClaimInfo>, Failure> {
    counter.all(
        |start_after: Option<ClaimId>, limit| match (args.of.policy, args.of.product) {
            (Some(policy), _) => QueryMsg::Claims {
                policy: Uint64::new(policy),
                start_after: start_after.map(|id| id.claim),
                limit,
            },
            (None, product) => QueryMsg::ProductClaims {
                product: Uint64::new(product.unwrap_or_default()),
                state: args.state,
                start_after,
                limit,
            },
        },
        |page: ClaimsPage| (page.claims, page.next),
    )
}
