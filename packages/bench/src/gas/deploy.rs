//! Contracts come onto the chain.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{json, Value};
use vitals_api::consent::recovery::Timing;
use vitals_chain_client::Coin;
use vitals_core::signing::deployment_id;

use super::contract::Contract;
use super::stage::Stage;

impl Stage<'_> {
    /// The five contracts, owned by `deployer`.
    pub fn deploy(&mut self, artifacts: &Path) -> Result<()> {
        for contract in Contract::ALL {
            let msg = self.instantiation(contract)?;
            let file = artifacts.join(format!("{}.wasm", contract.file()));
            let address = self.create(&file, &msg)?;
            self.at.insert(contract, address);
        }
        let chain_id = self.node.status()?.chain_id;
        self.deployment = deployment_id(&chain_id, self.at(Contract::DeviceRegistry)?);
        Ok(())
    }

    /// Settings in seconds as short as the contracts allow.
    fn instantiation(&self, contract: Contract) -> Result<Value> {
        let owner = self.address("deployer")?;
        let at = |contract| self.at(contract).map(str::to_string);
        use Contract::*;
        Ok(match contract {
            Consent => json!({ "owner": owner, "timing": Timing::default() }),
            DeviceRegistry => json!({ "owner": owner, "consent": at(Consent)? }),
            VitalsAnchor => {
                json!({ "owner": owner, "consent": at(Consent)?, "registry": at(DeviceRegistry)? })
            }
            Care => json!({
                "owner": owner, "consent": at(Consent)?, "registry": at(DeviceRegistry)?,
                "cooldown_s": 60, "min_tier_s": 1,
            }),
            Claims => json!({
                "owner": owner, "consent": at(Consent)?, "registry": at(DeviceRegistry)?,
                "anchor": at(VitalsAnchor)?, "least_deadline_s": 1,
            }),
        })
    }

    /// A new contract by `deployer` from a file.
    pub fn create(&self, wasm: &Path, msg: &Value) -> Result<String> {
        self.create_with(wasm, msg, &[])
    }

    pub fn create_with(&self, wasm: &Path, msg: &Value, funds: &[Coin]) -> Result<String> {
        self.create_for(None, wasm, msg, funds)
    }

    /// One that the deployer may migrate.
    pub fn create_owned(&self, wasm: &Path, msg: &Value) -> Result<String> {
        let owner = self.address("deployer")?;
        self.create_for(Some(&owner), wasm, msg, &[])
    }

    fn create_for(
        &self,
        owner: Option<&str>,
        wasm: &Path,
        msg: &Value,
        funds: &[Coin],
    ) -> Result<String> {
        let code = fs::read(wasm).with_context(|| wasm.display().to_string())?;
        let deployer = self.sender("deployer")?;
        let stored = deployer.store_code(&code)?;
        let made = deployer.instantiate(stored.code_id, msg, "bench", owner, funds)?;
        Ok(made.address)
    }
}
