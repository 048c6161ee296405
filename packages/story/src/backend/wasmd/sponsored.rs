//! Somebody without a coin, whose fees a clinic pays, and what that does not pay for.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use serde_json::{json, Value};
use vitals_chain_client::{Call, Coin, Error, Node, Sender, TxResult, Wallet};
use vitals_ledger::{Deployment, Reader};

use super::system::{env, output, private, vitals};
use super::{Wasmd, PREFIX};
use crate::report::{Refused, Shown};

const CLINIC: &str = "board";
/// What fees cost here: the chain asks for none by itself.
const PRICE: &str = "0.1uvital";
/// Some twenty transactions' fees.
const CAP: u64 = 500_000;
/// As the chain says that a grant is not there, or was and is over.
const NO_GRANT: &str = "does not allow to pay fees";

/// Somebody with a key and nothing else.
struct Poor<'a> {
    chain: &'a Wasmd,
    wallet_file: PathBuf,
    address: String,
}

impl Shown {
    fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn refused(&mut self, attempt: &str, due: &str, tried: Result<TxResult, Error>) -> Result<()> {
        let error = match tried {
            Ok(done) => anyhow::bail!("{attempt}: went through as {}", done.hash),
            Err(error) => error.to_string(),
        };
        ensure!(error.contains(due), "{attempt}: {due} was due: {error}");
        self.refused.push(Refused {
            attempt: attempt.into(),
            error,
        });
        Ok(())
    }
}

impl Wasmd {
    pub(super) fn show_sponsored(&self, at: &Deployment) -> Result<Shown> {
        let mut shown = Shown::default();
        let poor = Poor::new(self, "poor")?;
        self.sponsor("grant", &poor.grant(CAP, 3_600)?)?;
        poor.enrols_grants_and_revokes(at, &mut shown)?;
        poor.spends_beyond_its_grant(at, &mut shown)?;
        poor.loses_it_for_another_contract(at, &mut shown)?;
        self.late(at, &mut shown)?;
        Ok(shown)
    }

    /// A command of `vitals sponsor` by the clinic.
    fn sponsor(&self, command: &str, arguments: &[String]) -> Result<String> {
        let mut program = self.sponsoring(command)?;
        output(
            program
                .args(["--gas-price", PRICE])
                .arg("--mnemonic-file")
                .arg(self.mnemonic_file(CLINIC)?)
                .args(arguments),
        )
    }

    fn sponsoring(&self, command: &str) -> Result<Command> {
        let mut program = vitals()?;
        program.args(["sponsor", command, "--json", "--node", &self.node.rpc]);
        Ok(program)
    }

    /// Whom the clinic pays for, as anybody sees it.
    fn sponsored(&self) -> Result<Vec<Value>> {
        let clinic = &self.known(CLINIC)?.address;
        let listed = output(self.sponsoring("list")?.args(["--granter", clinic]))?;
        let lines = listed.lines().filter(|line| line.starts_with('{'));
        Ok(lines.map(serde_json::from_str).collect::<Result<_, _>>()?)
    }

    /// A grant that ends in seconds.
    fn late(&self, at: &Deployment, shown: &mut Shown) -> Result<()> {
        let late = Poor::new(self, "late")?;
        self.sponsor("grant", &late.grant(CAP, 4)?)?;
        sleep(Duration::from_secs(6));
        let tried = late.sender(PRICE)?.execute(&at.consent, &enrol(), &[]);
        shown.refused("fees after the grant's last second", NO_GRANT, tried)
    }
}

impl<'a> Poor<'a> {
    fn new(chain: &'a Wasmd, name: &str) -> Result<Self> {
        let (wallet, words) = Wallet::generate(PREFIX)?;
        let file = chain.paths.home.join(format!("{name}.mnemonic"));
        Ok(Self {
            chain,
            wallet_file: private(&file, words.as_bytes())?,
            address: wallet.address().into(),
        })
    }

    /// As arguments, with an end so many seconds from now.
    fn grant(&self, cap: u64, for_s: u64) -> Result<Vec<String>> {
        let now = Node::new(&self.chain.node.rpc)?.block_time_ms()? / 1_000;
        let (cap, until) = (format!("{cap}uvital"), (now + for_s).to_string());
        let arguments = ["--to", &self.address, "--total", &cap, "--expires", &until];
        Ok(arguments.map(String::from).to_vec())
    }

