//! cw-multi-test in a thread of its own, so that gateway, vault and key agent can share it. The
//! contracts are those of this workspace, or compiled ones in a VM.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, Context, Result};
use cosmwasm_std::{coin, Addr};
use cw_multi_test::Executor;
use serde_json::{json, Value};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use vitals_api::consent;
use vitals_chain_client::Wallet;
use vitals_core::decision::GroundRef;
use vitals_core::key::Ed25519Signer;
use vitals_core::time::EPOCH_MS;
use vitals_gateway::{
    CarePlans, Config, Gateway, GatewayDevice, GrantedVault, KeyPackages, Secrets,
};
use vitals_keeper::Watch;
use vitals_ledger::Deployment;
use vitals_testing::suite::DENOM;
use vitals_testing::token;
use vitals_testing::{Code, Codes, Suite};
use vitals_vault::{serve, Custodian, DisclosureLog, Nonces, Objects, Vault};
use vitals_vault_client::VaultClient;

use super::{Backend, SharedAccount};
use crate::edge::{Edge, EdgeSetup, InProcess, VaultAt, KEEP_EPOCHS, MAX_READINGS};
use crate::report::{ChainInfo, Shown};
use crate::scenario::claimant::Errand;
use crate::scenario::PEOPLE;

mod chain;

use chain::{Chain, NativeAccount};

/// cw-multi-test's own address prefix.
const PREFIX: &str = "cosmwasm";

/// A cw20 token's code, and the message that makes one for these holders.
pub type Token = fn(&[String]) -> (Code, Value);

fn the_suites_token(holders: &[String]) -> (Code, Value) {
    (token::code(), json!({ "holders": holders }))
}

pub struct Native {
    chain: Chain,
    engine: String,
    home: TempDir,
    /// Real keys, as the vault asks for signatures.
    wallets: BTreeMap<&'static str, Arc<Wallet>>,
    token: Token,
    /// The vaults', while they serve.
    runtime: Option<Runtime>,
    served: BTreeMap<String, JoinHandle<()>>,
}

impl Native {
    pub fn start() -> Result<Self> {
        Self::with_codes("cw-multi-test", Codes::native, the_suites_token)
    }

    /// The same chain on other codes: `engine` is what runs them.
    pub fn with_codes(
        engine: &str,
        codes: impl FnOnce() -> Codes + Send + 'static,
        token: Token,
    ) -> Result<Self> {
        let chain = Chain::start(codes);
        let mut wallets = BTreeMap::new();
        for name in PEOPLE {
            let (wallet, _) = Wallet::generate(PREFIX)?;
            let (from, coins) = match name {
                "insurer" => ("insurer", 1_000_000),
                _ => ("other", 20_000),
            };
            chain.with(fund(from, wallet.address(), coins))??;
            wallets.insert(name, Arc::new(wallet));
        }
        Ok(Self {
            chain,
            engine: engine.into(),
            home: tempfile::tempdir()?,
            wallets,
            token,
            runtime: None,
            served: BTreeMap::new(),
        })
    }

    /// For what only the native run can do: look at the suite itself.
    pub fn inspect<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Suite) -> T + Send + 'static,
    ) -> Result<T> {
        Ok(self.chain.with(look)?)
    }
}

impl Native {
    /// A vault in this process, with a directory of its own.
    fn serve(
        &mut self,
        at: &Deployment,
        name: &str,
        custodian: Option<Custodian>,
    ) -> Result<VaultAt> {
        let mut config = vitals_vault::Config::new(name, at);
        // the test clock is not this machine's
        config.stale_after_s = u64::MAX;
        let dir = self.home().join(name);
        fs::create_dir_all(&dir)?;
        let vault = Vault::new(
            config,
            self.account("stranger")?,
            Objects::in_directory(&dir.join("objects"))?,
            DisclosureLog::open(&dir.join("disclosures.jsonl"))?,
            Nonces::open(&dir.join("nonces"))?,
        );
        let vault = match custodian {
            Some(custodian) => vault.with_custodian(custodian),
            None => vault,
        };
        let runtime = self.runtime.as_ref().context("no vault was started")?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let url = format!("http://{}", listener.local_addr()?);
        let served = runtime.spawn(async move {
            if let Err(error) = serve(vault, listener, std::future::pending()).await {
                eprintln!("a vault ended: {error}");
            }
        });
        self.served.insert(name.into(), served);
        Ok(VaultAt {
            url,
            name: name.into(),
        })
    }
}

/// Coins for an account from one of the suite's own.
fn fund(from: &'static str, address: &str, coins: u128) -> impl FnOnce(&mut Suite) -> Result<()> {
    let to = Addr::unchecked(address);
    move |s| {
        let from = s.actor(from);
        s.app
            .send_tokens(from, to, &[coin(coins, DENOM)])
            .map_err(|e| anyhow!("{e}"))?;
        Ok(())
    }
}

/// As `vitals deploy` does: consent tells care of emergencies.
fn tell_care(s: &mut Suite) -> Result<()> {
    let consent = s.at.consent.clone();
    let hook = consent::ExecuteMsg::AddHook {
        contract: s.at.care.to_string(),
    };
    s.execute("owner", &consent, &hook)
        .map_err(|refused| anyhow!(refused))?;
    Ok(())
}

impl Backend for Native {
    fn chain(&self) -> Result<ChainInfo> {
        Ok(ChainInfo {
            engine: self.engine.clone(),
            version: "3".into(),
            chain_id: self.chain.with(|s| s.app.block_info().chain_id)?,
        })
    }

