//! What becomes of some of it afterwards.

use std::collections::BTreeMap;

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::consent::{ExecuteMsg, Party};
use vitals_core::decision::Role;
use vitals_ledger::{Call, TxOutcome};

use crate::matrix::grants::revoke;
use crate::world::{Patient, World};

/// Revoked, denied, dismissed, withdrawn, left, removed, ended.
pub fn away(
    world: &World,
    patient: &Patient,
    teams: [u64; 2],
    grants: &BTreeMap<&'static str, u64>,
    emergencies: &BTreeMap<&'static str, u64>,
) -> Result<()> {
    let consent = &world.at.consent;
    let number = Uint64::new(patient.id);
    let team = Uint64::new(teams[0]);
    let deny = |whom| ExecuteMsg::Deny {
        patient: number,
        whom,
    };
    let account = |who| Ok::<_, anyhow::Error>(Party::Account(world.address(who)?));
    let withdraw = |who: &str, role| {
        let account = world.address(who)?;
        Ok::<_, anyhow::Error>(ExecuteMsg::WithdrawCredential { account, role })
    };
    let by_patient = [
        revoke(patient.id, grants["reader-revoked"]),
        ExecuteMsg::DismissGuardian {
            patient: number,
            guardian: world.address("guardian-dismissed")?,
        },
        deny(account("guardian-denied")?),
        deny(account("reader-denied")?),
        deny(account("responder-denied")?),
        deny(account("custodian-denied")?),
        deny(Party::Team(Uint64::new(teams[1]))),
    ];
    let by_board = [
        withdraw("reader-withdrawn", Role::Clinician)?,
        withdraw("responder-withdrawn", Role::EmergencyResponder)?,
        withdraw("custodian-withdrawn", Role::Custodian)?,
    ];
    let emergency = Uint64::new(emergencies["responder-over"]);
    let end = ExecuteMsg::EndEmergency {
        patient: number,
        emergency,
    };
    let remove = ExecuteMsg::RemoveMember {
        team,
        account: world.address("member-removed")?,
    };
    send(world, "patient", consent, &by_patient)?;
    send(world, "board", consent, &by_board)?;
    send(world, "responder-over", consent, &[end])?;
    send(
        world,
        "member-left",
        consent,
        &[ExecuteMsg::LeaveTeam { team }],
    )?;
    send(world, "admin", consent, &[remove])?;
    Ok(())
}

fn send(world: &World, who: &str, consent: &str, msgs: &[ExecuteMsg]) -> Result<TxOutcome> {
    let calls = msgs.iter().map(|msg| Ok(Call::new(consent, msg)?));
    world.act(who, &calls.collect::<Result<Vec<_>>>()?)
}
