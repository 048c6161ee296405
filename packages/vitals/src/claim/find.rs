//! The patient's own data: batches from the chain, ciphertext from the vaults, keys from the key
//! file or the grant's package.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use cosmwasm_std::Uint64;
use vitals_api::anchor::{self, BatchInfo, BatchesPage};
use vitals_api::consent;
use vitals_api::registry::read::{pairing_of, recall_of};
use vitals_api::registry::record::{Device, DEVICES};
use vitals_api::store::Source;
use vitals_api::ApiError;
use vitals_chain_client::{Node, Wallet};
use vitals_core::decision::{GroundRef, Purpose, Seconds};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::{epoch_of, Window};
use vitals_insurance::{pages, Holding};
use vitals_keys::Agent;
use vitals_vault_client::{first_patiently, VaultClient};

use crate::ask;
use crate::connect::read_secret;
use crate::desk::Counter;
use crate::failure::Failure;
use crate::keys::read_lock;
use crate::vault::AuthorityArgs;

#[derive(Args)]
pub struct DataArgs {
    /// Where ciphertext is: `<name>=<url>`, the name the vault goes by; several are tried in turn.
    #[arg(long = "vault", value_name = "NAME=URL", required = true, value_parser = ask::vault)]
    vaults: Vec<(String, String)>,
    #[command(flatten)]
    authority: AuthorityArgs,
    /// The patient's key file. Without it, the key package of the grant that `--ground` names is
    /// opened with `--identity-file`.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// File whose first line is the passphrase of the key file.
    #[arg(
        long,
        value_name = "FILE",
        requires = "keys",
        conflicts_with = "identity_file"
    )]
    passphrase_file: Option<PathBuf>,
    /// age identity file that opens the key file, or the grant's key package.
    #[arg(long, value_name = "FILE", required_unless_present = "passphrase_file")]
    identity_file: Option<PathBuf>,
    /// Look at readings of whole hours from this time on: RFC 3339, or seconds since 1970.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    from: Option<Seconds>,
    /// Look at readings until this time.
    #[arg(long, value_name = "TIME", value_parser = ask::time)]
    to: Option<Seconds>,
}

/// What is looked for.
pub struct Wanted<'a> {
    pub patient: u64,
    pub categories: &'a [Category],
    /// Hours that the policy is about.
    pub epochs: Window,
    pub ground: GroundRef,
}

type Vault<'a> = VaultClient<&'a Wallet>;

struct Finder<'a> {
    counter: &'a Counter,
    vaults: Vec<Vault<'a>>,
    package: KeyPackage,
    ground: GroundRef,
    devices: BTreeMap<u64, Known>,
}

#[derive(Clone)]
struct Known {
    device: Device,
    recalled_from_ms: Option<u64>,
}

