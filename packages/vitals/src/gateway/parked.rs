//! `vitals gateway parked`: batches kept for the patient alone. Their devices send them again once
//! there are keys; where a device is gone, the patient opens the file and brings the content back.

use std::path::{Path, PathBuf};

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use clap::{Args, Subcommand};
use serde_json::Value;
use vitals_edge::Batch;
use vitals_insurance::show_ms;

use super::{ask, read, GatewayArgs};
use crate::ask::read_bytes;
use crate::failure::Failure;
use crate::say;

#[derive(Subcommand)]
pub enum Command {
    /// What is kept so: its device, its number, how many readings of which hour, since when.
    List(ListArgs),
    /// Write a batch's age file, which the patient's identity opens.
    Export(ExportArgs),
    /// Bring back what an exported file held. It must be what the device signed.
    Restore(RestoreArgs),
}

#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// Print JSON.
    #[arg(long)]
    json: bool,
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
        Command::List(args) => list(&args),
        Command::Export(args) => export(&args),
        Command::Restore(args) => restore(&args),
    }
}

fn list(args: &ListArgs) -> Result<(), Failure> {
    let found = ask(&read(&args.gateway)?, "parked", &())?;
    let rows = found.as_array().map(Vec::as_slice).unwrap_or_default();
    say::list(rows, args.json, line)
}

fn line(row: &Value) -> String {
    let number = |name: &str| row[name].as_u64().unwrap_or(0);
    format!(
        "device {} batch {}: {} readings of the hour from {}, since {}",
        number("device"),
        number("sequence"),
        number("readings"),
        show_ms(number("hour_ms")),
        show_ms(number("since_ms"))
    )
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::line;

    #[test]
    fn a_line_names_what_export_and_restore_ask_for() {
        let row = json!({
            "device": 7, "sequence": 12, "readings": 300,
            "hour_ms": 1_795_388_400_000u64, "since_ms": 1_795_392_000_000u64,
        });
        assert_eq!(
            line(&row),
            "device 7 batch 12: 300 readings of the hour from 2026-11-22T23:00:00Z, since 2026-11-23T00:00:00Z"
        );
    }
}
