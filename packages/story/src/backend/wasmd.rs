//! A real single-validator wasmd chain on loopback, with `vitals` as its users run it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{bail, ensure, Context, Result};
use serde::Deserialize;
use serde_json::json;
use vitals_chain_client::{Coin, Node, Sender, Wallet};
use vitals_core::decision::GroundRef;
use vitals_ledger::{Deployment, Reader};

use super::{Backend, SharedAccount};
use crate::edge::{Edge, EdgeSetup, Process, VaultAt, KEEP_EPOCHS, MAX_READINGS};
use crate::report::ChainInfo;
use crate::scenario::PEOPLE;

const PREFIX: &str = "wasm";
/// The recording's hour is played in a minute.
const SPEED: u32 = 60;

/// Where the pieces are.
pub struct Paths {
    pub wasmd: PathBuf,
    /// Holds the contracts and `checksums.txt`; its parent is the repository.
    pub artifacts: PathBuf,
    pub home: PathBuf,
}

/// What `scripts/chain start` writes.
#[derive(Deserialize)]
struct NodeFile {
    chain_id: String,
    rpc: String,
    denom: String,
    gas_price: String,
}

#[derive(Deserialize)]
struct AccountFile {
    name: String,
    address: String,
    mnemonic: String,
}

pub struct Wasmd {
    paths: Paths,
    node: NodeFile,
    accounts: BTreeMap<String, AccountFile>,
    children: Vec<Child>,
    vault: Option<VaultAt>,
    /// Chain and vault go on when the story ends.
    keep: bool,
}

impl Wasmd {
    pub fn start(paths: Paths) -> Result<Self> {
        let chain_home = paths.home.join("chain");
        run(Command::new(script(&paths, "chain"))
            .args(["start", "--home"])
            .arg(&chain_home)
            .args(["--accounts", &accounts()])
            .env("WASMD", &paths.wasmd))?;
        let node = read_json(&chain_home.join("node.json"))?;
        let accounts: Vec<AccountFile> = read_json(&chain_home.join("accounts.json"))?;
        Ok(Self {
            paths,
            node,
            accounts: accounts.into_iter().map(|a| (a.name.clone(), a)).collect(),
            children: Vec::new(),
            vault: None,
            keep: false,
        })
    }

    fn known(&self, name: &str) -> Result<&AccountFile> {
        self.accounts
            .get(name)
            .with_context(|| format!("the chain has no account {name}"))
    }

    fn sender(&self, name: &str) -> Result<Sender> {
        let wallet = Wallet::from_mnemonic(&self.known(name)?.mnemonic, PREFIX)?;
        ensure!(
            wallet.address() == self.known(name)?.address,
            "the mnemonic of {name} is of another account"
        );
        Ok(Sender::new(
            Node::new(&self.node.rpc)?,
            wallet,
            self.node.gas_price.parse()?,
        ))
    }

    /// The file a command of `vitals` takes an account from.
    fn mnemonic_file(&self, name: &str) -> Result<PathBuf> {
        let path = self.paths.home.join(format!("{name}.mnemonic"));
        fs::write(&path, &self.known(name)?.mnemonic)?;
        Ok(path)
    }

    fn deployment_file(&self) -> PathBuf {
        self.paths.home.join("deployment.json")
    }

    /// Chain and vault go on when this is dropped.
    pub fn keep(&mut self) {
        self.keep = true;
    }

    /// What somebody needs who goes on from here.
    pub fn next_commands(&self) -> Vec<String> {
        let mut lines = vec![
            format!("node          {}", self.node.rpc),
            format!("deployment    {}", self.deployment_file().display()),
        ];
        if let Some(vault) = &self.vault {
            lines.push(format!("vault         {} ({})", vault.url, vault.name));
        }
        for account in self.accounts.values() {
            lines.push(format!("{:<13} {}", account.name, account.address));
        }
        lines.push("mnemonics of all of them:".into());
        lines.push(format!(
            "  {}",
            self.paths.home.join("chain/accounts.json").display()
        ));
        lines.push("what you can do next:".into());
        let deployment = self.deployment_file();
        let deployment = deployment.display();
        let node = &self.node.rpc;
        lines.push(format!(
            "  node clients/app-view/app-view.mjs --node {node} --deployment {deployment} --patient ID --policy 1"
        ));
        lines.push(format!(
            "  target/release/vitals keeper once --node {node} --deployment {deployment} --mnemonic-file FILE"
        ));
        lines
    }

