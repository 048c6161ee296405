//! The device's connection to its gateway: MQTT on this machine (`docs/mqtt.md`).

use std::net::IpAddr;
use std::time::Duration;

use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver, UnboundedSender};

use crate::failure::Failure;

/// Lines on their way; beyond them the rest is said again later.
const IN_FLIGHT: usize = 1_024;
const LARGEST_PACKET: usize = 256 * 1_024;
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// Before it connects again.
const PAUSE: Duration = Duration::from_secs(1);

/// What happens on the connection.
pub enum Heard {
    /// It is up, and the device hears what it is told.
    Connected,
    Line(String),
    /// Why it is down; it comes up again by itself.
    Lost(String),
}

pub struct Link {
    client: AsyncClient,
    device: u64,
    connected: bool,
    heard: UnboundedReceiver<Heard>,
}

impl Link {
    /// Within a runtime of tokio's.
    pub fn open(device: u64, gateway: &str, password: &str) -> Result<Self, Failure> {
        let (host, port) = address(gateway)?;
        let mut options = MqttOptions::new(format!("device-{device}"), host, port);
        options.set_credentials(device.to_string(), password);
        options.set_keep_alive(KEEP_ALIVE);
        options.set_max_packet_size(LARGEST_PACKET, LARGEST_PACKET);
        let (client, events) = AsyncClient::new(options, IN_FLIGHT);
        let (tell, heard) = unbounded_channel();
        tokio::spawn(listen(events, client.clone(), device, tell));
        Ok(Self {
            client,
            device,
            connected: false,
            heard,
        })
    }

    pub async fn hear(&mut self) -> Option<Heard> {
        let heard = self.heard.recv().await;
        match &heard {
            Some(Heard::Connected) => self.connected = true,
            Some(Heard::Lost(_)) => self.connected = false,
            _ => (),
        }
        heard
    }

    /// What does not go now is said again when the link is new, or an answer overdue.
    pub fn send(&self, lines: Vec<String>) {
        let up = format!("vitals/v1/{}/up", self.device);
        for line in lines.into_iter().filter(|_| self.connected) {
            let _ = self.client.try_publish(&up, QoS::AtLeastOnce, false, line);
        }
    }
}

async fn listen(
    mut events: EventLoop,
    client: AsyncClient,
    device: u64,
    tell: UnboundedSender<Heard>,
) {
    let down = format!("vitals/v1/{device}/down");
    while !tell.is_closed() {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                let _ = client.try_subscribe(&down, QoS::AtLeastOnce);
            }
            Ok(Event::Incoming(Packet::SubAck(_))) => drop(tell.send(Heard::Connected)),
            Ok(Event::Incoming(Packet::Publish(message))) => {
                let text = String::from_utf8_lossy(&message.payload).into_owned();
                for line in text.lines() {
                    let _ = tell.send(Heard::Line(line.to_owned()));
                }
            }
            Ok(_) => (),
            Err(cause) => {
                let _ = tell.send(Heard::Lost(cause.to_string()));
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Host and port of `mqtt://host:port` on this machine: the password goes in the clear.
fn address(gateway: &str) -> Result<(String, u16), Failure> {
    let refused = |rule: &str| Failure::new("device_sim/gateway", format!("{gateway:?} {rule}"));
    let place = gateway.strip_prefix("mqtt://");
    let place = place.ok_or_else(|| refused("does not begin with mqtt://"))?;
    let (host, port) = place.rsplit_once(':').unwrap_or((place, "1883"));
    let port = port.trim_end_matches('/').parse();
    let port = port.map_err(|_| refused("has no port from 0 to 65535"))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let near = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    match near {
        true => Ok((host.into(), port)),
        false => Err(refused(
            "is not on this machine, and this device speaks no TLS",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_is_on_this_machine() {
        let near = |text| address(text).unwrap();
        assert_eq!(near("mqtt://127.0.0.1:5"), ("127.0.0.1".into(), 5));
        assert_eq!(near("mqtt://localhost"), ("localhost".into(), 1_883));
        assert_eq!(near("mqtt://[::1]:7"), ("::1".into(), 7));
        for far in [
            "mqtts://127.0.0.1:5",
            "mqtt://10.0.0.1:5",
            "mqtt://broker:5",
            "mqtt://127.0.0.1:x",
            "mqtt://localhost.example:5",
        ] {
            let error = address(far).unwrap_err().to_string();
            assert!(error.starts_with("device_sim/gateway: "), "{error}");
        }
    }
}
