//! `[gateway.mqtt]`: how devices reach the gateway.

use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

use serde::Deserialize;
use vitals_transport::endpoint::CertificateFiles;
use vitals_transport::{broker, endpoint, Outbox, Plain, Received};

use super::settings::Settings;
use crate::config::Fault;
use crate::connect::first_line;
use crate::failure::Failure;

/// Its own endpoint, or a broker that somebody else runs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mqtt {
    /// Where the gateway's own endpoint listens.
    pub listen: Option<SocketAddr>,
    /// `mqtt://host[:port]` or `mqtts://host[:port]` of a broker, instead.
    pub broker: Option<String>,
    /// Certificate chain and key, PEM: what the endpoint speaks TLS with, or what the gateway shows
    /// to the broker.
    pub certificate_file: Option<PathBuf>,
    pub key_file: Option<PathBuf>,
    /// The gateway's own user name at the broker, and the file of its password.
    pub username: Option<String>,
    pub password_file: Option<PathBuf>,
    /// PEM of whom to trust for the broker's certificate; else whom the machine trusts.
    pub authority_file: Option<PathBuf>,
    /// Readings and passwords may cross a network without TLS: it is trusted itself.
    #[serde(default)]
    pub plain_anywhere: bool,
}

/// Loopback: devices beyond this machine come with TLS.
fn usual_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 1883))
}

impl Mqtt {
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, key: &str, rule: &str| {
            if wrong {
                faults.push(Fault::new(format!("mqtt.{key}"), rule));
            }
        };
        let both = self.listen.is_some() && self.broker.is_some();
        fault(both, "broker", "is given instead of listen, not beside it");
        let half = self.certificate_file.is_some() != self.key_file.is_some();
        fault(half, "key_file", "goes with certificate_file");
        let half = self.username.is_some() != self.password_file.is_some();
        fault(half, "password_file", "goes with username");
        let alone = self.broker.is_none();
        fault(
            alone && self.username.is_some(),
            "username",
            "is for a broker",
        );
        fault(
            alone && self.authority_file.is_some(),
            "authority_file",
            "is for a broker",
        );
        let (key, taken) = match &self.broker {
            Some(url) => ("broker", self.broker_at(url, "vitals-gateway").check()),
            None => ("listen", self.endpoint_at(PathBuf::new()).check()),
        };
        if let Err(cause) = taken {
            faults.push(Fault::new(format!("mqtt.{key}"), cause));
        }
        faults
    }

    pub fn start(
        &self,
        settings: &Settings,
        feed: SyncSender<Received>,
    ) -> Result<Outbox, Failure> {
        match &self.broker {
            Some(url) => Ok(broker::start(self.at_broker(url, settings)?, feed)?),
            None => {
                make_empty(&settings.passwords())?;
                Ok(endpoint::start(self.endpoint(settings), feed)?)
            }
        }
    }

    fn endpoint(&self, settings: &Settings) -> endpoint::Config {
        endpoint::Config {
            sessions: Some(settings.in_dir("mqtt-sessions")),
            ..self.endpoint_at(settings.passwords())
        }
    }

    fn endpoint_at(&self, passwords: PathBuf) -> endpoint::Config {
        let listen = self.listen.unwrap_or_else(usual_listen);
        endpoint::Config {
            tls: self.certificate(),
            plain: self.plain(),
            ..endpoint::Config::new(listen, passwords)
        }
    }

    /// One patient, one gateway: their number tells its session from others' at the broker.
    fn at_broker(&self, url: &str, settings: &Settings) -> Result<broker::Config, Failure> {
        let client_id = format!("vitals-gateway-{}", settings.patient);
        let login = match (&self.username, &self.password_file) {
            (Some(name), Some(file)) => {
                let password = first_line(file)?;
                Some((name.clone(), password.as_str().to_owned()))
            }
            _ => None,
        };
        Ok(broker::Config {
            login,
            ..self.broker_at(url, &client_id)
        })
    }

    fn broker_at(&self, url: &str, client_id: &str) -> broker::Config {
        broker::Config {
            authority: self.authority_file.clone(),
            certificate: self.certificate(),
            plain: self.plain(),
            ..broker::Config::new(url, client_id)
        }
    }

    fn certificate(&self) -> Option<CertificateFiles> {
        let (certificate, key) = (self.certificate_file.clone()?, self.key_file.clone()?);
        Some(CertificateFiles { certificate, key })
    }

    fn plain(&self) -> Plain {
        match self.plain_anywhere {
            true => Plain::Anywhere,
            false => Plain::Loopback,
        }
    }
}

/// A gateway may start before its first device has a password.
fn make_empty(path: &Path) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    let made = options.append(true).create(true).mode(0o600).open(path);
    made.map(|_| ()).map_err(|cause| Failure::file(path, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mqtt: Mqtt = toml::from_str(text).unwrap();
        mqtt.check().into_iter().map(|fault| fault.key).collect()
    }

    #[test]
    fn an_endpoint_or_a_broker_with_what_goes_with_it() {
        for sound in [
            "",
            "listen = '0.0.0.0:8883'\ncertificate_file = 'c'\nkey_file = 'k'",
            "broker = 'mqtt://b'\nplain_anywhere = true",
            "broker = 'mqtts://b'\nusername = 'u'\npassword_file = 'p'\nauthority_file = 'a'",
        ] {
            assert!(faults(sound).is_empty(), "{sound}");
        }
        for (text, keys) in [
            (
                "listen = '127.0.0.1:1'\nbroker = 'mqtts://b'",
                vec!["mqtt.broker"],
            ),
            ("listen = '0.0.0.0:1883'", vec!["mqtt.listen"]),
            ("broker = 'mqtt://b'", vec!["mqtt.broker"]),
            ("certificate_file = 'c'", vec!["mqtt.key_file"]),
            (
                "username = 'u'",
                vec!["mqtt.password_file", "mqtt.username"],
            ),
            (
                "broker = 'http://b'\nkey_file = 'k'",
                vec!["mqtt.key_file", "mqtt.broker"],
            ),
        ] {
            assert_eq!(faults(text), keys, "{text}");
        }
    }
}