    fn anchor_gas(
        &self,
        wasm: &str,
        init: &serde_json::Value,
        msg: &serde_json::Value,
    ) -> Result<u64> {
        let sender = self.sender("deployer")?;
        let code = fs::read(wasm).with_context(|| format!("reading {wasm}"))?;
        let stored = sender.store_code(&code)?;
        let at = sender
            .instantiate(stored.code_id, init, "yardstick", None, &[])?
            .address;
        Ok(sender.execute(&at, msg, &Vec::<Coin>::new())?.gas_used)
    }
}

impl Backend for Wasmd {
    fn chain(&self) -> Result<ChainInfo> {
        Ok(ChainInfo {
            engine: "wasmd".into(),
            version: output(Command::new(&self.paths.wasmd).arg("version"))?,
            chain_id: self.node.chain_id.clone(),
        })
    }

    fn deploy(&mut self) -> Result<Deployment> {
        let out = self.deployment_file();
        let settings = self.paths.home.join("deploy.json");
        // terms in seconds that suit a recording played in a minute
        fs::write(
            &settings,
            json!({ "cooldown_s": 60, "min_tier_s": 1 }).to_string(),
        )?;
        run(vitals()?
            .arg("deploy")
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file("deployer")?)
            .arg("--artifacts")
            .arg(&self.paths.artifacts)
            .arg("--out")
            .arg(&out)
            .arg("--config")
            .arg(&settings)
            .args(["--admin", "none"]))?;
        Ok(Deployment::read(&out)?)
    }

    fn account(&self, name: &str) -> Result<SharedAccount> {
        Ok(Arc::new(self.sender(name)?))
    }

    fn wallet(&self, name: &str) -> Result<Arc<Wallet>> {
        let wallet = Wallet::from_mnemonic(&self.known(name)?.mnemonic, PREFIX)?;
        Ok(Arc::new(wallet))
    }

    fn wait_past(&self, at_ms: u64) -> Result<()> {
        let reader = self.sender("stranger")?;
        for _ in 0..600 {
            let now = reader.block_time_ms()?;
            if now > at_ms {
                return Ok(());
            }
            sleep(Duration::from_millis((at_ms - now).clamp(100, 2_000)));
        }
        bail!("the chain did not reach {at_ms} ms");
    }

    fn pace(&self, at_ms: u64) -> Result<()> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        if let Some(ahead) = Duration::from_millis(at_ms).checked_sub(now) {
            sleep(ahead);
        }
        Ok(())
    }

    fn sets_clock(&self) -> bool {
        false
    }

    fn speed(&self) -> u32 {
        SPEED
    }

    fn recording_start(&self, now_ms: u64) -> u64 {
        now_ms.saturating_add(2_000)
    }

    fn play_step_ms(&self) -> u64 {
        250
    }

    fn start_vault(&mut self, _: &Deployment) -> Result<VaultAt> {
        let name = "demo-vault";
        let mut child = vitals()?
            .args(["vault", "serve", "--listen", "127.0.0.1:0", "--name", name])
            .arg("--dir")
            .arg(self.paths.home.join("vault"))
            .args(["--node", &self.node.rpc])
            .arg("--deployment")
            .arg(self.deployment_file())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the vault")?;
        let stdout = child.stdout.take().context("the vault has no stdout")?;
        self.children.push(child);
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let url = line
            .trim()
            .rsplit_once(' ')
            .map(|(_, url)| url.to_string())
            .with_context(|| format!("the vault did not start: {line:?}"))?;
        let vault = VaultAt {
            url,
            name: name.into(),
        };
        self.vault = Some(vault.clone());
        Ok(vault)
    }

    fn start_edge(&mut self, setup: EdgeSetup) -> Result<Box<dyn Edge>> {
        let dir = self.paths.home.join("gateway");
        fs::create_dir_all(&dir)?;
        let identity_file = private(&dir.join("identity.txt"), setup.identity.as_bytes())?;
        let key_file = private(&dir.join("device.key"), &setup.own_seed)?;
        let settings = json!({
            "patient": setup.patient.to_string(),
            "ground": GroundRef::Grant { id: setup.sealing },
            "devices": setup.devices,
            "thresholds": setup.thresholds,
            "max_readings": MAX_READINGS,
            "keep_epochs": KEEP_EPOCHS,
            "vaults": [{ "url": setup.vault.url, "name": setup.vault.name }],
            "identity_file": identity_file,
            "device": { "number": setup.own_device, "key_file": key_file },
        });
        let config = dir.join("settings.json");
        fs::write(&config, settings.to_string())?;
        let child = vitals()?
            .args(["gateway", "run", "--stdin"])
            .arg("--config")
            .arg(config)
            .arg("--dir")
            .arg(&dir)
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file("gateway")?)
            .arg("--deployment")
            .arg(self.deployment_file())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the gateway")?;
        Ok(Box::new(Process::new(child)?))
    }

    fn denom(&self) -> &str {
        &self.node.denom
    }

    fn home(&self) -> PathBuf {
        self.paths.home.clone()
    }

    fn gas_anchors(&self) -> Result<Vec<(String, u64)>> {
        let deployer = self.known("deployer")?.address.clone();
        let other = self.known("stranger")?.address.clone();
        let cw20 = json!({
            "name": "Yardstick", "symbol": "YARD", "decimals": 6, "initial_balances":
                [{ "address": deployer, "amount": "1000" }, { "address": other, "amount": "1" }],
        });
        let transfer = json!({ "transfer": { "recipient": other, "amount": "1" } });
        let noop = json!({ "noop": {} });
        Ok(vec![
            (
                "noop".into(),
                self.anchor_gas(&env("NOOP_WASM")?, &json!({}), &noop)?,
            ),
            (
                "cw20_transfer".into(),
                self.anchor_gas(&env("CW20_BASE_WASM")?, &cw20, &transfer)?,
            ),
        ])
    }

    fn app_view(&self, _: &Deployment, patient: u64, policy: u64) -> Result<Option<String>> {
        let program = repository(&self.paths).join("clients/app-view/app-view.mjs");
        let shown = output(
            Command::new("node")
                .arg(program)
                .args(["--node", &self.node.rpc])
                .arg("--deployment")
                .arg(self.deployment_file())
                .args(["--patient", &patient.to_string()])
                .args(["--policy", &policy.to_string()]),
        )?;
        Ok(Some(shown))
    }
}

