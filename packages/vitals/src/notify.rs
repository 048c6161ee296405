//! `vitals notify`: tells people of alerts, emergencies and claims.

use std::path::PathBuf;
use std::sync::{mpsc, Arc};
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;
use vitals_insurance::show_ms;
use vitals_notify::{
    now_ms, Dispatcher, Follower, Message, NotifyError, Outcome, Outgoing, People, Person, Receipt,
    Route, Service, State, Store, Urgency,
};
use vitals_ops::{start, Health, Metrics, Server, Serving};

use crate::config::{self, Service as _, ServiceArgs};
use crate::failure::Failure;
use crate::stop::on_stop;

pub use vitals_notify::Settings;

#[derive(Subcommand)]
pub enum Command {
    /// Follow the chain and tell people, until SIGTERM or Ctrl-C.
    Run(ServiceArgs),
    /// Send a test message by each route of a person, and say what became of it.
    Test(TestArgs),
    /// List what was delivered to whom, when and by which route, or why not. The notifier may run.
    Receipts(ReceiptsArgs),
    /// Read the configuration and every file it names; sends nothing.
    Check(FileArgs),
}

#[derive(Args)]
pub struct FileArgs {
    /// The configuration; `vitals config example` prints one.
    #[arg(long, value_name = "FILE", env = "VITALS_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Args)]
pub struct TestArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Id of the person in [notify].
    #[arg(long, value_name = "ID")]
    person: String,
}

#[derive(Args)]
pub struct ReceiptsArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Of this person only, by the id in [notify].
    #[arg(long, value_name = "ID")]
    person: Option<String>,
    /// Only what could not be delivered in its time.
    #[arg(long)]
    undelivered: bool,
    /// At most so many, the newest.
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    limit: u32,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(args) => serve(&args),
        Command::Test(args) => test(&args),
        Command::Receipts(args) => receipts(&args),
        Command::Check(args) => check(&args),
    }
}

/// Its key is there or not: without one it escalates nothing.
impl config::Service for Settings {}

impl FileArgs {
    fn settings(&self) -> Result<Settings, Failure> {
        let source = config::Source::read(self.config.as_deref())?;
        Ok(source.section("notify")?)
    }
}

fn serve(args: &ServiceArgs) -> Result<(), Failure> {
    let source = args.source()?;
    let (settings, chain) = Settings::read(&source, "notify")?;
    let people = Arc::new(People::open(&settings)?);
    let store = Store::open(&settings.dir)?;
    let follower = follower(&settings, &chain, &people, &store)?;
    let dispatcher = Dispatcher::new(store, people, settings.keep_days)?;
    let health = Health::default();
    let _watched = watched(&settings, &health)?;
    let every = Duration::from_secs(settings.every_s);
    let service = Service::start(follower, dispatcher, every, health)?;
    println!("tells {} people", settings.people.len());
    wait_for_stop()?;
    service.stop();
    Ok(())
}

fn follower(
    settings: &Settings,
    chain: &config::Chain,
    people: &Arc<People>,
    store: &Store,
) -> Result<Follower<vitals_chain_client::Node>, Failure> {
    let follower = Follower::new(
        chain.connect()?,
        chain.contracts()?,
        Arc::clone(people),
        store.beside()?,
    )
    .with_policy_lead_days(settings.policy_lead_days);
    Ok(match chain.key_file {
        Some(_) => follower.with_account(Box::new(chain.sender()?)),
        None => follower,
    })
}

fn watched(settings: &Settings, health: &Health) -> Result<Option<Server>, Failure> {
    let Some(listen) = settings.ops_listen else {
        return Ok(None);
    };
    let serving = Serving {
        health: health.clone(),
        metrics: Metrics::install()?,
        control: None,
    };
    Ok(Some(start(listen, serving)?))
}

fn wait_for_stop() -> Result<(), Failure> {
    let (stop, stopped) = mpsc::channel();
    on_stop(move || {
        // nobody hears it where the service has ended by itself
        let _ = stop.send(());
    })?;
    let _ = stopped.recv();
    Ok(())
}

