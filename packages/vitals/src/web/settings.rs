//! `[web]`: where the app is, and the network as browsers reach it.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::origin::Origin;
use crate::config::{self, Fault};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The built app, with index.html.
    pub app: PathBuf,
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// CometBFT RPC endpoint as browsers reach it; `node` of `[chain]` where absent.
    pub node: Option<String>,
    /// In the order in which the app asks them.
    #[serde(default)]
    pub vaults: Vec<Vault>,
    /// Pays the fees of whoever has a grant of it; `fee_granter` of `[chain]` where absent.
    pub fee_granter: Option<String>,
    /// A network of this machine alone: the app has a wallet of its own, and takes links that
    /// carry an account.
    #[serde(default)]
    pub local: bool,
    #[serde(default)]
    pub behind_proxy: bool,
    /// `/healthz` and `/metrics`; nowhere where absent.
    pub ops_listen: Option<SocketAddr>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vault {
    /// What requests name it by.
    pub name: String,
    pub url: String,
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8081))
}

impl config::Settings for Settings {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !self.behind_proxy && !self.listen.ip().is_loopback() {
            let rule = "can be reached from elsewhere: put a TLS proxy in front, and say behind_proxy = true";
            faults.push(Fault::new("listen", rule));
        }
        if self.local && self.behind_proxy {
            let rule = "is for a network of this machine alone, not for one behind a proxy";
            faults.push(Fault::new("local", rule));
        }
        if let Some(Err(rule)) = self.node.as_deref().map(|url| self.reached(url)) {
            faults.push(Fault::new("node", rule));
        }
        for vault in &self.vaults {
            if let Err(rule) = self.reached(&vault.url) {
                faults.push(Fault::new("vaults", rule));
            }
        }
        let named = |(at, vault): (usize, &Vault)| {
            let before = self.vaults.iter().take(at);
            before.clone().any(|other| other.name == vault.name)
        };
        if self.vaults.iter().enumerate().any(named) {
            faults.push(Fault::new("vaults", "two go by one name"));
        }
        faults
    }
}

impl config::Service for Settings {
    fn with_chain(&self, chain: &config::Chain) -> Vec<String> {
        let granter = self.fee_granter.as_deref();
        let refused = granter.and_then(|account| chain.check_account(account).err());
        let faults = refused.map(|rule| Fault::new("fee_granter", rule).told("web"));
        faults.into_iter().collect()
    }
}

impl Settings {
    /// An origin that a browser may be sent to.
    pub fn reached(&self, url: &str) -> Result<Origin, String> {
        let origin = Origin::parse(url)?;
        match self.local && !origin.is_loopback() {
            true => Err(format!(
                "{url} is not on this machine, and local = true says all is"
            )),
            false => Ok(origin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Source;

    fn faults(more: &str) -> Vec<String> {
        let source = Source::of(&format!("[web]\napp = 'dist'\n{more}"), []).unwrap();
        let looked = source.look::<Settings>("web");
        looked.map_or_else(|all| all.into_iter().map(|f| f.key).collect(), |_| vec![])
    }

    #[test]
    fn plain_http_is_for_this_machine_or_behind_a_proxy() {
        assert!(faults("").is_empty());
        assert!(faults("listen = '0.0.0.0:80'\nbehind_proxy = true").is_empty());
        assert_eq!(faults("listen = '0.0.0.0:80'"), ["listen"]);
    }

    #[test]
    fn a_local_network_has_nothing_beyond_this_machine() {
        let vault = |url| format!("local = true\nvaults = [{{ name = 'v', url = '{url}' }}]");
        assert!(faults(&vault("http://127.0.0.1:80")).is_empty());
        assert_eq!(faults(&vault("https://vault.example")), ["vaults"]);
        assert_eq!(faults("local = true\nnode = 'https://n.example'"), ["node"]);
        assert_eq!(faults("local = true\nbehind_proxy = true"), ["local"]);
    }

    #[test]
    fn vaults_go_by_names_of_their_own_and_a_setting_nobody_reads_is_a_fault() {
        let two = "vaults = [{ name = 'v', url = 'https://a' }, { name = 'v', url = 'https://b' }]";
        assert_eq!(faults(two), ["vaults"]);
        assert_eq!(faults("quota = 1"), ["quota"]);
    }
}
