//! Teams: made by the board, joined by the clinician.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::consent::ExecuteMsg;

use super::contract::Contract;
use super::stage::{number, Stage};

const CONSENT: Contract = Contract::Consent;

pub fn measure(stage: &mut Stage<'_>) -> Result<()> {
    let made = stage.measure("board", CONSENT, &ExecuteMsg::CreateTeam {})?;
    let team = Uint64::new(number(&made, "team_created", "team")?);
    let account = stage.address("clinician")?;
    let invite = ExecuteMsg::InviteMember {
        team,
        account: account.clone(),
    };
    let join = ExecuteMsg::JoinTeam { team };
    stage.measure("board", CONSENT, &invite)?;
    stage.measure("clinician", CONSENT, &join)?;
    stage.measure("clinician", CONSENT, &ExecuteMsg::LeaveTeam { team })?;
    stage.act("board", CONSENT, &invite)?;
    stage.act("clinician", CONSENT, &join)?;
    stage.measure(
        "board",
        CONSENT,
        &ExecuteMsg::RemoveMember { team, account },
    )?;
    let admin = stage.address("insurer")?;
    stage.measure(
        "board",
        CONSENT,
        &ExecuteMsg::ProposeTeamAdmin { team, admin },
    )?;
    stage.measure("insurer", CONSENT, &ExecuteMsg::AcceptTeamAdmin { team })?;
    Ok(())
}