    fn deploy(&mut self) -> Result<Deployment> {
        self.chain.with(tell_care)??;
        Ok(self.chain.with(|s| Deployment {
            chain_id: s.app.block_info().chain_id,
            consent: s.at.consent.to_string(),
            device_registry: s.at.registry.to_string(),
            vitals_anchor: s.at.anchor.to_string(),
            care: s.at.care.to_string(),
            claims: s.at.claims.to_string(),
            deployment_id: hex::encode(s.deployment),
        })?)
    }

    fn account(&self, name: &str) -> Result<SharedAccount> {
        // the suite's contracts belong to an account of the suite's own
        let address = match name {
            "deployer" => self.chain.with(|s| s.actor("owner").to_string())?,
            other => self.wallet(other)?.address().to_string(),
        };
        Ok(Arc::new(NativeAccount {
            chain: self.chain.clone(),
            address,
        }))
    }

    fn wallet(&self, name: &str) -> Result<Arc<Wallet>> {
        self.wallets
            .get(name)
            .cloned()
            .with_context(|| format!("nobody is called {name}"))
    }

    fn wait_past(&self, at_ms: u64) -> Result<()> {
        self.chain.with(move |s| {
            if let Some(ms) = at_ms.checked_sub(s.now_ms()) {
                s.advance(ms / 1_000 + 1);
            }
        })?;
        Ok(())
    }

    fn pace(&self, at_ms: u64) -> Result<()> {
        self.wait_past(at_ms)
    }

    fn sets_clock(&self) -> bool {
        true
    }

    fn speed(&self) -> u32 {
        1
    }

    /// Half past the hour, so that the recording runs on into the next.
    fn recording_start(&self, now_ms: u64) -> u64 {
        let half_hour = EPOCH_MS / 2;
        (now_ms / half_hour + 1) * half_hour
    }

    fn play_step_ms(&self) -> u64 {
        20_000
    }

    fn start_vault(&mut self, at: &Deployment) -> Result<VaultAt> {
        self.runtime = Some(Runtime::new()?);
        self.serve(at, "native-vault", None)
    }

    fn start_custodian(&mut self, at: &Deployment, who: &str, identity: &str) -> Result<VaultAt> {
        let custodian = Custodian::new(self.wallet(who)?.address(), identity)?;
        self.serve(at, &format!("custodian-{who}"), Some(custodian))
    }

    fn stop_custodian(&mut self, vault: &VaultAt) -> Result<()> {
        let served = self.served.remove(&vault.name);
        served.context("no such vault is served")?.abort();
        Ok(())
    }

    fn start_edge(&mut self, setup: EdgeSetup) -> Result<Box<dyn Edge>> {
        let dir = self.home().join("gateway");
        fs::create_dir_all(&dir)?;
        let ground = GroundRef::Grant { id: setup.sealing };
        let client = || -> Result<_> {
            let wallet = self.wallet("gateway")?;
            Ok(VaultClient::new(
                &setup.vault.url,
                &setup.vault.name,
                wallet,
            )?)
        };
        let vault = || -> Result<_> { Ok(GrantedVault::new(&setup.vault.name, ground, client()?)) };
        let chain = setup.account.clone();
        let path = dir.join("package.age");
        let plan_path = dir.join("plan.age");
        KeyPackages::new(
            chain.clone(),
            &setup.deployment.consent,
            setup.patient,
            ground,
            vec![client()?],
            path.clone(),
        )
        .fetch();
        let config = Config {
            deployment: setup.deployment.clone(),
            patient: setup.patient,
            ground,
            devices: setup.devices.clone(),
            thresholds: setup.thresholds.clone(),
            conditions: Default::default(),
            max_readings: MAX_READINGS,
            keep_epochs: KEEP_EPOCHS,
            key_package: Some(path),
            care_plan: Some(plan_path.clone()),
        };
        let plans = CarePlans::new(
            chain.clone(),
            &setup.deployment.care,
            setup.patient,
            ground,
            vec![client()?],
            plan_path,
        );
        let secrets = Secrets {
            store_key: Secrets::store_key(&dir.join("store.key"))?,
            identity: setup.identity.clone().into(),
            device: Some(GatewayDevice {
                device: setup.own_device,
                signer: Ed25519Signer::from_seed(&setup.own_seed),
            }),
        };
        let gateway = Gateway::open(
            config,
            secrets,
            &dir.join("gateway.db"),
            chain.clone(),
            vec![vault()?],
        )?;
        Ok(Box::new(InProcess::new(
            gateway,
            plans,
            chain,
            &setup.devices,
        )?))
    }

    fn denom(&self) -> &str {
        DENOM
    }

    fn home(&self) -> PathBuf {
        self.home.path().to_path_buf()
    }

    fn token(&mut self, holders: &[String]) -> Result<String> {
        let (token, holders) = (self.token, holders.to_vec());
        let token = self.chain.with(move |s| {
            let (code, msg) = token(&holders);
            let code = s.app.store_code(code);
            let by = s.actor("owner");
            s.app
                .instantiate_contract(code, by, &msg, &[], "token", None)
                .map_err(|e| anyhow!("{e}"))
        })??;
        Ok(token.into())
    }

    fn keeper(&self, at: &Deployment) -> Result<()> {
        for done in Watch::default().look(&*self.account("keeper")?, at)? {
            done.outcome?;
        }
        Ok(())
    }

    fn claimant(
        &self,
        _: &Deployment,
        _: &str,
        _: &Errand,
        _: &Path,
    ) -> Result<Option<Result<String, String>>> {
        Ok(None)
    }

    fn gas_anchors(&self) -> Result<Vec<(String, u64)>> {
        Ok(Vec::new())
    }

    fn sponsored(&self, _: &Deployment) -> Result<Option<Shown>> {
        Ok(None)
    }

    fn app_view(&self, _: &Deployment, _: u64, _: u64) -> Result<Option<String>> {
        Ok(None)
    }
}
