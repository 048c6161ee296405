//! What others' messages cost on the same chain in the same run.

use anyhow::Result;
use serde_json::json;

use super::stage::Stage;
use crate::Gas;

pub const NOOP: &str = "noop";
pub const CW20_TRANSFER: &str = "cw20_transfer";
pub const ESCROW_RELEASE: &str = "escrow_release";
pub const ESCROW_RELEASE_KNOWN: &str = "escrow_release_known";

/// An address that nobody on this chain has used.
const NOBODY: &str = "wasm1qurswpc8qurswpc8qurswpc8qurswpc8e0k0f2";

pub fn measure(stage: &mut Stage<'_>, asked: &Gas) -> Result<()> {
    let noop = stage.create(&asked.root.join("testdata/noop.wasm"), &json!({}))?;
    stage.measure_at(NOOP, "deployer", &noop, &json!({ "noop": {} }), &[])?;
    cw20(stage, asked)?;
    escrow(stage, asked)
}

/// Between two accounts that have tokens before and after.
fn cw20(stage: &mut Stage<'_>, asked: &Gas) -> Result<()> {
    let (from, to) = (stage.address("deployer")?, stage.address("stranger")?);
    let token = json!({
        "name": "Yardstick", "symbol": "YARD", "decimals": 6, "initial_balances":
            [{ "address": from, "amount": "1000000" }, { "address": to, "amount": "1000000" }],
    });
    let token = stage.create(&asked.cw20, &token)?;
    let transfer = json!({ "transfer": { "recipient": to, "amount": "1" } });
    stage.measure_at(CW20_TRANSFER, "deployer", &token, &transfer, &[])?;
    Ok(())
}

/// Pays what it holds to a beneficiary who had no account before, and to one who had.
fn escrow(stage: &mut Stage<'_>, asked: &Gas) -> Result<()> {
    let known = stage.address("patient")?;
    for (name, beneficiary) in [
        (ESCROW_RELEASE, NOBODY.to_string()),
        (ESCROW_RELEASE_KNOWN, known),
    ] {
        let terms = json!({
            "verifier": stage.address("deployer")?, "beneficiary": beneficiary,
        });
        let held = stage.coins(1_000_000)?;
        let escrow = stage.create_with(&asked.escrow, &terms, &held)?;
        let release = json!({ "release": {} });
        stage.measure_at(name, "deployer", &escrow, &release, &[])?;
    }
    Ok(())
}
