//! `[vault]`: a store of ciphertext before a node.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use vitals_ledger::Deployment;
use vitals_vault::{check_name, patients, tls, Bucket, Config, ConfigError, Objects, Rates};
use vitals_vault_client::{MAX_SESSION_S, MIN_SESSION_S};

use crate::config::{self, Fault};
use crate::failure::Failure;
use crate::follow::follow;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port.
    pub listen: SocketAddr,
    /// The disclosure log, used requests and, unless `store` says otherwise, objects.
    pub dir: PathBuf,
    /// What requests name this vault by.
    pub name: String,
    /// `s3://bucket/prefix`, where objects are not in `dir`.
    pub store: Option<String>,
    /// Of another S3 server than Amazon's.
    pub endpoint: Option<String>,
    pub region: Option<String>,
    #[serde(default = "stale_after_s")]
    pub stale_after_s: u64,
    #[serde(default = "patient_bytes")]
    pub patient_bytes: u64,
    #[serde(default = "total_bytes")]
    pub total_bytes: u64,
    /// Numbers of the patients whom the vault is run for, one a line; read again when it changes.
    pub patients_file: Option<PathBuf>,
    /// Of a patient who is not in that file, and of all those together: a quarter of `total_bytes`
    /// where absent.
    #[serde(default = "unlisted_patient_bytes")]
    pub unlisted_patient_bytes: u64,
    pub unlisted_total_bytes: Option<u64>,
    pub tls_certificate_file: Option<PathBuf>,
    pub tls_key_file: Option<PathBuf>,
    #[serde(default)]
    pub behind_proxy: bool,
    /// age identity file of the custodian that this vault is.
    pub custodian_identity_file: Option<PathBuf>,
    /// Account of the custodian; the vault's own where absent.
    pub custodian_account: Option<String>,
    #[serde(default = "anchor_every_s")]
    pub anchor_every_s: u64,
    /// Seconds after which a session ends at this vault: 60 to 3,600.
    #[serde(default = "session_s")]
    pub session_s: u64,
    /// Requests a second, and at once, of one account and of one address.
    pub account_per_s: Option<u32>,
    pub account_burst: Option<u32>,
    pub address_per_s: Option<u32>,
    pub address_burst: Option<u32>,
    /// Connections of one address at once.
    pub address_connections: Option<u32>,
    /// `/healthz` and `/metrics`; nowhere where absent.
    pub ops_listen: Option<SocketAddr>,
}

fn stale_after_s() -> u64 {
    30
}

fn patient_bytes() -> u64 {
    1 << 30
}

fn total_bytes() -> u64 {
    64 << 30
}

fn unlisted_patient_bytes() -> u64 {
    256 << 20
}

fn anchor_every_s() -> u64 {
    300
}

fn session_s() -> u64 {
    MAX_SESSION_S
}

impl config::Settings for Settings {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.tls_certificate_file.is_some() != self.tls_key_file.is_some() {
            let rule = "certificate and key are given together";
            faults.push(Fault::new("tls_certificate_file", rule));
        }
        if self.endpoint.is_some() && self.store.is_none() {
            faults.push(Fault::new("endpoint", "is of a store: give that too"));
        }
        let plain = self.tls_certificate_file.is_none() && !self.behind_proxy;
        if plain && !self.listen.ip().is_loopback() {
            let rule = "can be reached from elsewhere: give a certificate, or behind_proxy = true";
            faults.push(Fault::new("listen", rule));
        }
        if self.anchor_every_s == 0 {
            faults.push(Fault::new("anchor_every_s", "is 0: it takes 1 or more"));
        }
        if !(MIN_SESSION_S..=MAX_SESSION_S).contains(&self.session_s) {
            let rule = "is not from 60 to 3600: a vault shortens sessions and lengthens none";
            faults.push(Fault::new("session_s", rule));
        }
        if self.unlisted_total_bytes() > self.total_bytes {
            let rule = "is above total_bytes, which is for all patients";
            faults.push(Fault::new("unlisted_total_bytes", rule));
        }
        if let Err(cause) = check_name(&self.name) {
            faults.push(Fault::new("name", cause));
        }
        if let Err(cause) = self.rates().check() {
            faults.push(Fault::new(rate_key(&cause), cause));
        }
        if let Some(Err(cause)) = self.bucket().map(|bucket| bucket.check()) {
            faults.push(Fault::new("store", cause));
        }
        faults
    }
}

/// As the setting is called.
fn rate_key(cause: &ConfigError) -> &'static str {
    match cause {
        ConfigError::Zero("connections") => "address_connections",
        ConfigError::Zero(name) => name,
        _ => "",
    }
}

impl config::Service for Settings {
    fn with_chain(&self, chain: &config::Chain) -> Vec<String> {
        let account = self.custodian_account.as_deref();
        let rule = match account.map(|account| chain.check_account(account)) {
            Some(checked) => checked.err(),
            None => self.nameless_custodian(chain).then(|| {
                "is missing, and there is no chain.key_file whose account it could be".into()
            }),
        };
        let faults = rule.map(|rule| Fault::new("custodian_account", rule).told("vault"));
        faults.into_iter().collect()
    }

