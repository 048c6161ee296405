//! `vitals gateway parked`: batches kept for the patient alone. Their devices send them again once
//! there are keys; where a device is gone, the patient opens the file and brings the content back.

use std::path::{Path, PathBuf};

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use clap::{Args, Subcommand};
use vitals_edge::Batch;

use super::{ask, read, GatewayArgs};
use crate::ask::read_bytes;
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Write a batch's age file, which the patient's identity opens.
    Export(ExportArgs),
    /// Bring back what an exported file held. It must be what the device signed.
    Restore(RestoreArgs),
}

#[derive(Args)]
struct BatchArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// The device's number.
    #[arg(long)]
    device: u64,
    /// The batch's sequence number.
    #[arg(long)]
    sequence: u64,
}

#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    batch: BatchArgs,
    /// Where to; it is made, and must not be there.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    batch: BatchArgs,
    /// What the exported file held, decrypted: readings, so remove it afterwards.
    #[arg(long, value_name = "FILE")]
    content: PathBuf,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Export(args) => export(&args),
        Command::Restore(args) => restore(&args),
    }
}

fn export(args: &ExportArgs) -> Result<(), Failure> {
    let answer = ask(
        &read(&args.batch.gateway)?,
        "parked-export",
        &args.batch.with(String::new()),
    )?;
    let file = BASE64.decode(answer.as_str().unwrap_or_default());
    let file = file.map_err(|cause| Failure::new("edge/answer", cause))?;
    write_new(&args.out, &file).map_err(|cause| Failure::file(&args.out, cause))
}

fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let content = BASE64.encode(read_bytes(&args.content)?);
    let batch = args.batch.with(content);
    ask(&read(&args.batch.gateway)?, "parked-restore", &batch)?;
    println!("taken back; it is sealed once there are keys");
    Ok(())
}

impl BatchArgs {
    fn with(&self, content: String) -> Batch {
        Batch {
            device: self.device,
            sequence: self.sequence,
            content,
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
