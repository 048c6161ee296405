//! What can be asked.

use cosmwasm_std::{to_json_binary, Api, Binary, Deps, Env, Storage, Uint64};
use serde::Serialize;
use vitals_api::consent::{CredentialInfo, PatientInfo, PatientsPage, QueryMsg, RecipientInfo};
use vitals_api::page::page_limit;
use vitals_api::{admin, parse, ApiError};
use vitals_core::decision::{Role, Seconds};

use crate::error::ContractError;
use crate::state;

mod decide;
mod emergencies;
mod grants;
mod guarding;
mod receipts;
mod teams;

pub fn dispatch(deps: Deps, env: &Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    use QueryMsg::*;
    let (storage, api) = (deps.storage, deps.api);
    let now = env.block.time.seconds();
    match msg {
        Admin {} => json(&admin::info(storage)?),
        Patient { patient } => json(&patient_info(storage, patient)?),
        PatientsOf {
            account,
            start_after,
            limit,
        } => json(&patients_of(storage, api, &account, start_after, limit)?),
        Recipient { account } => json(&recipient(storage, api, &account)?),
        Credential { account, role } => json(&credential(storage, api, &account, role, now)?),
        Guardian { patient, guardian } => {
            json(&guarding::one(storage, api, patient.u64(), &guardian, now)?)
        }
        Guardians {
            patient,
            start_after,
            limit,
        } => json(&guarding::page(
            storage,
            api,
            patient.u64(),
            start_after.as_deref(),
            limit,
            now,
        )?),
        Quorums { patient } => json(&guarding::quorums(storage, patient.u64(), now)?),
        Proposals { patient } => json(&guarding::proposals(storage, patient.u64(), now)?),
        Recovery { patient } => json(&guarding::recovery(storage, patient.u64(), now)?),
        Timing {} => json(&state::timing(storage)?),
        Custodians { patient } => json(&emergencies::custodians(storage, patient.u64())?),
        Emergency { patient, emergency } => {
            json(&emergencies::one(storage, patient.u64(), emergency.u64())?)
        }
        Emergencies {
            patient,
            start_after,
            limit,
        } => json(&emergencies::page(
            storage,
            patient.u64(),
            start_after,
            limit,
        )?),
        Responder { account } => json(&emergencies::responder(storage, api, &account, now)?),
        Hooks {} => json(&emergencies::hooks(storage)?),
        Receipts {
            patient,
            start_after,
            limit,
        } => json(&receipts::page(
            storage,
            api,
            patient.u64(),
            start_after.as_deref(),
            limit,
        )?),
        VerifyReceipt {
            patient,
            vault,
            index,
            receipt,
            proof,
        } => {
            let claimed = receipts::Claimed {
                vault: &vault,
                index,
                receipt: &receipt,
                proof: &proof,
            };
            json(&receipts::verify(storage, api, patient.u64(), &claimed)?)
        }
        Grant { patient, grant } => json(&grants::one(storage, patient.u64(), grant.u64())?),
        Grants {
            patient,
            start_after,
            limit,
        } => json(&grants::page(storage, patient.u64(), start_after, limit)?),
        Denial { patient, whom } => json(&grants::denial(storage, api, patient.u64(), &whom)?),
        Team { team } => json(&teams::team(storage, team)?),
        Members {
            team,
            start_after,
            limit,
        } => json(&teams::members(
            storage,
            api,
            team.u64(),
            start_after.as_deref(),
            limit,
        )?),
        TeamsOf { account } => json(&teams::of(storage, api, &account)?),
        Decide(msg) => json(&decide::decide(storage, api, &msg, now)?),
    }
}

fn json(answer: &impl Serialize) -> Result<Binary, ContractError> {
    to_json_binary(answer).map_err(|cause| {
        ApiError::Unreadable {
            what: "answer",
            contract: "own storage".into(),
            cause: cause.to_string(),
        }
        .into()
    })
}

fn patient_info(storage: &dyn Storage, number: Uint64) -> Result<PatientInfo, ApiError> {
    let patient = state::patient(storage, number.u64())?;
    let commitment = state::commitment(storage, number.u64(), patient.generation)?;
    Ok(PatientInfo {
        patient: number,
        controller: patient.controller,
        generation: patient.generation,
        pending: patient.pending,
        raised_at_ms: patient.raised_at_ms,
        commitment: commitment.map(|c| Binary::new(c.to_vec())),
    })
}

fn patients_of(
    storage: &dyn Storage,
    api: &dyn Api,
    account: &str,
    start_after: Option<Uint64>,
    limit: Option<u32>,
) -> Result<PatientsPage, ApiError> {
    let account_addr = parse::address(api, account)?;
    let after = start_after.map(|n| n.u64());
    let numbers = state::controlled(storage, &account_addr, after, page_limit(limit))?;
    Ok(PatientsPage {
        patients: numbers.into_iter().map(Uint64::new).collect(),
    })
}

fn recipient(
    storage: &dyn Storage,
    api: &dyn Api,
    account: &str,
) -> Result<RecipientInfo, ApiError> {
    let account_addr = parse::address(api, account)?;
    Ok(RecipientInfo {
        recipient: state::recipient(storage, &account_addr)?,
    })
}

fn credential(
    storage: &dyn Storage,
    api: &dyn Api,
    account: &str,
    role: Role,
    now: Seconds,
) -> Result<CredentialInfo, ApiError> {
    let account_addr = parse::address(api, account)?;
    let credential = state::credential(storage, &account_addr, role)?;
    Ok(CredentialInfo {
        live: credential.as_ref().is_some_and(|c| c.is_live(now)),
        until: credential.as_ref().map(|c| c.until),
        issuer: credential.map(|c| c.issuer),
    })
}
