//! `vitals gateway run`.

use std::collections::BTreeSet;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use clap::Args;
use vitals_edge::{lines_of, links, now_ms, orders, say, Edge, Links, Stopper};
use vitals_gateway::Looked;
use vitals_ops::{start, Control, Health, Metrics, Server, Serving};
use vitals_sensors::signed::MOST_KEPT;
use vitals_sensors::SignedSensors;
use vitals_transport::Received;

use super::open::read;
use super::settings::{Settings, CONTROL_FILE};
use super::GatewayArgs;
use crate::failure::Failure;
use crate::stop::on_stop;

#[derive(Args)]
pub struct RunArgs {
    /// Take link lines from stdin too: `<device number>\t<line>`, or plain lines of the one device;
    /// and `close`, which closes what is open though the hour is not over. Answers go to stdout.
    /// Without [gateway.mqtt] in the configuration, stdin is all there is.
    #[arg(long)]
    stdin: bool,
    #[command(flatten)]
    gateway: GatewayArgs,
}

pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let opened = read(&args.gateway)?;
    let settings = &opened.settings;
    let secrets = opened.secrets()?;
    let store_key = secrets.store_key.clone();
    let gateway = opened.open_with(secrets)?;
    let sensors = SignedSensors::open(&settings.sensors(), &store_key, MOST_KEPT)?;
    // one waits for a vault that hangs, and the other knows
    let vaults = opened.clients()?;
    let mut packages = opened.packages(vaults.clone())?;
    let mut plans = opened.plans(vaults)?;
    let health = Health::default();
    let (stopper, orders) = orders();
    let _watched = watched(settings, &health, &stopper)?;
    let (feed, mut links) = links();
    reach(settings, args.stdin, feed, &mut links)?;
    on_stop(move || stopper.stop())?;
    let edge = Edge {
        gateway,
        devices: settings.devices.clone(),
        waiting_limit: Duration::from_secs(settings.waiting_limit_s),
        sensors: Some(sensors),
        before_tick: Box::new(move || Looked {
            key_package: packages.fetch(),
            care_plan: plans.fetch(),
        }),
        health,
        orders,
        clock: now_ms,
    };
    Ok(edge.run(links)?)
}

/// The endpoint for operators, and where commands find it.
fn watched(settings: &Settings, health: &Health, stopper: &Stopper) -> Result<Server, Failure> {
    let stopper = stopper.clone();
    let control = Control::new(move |command, body| stopper.command(command, body))?;
    let serving = Serving {
        health: health.clone(),
        metrics: Metrics::install()?,
        control: Some(control.clone()),
    };
    let server = start(settings.ops_listen, serving)?;
    control
        .file(server.address())
        .write(&settings.in_dir(CONTROL_FILE))?;
    tracing::info!(address = %server.address(), "healthz and metrics");
    Ok(server)
}

/// Starts what carries devices' lines.
fn reach(
    settings: &Settings,
    stdin: bool,
    feed: SyncSender<Received>,
    links: &mut Links,
) -> Result<(), Failure> {
    if let Some(mqtt) = settings.mqtt(stdin) {
        let outbox = mqtt.start(settings, feed.clone())?;
        if let Some(address) = outbox.address() {
            announce(&settings.devices, stdin, &address.to_string());
        }
        links.mqtt = Some(outbox);
    }
    if stdin {
        links.stdin = Some(say(&settings.devices));
        lines_of(std::io::stdin(), feed);
    }
    Ok(())
}

/// Where devices reach it, for whoever started it; stdout is for answers where stdin is for lines.
fn announce(devices: &BTreeSet<u64>, stdin: bool, address: &str) {
    tracing::info!(address, devices = devices.len(), "devices connect");
    if !stdin {
        println!("gateway listens on mqtt://{address}");
    }
}
