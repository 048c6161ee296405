//! Emergencies, custodians, and the receipts of vaults.

use cosmwasm_std::{Api, Binary, Storage, Uint64};
use vitals_api::consent::emergency::{
    CustodiansInfo, EmergenciesPage, EmergencyInfo, EmergencyPackageMsg, EmergencyPackages,
    HooksInfo, ResponderInfo, ReviewInfo,
};
use vitals_api::consent::read;
use vitals_api::consent::record::{Custody, Emergency, Packages};
use vitals_api::page::page_limit;
use vitals_api::{parse, ApiError};
use vitals_core::decision::{Role, Seconds};

use crate::error::ContractError;
use crate::{execute, state};

pub fn custodians(storage: &dyn Storage, patient: u64) -> Result<CustodiansInfo, ApiError> {
    state::patient(storage, patient)?;
    let custody = state::custody(storage, patient)?.unwrap_or(Custody {
        threshold: 0,
        custodians: Vec::new(),
        packages: None,
    });
    Ok(CustodiansInfo {
        packages: custody.packages.map(|packages| put(&custody, &packages)),
        threshold: custody.threshold,
        custodians: custody.custodians.into_iter().map(|c| c.account).collect(),
    })
}

fn put(custody: &Custody, packages: &Packages) -> EmergencyPackages {
    let shares = custody.custodians.iter().map(|c| EmergencyPackageMsg {
        custodian: c.account.clone(),
        digest: Binary::new(c.share.to_vec()),
    });
    EmergencyPackages {
        window: packages.window,
        generation: packages.generation,
        packages: shares.collect(),
    }
}

pub fn one(storage: &dyn Storage, patient: u64, id: u64) -> Result<EmergencyInfo, ApiError> {
    Ok(info(id, state::emergency(storage, patient, id)?))
}

fn info(id: u64, emergency: Emergency) -> EmergencyInfo {
    EmergencyInfo {
        emergency: Uint64::new(id),
        responder: emergency.responder,
        window: emergency.window,
        opened_at: emergency.opened_at,
        until: emergency.until,
        ended_at: emergency.ended_at,
        reason: Binary::new(emergency.reason.to_vec()),
        review_by: emergency.review_by,
        review: emergency.review.map(|review| ReviewInfo {
            at: review.at,
            upheld: review.upheld,
        }),
    }
}

pub fn page(
    storage: &dyn Storage,
    patient: u64,
    start_after: Option<Uint64>,
    limit: Option<u32>,
) -> Result<EmergenciesPage, ApiError> {
    state::patient(storage, patient)?;
    let after = start_after.map(|id| id.u64());
    let found = state::emergencies(storage, patient, after, page_limit(limit))?;
    Ok(EmergenciesPage {
        emergencies: found.into_iter().map(|(id, e)| info(id, e)).collect(),
    })
}

pub fn responder(
    storage: &dyn Storage,
    api: &dyn Api,
    account: &str,
    now: Seconds,
) -> Result<ResponderInfo, ApiError> {
    let account_addr = parse::address(api, account)?;
    let role = Role::EmergencyResponder;
    let why_not = match read::has_role(&storage, account_addr.as_str(), role, now)? {
        true => execute::ensure_good_standing(storage, &account_addr, now).err(),
        false => Some(ContractError::NotAHolder {
            account: account_addr.to_string(),
            role,
        }),
    };
    let standing = state::standing(storage, &account_addr)?;
    Ok(ResponderInfo {
        may_open: why_not.is_none(),
        why_not: why_not.map(|refused| refused.to_string()),
        unreviewed: standing.unreviewed,
        rejected: standing.rejected,
        review_by: state::first_due(storage, &account_addr)?.map(|due| due.review_by),
    })
}

pub fn hooks(storage: &dyn Storage) -> Result<HooksInfo, ApiError> {
    let contracts = state::hooks(storage)?;
    Ok(HooksInfo {
        contracts: contracts.into_iter().map(Into::into).collect(),
    })
}
