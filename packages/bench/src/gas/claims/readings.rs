//! Claims on readings: one to thirty, side by side and over half an hour, of a batch of an hour at a
//! reading a second and of the largest there can be.

use anyhow::{Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::anchor::BatchId;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{EvidenceMsg, ExecuteMsg};
use vitals_testing::device::TestBatch;

use super::super::anchor::Batches;
use super::super::consent::People;
use super::super::stage::{number, Stage};
use super::terms::{readings, DEPOSIT, PREMIUM};
use super::tokens::Token;
use super::{bind_msg, bound, coins, creation, policy_of, CLAIMS, PATIENT};

/// The policies, in the order of [`SHOWN`].
pub struct Policies(Vec<u64>);

#[derive(Clone, Copy, PartialEq)]
enum Depth {
    D12,
    D16,
}

#[derive(Clone, Copy, PartialEq)]
enum Paid {
    Coins,
    Tokens,
}

/// What is shown in a claim: so many readings, so many leaves apart.
struct Shown {
    name: &'static str,
    depth: Depth,
    readings: u8,
    apart: u16,
    paid: Paid,
}

const fn shown(name: &'static str, depth: Depth, readings: u8, apart: u16) -> Shown {
    Shown {
        name,
        depth,
        readings,
        apart,
        paid: Paid::Coins,
    }
}

/// Half an hour is half of an hour's leaves: 2,048 of the one, 32,767 of the other.
const SHOWN: [Shown; 11] = [
    shown("claim_1_d12", Depth::D12, 1, 1),
    shown("claim_10_d12", Depth::D12, 10, 1),
    shown("claim_10_d12_spread", Depth::D12, 10, 200),
    Shown {
        paid: Paid::Tokens,
        ..shown("claim_10_d12_cw20", Depth::D12, 10, 1)
    },
    shown("claim_30_d12", Depth::D12, 30, 1),
    shown("claim_30_d12_spread", Depth::D12, 30, 68),
    shown("claim_1_d16", Depth::D16, 1, 1),
    shown("claim_10_d16", Depth::D16, 10, 1),
    shown("claim_10_d16_spread", Depth::D16, 10, 3_200),
    shown("claim_30_d16", Depth::D16, 30, 1),
    shown("claim_30_d16_spread", Depth::D16, 30, 1_090),
];

/// A product and a policy for each; the first ones are measured.
pub fn sell(stage: &mut Stage<'_>, people: &People, token: &Token) -> Result<Policies> {
    let mut policies = vec![first(stage, people)?];
    for shown in SHOWN.iter().skip(1) {
        policies.push(match shown.paid {
            Paid::Coins => bound(stage, people, readings(shown.readings))?.policy,
            Paid::Tokens => for_tokens(stage, people, token, shown.readings)?,
        });
    }
    Ok(Policies(policies))
}

fn first(stage: &mut Stage<'_>, people: &People) -> Result<u64> {
    let create = creation(coins(stage), readings(1));
    let created = stage.measure("insurer", CLAIMS, &create)?;
    let product = number(&created, "product_created", "product")?;
    let deposit = ExecuteMsg::Deposit {
        product: Uint64::new(product),
    };
    let funds = stage.coins(DEPOSIT)?;
    stage.measure_paid("claims.deposit", "insurer", CLAIMS, &deposit, &funds)?;
    let bind = bind_msg(stage, people, product)?;
    let funds = stage.coins(PREMIUM)?;
    let bound = stage.measure_paid("bind", "patient", CLAIMS, &bind, &funds)?;
    policy_of(&bound)
}

fn for_tokens(stage: &mut Stage<'_>, people: &People, token: &Token, count: u8) -> Result<u64> {
    let created = stage.act("insurer", CLAIMS, &creation(token.denom(), readings(count)))?;
    let product = Uint64::new(number(&created, "product_created", "product")?);
    let deposit = token.sending(stage, DEPOSIT, &ReceiveMsg::Deposit { product })?;
    stage.measure_at("deposit_cw20", "insurer", &token.at, &deposit, &[])?;
    let bind = ReceiveMsg::Bind {
        product,
        version: 1,
        patient: Uint64::new(people.patient),
        ground: PATIENT,
        payee: stage.address("patient")?,
    };
    let bind = token.sending(stage, PREMIUM, &bind)?;
    let bound = stage.measure_at("bind_cw20", "patient", &token.at, &bind, &[])?;
    policy_of(&bound)
}

pub fn claim(
    stage: &mut Stage<'_>,
    people: &People,
    policies: &Policies,
    batches: &Batches,
) -> Result<()> {
    for (shown, policy) in SHOWN.iter().zip(&policies.0) {
        let batch = match shown.depth {
            Depth::D12 => &batches.large,
            Depth::D16 => &batches.largest,
        };
        let indices: Vec<u16> = (0..u16::from(shown.readings))
            .map(|i| i * shown.apart)
            .collect();
        let last = indices.last().map_or(0, |last| usize::from(*last));
        let last = batch.readings.get(last).context("a claim shows readings")?;
        stage.wait_past(last.at_ms(batch.measured().epoch))?;
        let msg = ExecuteMsg::Claim {
            policy: Uint64::new(*policy),
            ground: PATIENT,
            evidence: vec![evidence(people.patient, batch, &indices)],
        };
        stage.measure_as(shown.name, "patient", CLAIMS, &msg)?;
    }
    Ok(())
}

/// The day that a rebate takes.
pub fn reward(
    stage: &mut Stage<'_>,
    people: &People,
    policy: u64,
    steps: &TestBatch,
) -> Result<()> {
    let msg = ExecuteMsg::ClaimReward {
        policy: Uint64::new(policy),
        ground: PATIENT,
        evidence: vec![evidence(people.patient, steps, &[0])],
    };
    let shown = stage.measure("patient", CLAIMS, &msg)?;
    number(&shown, "rebated", "amount")?;
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

#[cfg(test)]
mod tests {
    use super::super::super::devices::{LARGE, LARGEST};
    use super::*;

    #[test]
    fn what_is_spread_takes_nearly_half_an_hour_of_its_batch() {
        for shown in SHOWN.iter().filter(|shown| shown.apart > 1) {
            let half = match shown.depth {
                Depth::D12 => LARGE / 2,
                Depth::D16 => LARGEST / 2,
            };
            let last = u32::from(shown.apart) * u32::from(shown.readings - 1);
            assert!(half * 8 / 10 < last && last < half, "{}", shown.name);
        }
    }
}
