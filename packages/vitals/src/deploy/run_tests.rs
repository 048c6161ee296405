use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::{json, Value};
use vitals_ledger::{LedgerError, Reader};

use super::*;
use crate::deploy::chain::Entry;
use crate::deploy::checksums::{self, Checksum};
use crate::deploy::verify::verify;
use vitals_vault_client::digest;

const DEPLOYER: &str = "wasm1deployer";
/// Five uploads, five contracts, one hook.
const TRANSACTIONS: u32 = 11;

/// Code, admin, instantiate message.
type Made = (u64, Option<String>, Value);

#[derive(Default)]
struct FakeChain {
    codes: RefCell<Vec<Checksum>>,
    contracts: RefCell<BTreeMap<String, Made>>,
    /// Contracts that consent tells.
    hooks: RefCell<Vec<Value>>,
    insurer: Option<String>,
    /// Transactions until the node is gone.
    left: Cell<Option<u32>>,
    transactions: Cell<u32>,
}

impl FakeChain {
    fn transact(&self) -> Result<(), Failure> {
        match self.left.get() {
            Some(0) => return Err(Failure::new("chain/unreachable", "gone")),
            Some(left) => self.left.set(Some(left - 1)),
            None => {}
        }
        self.transactions.set(self.transactions.get() + 1);
        Ok(())
    }

    /// The registry's address, by which the deployment is told from others.
    fn id(&self, registry: &str) -> Vec<u8> {
        deployment_id("fake-1", registry).to_vec()
    }

    fn config(&self, address: &str) -> Value {
        let mut config = self.contracts.borrow()[address].2.clone();
        let fields = config.as_object_mut().unwrap();
        fields.remove("owner");
        let registry = match fields.get("registry") {
            Some(registry) => registry.as_str().unwrap().to_string(),
            None => address.to_string(),
        };
        if !fields.contains_key("anchor") {
            let id = cosmwasm_std::Binary::new(self.id(&registry));
            fields.insert("deployment_id".into(), json!(id));
        }
        config
    }
}

impl Reader for FakeChain {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok("fake-1".into())
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok(0)
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(1)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let owner = self.contracts.borrow()[contract].2["owner"].clone();
        Ok(
            match msg.as_object().unwrap().keys().next().unwrap().as_str() {
                "admin" => json!({"owner": owner, "pending_owner": null, "paused": false}),
                "config" => self.config(contract),
                "hooks" => json!({"contracts": *self.hooks.borrow()}),
                "timing" => self.contracts.borrow()[contract].2["timing"].clone(),
                "credential" => {
                    let account = msg["credential"]["account"].as_str();
                    let live = self.insurer.as_deref() == account;
                    json!({"live": live, "until": null, "issuer": null})
                }
                other => panic!("unexpected query {other}"),
            },
        )
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        Ok(0)
    }
}

impl Chain for FakeChain {
    fn sender(&self) -> &str {
        DEPLOYER
    }

    fn find_code(&self, checksum: &Checksum) -> Result<Option<u64>, Failure> {
        let found = self.codes.borrow().iter().position(|c| c == checksum);
        Ok(found.map(|index| index as u64 + 1))
    }

    fn code_checksum(&self, code_id: u64) -> Result<Checksum, Failure> {
        Ok(self.codes.borrow()[code_id as usize - 1])
    }

    fn upload(&self, wasm: &[u8]) -> Result<u64, Failure> {
        self.transact()?;
        self.codes.borrow_mut().push(digest(wasm));
        Ok(self.codes.borrow().len() as u64)
    }

    fn instantiate(
        &self,
        code_id: u64,
        msg: &Value,
        label: &str,
        admin: Option<&str>,
    ) -> Result<String, Failure> {
        self.transact()?;
        let mut contracts = self.contracts.borrow_mut();
        let address = format!("wasm1{}{}", label.replace(' ', ""), contracts.len());
        contracts.insert(
            address.clone(),
            (code_id, admin.map(Into::into), msg.clone()),
        );
        Ok(address)
    }

    fn execute(&self, contract: &str, msg: &Value) -> Result<(), Failure> {
        self.transact()?;
        assert_eq!(self.contracts.borrow()[contract].2["owner"], DEPLOYER);
        let hook = msg["add_hook"]["contract"].clone();
        self.hooks.borrow_mut().push(hook);
        Ok(())
    }

    fn entry(&self, contract: &str) -> Result<Entry, Failure> {
        let (code_id, admin, _) = self.contracts.borrow()[contract].clone();
        Ok(Entry { code_id, admin })
    }
}

