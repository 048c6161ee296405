//! Money that an account could not be paid, and did not collect for three years.

use cosmwasm_std::Uint64;
use vitals_api::claims::{OwedInfo, QueryMsg};
use vitals_ledger::{query, Deployment, LedgerError, Reader};

use crate::memory::Owed;
use crate::seen::Look;
use crate::Task;

pub(crate) fn of_owed(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    owed: &Owed,
    now: u64,
) -> Result<Look, LedgerError> {
    let asked = QueryMsg::Owed {
        product: Uint64::new(owed.product),
        account: owed.account.clone(),
    };
    let info: OwedInfo = query(chain, &at.claims, &asked)?;
    Ok(match info.reclaimable_from {
        None => Look::Settled,
        Some(from) if from <= now => Look::Due(vec![Task::ReclaimUnclaimed {
            product: owed.product,
            account: owed.account.clone(),
        }]),
        Some(from) => Look::Later(from),
    })
}