    fn sender(&self, price: &str) -> Result<Sender> {
        let words = fs::read_to_string(&self.wallet_file)?;
        let sender = Sender::new(
            Node::new(&self.chain.node.rpc)?,
            Wallet::from_mnemonic(&words, PREFIX)?,
            price.parse()?,
        );
        Ok(sender.with_fee_granter(&self.chain.known(CLINIC)?.address)?)
    }

    fn coins(&self) -> Result<u128> {
        Ok(Node::new(&self.chain.node.rpc)?.balance(&self.address, &self.chain.node.denom)?)
    }

    fn enrols_grants_and_revokes(&self, at: &Deployment, shown: &mut Shown) -> Result<()> {
        let sender = self.sender(PRICE)?;
        let enrolled = sender.execute(&at.consent, &enrol(), &[])?;
        let patient = enrolled
            .attribute("wasm-enrolled", &at.consent, "patient")
            .context("no patient in the event")?
            .to_string();
        let hour = sender.block_time_ms()? / 3_600_000;
        let grant = json!({ "grant": { "patient": patient, "grant": {
            "grantee": { "account": self.chain.known("clinician")?.address },
            "purposes": ["TREAT"], "categories": ["cardiac"], "actions": ["read"],
            "window": { "from": hour, "to": hour + 24 },
            "valid_from": null, "valid_until": (hour + 24) * 3_600, "package": null,
        }}});
        let granted = sender.execute(&at.consent, &grant, &[])?;
        let number = granted
            .attribute("wasm-granted", &at.consent, "grant")
            .context("no grant in the event")?;
        let revoke = json!({ "revoke": { "patient": patient, "grant": number } });
        sender.execute(&at.consent, &revoke, &[])?;
        ensure!(self.coins()? == 0, "the patient has coins");
        let left = self.chain.sponsored()?;
        ensure!(
            left.iter().any(|grant| grant["grantee"] == self.address),
            "the clinic's list lacks the patient: {left:?}"
        );
        shown.say(format!(
            "patient {patient} enrolled, granted and revoked without a coin: the clinic paid"
        ));
        Ok(())
    }

    fn spends_beyond_its_grant(&self, at: &Deployment, shown: &mut Shown) -> Result<()> {
        let dear = self.sender("50uvital")?;
        let tried = dear.execute(&at.consent, &enrol(), &[]);
        shown.refused("a fee above what is left", "fee limit exceeded", tried)?;
        let coin = Coin {
            denom: "uvital".parse().map_err(|e| anyhow::anyhow!("{e:#}"))?,
            amount: 1,
        };
        let other = &self.chain.known("stranger")?.address;
        let tried = self.sender(PRICE)?.bank_send(other, &[coin]);
        shown.refused("a transfer at the clinic's cost", "not allowed", tried)
    }

    /// The chain pays for a call of any contract: the watch notices, a call that fails included.
    fn loses_it_for_another_contract(&self, at: &Deployment, shown: &mut Shown) -> Result<()> {
        let peer = self.chain.peer(&env("NOOP_WASM")?, &json!({}))?;
        let watch = || -> Result<String> {
            let state = self.chain.paths.home.join("sponsor.json");
            let arguments = ["--once".into(), "--state-file".into()];
            let files = [
                state.display().to_string(),
                "--deployment".into(),
                self.chain.deployment_file().display().to_string(),
            ];
            self.chain
                .sponsor("watch", &[&arguments[..], &files].concat())
        };
        let before = watch()?;
        ensure!(before.is_empty(), "revoked without a reason: {before}");
        let call = Call::new(&peer, &json!({ "no_such": {} }), &[])?;
        let sender = self.sender(PRICE)?.with_fixed_gas(200_000);
        let failed = sender.execute_many(vec![call]);
        ensure!(
            matches!(failed, Err(Error::Failed { hash: Some(_), .. })),
            "a call that the contract refuses: {failed:?}"
        );
        self.wait_until_indexed()?;
        let told = watch()?;
        ensure!(told.contains(&self.address), "nobody was revoked: {told}");
        let left = self.chain.sponsored()?;
        ensure!(
            left.iter().all(|grant| grant["grantee"] != self.address),
            "the grant is there still: {left:?}"
        );
        ensure!(watch()?.is_empty(), "revoked twice");
        shown.say("it spent a fee on another contract, and lost its grant to the watch");
        let tried = self.sender(PRICE)?.execute(&at.consent, &enrol(), &[]);
        shown.refused("fees without a grant", NO_GRANT, tried)
    }

    /// The node indexes a block after it.
    fn wait_until_indexed(&self) -> Result<()> {
        super::next_block(&Node::new(&self.chain.node.rpc)?)
    }
}

fn enrol() -> Value {
    json!({ "enrol": {} })
}
