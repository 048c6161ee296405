//! `vitals vault repair`.

use clap::Args;
use serde_json::{json, Value};
use vitals_core::decision::Purpose;
use vitals_vault_client::{repair, Copy, Found, Item, Scope};

use super::at::VaultsArgs;
use crate::ask;
use crate::failure::Failure;

#[derive(Args)]
pub struct RepairArgs {
    #[command(flatten)]
    at: VaultsArgs,
    /// What a reader reads for, as an HL7 PurposeOfUse code.
    #[arg(long, value_parser = ask::named::<Purpose>, default_value = "TREAT")]
    purpose: Purpose,
}

#[derive(Default)]
struct Tally {
    items: u64,
    restored: u64,
    missing: u64,
}

pub fn run(args: &RepairArgs) -> Result<(), Failure> {
    let (vaults, node, contracts) = (args.at.vaults()?, args.at.node()?, args.at.contracts()?);
    let scope = Scope {
        deployment: &contracts,
        patient: args.at.patient,
        ground: args.at.ground,
        purpose: args.purpose,
    };
    let mut tally = Tally::default();
    let told = |found: &Found| {
        tally.count(found);
        tell(args.at.json, found);
    };
    repair(&vaults, &node, &scope, told)?;
    if !args.at.json {
        println!(
            "{} items, {} copies restored, {} missing",
            tally.items, tally.restored, tally.missing
        );
    }
    match tally.missing {
        0 => Ok(()),
        count => Err(Failure::new(
            "vault/missing",
            format!("{count} copies are missing or damaged still"),
        )),
    }
}

impl Tally {
    fn count(&mut self, found: &Found) {
        let is = |wanted: fn(&Copy) -> bool| {
            found.copies.iter().filter(|(_, copy)| wanted(copy)).count() as u64
        };
        self.items += 1;
        self.restored += is(|copy| matches!(copy, Copy::Restored { .. }));
        self.missing += is(|copy| matches!(copy, Copy::Missing(_)));
    }
}

/// As text, only what is not simply whole.
fn tell(json: bool, found: &Found) {
    let item = subject(&found.item);
    for (vault, copy) in &found.copies {
        match (json, copy) {
            (true, copy) => println!(
                "{}",
                json!({"item": item, "vault": vault, "copy": as_json(copy)})
            ),
            (false, Copy::Whole) => {}
            (false, copy) => println!("{vault}: {item}: {}", as_text(copy)),
        }
    }
}

fn subject(item: &Item) -> String {
    match item {
        Item::Batch(batch) => format!(
            "batch {}/{}/{}/{}",
            batch.id.category.name(),
            batch.id.epoch,
            batch.id.device,
            batch.id.sequence
        ),
        Item::Package { grant, .. } => format!("key package of grant {grant}"),
        Item::Share { digest } => format!("share {}", hex::encode(digest)),
        Item::Plan { version, .. } => format!("plan {version}"),
        Item::Alert { alert, .. } => format!("detail of alert {alert}"),
    }
}

fn as_text(copy: &Copy) -> String {
    match copy {
        Copy::Whole => "whole".into(),
        Copy::Restored { from } => format!("restored from {from}"),
        Copy::Erased => "erased by the patient".into(),
        Copy::Missing(cause) => format!("missing: {cause}"),
    }
}

fn as_json(copy: &Copy) -> Value {
    match copy {
        Copy::Whole => json!("whole"),
        Copy::Restored { from } => json!({ "restored_from": from }),
        Copy::Erased => json!("erased"),
        Copy::Missing(cause) => json!({ "missing": cause.code() }),
    }
}
