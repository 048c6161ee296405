//! `vitals vault`: a vault before a node.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use vitals_vault::{serve, Config, DisclosureLog, Objects, ServeError, Vault};

use crate::connect::{DeploymentArgs, NodeArgs};
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Serve until SIGTERM or Ctrl-C.
    Serve(ServeArgs),
}

#[derive(Args)]
pub struct ServeArgs {
    /// Address and port; plain HTTP, so put a TLS proxy before it where it leaves the machine.
    #[arg(long, value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Objects and the disclosure log; made where there is none.
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// What requests name this vault by.
    #[arg(long)]
    name: String,
    #[command(flatten)]
    node: NodeArgs,
    #[command(flatten)]
    deployment: DeploymentArgs,
    /// Refuse to decide on a node whose latest block is older.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    stale_after: u64,
    /// Most bytes stored for one patient; 1 GiB where not given.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 30)]
    patient_bytes: u64,
    /// Most bytes stored for all patients together; 64 GiB where not given.
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 30)]
    total_bytes: u64,
}

pub fn run(command: Command) -> Result<(), Failure> {
    let Command::Serve(args) = command;
    let vault = open(&args)?;
    let listening = |cause| Failure::new("vault/listen", format!("{}: {cause}", args.listen));
    let runtime = tokio::runtime::Runtime::new().map_err(listening)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen)
            .await
            .map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        println!("vault {} listens on http://{address}", args.name);
        Ok(serve(vault, listener, stopped()).await?)
    })
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Config(cause) => Self::new("vault/config", cause),
            ServeError::Objects(cause) => cause.into(),
        }
    }
}

fn open(args: &ServeArgs) -> Result<Vault, Failure> {
    let deployment = args.deployment.read()?;
    let prefix = deployment.consent.split_once('1').map(|(prefix, _)| prefix);
    let mut config = Config::new(
        &args.name,
        prefix.unwrap_or_default(),
        &deployment.consent,
        &deployment.vitals_anchor,
    );
    config.stale_after_s = args.stale_after;
    config.max_patient_bytes = args.patient_bytes;
    config.max_total_bytes = args.total_bytes;
    let objects = Objects::in_directory(&args.dir.join("objects"))?;
    let log = DisclosureLog::open(&args.dir.join("disclosures.jsonl"))?;
    Ok(Vault::new(
        config,
        Arc::new(args.node.connect()?),
        objects,
        log,
    ))
}

/// Done once the process is asked to end. Where no handler can be set, the signal ends it at once.
async fn stopped() {
    use tokio::signal::unix::{signal, SignalKind};
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
