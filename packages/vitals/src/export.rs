//! `vitals export`: a patient takes everything along.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use vitals_core::decision::GroundRef;
use vitals_export::{Export, Exported, Progress};

use crate::failure::Failure;
use crate::keys::FileArgs;
use crate::vault::VaultsArgs;

#[derive(Args)]
pub struct ExportArgs {
    /// A directory that does not exist, is empty, or holds an export that was interrupted, which
    /// goes on. Mode 0700; what is written there is not encrypted.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    keys: FileArgs,
    #[command(flatten)]
    at: VaultsArgs,
}

pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let agent = args.keys.open()?;
    if agent.keys().patient() != args.at.patient {
        let rule = format!("the key file is of patient {}", agent.keys().patient());
        return Err(Failure::new("export/patient", rule));
    }
    if args.at.ground != (GroundRef::Patient {}) {
        let rule = "only the patient's own account exports: leave --ground away";
        return Err(Failure::new("export/ground", rule));
    }
    let (chain, at, vaults) = (args.at.node()?, args.at.contracts()?, args.at.vaults()?);
    let export = Export {
        chain: &chain,
        at: &at,
        keys: agent.keys(),
        vaults: &vaults,
    };
    let exported = export.run(&args.out, &progress)?;
    tell(args, &exported);
    Ok(())
}

/// A line on stderr where somebody looks.
fn progress(made: Progress) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    match made {
        Progress::Part(name) => eprintln!("{name}"),
        Progress::Batches { batches, readings } => {
            eprintln!("  {batches} batches, {readings} readings");
        }
    }
}

fn tell(args: &ExportArgs, exported: &Exported) {
    let Exported {
        batches,
        verified,
        readings,
        missing,
        files,
    } = exported;
    if args.at.json {
        println!(
            "{}",
            json!({
                "batches": batches, "verified": verified, "readings": readings,
                "missing": missing, "files": files,
            })
        );
        return;
    }
    println!("{readings} readings of {verified} verified batches, of {batches}; {files} files");
    println!("These files are not encrypted: keep them as you keep medical letters.");
    if *missing > 0 {
        let list = args.out.join("missing.jsonl");
        println!(
            "{missing} things could not be had: {} says why",
            list.display()
        );
    }
}
