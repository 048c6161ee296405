//! Products, policies, claims: what is sold before anything is measured, what is claimed after.

use anyhow::{Context, Result};
use cosmwasm_std::{Uint128, Uint64};
use vitals_api::claims::{DenomMsg, ExecuteMsg, ProductMsg, TermsMsg};
use vitals_chain_client::TxResult;
use vitals_core::decision::GroundRef;

use super::anchor::Batches;
use super::consent::People;
use super::contract::Contract;
use super::stage::{number, Stage};
use crate::Gas;

mod invoices;
mod money;
mod policies;
mod readings;
mod terms;
mod tokens;

pub use terms::STEPS;
use terms::{DEPOSIT, PREMIUM};
use tokens::Token;

const CLAIMS: Contract = Contract::Claims;
const PATIENT: GroundRef = GroundRef::Patient {};

/// The policies that are claimed on, and the token.
pub struct Sold {
    readings: readings::Policies,
    reward: u64,
    short: Policy,
    token: Token,
}

#[derive(Clone, Copy)]
struct Policy {
    product: u64,
    policy: u64,
}

/// All that is claimed on what is measured later; and what there is to do before.
pub fn sell(stage: &mut Stage<'_>, people: &People, asked: &Gas) -> Result<Sold> {
    let admit = ExecuteMsg::AdmitDenom {
        denom: coins(stage),
    };
    stage.measure("deployer", CLAIMS, &admit)?;
    let token = Token::admitted(stage, asked)?;
    let readings = readings::sell(stage, people, &token)?;
    let reward = bound(stage, people, terms::reward())?.policy;
    let short = bound(stage, people, terms::short())?;
    Ok(Sold {
        readings,
        reward,
        short,
        token,
    })
}

/// While the devices are in use.
pub fn claim(stage: &mut Stage<'_>, people: &People, sold: &Sold, batches: &Batches) -> Result<()> {
    readings::claim(stage, people, &sold.readings, batches)?;
    readings::reward(stage, people, sold.reward, &batches.steps)
}

/// What needs no reading.
pub fn rest(stage: &mut Stage<'_>, people: &People, sold: &Sold) -> Result<()> {
    invoices::measure(stage, people)?;
    policies::measure(stage, people, sold.short)?;
    money::measure(stage, sold.short.product, &sold.token)
}

fn coins(stage: &Stage<'_>) -> DenomMsg {
    DenomMsg::Native(stage.chain.denom().into())
}

fn creation(denom: DenomMsg, terms: TermsMsg) -> ExecuteMsg {
    ExecuteMsg::CreateProduct {
        insurer: None,
        product: ProductMsg { denom, terms },
    }
}

/// A product with money in its pool; not measured.
fn product(stage: &Stage<'_>, terms: TermsMsg) -> Result<u64> {
    let created = stage.act("insurer", CLAIMS, &creation(coins(stage), terms))?;
    let product = number(&created, "product_created", "product")?;
    let deposit = ExecuteMsg::Deposit {
        product: Uint64::new(product),
    };
    stage.act_paid("insurer", CLAIMS, &deposit, &stage.coins(DEPOSIT)?)?;
    Ok(product)
}

fn bind_msg(stage: &Stage<'_>, people: &People, product: u64) -> Result<ExecuteMsg> {
    Ok(ExecuteMsg::Bind {
        product: Uint64::new(product),
        version: 1,
        patient: Uint64::new(people.patient),
        ground: PATIENT,
        payee: stage.address("patient")?,
    })
}

/// A product and the patient's policy of it; not measured.
fn bound(stage: &Stage<'_>, people: &People, terms: TermsMsg) -> Result<Policy> {
    let product = product(stage, terms)?;
    let bind = bind_msg(stage, people, product)?;
    let bound = stage.act_paid("patient", CLAIMS, &bind, &stage.coins(PREMIUM)?)?;
    let policy = policy_of(&bound)?;
    Ok(Policy { product, policy })
}

fn policy_of(bound: &TxResult) -> Result<u64> {
    number(bound, "policy_bound", "policy").context("no policy was bound")
}

fn amount(amount: u128) -> Uint128 {
    Uint128::new(amount)
}