impl DataArgs {
    /// Every batch that could be opened. The others are told of on stderr: a vault that is away
    /// need not keep a claim from being found.
    pub fn holdings(
        &self,
        counter: &Counter,
        wallet: &Wallet,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<Holding>, Failure> {
        let window = self.narrow(wanted.epochs)?;
        let vaults = self.authority.clients(&self.vaults, &wallet)?;
        let mut finder = Finder {
            counter,
            package: self.package(counter, &vaults, wanted, window)?,
            vaults,
            ground: wanted.ground,
            devices: BTreeMap::new(),
        };
        let mut held = Vec::new();
        for category in wanted.categories {
            for info in batches(counter, wanted.patient, *category, window)? {
                match finder.open(info) {
                    Ok(holding) => held.push(holding),
                    Err(failure) => eprintln!("left out: {failure}"),
                }
            }
        }
        Ok(held)
    }

    fn narrow(&self, epochs: Window) -> Result<Window, Failure> {
        let epoch = |seconds: Seconds| epoch_of(seconds.saturating_mul(1_000));
        let from = self.from.and_then(epoch).unwrap_or(epochs.from);
        let to = self.to.and_then(epoch).map(|last| last.saturating_add(1));
        Window::new(
            from.max(epochs.from),
            to.unwrap_or(epochs.to).min(epochs.to),
        )
        .map_err(|_| {
            Failure::new(
                "cli/period",
                "nothing that the policy is about was measured between --from and --to",
            )
        })
    }

    fn package(
        &self,
        counter: &Counter,
        vaults: &[Vault<'_>],
        wanted: &Wanted<'_>,
        window: Window,
    ) -> Result<KeyPackage, Failure> {
        let identity = self.identity_file.as_deref();
        if let Some(path) = &self.keys {
            let lock = read_lock(self.passphrase_file.as_deref(), identity)?;
            let agent = Agent::open(path, lock)?;
            return Ok(agent.keys().package(wanted.categories, window)?);
        }
        let (GroundRef::Grant { id }, Some(identity)) = (wanted.ground, identity) else {
            return Err(Failure::new(
                "cli/keys",
                "name the patient's key file, or a grant as the ground and the identity file that opens its key package",
            ));
        };
        let file = grant_package(counter, vaults, wanted.patient, id)?;
        Ok(KeyPackage::open(&file, read_secret(identity)?.trim())?)
    }
}

/// The first vault's that has it.
fn grant_package(
    counter: &Counter,
    vaults: &[Vault<'_>],
    patient: u64,
    grant: u64,
) -> Result<Vec<u8>, Failure> {
    let asked = consent::QueryMsg::Grant {
        patient: Uint64::new(patient),
        grant: Uint64::new(grant),
    };
    let info: consent::GrantInfo =
        vitals_ledger::query(&counter.node, &counter.at.consent, &asked)?;
    let none = || Failure::new("cli/keys", format!("grant {grant} has no key package"));
    let digest: [u8; 32] = info
        .package
        .and_then(|package| package.digest.as_slice().try_into().ok())
        .ok_or_else(none)?;
    let (file, _) = first_patiently(vaults, |vault| vault.read_package(patient, grant, &digest))?;
    Ok(file)
}

fn batches(
    counter: &Counter,
    patient: u64,
    category: Category,
    window: Window,
) -> Result<Vec<BatchInfo>, Failure> {
    let mut all = pages(|last: Option<&BatchInfo>, limit| {
        let asked = anchor::QueryMsg::Batches {
            patient: Uint64::new(patient),
            category,
            from_epoch: Some(window.from),
            to_epoch: Some(window.to),
            start_after: last.map(|batch| batch.id.clone()),
            limit: Some(limit),
        };
        let page: BatchesPage =
            vitals_ledger::query(&counter.node, &counter.at.vitals_anchor, &asked)?;
        Ok(page.batches)
    })?;
    all.retain(|batch| batch.shredded.is_none());
    Ok(all)
}

impl Finder<'_> {
    fn open(&mut self, info: BatchInfo) -> Result<Holding, Failure> {
        let id = &info.id;
        let shown = format!("{} {}/{}", id.category.name(), id.device, id.sequence);
        let key = self
            .package
            .epoch_key(info.generation, id.category, id.epoch)
            .ok_or_else(|| Failure::new("cli/keys", format!("no key opens batch {shown}")))?;
        let digest: [u8; 32] = info.digest.as_slice().try_into().map_err(|_| {
            Failure::new(
                "cli/batch",
                format!("batch {shown} points to no ciphertext"),
            )
        })?;
        let (opened, _) = first_patiently(&self.vaults, |vault| {
            vault.read_batch(id, &digest, Purpose::Payment, &self.ground)
        })?;
        let number = id.device.u64();
        let known = self.device(number)?;
        let pairing = pairing_of(&self.registry(), number, &known.device, info.pairing)?;
        Ok(Holding {
            opened: vitals_reader::open(&info, &key, &opened)?,
            pairing,
            device: known.device,
            recalled_from_ms: known.recalled_from_ms,
            info,
        })
    }

    fn registry(&self) -> Stored<'_> {
        Stored {
            node: &self.counter.node,
            contract: &self.counter.at.device_registry,
        }
    }

    fn device(&mut self, number: u64) -> Result<Known, Failure> {
        if let Some(known) = self.devices.get(&number) {
            return Ok(known.clone());
        }
        let device = DEVICES.load(&self.registry(), &number)?;
        let recall = recall_of(&self.registry(), &device)?;
        let known = Known {
            recalled_from_ms: recall.map(|recall| recall.at_ms),
            device,
        };
        self.devices.insert(number, known.clone());
        Ok(known)
    }
}

/// A contract's storage, read over a node as other contracts read it.
struct Stored<'a> {
    node: &'a Node,
    contract: &'a str,
}

impl Source for Stored<'_> {
    fn raw(&self, what: &'static str, key: &[u8]) -> Result<Option<Vec<u8>>, ApiError> {
        let unreadable = |cause: vitals_chain_client::Error| ApiError::Unreadable {
            what,
            contract: self.contract(),
            cause: cause.to_string(),
        };
        self.node.raw(self.contract, key).map_err(unreadable)
    }

    fn contract(&self) -> String {
        self.contract.into()
    }
}