fn test(args: &TestArgs) -> Result<(), Failure> {
    let people = People::open(&args.file.settings()?)?;
    let id = args.person.clone();
    let person = people.get(&id).ok_or(NotifyError::NoPerson { id })?;
    let failed = person
        .routes
        .iter()
        .enumerate()
        .filter(|(place, route)| !try_route(person, *place, route))
        .count();
    match failed {
        0 => Ok(()),
        failed => Err(Failure::new(
            "notify/test",
            format!("{failed} of {} routes failed", person.routes.len()),
        )),
    }
}

fn try_route(person: &Person, place: usize, route: &Route) -> bool {
    let now = now_ms();
    let outgoing = Outgoing {
        id: format!("{now:032x}"),
        message: Message::Test,
        urgency: Urgency::Routine,
        language: person.language,
        ttl_s: 60,
    };
    let outcome = route.sink.send(&outgoing, now);
    println!("{}. {}: {}", place + 1, route.kind.name(), outcome.code());
    outcome == Outcome::Delivered
}

fn receipts(args: &ReceiptsArgs) -> Result<(), Failure> {
    let store = Store::look(&args.file.settings()?.dir)?;
    let state = args.undelivered.then_some(State::Undelivered);
    let found = store.receipts(args.person.as_deref(), state, args.limit)?;
    let gaps = store.gaps()?;
    if args.json {
        let gaps = gaps.iter().map(
            |gap| json!({"from": gap.from, "to": gap.to, "why": gap.why, "noted_ms": gap.noted_ms}),
        );
        let gaps: Vec<_> = gaps.collect();
        println!("{}", json!({"receipts": found, "gaps": gaps}));
        return Ok(());
    }
    for gap in gaps {
        let noted = show_ms(gap.noted_ms);
        println!(
            "{noted}  blocks {} to {} were not read: {}",
            gap.from, gap.to, gap.why
        );
    }
    found
        .iter()
        .for_each(|receipt| println!("{}", line(receipt)));
    Ok(())
}

fn line(receipt: &Receipt) -> String {
    let Receipt {
        person,
        message,
        state,
        tries,
        ..
    } = receipt;
    let made = show_ms(receipt.made_ms);
    let how = match receipt.attempts.last() {
        Some(last) if *state == State::Delivered => {
            format!(" by {} at {}", last.route, show_ms(last.at_ms))
        }
        _ => receipt
            .why
            .as_ref()
            .map_or_else(String::new, |why| format!(": {why}")),
    };
    let state = state.name();
    format!(
        "{made}  {person}  {message}  {state}{how}  ({tries} tries, id {})",
        receipt.id
    )
}

fn check(args: &FileArgs) -> Result<(), Failure> {
    let settings = args.settings()?;
    let people = People::open(&settings)?;
    for person in people.all() {
        let routes: Vec<_> = person
            .routes
            .iter()
            .map(|route| route.kind.name())
            .collect();
        println!("{}: {}", person.id, routes.join(", then "));
    }
    if let Some(key) = people.vapid_public() {
        println!("web push: browsers subscribe with applicationServerKey {key}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use vitals_notify::Attempt;

    use super::*;

    #[test]
    fn a_receipt_says_how_it_was_delivered_or_why_not() {
        let mut receipt = Receipt {
            id: "ab".into(),
            person: "p1".into(),
            message: "alert".into(),
            state: State::Delivered,
            why: None,
            tries: 2,
            made_ms: 1_795_392_000_000,
            ended_ms: Some(1_795_392_001_000),
            attempts: vec![Attempt {
                at_ms: 1_795_392_001_000,
                route: "mail".into(),
                outcome: "delivered".into(),
            }],
        };
        assert_eq!(
            line(&receipt),
            "2026-11-23T00:00:00Z  p1  alert  delivered by mail at 2026-11-23T00:00:01Z  (2 tries, id ab)"
        );
        receipt.state = State::Undelivered;
        receipt.why = Some("notify/late".into());
        assert_eq!(
            line(&receipt),
            "2026-11-23T00:00:00Z  p1  alert  undelivered: notify/late  (2 tries, id ab)"
        );
    }
}
