//! One line of the log.

use cosmwasm_std::Uint64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vitals_core::receipt::Receipt;
use vitals_core::time::Window;
use vitals_core::tree::Hash;
use vitals_vault_client::BySession;

use super::LogError;

const DOMAIN: &[u8] = b"cw-vitals/v2/vault/log\0";

/// Hash before the first entry.
pub const NOTHING: Hash = [0; 32];

/// Digests that one entry of an erasure holds; more take several.
pub const MAX_ERASED: usize = 256;

/// What an erasure is of: a category, or a window of measured hours, or both; all where neither.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    pub category: Option<String>,
    pub window: Option<Window>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    pub patient: Uint64,
    /// Seconds since 1970, of the vault's clock.
    pub at: u64,
    /// Account that asked for it.
    pub by: String,
    pub scope: Scope,
    /// SHA-256 of what is no longer kept, lower-case hex.
    pub digests: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    Released {
        /// Hex of the receipt's bytes.
        receipt: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_session: Option<BySession>,
    },
    Erased(Erased),
}

impl Entry {
    pub fn of(receipt: &Receipt, by_session: Option<BySession>) -> Result<Self, LogError> {
        let bytes = receipt.to_bytes();
        let bytes = bytes.map_err(|cause| LogError::Entry(cause.to_string()))?;
        Ok(Self::Released {
            receipt: hex::encode(bytes),
            by_session,
        })
    }

    pub fn by_session(&self) -> Option<BySession> {
        match self {
            Self::Released { by_session, .. } => by_session.clone(),
            Self::Erased(_) => None,
        }
    }

    pub fn receipt(&self) -> Result<Option<Receipt>, LogError> {
        let Self::Released { receipt, .. } = self else {
            return Ok(None);
        };
        let bytes = hex::decode(receipt).map_err(|cause| LogError::Entry(cause.to_string()))?;
        Receipt::from_bytes(&bytes)
            .map(Some)
            .map_err(|cause| LogError::Entry(cause.to_string()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 0, without gaps over all patients.
    pub number: u64,
    pub entry: Entry,
    pub hash: Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    number: u64,
    entry: Entry,
    /// Lower-case hex.
    hash: String,
}

impl Line {
    pub fn parse(json: &[u8]) -> Result<Self, LogError> {
        let bad = |cause: String| LogError::Entry(cause);
        let text: Text = serde_json::from_slice(json).map_err(|cause| bad(cause.to_string()))?;
        let mut hash = NOTHING;
        hex::decode_to_slice(&text.hash, &mut hash).map_err(|cause| bad(cause.to_string()))?;
        Ok(Self {
            number: text.number,
            entry: text.entry,
            hash,
        })
    }

    pub fn to_text(&self) -> Result<Vec<u8>, LogError> {
        let text = Text {
            number: self.number,
            entry: self.entry.clone(),
            hash: hex::encode(self.hash),
        };
        let mut line = json(&text)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// SHA-256 of the domain ‖ the hash before ‖ number u64 ‖ the entry's JSON.
pub fn hash(previous: &Hash, number: u64, entry: &Entry) -> Result<Hash, LogError> {
    Ok(Sha256::new()
        .chain_update(DOMAIN)
        .chain_update(previous)
        .chain_update(number.to_be_bytes())
        .chain_update(json(entry)?)
        .finalize()
        .into())
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, LogError> {
    serde_json::to_vec(value).map_err(|cause| LogError::Entry(cause.to_string()))
}

/// A line of the format before this one: its number was inside the entry.
pub fn is_old(json: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Old {
        entry: OldEntry,
        #[serde(rename = "hash")]
        _hash: String,
    }
    #[derive(Deserialize)]
    struct OldEntry {
        previous: String,
    }
    serde_json::from_slice::<Old>(json).is_ok_and(|old| old.entry.previous.len() == 64)
}
