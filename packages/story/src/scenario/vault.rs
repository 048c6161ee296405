//! The vault, as people reach it.

use std::sync::Arc;

use age::secrecy::ExposeSecret;
use anyhow::Result;
use vitals_chain_client::Wallet;
use vitals_vault_client::VaultClient;

use super::Stage;
use crate::edge::VaultAt;

pub type Client = VaultClient<Arc<Wallet>>;

/// An age identity and its recipient.
pub struct Identity {
    pub secret: String,
    pub recipient: String,
}

impl Identity {
    pub fn generate() -> Self {
        let identity = age::x25519::Identity::generate();
        Self {
            secret: identity.to_string().expose_secret().to_string(),
            recipient: identity.to_public().to_string(),
        }
    }
}

impl Stage<'_> {
    /// Requests to the vault, signed by one of the story's people.
    pub fn vault_as(&self, who: &str, at: &VaultAt) -> Result<Client> {
        Ok(VaultClient::new(
            &at.url,
            &at.name,
            self.backend.wallet(who)?,
        )?)
    }
}