impl Drop for Wasmd {
    fn drop(&mut self) {
        if self.keep {
            return;
        }
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
        let stopped = run(Command::new(script(&self.paths, "chain"))
            .args(["stop", "--home"])
            .arg(self.paths.home.join("chain")));
        if let Err(error) = stopped {
            eprintln!("the chain was not stopped: {error:#}");
        }
    }
}

/// Whom the chain gives coins: the story's people, and a keeper for who goes on from there.
fn accounts() -> String {
    format!("{},keeper", PEOPLE.join(","))
}

fn repository(paths: &Paths) -> PathBuf {
    paths
        .artifacts
        .canonicalize()
        .ok()
        .and_then(|a| a.parent().map(Path::to_path_buf))
        .unwrap_or_else(|| PathBuf::from("."))
}

fn script(paths: &Paths, name: &str) -> PathBuf {
    repository(paths).join("scripts").join(name)
}

/// The `vitals` that was built beside this program.
fn vitals() -> Result<Command> {
    let here = std::env::current_exe()?;
    let beside = here.with_file_name("vitals");
    ensure!(beside.exists(), "{} is not built", beside.display());
    Ok(Command::new(beside))
}

/// A file that only its owner may read.
fn private(path: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    Ok(path.to_path_buf())
}

fn env(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set; scripts/demo sets it"))
}

fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("parsing {}", path.display()))
}

/// Runs a command to its end; what it printed is shown where it failed.
fn output(command: &mut Command) -> Result<String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("running {command:?}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_string();
    ensure!(
        done.status.success(),
        "{command:?} failed:\n{}\n{}",
        text(&done.stdout),
        text(&done.stderr)
    );
    // wasmd prints its version to stderr
    let (stdout, stderr) = (text(&done.stdout), text(&done.stderr));
    Ok(if stdout.is_empty() { stderr } else { stdout })
}

fn run(command: &mut Command) -> Result<()> {
    output(command).map(|_| ())
}
