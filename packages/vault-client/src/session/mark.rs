//! That a release was by a session, in a way that its anchored receipt holds fast.

use cosmwasm_std::Binary;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vitals_core::receipt::Receipt;

const DOMAIN: &[u8] = b"cw-vitals/v1/vault/by-session\0";

/// Beside a receipt. The receipt's salt, which is random where the account signed itself, is made of
/// these: so neither the session of a release nor that it was by one can be put in later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BySession {
    /// SHA-256 of the text that the account signed.
    pub session: Binary,
    /// 32 random bytes, which keep the salt as secret as another.
    pub draw: Binary,
}

impl BySession {
    pub fn new(session: &[u8; 32], draw: [u8; 32]) -> Self {
        Self {
            session: session.into(),
            draw: draw.into(),
        }
    }

    /// The first 16 bytes of SHA-256 of a domain ‖ session ‖ draw; `None` where these are not of 32
    /// bytes each.
    pub fn salt(&self) -> Option<[u8; 16]> {
        if (self.session.len(), self.draw.len()) != (32, 32) {
            return None;
        }
        let hash = Sha256::new()
            .chain_update(DOMAIN)
            .chain_update(&self.session)
            .chain_update(&self.draw)
            .finalize();
        hash.first_chunk().copied()
    }

    /// Whether it is what this receipt was made with.
    pub fn is_of(&self, receipt: &Receipt) -> bool {
        self.salt() == Some(receipt.salt)
    }
}
