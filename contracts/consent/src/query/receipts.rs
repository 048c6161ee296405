//! Receipts of vaults.

use cosmwasm_std::{Api, Binary, Storage, Uint64};
use vitals_api::consent::receipt::{AnchoredLog, LogsPage, ReceiptInfo};
use vitals_api::page::page_limit;
use vitals_api::{parse, ApiError};
use vitals_core::receipt::proof::{Inclusion, MAX_PROOF_BYTES};
use vitals_core::receipt::{Receipt, MAX_RECEIPT_BYTES};
use vitals_core::tree::leaf_hash;

use crate::error::ContractError;
use crate::state;

pub fn page(
    storage: &dyn Storage,
    api: &dyn Api,
    patient: u64,
    start_after: Option<&str>,
    limit: Option<u32>,
) -> Result<LogsPage, ApiError> {
    state::patient(storage, patient)?;
    let after = start_after.map(|a| parse::address(api, a)).transpose()?;
    let found = state::logs(storage, patient, after.as_ref(), page_limit(limit))?;
    let logs = found.into_iter().map(|(vault, anchored)| AnchoredLog {
        vault,
        count: anchored.head.count,
        root: Binary::new(anchored.head.root.to_vec()),
        at: anchored.at,
    });
    Ok(LogsPage {
        logs: logs.collect(),
    })
}

/// What a vault says it released.
pub struct Claimed<'a> {
    pub vault: &'a str,
    pub index: u32,
    pub receipt: &'a Binary,
    pub proof: &'a Binary,
}

pub fn verify(
    storage: &dyn Storage,
    api: &dyn Api,
    patient: u64,
    claimed: &Claimed<'_>,
) -> Result<ReceiptInfo, ContractError> {
    let vault_addr = parse::address(api, claimed.vault)?;
    let (bytes, proof) = (claimed.receipt, claimed.proof);
    parse::length("receipt", bytes.len(), 1, MAX_RECEIPT_BYTES)?;
    parse::length("proof", proof.len(), 1, MAX_PROOF_BYTES)?;
    let receipt = Receipt::from_bytes(bytes).map_err(ApiError::from)?;
    if receipt.patient != patient {
        return Err(ContractError::ReceiptOfAnother {
            named: receipt.patient,
            asked: patient,
        });
    }
    let anchored =
        state::anchored(storage, patient, &vault_addr)?.ok_or_else(|| ApiError::NotFound {
            what: "receipts",
            key: format!("{patient}/{vault_addr}"),
        })?;
    let proof = Inclusion::from_bytes(proof)?;
    proof.verify(&leaf_hash(bytes), claimed.index, &anchored.head)?;
    Ok(info(receipt))
}

fn info(receipt: Receipt) -> ReceiptInfo {
    ReceiptInfo {
        patient: Uint64::new(receipt.patient),
        at: receipt.at,
        digest: Binary::new(receipt.digest.to_vec()),
        purpose: receipt.purpose,
        category: receipt.category,
        action: receipt.action,
        ground: receipt.ground,
        who: receipt.who,
    }
}
