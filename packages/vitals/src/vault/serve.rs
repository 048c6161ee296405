//! `vitals vault serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use tokio::sync::oneshot;
use vitals_ledger::{block_age_s, Account, Reader};
use vitals_ops::Server;
use vitals_vault::{Chain, Custodian, DisclosureLog, Nonces, Ready, Reserve, ServeError, Vault};

use super::Settings;
use crate::config::{self, Service, ServiceArgs, Source};
use crate::connect::read_secret;
use crate::failure::Failure;
use crate::stop::on_stop;
use crate::watched::looked_at;

#[derive(Args)]
pub struct ServeArgs {
    /// As `listen` of [vault]: address and port.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// As `dir`: the disclosure log, used requests and objects; made where there is none.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// As `name`: what requests name this vault by.
    #[arg(long)]
    name: Option<String>,
    /// As `store`: s3://bucket/prefix, where objects are kept in a bucket. Credentials come from
    /// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// As `endpoint`: of another S3 server than Amazon's.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// As `stale_after_s`: refuse to decide on a node whose latest block is older.
    #[arg(long, value_name = "SECONDS")]
    stale_after: Option<u64>,
    /// As `patient_bytes`: most bytes stored for one patient; 1 GiB where not given, for one who is not listed 256 MiB.
    #[arg(long, value_name = "BYTES")]
    patient_bytes: Option<u64>,
    /// As `total_bytes`: most bytes stored for all patients together; 64 GiB where not given,
    /// of which a quarter for all who are not listed.
    #[arg(long, value_name = "BYTES")]
    total_bytes: Option<u64>,
    /// As `patients_file`: numbers of the patients whom the vault is run for, one a line.
    #[arg(long, value_name = "FILE")]
    patients: Option<PathBuf>,
    /// As `tls_certificate_file`: certificate chain, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// As `tls_key_file`: the certificate's key, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// As `behind_proxy`: a proxy speaks TLS, and names its callers in x-forwarded-for.
    #[arg(long)]
    behind_proxy: bool,
    /// As `custodian_identity_file`: be a custodian with this age identity too.
    #[arg(long, value_name = "FILE")]
    custodian_identity: Option<PathBuf>,
    /// As `custodian_account`: whom patients name; the account of --mnemonic-file where not given.
    #[arg(long, value_name = "ADDRESS")]
    custodian_account: Option<String>,
    /// As `anchor_every_s`: seconds between anchorings of receipts; 300 where not given.
    #[arg(long, value_name = "SECONDS")]
    anchor_every: Option<u64>,
    /// As `ops_listen`: /healthz and /metrics.
    #[arg(long, value_name = "ADDRESS")]
    ops_listen: Option<SocketAddr>,
    #[command(flatten)]
    service: ServiceArgs,
}

impl ServeArgs {
    fn source(&self) -> Result<Source, Failure> {
        let mut source = self.service.source()?;
        let text = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        source
            .set("vault", "listen", self.listen)
            .set("vault", "dir", text(&self.dir))
            .set("vault", "name", self.name.as_ref())
            .set("vault", "store", self.store.as_ref())
            .set("vault", "endpoint", self.endpoint.as_ref())
            .set("vault", "stale_after_s", self.stale_after)
            .set("vault", "patient_bytes", self.patient_bytes)
            .set("vault", "total_bytes", self.total_bytes)
            .set("vault", "patients_file", text(&self.patients))
            .set("vault", "tls_certificate_file", text(&self.tls_cert))
            .set("vault", "tls_key_file", text(&self.tls_key))
            .set("vault", "behind_proxy", self.behind_proxy.then_some(true))
            .set(
                "vault",
                "custodian_identity_file",
                text(&self.custodian_identity),
            )
            .set(
                "vault",
                "custodian_account",
                self.custodian_account.as_ref(),
            )
            .set("vault", "anchor_every_s", self.anchor_every)
            .set("vault", "ops_listen", self.ops_listen);
        Ok(source)
    }
}

pub fn run(args: &ServeArgs) -> Result<(), Failure> {
    let source = args.source()?;
    let (settings, chain) = Settings::read(&source, "vault")?;
    let vault = open(&settings, &chain)?;
    let _watched = watched(&settings, Arc::new(chain.connect()?))?;
    let (stop, stopped) = oneshot::channel();
    on_stop(move || {
        // nobody hears it where the server has ended by itself
        let _ = stop.send(());
    })?;
    let listening = |cause| Failure::new("vault/listen", format!("{}: {cause}", settings.listen));
    let runtime = tokio::runtime::Runtime::new().map_err(listening)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(settings.listen)
            .await
            .map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let ready = Ready::check(vault, listener).await?;
        let scheme = match settings.tls_certificate_file {
            Some(_) => "https",
            None => "http",
        };
        println!("vault {} listens on {scheme}://{address}", settings.name);
        ready.serve(async { drop(stopped.await) }).await;
        Ok(())
    })
}

fn open(settings: &Settings, chain: &config::Chain) -> Result<Vault, Failure> {
    let config = settings.config(&chain.contracts()?)?;
    config.check().map_err(ServeError::from)?;
    std::fs::create_dir_all(&settings.dir).map_err(|c| Failure::file(&settings.dir, c))?;
    // a full disk is no reason not to start
    let reserve = Reserve::free(&settings.dir.join("erasing.reserve"));
    // the log's lock tells that no other vault is here
    let log = DisclosureLog::open(&settings.dir.join("disclosures.jsonl"))?;
    let nonces = Nonces::open(&settings.dir.join("nonces"))?;
    let node = Arc::new(chain.connect()?);
    let mut vault = Vault::new(config, node, settings.objects()?, log, nonces).reserving(reserve);
    let mut account = settings.custodian_account.clone();
    if chain.key_file.is_some() {
        let own = Arc::new(chain.sender()?);
        account = account.or_else(|| Some(own.address().into()));
        vault = vault.anchoring(own);
    }
    // an identity without an account was refused with the settings
    if let (Some(file), Some(account)) = (&settings.custodian_identity_file, account) {
        vault = vault.with_custodian(Custodian::new(&account, &read_secret(file)?)?);
    }
    Ok(vault)
}

/// The endpoint for operators, where one is wanted: well while the node's blocks are fresh.
fn watched(settings: &Settings, chain: Chain) -> Result<Option<Server>, Failure> {
    let stale_after_s = settings.stale_after_s;
    looked_at(settings.ops_listen, "chain", move || {
        fresh(chain.as_ref(), stale_after_s)
    })
}

fn fresh(chain: &(dyn Reader + Send + Sync), stale_after_s: u64) -> Result<(), String> {
    let block_ms = chain.block_time_ms().map_err(|e| e.code().to_string())?;
    let now_s = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    match block_age_s(block_ms, now_s.saturating_mul(1_000)) <= stale_after_s {
        true => Ok(()),
        false => Err("vault/stale_node".into()),
    }
}
