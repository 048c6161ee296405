//! What a vault is told before it starts.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::Bech32;
use vitals_api::anchor::MAX_SEALED;
use vitals_ledger::Deployment;
use vitals_vault_client::{MAX_SESSION_S, MIN_SESSION_S};

use crate::patients::Patients;
use crate::quota::Limits;
use crate::rates::Rates;
use crate::tls::Tls;

#[derive(Debug, Clone)]
pub struct Config {
    /// What requests name this vault by.
    pub name: String,
    /// What sessions name the chain by.
    pub chain_id: String,
    /// Of account addresses, such as `wasm`.
    pub address_prefix: String,
    /// Address of the contract.
    pub consent: String,
    /// Address of the contract.
    pub vitals_anchor: String,
    /// Address of the contract.
    pub care: String,
    /// Seconds after which the node's latest block is too old to decide on.
    pub stale_after_s: u64,
    /// Most bytes of one blob of ciphertext.
    pub max_blob_bytes: usize,
    /// Most bytes stored for one patient, each object counted in whole blocks of 4 KiB.
    pub max_patient_bytes: u64,
    /// Most bytes stored for all patients together, counted likewise.
    pub max_total_bytes: u64,
    /// Most bytes stored for a patient whom the operator has not listed, and for all those together:
    /// anybody may enrol.
    pub max_unlisted_patient_bytes: u64,
    pub max_unlisted_bytes: u64,
    /// Whom the vault is run for; nobody is listed where there is no list.
    pub patients: Option<Patients>,
    /// What one address and one account may ask for.
    pub rates: Rates,
    /// A proxy in front of it speaks TLS, and names each caller's address last in
    /// `x-forwarded-for`.
    pub behind_proxy: bool,
    /// Certificate chain and key, where it speaks TLS itself: for each connection those of then.
    pub tls: Option<Tls>,
    /// Seconds between anchorings of its receipts.
    pub anchor_every_s: u64,
    /// Seconds after which a session ends here, whatever end it states.
    pub session_s: u64,
}

impl Config {
    /// Blocks at most 30 s old, blobs as large as the chain anchors, 1 GiB a patient and 64 in all,
    /// of those whom nobody listed 256 MiB each and 16 GiB in all; receipts anchored every five minutes; sessions of an hour.
    pub fn new(name: &str, at: &Deployment) -> Self {
        // what stands before the separator is checked with the addresses
        let prefix = at.consent.rsplit_once('1').map(|(prefix, _)| prefix);
        Self {
            name: name.into(),
            chain_id: at.chain_id.clone(),
            address_prefix: prefix.unwrap_or_default().into(),
            consent: at.consent.clone(),
            vitals_anchor: at.vitals_anchor.clone(),
            care: at.care.clone(),
            stale_after_s: 30,
            max_blob_bytes: MAX_SEALED as usize,
            max_patient_bytes: 1 << 30,
            max_total_bytes: 64 << 30,
            max_unlisted_patient_bytes: 256 << 20,
            max_unlisted_bytes: 16 << 30,
            patients: None,
            rates: Rates::default(),
            behind_proxy: false,
            tls: None,
            anchor_every_s: 300,
            session_s: MAX_SESSION_S,
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        Limits {
            of_patient: self.max_patient_bytes,
            in_all: self.max_total_bytes,
            of_unlisted: self.max_unlisted_patient_bytes,
            of_all_unlisted: self.max_unlisted_bytes,
            listed: self.patients.clone(),
        }
    }

    /// Fails on what no request or chain could match.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.rates.check()?;
        if self.anchor_every_s == 0 {
            return Err(ConfigError::Zero("anchor_every_s"));
        }
        if !(MIN_SESSION_S..=MAX_SESSION_S).contains(&self.session_s) {
            return Err(ConfigError::Session(self.session_s));
        }
        check_name(&self.name)?;
        for address in [&self.consent, &self.vitals_anchor, &self.care] {
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

/// What requests can name a vault by.
pub fn check_name(name: &str) -> Result<(), ConfigError> {
    match !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(()),
        false => Err(ConfigError::Name(name.into())),
    }
}

/// Why a vault does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("the name {0:?} is not one or more visible ASCII characters without spaces")]
    Name(String),
    #[error("{0} is 0: it takes 1 or more")]
    Zero(&'static str),
    #[error("session_s is {0}: it takes {MIN_SESSION_S} to {MAX_SESSION_S}")]
    Session(u64),
    #[error("{address:?} is no address of a contract: {rule}")]
    Contract { address: String, rule: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "cosmos1pkptre7fdkl6gfrzlesjjvhxhlc3r4gmmk8rs6";

    fn deployment() -> Deployment {
        let at = || ADDRESS.to_string();
        Deployment {
            chain_id: "c".into(),
            consent: at(),
            device_registry: at(),
            vitals_anchor: at(),
            care: at(),
            claims: at(),
            deployment_id: String::new(),
        }
    }

    #[test]
    fn a_rate_or_an_interval_of_nothing_is_refused() {
        let mut config = Config::new("vault-a", &deployment());
        config.rates.account_burst = 0;
        assert_eq!(config.check(), Err(ConfigError::Zero("account_burst")));
        let mut config = Config::new("vault-a", &deployment());
        config.anchor_every_s = 0;
        assert_eq!(config.check(), Err(ConfigError::Zero("anchor_every_s")));
    }

    #[test]
    fn a_vault_shortens_sessions_and_lengthens_none() {
        for (session_s, taken) in [(59, false), (60, true), (3_600, true), (3_601, false)] {
            let mut config = Config::new("vault-a", &deployment());
            config.session_s = session_s;
            assert_eq!(config.check().is_ok(), taken, "{session_s}");
        }
    }

    #[test]
    fn a_vault_without_a_name_or_with_contracts_that_are_no_addresses_does_not_start() {
        let check = |name, consent: &str| {
            let mut config = Config::new(name, &deployment());
            config.consent = consent.into();
            config.check()
        };
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
