//! `vitals web`: the web app of a built directory, with what it may know of its network and reach.

mod export;
mod headers;
mod network;
mod origin;
mod page;
mod serve;
mod settings;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::ask;
use crate::config::{self, Service, ServiceArgs, Source};
use crate::failure::Failure;

pub use settings::Settings;

#[derive(Args)]
pub struct WebArgs {
    /// As `app` of [web]: the directory of the built app, with index.html.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// As `listen`: address and port; 127.0.0.1:8081 where not given.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// As `node`: the CometBFT RPC endpoint as browsers reach it, where that is another URL.
    #[arg(long, value_name = "URL")]
    public_node: Option<String>,
    /// As `vaults`: `<name>=<url>` as browsers reach it; given again for each.
    #[arg(long = "vault", value_name = "NAME=URL", value_parser = ask::vault)]
    vaults: Vec<(String, String)>,
    /// As `local`: a network of this machine alone, whose accounts are worth nothing; the app then
    /// has a wallet of its own and takes links that carry an account.
    #[arg(long)]
    local: bool,
    /// As `behind_proxy`: a proxy speaks TLS.
    #[arg(long)]
    behind_proxy: bool,
    /// As `ops_listen`: /healthz and /metrics.
    #[arg(long, value_name = "ADDRESS")]
    ops_listen: Option<SocketAddr>,
    /// Serve nothing: write what would be served into this directory, for any host of files.
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    #[command(flatten)]
    service: ServiceArgs,
}

impl WebArgs {
    fn source(&self) -> Result<Source, Failure> {
        let mut source = self.service.source()?;
        let app = self.app.as_ref().map(|path| path.display().to_string());
        source
            .set("web", "app", app)
            .set("web", "listen", self.listen)
            .set("web", "node", self.public_node.as_ref())
            .set("web", "vaults", self.vaults())
            .set("web", "local", self.local.then_some(true))
            .set("web", "behind_proxy", self.behind_proxy.then_some(true))
            .set("web", "ops_listen", self.ops_listen);
        Ok(source)
    }

    /// As the configuration would spell them; none where none is given.
    fn vaults(&self) -> Option<String> {
        let text = |(name, url): &(String, String)| {
            let (name, url) = (quoted(name), quoted(url));
            format!("{{ name = {name}, url = {url} }}")
        };
        let all: Vec<_> = self.vaults.iter().map(text).collect();
        (!all.is_empty()).then(|| format!("[{}]", all.join(", ")))
    }
}

/// A JSON string is a TOML string too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What is served: the app, and what it may know and reach.
struct Site {
    app: PathBuf,
    config: Vec<u8>,
    headers: headers::Headers,
}

impl Site {
    fn new(settings: &Settings, chain: &config::Chain) -> Result<Self, Failure> {
        let network = network::Network::new(settings, chain)?;
        Ok(Self {
            app: settings.app.clone(),
            headers: headers::Headers::new(&network.reached()?),
            config: network.file()?,
        })
    }
}

pub fn run(args: &WebArgs) -> Result<(), Failure> {
    let source = args.source()?;
    let (settings, chain) = Settings::read(&source, "web")?;
    let site = Site::new(&settings, &chain)?;
    page::read(&site)?;
    match &args.export {
        Some(dir) => export::run(&site, dir),
        None => serve::run(site, &settings),
    }
}
