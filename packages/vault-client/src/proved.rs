//! A vault's log of one patient, each receipt held against the head that the chain keeps.

use cosmwasm_std::Binary;
use vitals_core::decision::GroundRef;
use vitals_core::receipt::proof::Head;
use vitals_core::receipt::Receipt;
use vitals_ledger::{LedgerError, Reader};

use crate::{anchored_head, BySession, Proof, ProvedReceipt, Signer, VaultClient, VaultError};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRelease {
    pub index: u32,
    pub receipt: Receipt,
    pub proof: Proof,
    /// The bytes that were checked, to check again elsewhere.
    pub inclusion: Option<Binary>,
    /// Where who was shown it asked by a session.
    pub by_session: Option<BySession>,
}

/// What a vault says it released, and what the chain says of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultLog {
    /// The account that anchors it, as the vault says.
    pub account: Option<String>,
    /// Receipts in the log whose head is on the chain; 0 where none was anchored.
    pub anchored: u32,
    /// Oldest first.
    pub releases: Vec<LoggedRelease>,
}

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LogReadError {
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Chain(#[from] LedgerError),
    #[error("vault/answer: {0}")]
    Answer(String),
}

impl VaultLog {
    /// All of it. Fails where vault or chain do not answer, or not with receipts of the patient; a
    /// proof that does not hold is told with its receipt.
    pub fn read<S: Signer>(
        vault: &VaultClient<S>,
        chain: &(impl Reader + ?Sized),
        consent: &str,
        patient: u64,
        ground: &GroundRef,
    ) -> Result<Self, LogReadError> {
        let account = vault.receipts(patient, ground, None)?.account;
        // what is anchored from here on changes nothing: logs only grow
        let head = match &account {
            Some(account) => anchored_head(chain, consent, patient, account)?,
            None => None,
        };
        let receipts = pages(vault, patient, ground, head.map(|head| head.count))?;
        Self::checked(patient, account, &receipts, head)
    }

    /// Receipts that the chain knows of and the vault does not show.
    pub fn withheld(&self) -> u32 {
        self.anchored.saturating_sub(self.releases.len() as u32)
    }

    fn checked(
        patient: u64,
        account: Option<String>,
        receipts: &[ProvedReceipt],
        head: Option<Head>,
    ) -> Result<Self, LogReadError> {
        let releases = receipts.iter().enumerate().map(|(place, proved)| {
            let bad = |cause: String| LogReadError::Answer(format!("receipt {place}: {cause}"));
            let receipt = Receipt::from_bytes(&proved.receipt);
            let receipt = receipt.map_err(|cause| bad(cause.to_string()))?;
            if receipt.patient != patient || proved.index as usize != place {
                return Err(bad("it is not the patient's at that place".into()));
            }
            Ok(LoggedRelease {
                index: proved.index,
                receipt,
                proof: proved.proof(head),
                inclusion: proved.proof.clone(),
                by_session: proved.by_session.clone(),
            })
        });
        Ok(Self {
            account,
            anchored: head.map_or(0, |head| head.count),
            releases: releases.collect::<Result<_, LogReadError>>()?,
        })
    }
}

/// All that there are at the first page: a log that is read from may grow faster than it is listed.
fn pages<S: Signer>(
    vault: &VaultClient<S>,
    patient: u64,
    ground: &GroundRef,
    head: Option<u32>,
) -> Result<Vec<ProvedReceipt>, VaultError> {
    let first = vault.receipts_in(patient, ground, None, head)?;
    let (count, mut receipts) = (first.count as usize, first.receipts);
    while receipts.len() < count {
        let last = receipts.last().map(|proved| proved.index);
        let page = vault.receipts_in(patient, ground, last, head)?;
        // a vault that repeats itself would never end
        let goes_on = page.receipts.first().map(|first| Some(first.index) > last);
        if goes_on != Some(true) {
            break;
        }
        receipts.extend(page.receipts);
    }
    Ok(receipts)
}
