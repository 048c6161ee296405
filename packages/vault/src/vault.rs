//! What a running vault is made of.

use std::sync::Arc;

use vitals_api::anchor::MAX_SEALED;
use vitals_ledger::Reader;

use crate::log::DisclosureLog;
use crate::nonces::Nonces;
use crate::objects::Objects;
use crate::refusal::Refusal;

/// The chain as the vault asks it.
pub type Chain = Arc<dyn Reader + Send + Sync>;

#[derive(Debug, Clone)]
pub struct Config {
    /// What requests name this vault by.
    pub name: String,
    /// Of account addresses, such as `wasm`.
    pub address_prefix: String,
    /// Address of the contract.
    pub consent: String,
    /// Address of the contract.
    pub vitals_anchor: String,
    /// Seconds after which the node's latest block is too old to decide on.
    pub stale_after_s: u64,
    /// Most bytes of one blob of ciphertext.
    pub max_blob_bytes: usize,
}

impl Config {
    /// Blocks at most 30 s old, blobs as large as the chain anchors.
    pub fn new(name: &str, address_prefix: &str, consent: &str, vitals_anchor: &str) -> Self {
        Self {
            name: name.into(),
            address_prefix: address_prefix.into(),
            consent: consent.into(),
            vitals_anchor: vitals_anchor.into(),
            stale_after_s: 30,
            max_blob_bytes: MAX_SEALED as usize,
        }
    }
}

pub struct Vault {
    pub(crate) config: Config,
    pub(crate) chain: Chain,
    pub(crate) objects: Objects,
    pub(crate) log: Arc<DisclosureLog>,
    pub(crate) nonces: Nonces,
}

impl Vault {
    pub fn new(config: Config, chain: Chain, objects: Objects, log: DisclosureLog) -> Self {
        Self {
            config,
            chain,
            objects,
            log: Arc::new(log),
            nonces: Nonces::default(),
        }
    }
}

/// Runs what blocks on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Refusal::unavailable("vault/stopping", "the vault is stopping"))?
}
