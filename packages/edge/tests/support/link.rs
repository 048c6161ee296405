//! A simulated device on MQTT.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use rumqttc::{Client, Connection, Event, MqttOptions, Packet, QoS, RecvTimeoutError};
use vitals_device_sim::DeviceSim;

use super::gateway::bench::DEVICE;
use super::{clock, PASSWORD};

/// Reconnects whenever it is cut off, and says again then what is unanswered.
pub struct Link<'a> {
    pub device: &'a mut DeviceSim,
    client: Client,
    connection: Connection,
}

impl<'a> Link<'a> {
    pub fn connect(device: &'a mut DeviceSim, address: SocketAddr) -> Self {
        let (host, port) = (address.ip().to_string(), address.port());
        let mut options = MqttOptions::new(format!("device-{DEVICE}"), host, port);
        options.set_credentials(DEVICE.to_string(), PASSWORD);
        options.set_keep_alive(Duration::from_secs(5));
        options.set_clean_session(false);
        options.set_max_packet_size(1 << 20, 1 << 20);
        let (client, connection) = Client::new(options, 4_096);
        Self {
            device,
            client,
            connection,
        }
    }

    /// Measures and talks until it is so, or the time is over.
    pub fn talk(&mut self, time: Duration, mut so: impl FnMut(&DeviceSim) -> bool) -> bool {
        let until = Instant::now() + time;
        while Instant::now() < until {
            if so(self.device) {
                return true;
            }
            let lines = self.device.play_until(clock()).unwrap();
            self.publish(lines);
            match self.connection.recv_timeout(Duration::from_millis(20)) {
                Ok(Ok(event)) => self.hear(event),
                // Cut off: the client connects again by itself.
                Ok(Err(_)) => std::thread::sleep(Duration::from_millis(50)),
                Err(RecvTimeoutError::Timeout) => (),
                Err(RecvTimeoutError::Disconnected) => panic!("the client ended"),
            }
        }
        so(self.device)
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Incoming(Packet::ConnAck(_)) => {
                let down = format!("vitals/v1/{DEVICE}/down");
                self.client.try_subscribe(down, QoS::AtLeastOnce).unwrap();
                let lines = self.device.resend().unwrap();
                self.publish(lines);
            }
            Event::Incoming(Packet::Publish(told)) => {
                let text = String::from_utf8(told.payload.to_vec()).unwrap();
                let answers: Vec<_> = text
                    .lines()
                    .flat_map(|line| self.device.on_line(line).unwrap())
                    .collect();
                self.publish(answers);
            }
            _ => (),
        }
    }

    fn publish(&self, lines: Vec<String>) {
        let up = format!("vitals/v1/{DEVICE}/up");
        for line in lines {
            // A full queue of the client's: the device says it again.
            let _ = self.client.try_publish(&up, QoS::AtLeastOnce, false, line);
        }
    }
}
