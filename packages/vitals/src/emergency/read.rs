//! Reading in an emergency: shares from custodians, the package and ciphertext from whichever vault
//! has them, each batch checked against the chain.

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use cosmwasm_std::Uint64;
use serde_json::json;
use vitals_api::anchor::{self, BatchInfo, BatchesPage};
use vitals_api::consent::emergency::CustodiansInfo;
use vitals_api::consent::QueryMsg;
use vitals_chain_client::{Node, Wallet};
use vitals_core::agefile::recipient_of;
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::Window;
use vitals_insurance::{pages, show_ms};
use vitals_ledger::Deployment;
use vitals_vault_client::{first_patiently, gather, Expected, VaultClient};

use super::of;
use crate::ask;
use crate::connect::{read_identity, AccountArgs, DeploymentArgs};
use crate::failure::Failure;
use crate::vault::AuthorityArgs;

#[derive(Args)]
pub struct ReadArgs {
    /// The patient's number.
    #[arg(long)]
    patient: u64,
    /// The emergency's number, from `open`.
    #[arg(long)]
    emergency: u64,
    /// A custodian's server: `<name>=<url>`; given again for each. All are asked at once.
    #[arg(long = "custodian", value_name = "NAME=URL", required = true, value_parser = ask::vault)]
    custodians: Vec<(String, String)>,
    /// Where package and ciphertext are, besides the custodians; several are tried in turn.
    #[arg(long = "vault", value_name = "NAME=URL", value_parser = ask::vault)]
    vaults: Vec<(String, String)>,
    #[command(flatten)]
    authority: AuthorityArgs,
    /// age identity file of the recipient that the account published.
    #[arg(long, value_name = "FILE")]
    identity_file: PathBuf,
    /// Only this category; given again for each. All where absent.
    #[arg(long = "category", value_name = "CATEGORY", value_parser = ask::named::<Category>)]
    categories: Vec<Category>,
    /// Where readings are written, one JSON object a line; stdout where absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
}

type Vault = VaultClient<Arc<Wallet>>;

/// What a responder reads with.
struct Responder {
    node: Node,
    at: Deployment,
    vaults: Vec<Vault>,
    package: KeyPackage,
    patient: u64,
    emergency: u64,
}

/// What cannot be written to is said before anybody is asked: custodians give a responder only so
/// many shares a minute.
pub fn run(args: &ReadArgs) -> Result<(), Failure> {
    let out = args.out()?;
    let done = read_into(args, out);
    if let (Err(_), Some(path)) = (&done, &args.out) {
        // so that the same command can be given again
        let _left = std::fs::remove_file(path);
    }
    done
}

fn read_into(args: &ReadArgs, mut out: Box<dyn Write>) -> Result<(), Failure> {
    let responder = args.open()?;
    let info = of(
        &responder.node,
        &responder.at.consent,
        args.patient,
        args.emergency,
    )?;
    let mut out = BufWriter::new(&mut out);
    let (mut batches, mut readings, mut left_out) = (0, 0, 0);
    for batch in responder.batches(&args.categories(), info.window)? {
        match responder.read(&batch) {
            Ok(lines) => {
                batches += 1;
                readings += lines.len();
                for line in lines {
                    writeln!(out, "{line}").map_err(written)?;
                }
            }
            Err(failure) => {
                left_out += 1;
                eprintln!("left out: {failure}");
            }
        }
    }
    out.flush().map_err(written)?;
    eprintln!("{readings} readings of {batches} batches, verified; {left_out} batches left out");
    Ok(())
}

fn written(cause: std::io::Error) -> Failure {
    Failure::new("cli/file", cause)
}

impl ReadArgs {
    fn categories(&self) -> Vec<Category> {
        match self.categories.is_empty() {
            true => Category::ALL.to_vec(),
            false => self.categories.clone(),
        }
    }

    /// A new file that its owner alone reads: what is written there is not encrypted.
    fn out(&self) -> Result<Box<dyn Write>, Failure> {
        let Some(path) = &self.out else {
            return Ok(Box::new(std::io::stdout().lock()));
        };
        let mut options = OpenOptions::new();
        let made = options.write(true).create_new(true).mode(0o600).open(path);
        Ok(Box::new(made.map_err(|cause| Failure::file(path, cause))?))
    }

