//! Policies offered, paid by instalments, ended.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::claims::ExecuteMsg;

use super::super::consent::People;
use super::super::stage::{number, Stage};
use super::terms::{instalments, readings, PREMIUM};
use super::{bound, product, Policy, CLAIMS, PATIENT};

/// Whoever pays for the patient.
const EMPLOYER: &str = "second";

pub fn measure(stage: &mut Stage<'_>, people: &People, short: Policy) -> Result<()> {
    offers(stage, people)?;
    premiums(stage, people)?;
    // its cover and time to file are long over
    let policy = Uint64::new(short.policy);
    stage.measure("stranger", CLAIMS, &ExecuteMsg::Expire { policy })?;
    Ok(())
}

/// One withdrawn, one accepted and then cancelled.
fn offers(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let offer = ExecuteMsg::Offer {
        product: Uint64::new(product(stage, readings(1))?),
        version: 1,
        patient: Uint64::new(people.patient),
        payee: stage.address("patient")?,
        until: stage.now_s()? + 3_600,
    };
    let premium = stage.coins(PREMIUM)?;
    let offered = stage.measure_paid("claims.offer", EMPLOYER, CLAIMS, &offer, &premium)?;
    let policy = Uint64::new(number(&offered, "policy_offered", "policy")?);
    stage.measure(EMPLOYER, CLAIMS, &ExecuteMsg::WithdrawOffer { policy })?;

    let offered = stage.act_paid(EMPLOYER, CLAIMS, &offer, &premium)?;
    let policy = Uint64::new(number(&offered, "policy_offered", "policy")?);
    let ground = PATIENT;
    stage.measure("patient", CLAIMS, &ExecuteMsg::Accept { policy, ground })?;
    let cancel = ExecuteMsg::Cancel {
        policy,
        ground: None,
    };
    stage.measure(EMPLOYER, CLAIMS, &cancel)?;
    Ok(())
}

/// One that pays its second in time, and one that does not.
fn premiums(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    const HOUR_S: u32 = 3_600;
    let policy = Uint64::new(bound(stage, people, instalments(HOUR_S))?.policy);
    let pay = ExecuteMsg::PayPremium { policy };
    let premium = stage.coins(PREMIUM)?;
    stage.measure_paid("claims.pay_premium", "patient", CLAIMS, &pay, &premium)?;

    let policy = Uint64::new(bound(stage, people, instalments(1))?.policy);
    stage.wait_past(stage.now_ms()? + 2_000)?;
    stage.measure("stranger", CLAIMS, &ExecuteMsg::Lapse { policy })?;
    Ok(())
}
