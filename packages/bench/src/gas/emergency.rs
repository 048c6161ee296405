//! Emergencies, those who are told of them, custodians, and what vaults released.

use anyhow::{Context, Result};
use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::emergency::EmergencyPackageMsg;
use vitals_api::consent::receipt::LogMsg;
use vitals_api::consent::ExecuteMsg;
use vitals_core::receipt::proof::{Consistency, Head};

use super::consent::People;
use super::contract::Contract;
use super::cost::Cost;
use super::stage::{number, Stage};

const CONSENT: Contract = Contract::Consent;
/// Receipts in the log anchored.
const RECEIPTS: u8 = 8;

pub fn measure(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    receipts(stage, people)?;
    custodians(stage, people)?;
    let patient = Uint64::new(people.patient);
    let open = opening(people);
    let opened = stage.measure("responder", CONSENT, &open)?;
    let emergency = Uint64::new(number(&opened, "emergency_opened", "emergency")?);
    let end = ExecuteMsg::EndEmergency { patient, emergency };
    stage.measure("responder", CONSENT, &end)?;
    let review = review(patient, emergency, true);
    stage.measure("patient", CONSENT, &review)?;
    told(stage, people, &open)
}

fn opening(people: &People) -> ExecuteMsg {
    ExecuteMsg::OpenEmergency {
        patient: Uint64::new(people.patient),
        reason: Binary::new(vec![6; 32]),
        hours_back: 24,
        for_s: 3_600,
    }
}

fn review(patient: Uint64, emergency: Uint64, upheld: bool) -> ExecuteMsg {
    ExecuteMsg::ReviewEmergency {
        patient,
        emergency,
        upheld,
    }
}

/// Once more with care told of it: what that adds is care's message.
fn told(stage: &mut Stage<'_>, people: &People, open: &ExecuteMsg) -> Result<()> {
    let contract = stage.at(Contract::Care)?.to_string();
    let add = ExecuteMsg::AddHook {
        contract: contract.clone(),
    };
    stage.measure("deployer", CONSENT, &add)?;
    let opened = stage.measure_as("consent.open_emergency.told", "responder", CONSENT, open)?;
    number(&opened, "alert_raised", "alert").context("care was told and raised no alert")?;
    let emergency = Uint64::new(number(&opened, "emergency_opened", "emergency")?);
    let alone = stage.cost("consent.open_emergency")?.gas;
    let both = stage.cost("consent.open_emergency.told")?.gas;
    let added = Cost {
        gas: both.saturating_sub(alone),
        loads: 1,
        ..Cost::default()
    };
    stage.keep("care.consent_hook", added)?;
    stage.measure("deployer", CONSENT, &ExecuteMsg::RemoveHook { contract })?;
    let rejected = review(Uint64::new(people.patient), emergency, false);
    stage.act("patient", CONSENT, &rejected)?;
    let responder = stage.address("responder")?;
    stage.measure("board", CONSENT, &ExecuteMsg::Reinstate { responder })?;
    Ok(())
}

fn custodians(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let patient = Uint64::new(people.patient);
    let custodians = vec![stage.address("stranger")?, stage.address("insurer")?];
    let set = ExecuteMsg::SetCustodians {
        patient,
        custodians: custodians.clone(),
        threshold: 2,
    };
    stage.measure("patient", CONSENT, &set)?;
    let share = |custodian: String| EmergencyPackageMsg {
        custodian,
        digest: Binary::new(vec![4; 32]),
    };
    let put = ExecuteMsg::PutEmergencyPackages {
        patient,
        window: people.window(),
        packages: custodians.into_iter().map(share).collect(),
    };
    stage.measure("patient", CONSENT, &put)?;
    Ok(())
}

/// The head of one log that has been anchored before: four receipts more.
fn receipts(stage: &mut Stage<'_>, people: &People) -> Result<()> {
    let leaves: Vec<[u8; 32]> = (0..RECEIPTS).map(|n| [n; 32]).collect();
    let half = leaves.len() / 2;
    let first = head(people, &leaves[..half], 0)?;
    stage.act("gateway", CONSENT, &first)?;
    let second = head(people, &leaves, u32::from(RECEIPTS / 2))?;
    stage.measure("gateway", CONSENT, &second)?;
    Ok(())
}

fn head(people: &People, leaves: &[[u8; 32]], from: u32) -> Result<ExecuteMsg> {
    let head = Head::of(leaves).context("a log has a head")?;
    let proof = Consistency::build(leaves, from).context("a log only grows")?;
    Ok(ExecuteMsg::AnchorReceipts {
        entries: vec![LogMsg {
            patient: Uint64::new(people.patient),
            count: head.count,
            root: Binary::new(head.root.to_vec()),
            proof: Binary::new(proof.to_bytes()),
        }],
    })
}
