//! Guardians, alone and together.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{Action, Power};

use super::consent::{grant, People, DAY_S};
use super::contract::Contract;
use super::stage::{number, Stage};

const CONSENT: Contract = Contract::Consent;

pub fn measure(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let patient = Uint64::new(people.patient);
    let appoint = appointment(stage, people, "guardian")?;
    stage.measure("patient", CONSENT, &appoint)?;
    let appoint = appointment(stage, people, "second")?;
    stage.act("patient", CONSENT, &appoint)?;
    let quorum = ExecuteMsg::SetQuorum {
        patient,
        power: Power::Grant,
        of: 2,
    };
    stage.measure("patient", CONSENT, &quorum)?;
    proposals(stage, people)?;
    let guardian = stage.address("guardian")?;
    let dismiss = ExecuteMsg::DismissGuardian { patient, guardian };
    stage.measure("patient", CONSENT, &dismiss)?;
    Ok(())
}

fn appointment(stage: &Stage<'_>, people: &People, guardian: &str) -> Result<ExecuteMsg> {
    Ok(ExecuteMsg::AppointGuardian {
        patient: Uint64::new(people.patient),
        guardian: stage.address(guardian)?,
        powers: vec![Power::Read, Power::Grant],
        until: stage.now_s()? + 30 * DAY_S,
    })
}

/// One that the other guardian completes, and one that is taken back.
fn proposals(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let patient = Uint64::new(people.patient);
    let asked = grant(stage, people, "stranger", Action::Read, None)?;
    let proposed = stage.measure_as("consent.grant.proposed", "guardian", CONSENT, &asked)?;
    let proposal = Uint64::new(number(&proposed, "proposed", "proposal")?);
    let approve = ExecuteMsg::Approve { patient, proposal };
    stage.measure("second", CONSENT, &approve)?;
    let proposed = stage.act("guardian", CONSENT, &asked)?;
    let proposal = Uint64::new(number(&proposed, "proposed", "proposal")?);
    let cancel = ExecuteMsg::Cancel { patient, proposal };
    stage.measure("guardian", CONSENT, &cancel)?;
    Ok(())
}
