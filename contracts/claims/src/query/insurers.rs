//! The deployment, who works for an insurer, and what waits for a second person.

use cosmwasm_std::{Binary, Deps};
use vitals_api::claims::{ClaimId, ConfigInfo, StaffInfo, StaffPage, WaitingInfo, WaitingPage};
use vitals_api::page::page_limit;
use vitals_api::parse;

use crate::error::ContractError;
use crate::state::{self, Subject, Waiting};

pub fn config(deps: Deps) -> Result<ConfigInfo, ContractError> {
    let config = state::config(deps.storage)?;
    Ok(ConfigInfo {
        consent: config.consent.into(),
        registry: config.registry.into(),
        anchor: config.anchor.into(),
        least_deadline_s: config.least_deadline_s,
    })
}

pub fn staff(
    deps: Deps,
    insurer: &str,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<StaffPage, ContractError> {
    let insurer = parse::address(deps.api, insurer)?;
    let after = start_after.as_deref();
    let found = state::staff(deps.storage, insurer.as_str(), after, page_limit(limit))?;
    let staff = found.into_iter().map(|(account, parts)| StaffInfo {
        account,
        parts: parts.members(),
    });
    Ok(StaffPage {
        staff: staff.collect(),
    })
}

pub fn waiting(
    deps: Deps,
    product: u64,
    start_after: Option<ClaimId>,
    limit: Option<u32>,
) -> Result<WaitingPage, ContractError> {
    state::product(deps.storage, product)?;
    let after = start_after.map(|last| Subject::Award {
        policy: last.policy.u64(),
        claim: last.claim,
    });
    let found = state::waiting_of(deps.storage, product, after, page_limit(limit))?;
    let waiting = found
        .into_iter()
        .map(|(subject, waiting)| info(subject, waiting));
    Ok(WaitingPage {
        waiting: waiting.collect(),
    })
}

fn info(subject: Subject, waiting: Waiting) -> WaitingInfo {
    let (claim, terms) = match subject {
        Subject::Withdrawal => (None, None),
        Subject::Terms => (None, waiting.digest.map(Binary::from)),
        Subject::Award { policy, claim } => {
            let policy = policy.into();
            (Some(ClaimId { policy, claim }), None)
        }
    };
    WaitingInfo {
        claim,
        terms,
        amount: waiting.amount.into(),
        by: waiting.by.into(),
        at: waiting.at,
    }
}
