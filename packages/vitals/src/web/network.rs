//! `config.json`: all that the app reads about its network.

use serde::Serialize;
use vitals_ledger::Deployment;

use super::settings::{Settings, Vault};
use crate::config::Chain;
use crate::failure::Failure;

/// Of the file's shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
pub struct Network<'a> {
    version: u32,
    chain_id: String,
    node: &'a str,
    prefix: &'a str,
    denom: &'a str,
    gas_price: &'a str,
    deployment: Deployment,
    vaults: &'a [Vault],
    #[serde(skip_serializing_if = "Option::is_none")]
    fee_granter: Option<&'a str>,
    local: bool,
    #[serde(skip)]
    settings: &'a Settings,
}

impl<'a> Network<'a> {
    pub fn new(settings: &'a Settings, chain: &'a Chain) -> Result<Self, Failure> {
        let deployment = chain.contracts()?;
        let granter = settings.fee_granter.as_ref();
        let granter = granter.or(chain.fee_granter.as_ref());
        Ok(Self {
            version: VERSION,
            chain_id: deployment.chain_id.clone(),
            node: settings.node.as_ref().unwrap_or(&chain.node),
            prefix: &chain.address_prefix,
            denom: denom(&chain.gas_price),
            gas_price: &chain.gas_price,
            deployment,
            vaults: &settings.vaults,
            fee_granter: granter.map(String::as_str),
            local: settings.local,
            settings,
        })
    }

    pub fn file(&self) -> Result<Vec<u8>, Failure> {
        let mut text =
            serde_json::to_vec_pretty(self).map_err(|cause| Failure::new("web/config", cause))?;
        text.push(b'\n');
        Ok(text)
    }

    /// The origins the app connects to, besides its own: the node's, for requests and for
    /// subscriptions, and each vault's.
    pub fn reached(&self) -> Result<Vec<String>, Failure> {
        let origin = |key: &str, url: &str| {
            let told = |rule| Failure::new("config/invalid", format!("web.{key}: {rule}"));
            self.settings.reached(url).map_err(told)
        };
        let node = origin("node", self.node)?;
        let mut all = vec![node.http(), node.websocket()];
        for vault in self.vaults {
            let vault = origin("vaults", &vault.url)?.http();
            if !all.contains(&vault) {
                all.push(vault);
            }
        }
        Ok(all)
    }
}

/// Of a price such as `0.025uvital`, which was checked when it was read.
fn denom(gas_price: &str) -> &str {
    gas_price.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
}
