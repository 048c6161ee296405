//! Bodies of answers.

use cosmwasm_std::Uint64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const RECEIPT: &[u8] = b"cw-vitals/v1/vault/receipt\0";

/// Names the ground a release rests on.
pub const GROUND_HEADER: &str = "vitals-ground";

/// Of every answer but success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// Stable: `vault/…`, or of the contract that refused, such as `consent/grant_revoked`.
    pub code: String,
    /// Without the code before it.
    pub reason: String,
}

/// What was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Opened {
    Batch {
        category: String,
        epoch: u32,
        device: Uint64,
        sequence: Uint64,
        purpose: String,
    },
    Package {
        grant: Uint64,
    },
}

/// One release, as the vault's log keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptEntry {
    /// From 0, without gaps over all patients.
    pub number: u64,
    /// Seconds since 1970, of the vault's clock.
    pub at: u64,
    pub patient: Uint64,
    pub account: String,
    pub opened: Opened,
    /// SHA-256 of what was released, lower-case hex.
    pub digest: String,
    /// See [`crate::parse_ground`].
    pub ground: String,
    /// Hash of the entry before, hex; zeros for the first.
    pub previous: String,
}

impl ReceiptEntry {
    /// What the next entry names as its previous one, hex.
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        let json = serde_json::to_vec(self)?;
        Ok(hex::encode(
            Sha256::new()
                .chain_update(RECEIPT)
                .chain_update(json)
                .finalize(),
        ))
    }
}

/// An entry and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    pub entry: ReceiptEntry,
    pub hash: String,
}

impl Receipt {
    pub fn of(entry: ReceiptEntry) -> Result<Self, serde_json::Error> {
        let hash = entry.hash()?;
        Ok(Self { entry, hash })
    }

    /// Whether the hash is the entry's.
    pub fn is_whole(&self) -> bool {
        self.entry.hash().is_ok_and(|hash| hash == self.hash)
    }
}

/// Oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptsPage {
    pub receipts: Vec<Receipt>,
}