    fn notes(&self) -> Vec<String> {
        let absent =
            "vault.patients_file: absent, so nobody is listed: unlisted_patient_bytes and \
                      unlisted_total_bytes hold for all";
        let absent = self.patients_file.is_none().then(|| absent.into());
        absent.into_iter().collect()
    }
}

impl Settings {
    fn nameless_custodian(&self, chain: &config::Chain) -> bool {
        self.custodian_identity_file.is_some() && chain.key_file.is_none()
    }

    pub fn config(&self, at: &Deployment) -> Result<Config, Failure> {
        let mut config = Config::new(&self.name, at);
        config.stale_after_s = self.stale_after_s;
        config.max_patient_bytes = self.patient_bytes;
        config.max_total_bytes = self.total_bytes;
        config.max_unlisted_patient_bytes = self.unlisted_patient_bytes;
        config.max_unlisted_bytes = self.unlisted_total_bytes();
        if let Some(file) = self.patients_file.clone() {
            let list = file.clone();
            let listed = follow("patients", &[&list], move || Ok(patients(&file)?))?;
            config.patients = Some(listed);
        }
        config.behind_proxy = self.behind_proxy;
        config.anchor_every_s = self.anchor_every_s;
        config.session_s = self.session_s;
        config.rates = self.rates();
        if let (Some(chain), Some(key)) = (&self.tls_certificate_file, &self.tls_key_file) {
            let (certificate, own_key) = (chain.clone(), key.clone());
            let read = move || Ok(tls(&certificate, &own_key)?);
            config.tls = Some(follow("certificate", &[chain, key], read)?);
        }
        Ok(config)
    }

    /// The rest is for those who are listed.
    fn unlisted_total_bytes(&self) -> u64 {
        self.unlisted_total_bytes.unwrap_or(self.total_bytes / 4)
    }

    fn rates(&self) -> Rates {
        let usual = Rates::default();
        Rates {
            account_per_s: self.account_per_s.unwrap_or(usual.account_per_s),
            account_burst: self.account_burst.unwrap_or(usual.account_burst),
            address_per_s: self.address_per_s.unwrap_or(usual.address_per_s),
            address_burst: self.address_burst.unwrap_or(usual.address_burst),
            connections: self.address_connections.unwrap_or(usual.connections),
            ..usual
        }
    }

    pub fn objects(&self) -> Result<Objects, Failure> {
        Ok(match self.bucket() {
            None => Objects::in_directory(&self.dir.join("objects"))?,
            Some(bucket) => Objects::in_bucket(&bucket)?,
        })
    }

    fn bucket(&self) -> Option<Bucket> {
        self.store.as_ref().map(|url| Bucket {
            url: url.clone(),
            endpoint: self.endpoint.clone(),
            region: self.region.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Source;

    fn look(more: &str) -> Result<Settings, Vec<Fault>> {
        let text = format!("[vault]\ndir = \"d\"\nname = \"v\"\n{more}");
        Source::of(&text, []).unwrap().look("vault")
    }

    #[test]
    fn plain_http_is_for_this_machine_or_behind_a_proxy() {
        look("listen = \"127.0.0.1:1\"").unwrap();
        look("listen = \"0.0.0.0:1\"\nbehind_proxy = true").unwrap();
        let faults = look("listen = \"0.0.0.0:1\"").unwrap_err();
        assert_eq!(faults[0].key, "listen");
    }

    #[test]
    fn sessions_are_shortened_and_not_lengthened() {
        let at = |seconds| look(&format!("listen = \"127.0.0.1:1\"\nsession_s = {seconds}"));
        assert_eq!(at(900).unwrap().session_s, 900);
        for bad in [0, 59, 3_601] {
            assert_eq!(at(bad).unwrap_err()[0].key, "session_s");
        }
    }

    #[test]
    fn strangers_have_a_quarter_of_the_room_unless_the_operator_says_otherwise() {
        let at = |more| {
            look(&format!(
                "listen = \"127.0.0.1:1\"\ntotal_bytes = 800\n{more}"
            ))
        };
        let most = |settings: Settings| settings.unlisted_total_bytes();
        assert_eq!(most(at("").unwrap()), 200);
        assert_eq!(most(at("unlisted_total_bytes = 800").unwrap()), 800);
        let above = at("unlisted_total_bytes = 801").unwrap_err();
        assert_eq!(above[0].key, "unlisted_total_bytes");
    }

    #[test]
    fn a_certificate_without_its_key_and_an_unknown_setting_are_faults() {
        let one = look("listen = \"127.0.0.1:1\"\ntls_key_file = \"k\"").unwrap_err();
        assert_eq!(one[0].key, "tls_certificate_file");
        look("listen = \"127.0.0.1:1\"\nquota = 1").unwrap_err();
    }
}
