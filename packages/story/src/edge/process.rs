//! `vitals gateway run`, as a clinic runs it, with devices that reach it over MQTT.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::{Child, Command};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::thread;
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use rumqttc::{Client, Connection, Event, MqttOptions, Packet, QoS};
use serde_json::Value;

use super::Edge;

/// How long an answer is waited for: the gateway writes to disk before it gives one.
const ANSWER: Duration = Duration::from_millis(20);
/// How long a device may take to connect.
const CONNECT: Duration = Duration::from_secs(20);
/// Lines of a device on their way.
const IN_FLIGHT: usize = 1_024;

pub struct Process {
    child: Child,
    links: BTreeMap<u64, Client>,
    answers: Receiver<(u64, String)>,
    /// `vitals gateway close` for this gateway.
    close: Command,
    /// `vitals status`, as JSON.
    status: Command,
}

/// Ends the gateway where a device cannot connect.
struct Running(Option<Child>);

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Process {
    /// With each of these devices connected, by its password.
    pub fn new(
        child: Child,
        address: SocketAddr,
        passwords: &BTreeMap<u64, String>,
        [close, status]: [Command; 2],
    ) -> Result<Self> {
        let mut running = Running(Some(child));
        let (told, answers) = channel();
        let mut links = BTreeMap::new();
        for (device, password) in passwords {
            links.insert(*device, connect(*device, password, address, told.clone())?);
        }
        Ok(Self {
            child: running.0.take().context("the gateway runs")?,
            links,
            answers,
            close,
            status,
        })
    }

    fn alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => anyhow::bail!("the gateway ended: {status}"),
        }
    }
}

/// Returns once the device hears what it is told.
fn connect(
    device: u64,
    password: &str,
    address: SocketAddr,
    told: Sender<(u64, String)>,
) -> Result<Client> {
    let (host, port) = (address.ip().to_string(), address.port());
    let mut options = MqttOptions::new(format!("device-{device}"), host, port);
    options.set_credentials(device.to_string(), password);
    options.set_keep_alive(Duration::from_secs(10));
    let (client, connection) = Client::new(options, IN_FLIGHT);
    let (ready, listens) = channel();
    thread::spawn(move || hear(device, connection, &told, &ready));
    client.subscribe(format!("vitals/v1/{device}/down"), QoS::AtLeastOnce)?;
    let listens = listens.recv_timeout(CONNECT);
    ensure!(listens.is_ok(), "device {device} could not connect");
    Ok(client)
}

/// Until nobody listens any more, or the gateway has ended.
fn hear(device: u64, mut connection: Connection, told: &Sender<(u64, String)>, ready: &Sender<()>) {
    for event in connection.iter() {
        match event {
            Ok(Event::Incoming(Packet::SubAck(_))) => drop(ready.send(())),
            Ok(Event::Incoming(Packet::Publish(message))) => {
                let text = String::from_utf8_lossy(&message.payload).into_owned();
                for line in text.lines() {
                    if told.send((device, line.to_owned())).is_err() {
                        return;
                    }
                }
            }
            Ok(_) => (),
            Err(_) => return,
        }
    }
}

impl Edge for Process {
    fn send(&mut self, device: u64, line: &str) -> Result<()> {
        let link = self.links.get(&device).context("no such device")?;
        let up = format!("vitals/v1/{device}/up");
        link.publish(up, QoS::AtLeastOnce, false, line)
            .context("publishing to the gateway")
    }

    fn answers(&mut self) -> Result<Vec<(u64, String)>> {
        self.alive()?;
        let first = self.answers.recv_timeout(ANSWER).ok();
        Ok(first.into_iter().chain(self.answers.try_iter()).collect())
    }

    fn close_all(&mut self) -> Result<()> {
        let done = self.close.output().context("vitals gateway close")?;
        let said = String::from_utf8_lossy(&done.stderr);
        ensure!(done.status.success(), "vitals gateway close: {said}");
        Ok(())
    }

    fn status(&mut self) -> Result<Value> {
        let told = self.status.output().context("vitals status")?;
        Ok(serde_json::from_slice(&told.stdout)?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
