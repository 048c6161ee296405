//! How the endpoint is set up, and what it bears.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::{Plain, TransportError};

/// The gateway's own MQTT endpoint.
#[derive(Debug, Clone)]
pub struct Config {
    /// Port 0 takes any that is free; `Outbox::address` tells which.
    pub listen: SocketAddr,
    /// The devices and their passwords: see [`crate::credentials`]. Read again when it changes.
    pub credentials: PathBuf,
    /// Where it is remembered which devices keep a session, so that they resend after a restart of
    /// the gateway what it had not acknowledged. Without it that is forgotten with the process.
    pub sessions: Option<PathBuf>,
    /// With it TLS is spoken, and nothing else.
    pub tls: Option<CertificateFiles>,
    pub plain: Plain,
    pub limits: Limits,
}

/// PEM files, read again when they change.
#[derive(Debug, Clone)]
pub struct CertificateFiles {
    /// The endpoint's own certificate first, then those up to the authority.
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// What one connection, and all that are not authenticated, can take up.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The largest packet, in bytes, of a device that is authenticated.
    pub packet_bytes: usize,
    /// Lines in one message.
    pub lines: usize,
    /// Messages of one device that wait to be stored; it is not read from until there are fewer.
    pub in_flight: u16,
    /// Messages of all devices that wait for the gateway to take them.
    pub queue: usize,
    /// Connections that have not authenticated yet; the oldest makes room.
    pub strangers: usize,
    /// From the connection's first byte, TLS included, to the password.
    pub greeting: Duration,
    /// Within which a client has to read what it is sent.
    pub write: Duration,
    /// The longest a device may be silent, whatever keep-alive it asks for.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            packet_bytes: 256 * 1024,
            lines: 256,
            in_flight: 1024,
            queue: 256,
            strangers: 64,
            greeting: Duration::from_secs(10),
            write: Duration::from_secs(10),
            silence: Duration::from_secs(15 * 60),
        }
    }
}

impl Config {
    /// On loopback without TLS, with the usual limits.
    pub fn new(listen: SocketAddr, credentials: PathBuf) -> Self {
        Self {
            listen,
            credentials,
            sessions: None,
            tls: None,
            plain: Plain::default(),
            limits: Limits::default(),
        }
    }

    /// Without looking at any file.
    pub fn check(&self) -> Result<(), TransportError> {
        if self.tls.is_none() {
            self.plain.check(&self.listen.ip().to_string())?;
        }
        self.limits.check()
    }
}

impl Limits {
    fn check(&self) -> Result<(), TransportError> {
        let counts = [
            ("packet_bytes", self.packet_bytes),
            ("lines", self.lines),
            ("in_flight", self.in_flight.into()),
            ("queue", self.queue),
            ("strangers", self.strangers),
        ];
        for (field, got) in counts {
            if got == 0 {
                return Err(refuse(field, got.to_string(), "at least 1"));
            }
        }
        // The variable byte integer of a packet's length ends there (MQTT 3.1.1, 2.2.3).
        if self.packet_bytes > 268_435_455 {
            let got = self.packet_bytes.to_string();
            return Err(refuse("packet_bytes", got, "at most 268435455"));
        }
        Ok(())
    }
}

fn refuse(field: &'static str, got: String, rule: &'static str) -> TransportError {
    TransportError::Value { field, got, rule }
}
