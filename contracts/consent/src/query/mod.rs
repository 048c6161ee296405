//! What can be asked.

use cosmwasm_std::{to_json_binary, Api, Binary, Deps, Env, Storage, Uint64};
use serde::Serialize;
use vitals_api::consent::record::{Grant, Package, GRANTS};
use vitals_api::consent::{
    CredentialInfo, GrantInfo, GrantsPage, GuardianInfo, PackageRef, PatientInfo, PatientsPage,
    QueryMsg, RecipientInfo,
};
use vitals_api::page::page_limit;
use vitals_api::store::Key;
use vitals_api::{admin, parse, ApiError};
use vitals_core::decision::{Role, Seconds};
use vitals_core::FormatError;

use crate::error::ContractError;
use crate::state;

mod decide;

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
            json(&guardian_info(storage, api, patient.u64(), &guardian, now)?)
        }
        Grant { patient, grant } => {
            let found = state::grant(storage, patient.u64(), grant.u64())?;
            json(&grant_info(grant.u64(), &found))
        }
        Grants {
            patient,
            start_after,
            limit,
        } => json(&grants(storage, patient.u64(), start_after, limit)?),
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

fn guardian_info(
    storage: &dyn Storage,
    api: &dyn Api,
    patient: u64,
    guardian: &str,
    now: Seconds,
) -> Result<GuardianInfo, ApiError> {
    let guardian_addr = parse::address(api, guardian)?;
    state::patient(storage, patient)?;
    let guardian = state::guardian(storage, patient, &guardian_addr)?;
    Ok(GuardianInfo {
        live: guardian.as_ref().is_some_and(|g| now < g.until),
        powers: guardian
            .as_ref()
            .map_or_else(Vec::new, |g| g.powers.members()),
        until: guardian.map(|g| g.until),
    })
}

fn grants(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<Uint64>,
    limit: Option<u32>,
) -> Result<GrantsPage, ApiError> {
    state::patient(storage, patient)?;
    let after = start_after.map(|id| (patient, id.u64()).flat());
    let page = GRANTS.page(
        storage,
        &patient.flat(),
        after.as_deref(),
        page_limit(limit),
    )?;
    let grants = page
        .iter()
        .map(|(tail, grant)| Ok(grant_info(grant_number(tail)?, grant)))
        .collect::<Result<_, FormatError>>()?;
    Ok(GrantsPage { grants })
}

fn grant_number(tail: &[u8]) -> Result<u64, FormatError> {
    let mut r = vitals_core::bytes::Reader::new("grant key", tail);
    let number = r.u64()?;
    r.end()?;
    Ok(number)
}

fn grant_info(id: u64, grant: &Grant) -> GrantInfo {
    let terms = &grant.terms;
    GrantInfo {
        grant: Uint64::new(id),
        grantee: grant.grantee.clone(),
        purposes: terms.purposes.members(),
        categories: terms.categories.members(),
        actions: terms.actions.members(),
        window: terms.window,
        valid_from: terms.valid_from,
        valid_until: terms.valid_until,
        revoked: terms.revoked,
        package: grant.package.as_ref().map(package_ref),
    }
}

fn package_ref(package: &Package) -> PackageRef {
    PackageRef {
        digest: Binary::new(package.digest.to_vec()),
        recipient_hash: Binary::new(package.recipient_hash.to_vec()),
    }
}
