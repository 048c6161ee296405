//! Alerts and who answers them.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::care::{ExecuteMsg, TierMsg};
use vitals_core::decision::GroundRef;

use super::consent::People;
use super::contract::Contract;
use super::devices::Devices;
use super::stage::{number, Stage};

const LADDER: u8 = 1;
const RULE: u16 = 7;
/// The shortest a tier may wait here.
const TIER_S: u32 = 1;

pub fn measure(stage: &mut Stage<'_>, people: &People, devices: &mut Devices) -> Result<()> {
    let tier = |who: String| TierMsg {
        responders: vec![who],
        within_s: TIER_S,
    };
    let ladder = ExecuteMsg::SetLadder {
        patient: Uint64::new(people.patient),
        ladder: LADDER,
        tiers: vec![
            tier(stage.address("clinician")?),
            tier(stage.address("guardian")?),
        ],
        ends_in_emergency: false,
    };
    stage.measure("patient", Contract::Care, &ladder)?;
    let notice = notice(stage, people, devices)?;
    let raised = stage.measure_as("alert", "gateway", Contract::Care, &notice)?;
    let alert = Uint64::new(number(&raised, "alert_raised", "alert")?);
    answer(stage, people, devices, alert)
}

fn notice(stage: &Stage<'_>, people: &People, devices: &mut Devices) -> Result<ExecuteMsg> {
    let (body, signature) = devices.heart.alert(stage.now_ms()?, RULE, LADDER);
    Ok(ExecuteMsg::RaiseAlert {
        body,
        signature,
        ground: GroundRef::Grant { id: people.sealing },
    })
}

fn answer(
    stage: &mut Stage<'_>,
    people: &People,
    devices: &mut Devices,
    alert: Uint64,
) -> Result<()> {
    let again = notice(stage, people, devices)?;
    stage.measure_as("alert_counted", "gateway", Contract::Care, &again)?;
    stage.wait_past(stage.now_ms()? + 1_000 * u64::from(TIER_S))?;
    stage.measure("stranger", Contract::Care, &ExecuteMsg::Escalate { alert })?;
    let acknowledge = ExecuteMsg::Acknowledge {
        alert,
        ground: GroundRef::Grant {
            id: people.alerting,
        },
    };
    stage.measure("clinician", Contract::Care, &acknowledge)?;
    stage.measure("clinician", Contract::Care, &ExecuteMsg::Resolve { alert })?;
    Ok(())
}
