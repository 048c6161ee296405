//! `story run`: tells the story on cw-multi-test or on a real chain. `scripts/demo` calls it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{bail, Context, Result};
use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;
use vitals_story::backend::native::Native;
use vitals_story::backend::wasmd::{Paths, Wasmd};
use vitals_story::{screen, ward, Report, Trace};

#[derive(Parser)]
#[command(about = "The story of cw-vitals, from a heartbeat to a paid claim")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Tells the story.
    Run(Run),
}

#[derive(Clone, Copy, ValueEnum)]
enum Where {
    /// cw-multi-test, in this process, on a clock of its own.
    Native,
    /// A real chain, in real time.
    Wasmd,
}

#[derive(clap::Args)]
struct Run {
    #[arg(long, value_enum, default_value = "native")]
    backend: Where,
    /// The wasmd binary.
    #[arg(long, required_if_eq("backend", "wasmd"))]
    wasmd: Option<PathBuf>,
    /// The directory of contracts and checksums.txt.
    #[arg(long, default_value = "artifacts")]
    artifacts: PathBuf,
    /// Where chain, vault and gateway keep their files.
    #[arg(long, required_if_eq("backend", "wasmd"))]
    home: Option<PathBuf>,
    /// Writes what happened as JSON.
    #[arg(long)]
    report: Option<PathBuf>,
    /// Writes what each transaction did as JSON.
    #[arg(long)]
    trace: Option<PathBuf>,
    /// Compares with what another run wrote as its trace: what the script did must be the same.
    #[arg(long)]
    same_as: Option<PathBuf>,
    /// Leaves chain and vault running, and a ward of patients with live devices.
    #[arg(long, requires = "app")]
    keep: bool,
    /// The built web app, which is served then.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let Command::Run(run) = Arguments::parse().command;
    match tell(&run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the story broke off: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn tell(run: &Run) -> Result<()> {
    let (report, left_running) = match run.backend {
        Where::Native => (vitals_story::run(&mut Native::start()?)?, Vec::new()),
        Where::Wasmd => on_wasmd(run)?,
    };
    screen::summary(&report);
    if !left_running.is_empty() {
        println!("\nLeft running");
        left_running.iter().for_each(|line| screen::say(line));
    }
    if let Some(file) = &run.report {
        write(file, &report)?;
    }
    if let Some(file) = &run.trace {
        write(file, &report.trace)?;
    }
    match &run.same_as {
        Some(file) => compare(&report.trace, file),
        None => Ok(()),
    }
}

/// The report, and what is left running with what to do next.
fn on_wasmd(run: &Run) -> Result<(Report, Vec<String>)> {
    let missing = "--wasmd and --home are needed for a real chain";
    let paths = Paths {
        wasmd: run.wasmd.clone().context(missing)?,
        artifacts: run.artifacts.clone(),
        home: run.home.clone().context(missing)?,
    };
    println!("A single validator is starting; this takes about ten seconds.");
    let Some(app) = run.app.as_ref().filter(|_| run.keep) else {
        let report = vitals_story::run(&mut Wasmd::start(paths, &[])?)?;
        return Ok((report, Vec::new()));
    };
    let mut chain = Wasmd::start(paths, &ward::OTHERS)?;
    let (report, ward) = vitals_story::run_then(&mut chain, ward::fill)?;
    let links = chain.live(&ward, app)?;
    chain.keep();
    Ok((report, [chain.next_commands(), links].concat()))
}

/// What services did by themselves depends on the speed of the run and is not compared.
fn compare(trace: &Trace, file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let other: Trace = serde_json::from_str(&text)?;
    let (ours, theirs) = (trace.of_the_script(), other.of_the_script());
    if let Some((here, there)) = ours.first_difference(&theirs) {
        bail!(
            "the runs differ. Here: {here:#?}\nin {}: {there:#?}",
            file.display()
        );
    }
    println!("\n{} transactions as in {}", ours.0.len(), file.display());
    Ok(())
}

fn write(file: &Path, what: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(what)?;
    fs::write(file, text + "\n").with_context(|| format!("writing {}", file.display()))
}
