//! The heads of the vaults' logs of a patient, as the chain keeps them.

use cosmwasm_std::Uint64;
use vitals_api::consent::receipt::{AnchoredLog, LogsPage};
use vitals_api::consent::QueryMsg;
use vitals_api::page::MAX_LIMIT;
use vitals_core::receipt::proof::Head;
use vitals_ledger::{LedgerError, Reader};

/// Of every vault that anchored one, in order of their accounts.
pub fn anchored_logs(
    chain: &(impl Reader + ?Sized),
    consent: &str,
    patient: u64,
) -> Result<Vec<AnchoredLog>, LedgerError> {
    let mut logs: Vec<AnchoredLog> = Vec::new();
    loop {
        let asked = QueryMsg::Receipts {
            patient: Uint64::new(patient),
            start_after: logs.last().map(|log| log.vault.clone()),
            limit: Some(MAX_LIMIT),
        };
        let page: LogsPage = vitals_ledger::query(chain, consent, &asked)?;
        if page.logs.is_empty() {
            return Ok(logs);
        }
        logs.extend(page.logs);
    }
}

/// Of the vault with this account; `None` where it anchored none.
pub fn anchored_head(
    chain: &(impl Reader + ?Sized),
    consent: &str,
    patient: u64,
    account: &str,
) -> Result<Option<Head>, LedgerError> {
    let logs = anchored_logs(chain, consent, patient)?;
    logs.iter()
        .find(|log| log.vault == account)
        .map(head)
        .transpose()
}

fn head(log: &AnchoredLog) -> Result<Head, LedgerError> {
    let root = log.root.as_slice().try_into();
    let root = root.map_err(|_| LedgerError::Answer {
        what: "receipts".into(),
        cause: "a root has 32 bytes".into(),
    })?;
    Ok(Head {
        count: log.count,
        root,
    })
}
