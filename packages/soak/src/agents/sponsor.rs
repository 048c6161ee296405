//! A clinic pays the fees of people without a coin: whoever spends them on another contract than ours
//! loses the grant, though the watch was killed meanwhile, and nobody else does.

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{ensure, Result};
use serde_json::{json, Value};
use vitals_chain_client::{Call, Error, Node, Sender, Wallet};

use crate::files::run as ran;
use crate::service::{Ready, Service};
use crate::world::{free_port, World, PREFIX};

const CLINIC: &str = "clinic";
/// What fees cost here: the chain asks for none by itself.
const PRICE: &str = "0.1uvital";
const CAP: &str = "500000uvital";
/// A grant is gone so long after it was misused at most.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(200);

/// Somebody with a key and nothing else.
struct Poor<'a> {
    clinic: &'a Clinic<'a>,
    address: String,
    words: String,
}

struct Clinic<'a> {
    world: &'a World,
    address: String,
}

pub fn run(world: &World) -> Result<()> {
    let clinic = Clinic {
        world,
        address: world.address(CLINIC)?,
    };
    let other = another_contract(world)?;
    let [honest, early, late] = [clinic.pays_for()?, clinic.pays_for()?, clinic.pays_for()?];
    let mut watch = clinic.watch()?;
    watch.start()?;
    honest.asks_of_consent(&json!({ "enrol": {} }))?;
    early.misuses(&other)?;
    let took = clinic.took_from(&early)?;
    println!(
        "  the sponsor: a misused grant gone after {:.1} s",
        took.as_secs_f64()
    );
    watch.ensure_alive()?;
    watch.kill()?;
    late.misuses(&other)?;
    ensure!(clinic.pays(&late)?, "the grant is gone without a watch");
    watch.start()?;
    clinic.took_from(&late)?;
    println!("  one misused while the watch was killed: gone too");
    ensure!(clinic.pays(&honest)?, "an honest patient lost the grant");
    honest.asks_of_consent(&json!({ "create_team": {} }))
}

/// Which the clinic does not mean to pay for.
fn another_contract(world: &World) -> Result<String> {
    let code = fs::read(world.paths.root.join("testdata/noop.wasm"))?;
    let deployer = world.account("deployer")?;
    let stored = deployer.store_code(&code)?;
    let made = deployer.instantiate(stored.code_id, &json!({}), "other", None, &[])?;
    Ok(made.address)
}

impl Clinic<'_> {
    /// `vitals sponsor` …, as the clinic's.
    fn command(&self, command: &[&str]) -> Result<Command> {
        let mut program = Command::new(&self.world.paths.vitals);
        program
            .arg("sponsor")
            .args(command)
            .args(["--node", self.world.rpc(), "--gas-price", PRICE])
            .arg("--mnemonic-file")
            .arg(self.world.mnemonic_file(CLINIC)?);
        Ok(program)
    }

    fn pays_for(&self) -> Result<Poor<'_>> {
        let (wallet, words) = Wallet::generate(PREFIX)?;
        let address = wallet.address().to_string();
        let until = self.world.in_a_day()?.to_string();
        ran(self.command(&["grant"])?.args([
            "--to",
            &address,
            "--total",
            CAP,
            "--expires",
            &until,
        ]))?;
        Ok(Poor {
            clinic: self,
            address,
            words: words.to_string(),
        })
    }

    /// `vitals sponsor watch`, not started.
    fn watch(&self) -> Result<Service> {
        let ops = free_port()?;
        let mut command = self.command(&["watch", "--every", "1"])?;
        command
            .arg("--state-file")
            .arg(self.world.home("sponsor.json"))
            .arg("--deployment")
            .arg(self.world.deployment_file())
            .args(["--ops-listen", &ops.to_string()]);
        let log = self.world.log("sponsor");
        Ok(Service::new("sponsor", command, log, Ready::Listens(ops)))
    }

    fn pays(&self, whom: &Poor<'_>) -> Result<bool> {
        let kept = Node::new(self.world.rpc())?.allowances_of(&self.address)?;
        Ok(kept.iter().any(|grant| grant.grantee == whom.address))
    }

    fn took_from(&self, whom: &Poor<'_>) -> Result<Duration> {
        let begun = Instant::now();
        while self.pays(whom)? {
            ensure!(begun.elapsed() < PATIENCE, "the grant is there still");
            sleep(LOOK);
        }
        Ok(begun.elapsed())
    }
}

impl Poor<'_> {
    fn sender(&self) -> Result<Sender> {
        let node = Node::new(self.clinic.world.rpc())?;
        let wallet = Wallet::from_mnemonic(&self.words, PREFIX)?;
        let sender = Sender::new(node, wallet, PRICE.parse()?);
        Ok(sender.with_fee_granter(&self.clinic.address)?)
    }

    fn asks_of_consent(&self, msg: &Value) -> Result<()> {
        let consent = &self.clinic.world.at.consent;
        self.sender()?.execute(consent, msg, &[])?;
        Ok(())
    }

    /// The chain takes the fee of a call that the contract refuses.
    fn misuses(&self, contract: &str) -> Result<()> {
        let call = Call::new(contract, &json!({ "no_such": {} }), &[])?;
        let sender = self.sender()?.with_fixed_gas(200_000);
        let done = sender.execute_many(vec![call]);
        ensure!(
            matches!(done, Err(Error::Failed { hash: Some(_), .. })),
            "a call that the contract refuses: {done:?}"
        );
        Ok(())
    }
}