fn job(dir: &tempfile::TempDir) -> Job {
    let mut sums = String::new();
    for contract in Contract::IN_ORDER {
        let file = format!("{}.wasm", contract.name());
        std::fs::write(dir.path().join(&file), contract.name()).unwrap();
        let digest = hex::encode(digest(contract.name().as_bytes()));
        sums.push_str(&format!("{digest}  {file}\n"));
    }
    std::fs::write(dir.path().join("checksums.txt"), sums).unwrap();
    Job {
        artifacts: checksums::read(dir.path()).unwrap(),
        chain_id: "fake-1".into(),
        owner: DEPLOYER.into(),
        admin: Some("wasm1multisig".into()),
        settings: Settings::default(),
        out: dir.path().join("deployment.json"),
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    let text = result.unwrap_err().to_string();
    text.split(':').next().unwrap().into()
}

#[test]
fn a_deployment_is_wired_recorded_and_verified() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = job(&dir);
    let deployment = complete(&chain, &job).unwrap();
    assert_eq!(Deployment::read(&job.out).unwrap(), deployment);
    assert!(!beside(&job.out).exists());
    let found = verify(&chain, &job, &deployment).unwrap();
    assert!(found.care_is_told);
    assert_eq!(*chain.hooks.borrow(), [json!(deployment.care)]);
    assert_eq!(found.times.consent, job.settings.timing());
    assert_eq!(found.times.reopens_after_s, 1_800);
    let powers = found.powers;
    assert_eq!(powers.len(), 5);
    assert!(powers.iter().all(|p| p.owner == DEPLOYER));
    assert!(powers
        .iter()
        .all(|p| p.admin.as_deref() == Some("wasm1multisig")));
}

#[test]
fn everybody_may_read_what_is_deployed() {
    use std::os::unix::fs::PermissionsExt;
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = job(&dir);
    complete(&chain, &job).unwrap();
    let mode = std::fs::metadata(&job.out).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}

#[test]
fn a_complete_deployment_is_not_done_again() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = job(&dir);
    let deployment = complete(&chain, &job).unwrap();
    assert_eq!(chain.transactions.get(), TRANSACTIONS);
    assert_eq!(complete(&chain, &job).unwrap(), deployment);
    assert_eq!(chain.transactions.get(), TRANSACTIONS);
}

#[test]
fn a_run_that_stopped_after_any_step_is_resumed_without_doing_a_step_twice() {
    for steps in 0..TRANSACTIONS {
        let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
        let job = job(&dir);
        chain.left.set(Some(steps));
        assert_eq!(code(complete(&chain, &job)), "chain/unreachable");
        assert!(!job.out.exists());
        chain.left.set(None);
        let deployment = complete(&chain, &job).unwrap();
        assert_eq!(
            chain.transactions.get(),
            TRANSACTIONS,
            "stopped after {steps}"
        );
        assert!(verify(&chain, &job, &deployment).unwrap().care_is_told);
    }
}

#[test]
fn a_code_that_the_chain_has_is_not_uploaded_again() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    chain.codes.borrow_mut().push(digest(b"care"));
    complete(&chain, &job(&dir)).unwrap();
    assert_eq!(chain.codes.borrow().len(), 5);
    assert_eq!(chain.transactions.get(), TRANSACTIONS - 1);
}

#[test]
fn another_owner_is_left_to_add_the_hook_and_the_deployment_says_so() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = Job {
        owner: "wasm1board".into(),
        ..job(&dir)
    };
    let deployment = complete(&chain, &job).unwrap();
    assert!(!verify(&chain, &job, &deployment).unwrap().care_is_told);
    chain.hooks.borrow_mut().push(json!(deployment.care));
    assert!(verify(&chain, &job, &deployment).unwrap().care_is_told);
}

#[test]
fn other_times_than_the_settings_say_are_refused() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = job(&dir);
    let deployment = complete(&chain, &job).unwrap();
    let changes: [fn(&mut Settings); 6] = [
        |s| s.recovery_delay_s += 1,
        |s| s.review_within_s += 1,
        |s| s.max_emergency_s -= 1,
        |s| s.reopens_after_s += 1,
        |s| s.cooldown_s += 1,
        |s| s.least_deadline_s += 1,
    ];
    for change in changes {
        let mut other = job.clone();
        change(&mut other.settings);
        assert_eq!(code(verify(&chain, &other, &deployment)), "deploy/differs");
    }
}

#[test]
fn an_admin_with_an_insurer_s_credential_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let job = job(&dir);
    let chain = FakeChain {
        insurer: job.admin.clone(),
        ..FakeChain::default()
    };
    assert_eq!(code(complete(&chain, &job)), "deploy/insurer_admin");
    assert!(!job.out.exists());
}

#[test]
fn another_chain_another_code_another_admin_and_another_wiring_are_refused() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = job(&dir);
    let deployment = complete(&chain, &job).unwrap();
    let elsewhere = Job {
        chain_id: "fake-2".into(),
        ..job.clone()
    };
    assert_eq!(code(complete(&chain, &elsewhere)), "deploy/another_chain");
    let nobody = Job {
        admin: None,
        ..job.clone()
    };
    assert_eq!(code(verify(&chain, &nobody, &deployment)), "deploy/differs");
    let mut rewired = deployment.clone();
    rewired.consent = deployment.claims.clone();
    assert_eq!(code(verify(&chain, &job, &rewired)), "deploy/differs");
    chain.codes.borrow_mut()[2] = [0; 32];
    assert_eq!(code(verify(&chain, &job, &deployment)), "deploy/differs");
}

#[test]
fn progress_of_another_chain_is_not_gone_on_with() {
    let (chain, dir) = (FakeChain::default(), tempfile::tempdir().unwrap());
    let job = job(&dir);
    chain.left.set(Some(3));
    complete(&chain, &job).unwrap_err();
    let elsewhere = Job {
        chain_id: "fake-2".into(),
        ..job
    };
    assert_eq!(code(complete(&chain, &elsewhere)), "deploy/another_chain");
}
