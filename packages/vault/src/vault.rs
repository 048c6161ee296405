//! What a running vault is made of.

use std::sync::Arc;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::Bech32;
use vitals_api::anchor::MAX_SEALED;
use vitals_ledger::Reader;

use crate::log::DisclosureLog;
use crate::nonces::Nonces;
use crate::objects::Objects;
use crate::quota::Quota;
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
    /// Most bytes stored for one patient, each object counted in whole blocks of 4 KiB.
    pub max_patient_bytes: u64,
    /// Most bytes stored for all patients together, counted likewise.
    pub max_total_bytes: u64,
}

impl Config {
    /// Blocks at most 30 s old, blobs as large as the chain anchors, 1 GiB a patient and 64 in all.
    pub fn new(name: &str, address_prefix: &str, consent: &str, vitals_anchor: &str) -> Self {
        Self {
            name: name.into(),
            address_prefix: address_prefix.into(),
            consent: consent.into(),
            vitals_anchor: vitals_anchor.into(),
            stale_after_s: 30,
            max_blob_bytes: MAX_SEALED as usize,
            max_patient_bytes: 1 << 30,
            max_total_bytes: 64 << 30,
        }
    }

    /// Fails on what no request or chain could match.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        if self.name.is_empty() || !self.name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ConfigError::Name(self.name.clone()));
        }
        for address in [&self.consent, &self.vitals_anchor] {
            self.check_contract(address)?;
        }
        Ok(())
    }

    fn check_contract(&self, address: &str) -> Result<(), ConfigError> {
        let refused = |rule: String| ConfigError::Contract {
            address: address.into(),
            rule,
        };
        let lower = !address.bytes().any(|byte| byte.is_ascii_uppercase());
        let decoded = CheckedHrpstring::new::<Bech32>(address);
        let decoded = decoded.map_err(|cause| refused(cause.to_string()))?;
        if !lower || decoded.hrp().as_str() != self.address_prefix {
            return Err(refused(format!(
                "expected lower case that begins with {}1",
                self.address_prefix
            )));
        }
        Ok(())
    }
}

/// Why a vault does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("the name {0:?} is not one or more visible ASCII characters without spaces")]
    Name(String),
    #[error("{address:?} is no address of a contract: {rule}")]
    Contract { address: String, rule: String },
}

pub struct Vault {
    pub(crate) config: Config,
    pub(crate) chain: Chain,
    pub(crate) objects: Objects,
    pub(crate) log: Arc<DisclosureLog>,
    pub(crate) nonces: Nonces,
    pub(crate) quota: Quota,
}

impl Vault {
    pub fn new(config: Config, chain: Chain, objects: Objects, log: DisclosureLog) -> Self {
        Self {
            quota: Quota::new(config.max_patient_bytes, config.max_total_bytes),
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

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "cosmos1pkptre7fdkl6gfrzlesjjvhxhlc3r4gmmk8rs6";

    #[test]
    fn a_vault_without_a_name_or_with_contracts_that_are_no_addresses_does_not_start() {
        let check = |name, consent| Config::new(name, "cosmos", consent, ADDRESS).check();
        assert_eq!(check("vault-a", ADDRESS), Ok(()));
        for name in ["", " ", "a b", "ä"] {
            assert_eq!(check(name, ADDRESS), Err(ConfigError::Name(name.into())));
        }
        let flipped = ADDRESS.replace("k8rs6", "k8rs7");
        let other_chain = "wasm1pkptre7fdkl6gfrzlesjjvhxhlc3r4gm32kke3";
        let bad = [
            "",
            "consent",
            &ADDRESS.to_uppercase(),
            &flipped,
            other_chain,
        ];
        for consent in bad {
            let refused = check("vault-a", consent).unwrap_err();
            assert!(matches!(refused, ConfigError::Contract { .. }), "{consent}");
        }
    }
}
