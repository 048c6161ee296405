//! Products, policies, claims.

use anyhow::{Context, Result};
use cosmwasm_std::{Binary, Uint128, Uint64};
use vitals_api::anchor::BatchId;
use vitals_api::claims::{EvidenceKind, EvidenceMsg, ExecuteMsg, ProductMsg};
use vitals_core::decision::GroundRef;
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, Comparison, Condition, Rule};
use vitals_testing::device::TestBatch;

use super::consent::People;
use super::contract::Contract;
use super::stage::{number, Stage};

const BENEFIT: u128 = 250_000;
const PREMIUM: u128 = 10_000;
const DEPOSIT: u128 = 600_000;
const READINGS: u8 = 10;
const DAY_S: u32 = 86_400;
/// Leaves between two readings of a claim spread over half an hour, at a reading a second.
const SPREAD: u16 = 200;
/// Products and their policies: for the claim of adjacent readings, for the claim of readings
/// spread out, and one whose cover is over at once.
const ADJACENT: u64 = 1;
const SPREAD_OUT: u64 = 2;
const SHORT: u64 = 3;

/// Three products, each with a policy of the patient's.
pub fn sell(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let denom = stage.chain.denom().to_string();
    let admit = ExecuteMsg::AdmitDenom {
        denom: denom.clone(),
    };
    stage.measure("deployer", Contract::Claims, &admit)?;
    let product = ExecuteMsg::CreateProduct {
        product: product(&denom, READINGS, DAY_S, DAY_S),
    };
    stage.measure("insurer", Contract::Claims, &product)?;
    stage.act("insurer", Contract::Claims, &product)?;
    let short = ExecuteMsg::CreateProduct {
        product: self::product(&denom, 1, 2, 1),
    };
    stage.act("insurer", Contract::Claims, &short)?;
    fund_and_bind(stage, people, ADJACENT, true)?;
    fund_and_bind(stage, people, SPREAD_OUT, false)?;
    fund_and_bind(stage, people, SHORT, false)
}

fn product(denom: &str, readings: u8, term_s: u32, file_within_s: u32) -> ProductMsg {
    ProductMsg {
        denom: denom.into(),
        benefit: Uint128::new(BENEFIT),
        premium: Uint128::new(PREMIUM),
        term_s,
        waiting_s: 0,
        file_within_s,
        max_claims: 1,
        separation_s: 0,
        terms_digest: Binary::new(vec![7; 32]),
        evidence: EvidenceKind::Disclosed,
        rule: rule(readings),
    }
}

/// A heart rate of 120 or more, so many times within half an hour.
fn rule(readings: u8) -> Rule {
    Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }],
        readings,
        spaced_s: 1,
        within_s: 1_800,
        anchored_within_s: 3_600,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    }
}

fn fund_and_bind(
    stage: &mut Stage<'_>,
    people: &People,
    number: u64,
    measured: bool,
) -> Result<()> {
    let product = Uint64::new(number);
    let deposit = ExecuteMsg::Deposit { product };
    let bind = ExecuteMsg::Bind {
        product,
        patient: Uint64::new(people.patient),
        ground: GroundRef::Patient {},
        payee: stage.address("patient")?,
    };
    for (who, name, msg, amount) in [
        ("insurer", "claims.deposit", deposit, DEPOSIT),
        ("patient", "claims.bind", bind, PREMIUM),
    ] {
        let funds = stage.coins(amount)?;
        if measured {
            stage.measure_paid(name, who, Contract::Claims, &msg, &funds)?;
        } else {
            stage.act_paid(who, Contract::Claims, &msg, &funds)?;
        }
    }
    Ok(())
}

/// Ten readings of the large batch, next to each other and far apart.
pub fn claim(stage: &mut Stage<'_>, people: &People, batch: &TestBatch) -> Result<()> {
    let adjacent: Vec<u16> = (0..u16::from(READINGS)).collect();
    let spread: Vec<u16> = adjacent.iter().map(|i| i * SPREAD).collect();
    for (name, policy, indices) in [
        ("claim_adjacent", ADJACENT, adjacent),
        ("claim_spread", SPREAD_OUT, spread),
    ] {
        let last = indices
            .iter()
            .rev()
            .find_map(|i| batch.readings.get(usize::from(*i)));
        let last = last.context("a claim shows readings")?;
        stage.wait_past(last.at_ms(batch.measured().epoch))?;
        let msg = ExecuteMsg::Claim {
            policy: Uint64::new(policy),
            ground: GroundRef::Patient {},
            evidence: vec![evidence(people.patient, batch, &indices)],
        };
        stage.measure_as(name, "patient", Contract::Claims, &msg)?;
    }
    Ok(())
}

fn evidence(patient: u64, batch: &TestBatch, indices: &[u16]) -> EvidenceMsg {
    let measured = batch.measured();
    EvidenceMsg {
        batch: BatchId {
            patient: Uint64::new(patient),
            category: measured.category,
            epoch: measured.epoch,
            device: Uint64::new(measured.device),
            sequence: Uint64::new(measured.sequence),
        },
        proof: batch.prove(indices),
    }
}

/// The short policy's cover and time to file are long over.
pub fn expire(stage: &mut Stage<'_>) -> Result<()> {
    let policy = Uint64::new(SHORT);
    let expired = stage.measure("stranger", Contract::Claims, &ExecuteMsg::Expire { policy })?;
    number(&expired, "policy_expired", "released")?;
    let withdraw = ExecuteMsg::Withdraw {
        product: Uint64::new(SHORT),
        amount: Uint128::new(DEPOSIT),
    };
    stage.measure("insurer", Contract::Claims, &withdraw)?;
    Ok(())
}
