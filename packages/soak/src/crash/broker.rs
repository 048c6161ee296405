//! Debian's mosquitto, set up as docs/mqtt.md says.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::{json, Value};

use crate::files::{private, run};
use crate::service::{Ready, Service};
use crate::world::World;

const GATEWAY: &str = "gateway";

fn tool(mosquitto: &Path, name: &str) -> Command {
    let mut command = Command::new(mosquitto.join("bin").join(name));
    command.env("LD_LIBRARY_PATH", mosquitto.join("lib"));
    command
}

/// Not started, with the gateway's user alone.
pub fn service(world: &World, mosquitto: &Path, listen: SocketAddr) -> Result<Service> {
    let dir = world.home("broker");
    std::fs::create_dir_all(&dir)?;
    let at = dir.display();
    let (ip, port) = (listen.ip(), listen.port());
    let conf = format!(
        "listener {port} {ip}\nallow_anonymous false\npassword_file {at}/passwd\nacl_file {at}/acl\n\
         persistence true\npersistence_location {at}/\nautosave_interval 10\n\
         max_queued_messages 100000\nmax_inflight_messages 1000\nmax_packet_size 262144\nuser root\n"
    );
    let acl = "user gateway\ntopic read vitals/v1/+/up\ntopic read vitals/v1/+/gatt/+\ntopic write vitals/v1/+/down\n\n\
               pattern write vitals/v1/%u/up\npattern write vitals/v1/%u/gatt/+\npattern read vitals/v1/%u/down\n";
    private(&dir.join("mosquitto.conf"), conf.as_bytes())?;
    private(&dir.join("acl"), acl.as_bytes())?;
    private(&dir.join("passwd"), b"")?;
    user(world, mosquitto, GATEWAY)?;
    let mut command = tool(mosquitto, "mosquitto");
    command.arg("-c").arg(dir.join("mosquitto.conf"));
    Ok(Service::new(
        "broker",
        command,
        world.log("broker"),
        Ready::Listens(listen),
    ))
}

/// A user whose password is its name: what is guarded here is worth nothing.
pub fn user(world: &World, mosquitto: &Path, name: &str) -> Result<String> {
    let file = world.home("broker").join("passwd");
    run(tool(mosquitto, "mosquitto_passwd")
        .arg("-b")
        .arg(file)
        .args([name, name]))?;
    Ok(name.into())
}

/// `[gateway.mqtt]`.
pub fn settings(world: &World, listen: SocketAddr) -> Result<Value> {
    let password = private(&world.home("gateway.mqtt"), GATEWAY.as_bytes())?;
    Ok(
        json!({ "broker": format!("mqtt://{listen}"), "username": GATEWAY, "password_file": password }),
    )
}
