//! `vitals keeper`: calls what anyone may call when its time comes.

mod hear;
mod run;
mod settings;
mod tell;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use vitals_chain_client::Sender;
use vitals_keeper::{Memory, Turns, Watch};
use vitals_ledger::Deployment;

use crate::config::{Service, ServiceArgs, Source};
use crate::failure::Failure;

pub use settings::Settings;

#[derive(Subcommand)]
pub enum Command {
    /// Look once, and call what is due, whoever's turn it is.
    Once(OnceArgs),
    /// Go on looking.
    Run(RunArgs),
}

#[derive(Args)]
pub struct OnceArgs {
    /// As `state_file` of [keeper]: what it remembers between starts.
    #[arg(long, value_name = "FILE")]
    state_file: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    service: ServiceArgs,
}

#[derive(Args)]
pub struct RunArgs {
    #[command(flatten)]
    once: OnceArgs,
    /// As `every_s`: seconds between looks.
    #[arg(long, value_name = "SECONDS")]
    every: Option<u64>,
    /// As `turns`: 1 where no other keeper calls for the same contracts.
    #[arg(long, value_name = "BLOCKS")]
    turns: Option<u32>,
    /// As `ops_listen`: /healthz and /metrics.
    #[arg(long, value_name = "ADDRESS")]
    ops_listen: Option<std::net::SocketAddr>,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Once(args) => once(&args),
        Command::Run(args) => run::keep_looking(&args),
    }
}

fn once(args: &OnceArgs) -> Result<(), Failure> {
    let mut keeper = Keeper::open(&args.source()?, args.json)?;
    keeper.manner.turns = Turns::default();
    let mut watch = keeper.watch()?;
    hear::hear(&keeper.chain, &keeper.at, watch.memory_mut())?;
    keeper.look(&mut watch)
}

impl OnceArgs {
    fn source(&self) -> Result<Source, Failure> {
        let mut source = self.service.source()?;
        let file = self.state_file.as_ref();
        source.set(
            "keeper",
            "state_file",
            file.map(|file| file.display().to_string()),
        );
        Ok(source)
    }
}

impl RunArgs {
    fn source(&self) -> Result<Source, Failure> {
        let mut source = self.once.source()?;
        source
            .set("keeper", "every_s", self.every)
            .set("keeper", "turns", self.turns)
            .set("keeper", "ops_listen", self.ops_listen);
        Ok(source)
    }
}

/// Everything a look needs.
struct Keeper {
    settings: Settings,
    chain: Sender,
    at: Deployment,
    manner: vitals_keeper::Manner,
    json: bool,
}

impl Keeper {
    fn open(source: &Source, json: bool) -> Result<Self, Failure> {
        let (settings, chain) = Settings::read(source, "keeper")?;
        Ok(Self {
            manner: settings.manner(),
            settings,
            chain: chain.sender()?,
            at: chain.contracts()?,
            json,
        })
    }

    fn watch(&self) -> Result<Watch, Failure> {
        let memory = match &self.settings.state_file {
            Some(path) => Memory::read(path, &self.at)?,
            None => Memory::new(&self.at),
        };
        Ok(Watch::new(memory, self.manner))
    }

    /// Looks, calls, tells, and writes down how far it is.
    fn look(&self, watch: &mut Watch) -> Result<(), Failure> {
        let before = watch.memory().clone();
        let looked = watch.look(&self.chain, &self.at)?;
        looked.iter().for_each(|done| tell::done(done, self.json));
        let now_s = vitals_ledger::Reader::block_time_ms(&self.chain)? / 1_000;
        for review in watch.review_news(now_s) {
            tell::review(&review, self.json);
        }
        match &self.settings.state_file {
            Some(path) if *watch.memory() != before => Ok(watch.memory().write(path)?),
            _ => Ok(()),
        }
    }
}
