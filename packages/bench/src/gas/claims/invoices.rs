//! An invoice that goes to the arbiter, and one that nobody assesses.

use anyhow::Result;
use cosmwasm_std::{Binary, Uint64};
use vitals_api::claims::{ExecuteMsg, InvoiceMsg};

use super::super::consent::People;
use super::super::stage::{number, Stage};
use super::terms::{invoices, BENEFIT, FEE};
use super::{amount, bound, CLAIMS, PATIENT};

const ARBITER: &str = "responder";
/// The first of its policy.
const CLAIM: u16 = 1;
const DAY_S: u32 = 86_400;

pub fn measure(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    disputed(stage, people)?;
    silent(stage, people)
}

/// Half awarded, appealed, and awarded in full.
fn disputed(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let policy = insured(stage, people, DAY_S)?;
    let file = filing(stage, policy)?;
    let fee = stage.coins(FEE)?;
    let filed = stage.measure_paid("invoice_claim", "patient", CLAIMS, &file, &fee)?;
    number(&filed, "claim_filed", "claim")?;
    let assess = ExecuteMsg::Assess {
        policy,
        claim: CLAIM,
        award: amount(BENEFIT / 2),
        reason: Some(Binary::new(vec![2; 32])),
    };
    stage.measure("insurer", CLAIMS, &assess)?;
    let appeal = ExecuteMsg::Appeal {
        policy,
        claim: CLAIM,
        ground: PATIENT,
        reason: Binary::new(vec![3; 32]),
    };
    stage.measure_as("appeal", "patient", CLAIMS, &appeal)?;
    let arbitrate = ExecuteMsg::Arbitrate {
        policy,
        claim: CLAIM,
        award: amount(BENEFIT),
        reason: Binary::new(vec![4; 32]),
    };
    stage.measure(ARBITER, CLAIMS, &arbitrate)?;
    Ok(())
}

fn silent(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let policy = insured(stage, people, 1)?;
    let file = filing(stage, policy)?;
    stage.act_paid("patient", CLAIMS, &file, &stage.coins(FEE)?)?;
    stage.wait_past(stage.now_ms()? + 2_000)?;
    let claim = CLAIM;
    stage.measure("stranger", CLAIMS, &ExecuteMsg::Settle { policy, claim })?;
    Ok(())
}

/// Long enough for care to have been given.
fn insured(stage: &Stage<'_>, people: &People, assess_within_s: u32) -> Result<Uint64> {
    let terms = invoices(stage.address(ARBITER)?, assess_within_s);
    let policy = bound(stage, people, terms)?.policy;
    stage.wait_past(stage.now_ms()? + 3_000)?;
    Ok(Uint64::new(policy))
}

/// For care of the last full second.
fn filing(stage: &Stage<'_>, policy: Uint64) -> Result<ExecuteMsg> {
    let served_until = stage.now_s()?;
    Ok(ExecuteMsg::FileInvoice {
        policy,
        ground: PATIENT,
        invoice: InvoiceMsg {
            digest: Binary::new(vec![1; 32]),
            amount: amount(BENEFIT),
            served_from: served_until - 1,
            served_until,
        },
    })
}
