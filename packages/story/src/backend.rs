//! Where the story runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use serde_json::json;
use vitals_chain_client::Wallet;
use vitals_ledger::{Account, Deployment};

use crate::edge::{Edge, EdgeSetup, VaultAt};
use crate::report::{ChainInfo, Shown};
use crate::scenario::claimant::Errand;

pub mod native;
pub mod wasmd;

/// An account that services in other threads can hold.
pub type SharedAccount = Arc<dyn Account + Send + Sync>;

/// What each holder has of the token in the beginning.
const SUPPLY: u32 = 1_000_000;

/// How cw20-base begins, held by these accounts.
pub fn cw20_base(holders: &[String]) -> serde_json::Value {
    let balances: Vec<_> = holders
        .iter()
        .map(|address| json!({ "address": address, "amount": SUPPLY.to_string() }))
        .collect();
    json!({
        "name": "Yardstick", "symbol": "YARD", "decimals": 6, "initial_balances": balances,
    })
}

/// What the two chains do differently.
pub trait Backend {
    fn chain(&self) -> Result<ChainInfo>;

    /// Puts the five contracts on the chain, or finds them there.
    fn deploy(&mut self) -> Result<Deployment>;

    /// The account of one of the story's people.
    fn account(&self, name: &str) -> Result<SharedAccount>;

    /// The same account's key: vaults take signed requests.
    fn wallet(&self, name: &str) -> Result<Arc<Wallet>>;

    /// Returns once the chain's time is past an instant (milliseconds).
    fn wait_past(&self, at_ms: u64) -> Result<()>;

    /// Returns when a device would have measured at this instant: natively the clock is set there,
    /// on a real chain time passes.
    fn pace(&self, at_ms: u64) -> Result<()>;

    /// Whether [`Backend::wait_past`] sets the clock: then days pass at once.
    fn sets_clock(&self) -> bool;

    /// How many times as fast as it was measured the recording is played.
    fn speed(&self) -> u32;

    /// When the devices begin to measure.
    fn recording_start(&self, now_ms: u64) -> u64;

    /// How much of the recording's played time is sent at once.
    fn play_step_ms(&self) -> u64;

    /// A cw20 token of somebody else's, of which each of these accounts has enough.
    fn token(&mut self, holders: &[String]) -> Result<String>;

    /// A look of the keeper's at everything.
    fn keeper(&self, at: &Deployment) -> Result<()>;

    /// `clients/claimant` on an errand with somebody's account: what it prints, or its error. None
    /// where no node runs.
    fn claimant(
        &self,
        at: &Deployment,
        who: &str,
        errand: &Errand,
        evidence: &Path,
    ) -> Result<Option<Result<String, String>>>;

    /// A vault before this chain.
    fn start_vault(&mut self, at: &Deployment) -> Result<VaultAt>;

    /// A custodian's own vault before this chain: it opens shares sealed to the recipient that this
    /// account published, whose identity this is.
    fn start_custodian(&mut self, at: &Deployment, who: &str, identity: &str) -> Result<VaultAt>;

    /// From now on nobody answers there.
    fn stop_custodian(&mut self, vault: &VaultAt) -> Result<()>;

    /// The gateway, ready for lines.
    fn start_edge(&mut self, setup: EdgeSetup) -> Result<Box<dyn Edge>>;

    fn denom(&self) -> &str;

    /// A directory for the files of gateway, vault and key agent.
    fn home(&self) -> PathBuf;

    /// Gas of transactions to compare ours with, from the same chain; none where gas is not
    /// metered.
    fn gas_anchors(&self) -> Result<Vec<(String, u64)>>;

    /// Somebody without coins, whose fees a clinic pays; none where transactions cost none.
    fn sponsored(&self, at: &Deployment) -> Result<Option<Shown>>;

    /// Batches and claim as a program on `@cosmjs/cosmwasm` alone sees them; none where no node
    /// runs.
    fn app_view(
        &self,
        deployment: &Deployment,
        patient: u64,
        policy: u64,
    ) -> Result<Option<String>>;
}