    fn open(&self) -> Result<Responder, Failure> {
        let identity = read_identity(&self.identity_file)?;
        recipient_of(&identity)?;
        let node = self.account.node()?;
        let at = self.deployment.read()?;
        let wallet = Arc::new(self.account.wallet()?);
        let custodians: Vec<Vault> = self.authority.clients(&self.custodians, &wallet)?;
        let vaults = self.authority.clients(&self.vaults, &wallet)?.into_iter();
        let vaults: Vec<Vault> = vaults.chain(custodians.iter().cloned()).collect();
        let expected = self.expected(&node, &at)?;
        let key = gather(&custodians, &expected, self.emergency, &identity)?;
        let (file, _) = first_patiently(&vaults, |vault| {
            vault.emergency_package(self.patient, self.emergency, &key.package)
        })?;
        Ok(Responder {
            package: KeyPackage::open(&file, &key.identity)?,
            node,
            at,
            vaults,
            patient: self.patient,
            emergency: self.emergency,
        })
    }

    /// What the chain says of the shares there are.
    fn expected(&self, node: &Node, at: &Deployment) -> Result<Expected, Failure> {
        let asked = QueryMsg::Custodians {
            patient: Uint64::new(self.patient),
        };
        let info: CustodiansInfo = vitals_ledger::query(node, &at.consent, &asked)?;
        let packages = info.packages.ok_or_else(|| {
            Failure::new(
                "emergency/nothing_kept",
                "the patient named no custodians, or gave them no shares: permission is all there is",
            )
        })?;
        Ok(Expected {
            patient: self.patient,
            generation: packages.generation,
            window: packages.window,
            threshold: info.threshold,
        })
    }
}

impl Responder {
    fn batches(&self, categories: &[Category], window: Window) -> Result<Vec<BatchInfo>, Failure> {
        let mut all = Vec::new();
        for category in categories {
            let of_one = pages(|last: Option<&BatchInfo>, limit| {
                let asked = anchor::QueryMsg::Batches {
                    patient: Uint64::new(self.patient),
                    category: *category,
                    from_epoch: Some(window.from),
                    to_epoch: Some(window.to),
                    start_after: last.map(|batch| batch.id.clone()),
                    limit: Some(limit),
                };
                let page: BatchesPage =
                    vitals_ledger::query(&self.node, &self.at.vitals_anchor, &asked)?;
                Ok(page.batches)
            })?;
            all.extend(of_one.into_iter().filter(|batch| batch.shredded.is_none()));
        }
        Ok(all)
    }

    /// A batch's readings, a line each.
    fn read(&self, info: &BatchInfo) -> Result<Vec<String>, Failure> {
        let id = &info.id;
        let shown = format!("{} {}/{}", id.category.name(), id.device, id.sequence);
        let key = self
            .package
            .epoch_key(info.generation, id.category, id.epoch)
            .ok_or_else(|| Failure::new("cli/keys", format!("no key opens batch {shown}")))?;
        let digest: [u8; 32] =
            info.digest.as_slice().try_into().map_err(|_| {
                Failure::new("cli/batch", format!("{shown} points to no ciphertext"))
            })?;
        let ground = GroundRef::Emergency { id: self.emergency };
        let (sealed, _) = first_patiently(&self.vaults, |vault| {
            vault.read_batch(id, &digest, Purpose::Emergency, &ground)
        })?;
        let opened = vitals_reader::open(info, &key, &sealed)?;
        let lines = opened.readings.iter().map(|reading| {
            let measure = reading.measure.info();
            json!({
                "device": id.device, "sequence": id.sequence,
                "loinc": measure.loinc, "display": measure.display, "unit": measure.unit,
                "value": reading.value, "scale": measure.scale,
                "at": show_ms(reading.at_ms(id.epoch)), "simulated": reading.flags.simulated,
            })
            .to_string()
        });
        Ok(lines.collect())
    }
}
