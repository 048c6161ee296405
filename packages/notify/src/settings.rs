//! `[notify]`: people, their routes, and what the routes need.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use vitals_ops::config::{self, Fault};

use crate::sink::{http, mail, mqtt};
use crate::{Language, QuietHours};

/// Hosts that routes may lead to: each has a thread.
const MAX_HOSTS: usize = 128;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The store and its receipts. One notifier runs on it at a time.
    pub dir: PathBuf,
    /// Ids of people who are told when somebody else could not be.
    #[serde(default)]
    pub operators: Vec<String>,
    #[serde(default)]
    pub people: Vec<PersonSettings>,
    pub web_push: Option<WebPushSender>,
    pub mail: Option<MailServer>,
    pub mqtt: Option<MqttBroker>,
    /// Between two looks at the chain.
    #[serde(default = "every_s")]
    pub every_s: u64,
    /// Receipts are kept for so many days.
    #[serde(default = "keep_days")]
    pub keep_days: u64,
    /// Days before an instalment is due at which people are told.
    #[serde(default = "policy_lead_days")]
    pub policy_lead_days: u64,
    /// `/healthz` and `/metrics`; nowhere where absent.
    pub ops_listen: Option<SocketAddr>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonSettings {
    /// The operator's own label. It leaves this machine nowhere.
    pub id: String,
    /// Accounts on the chain.
    #[serde(default)]
    pub accounts: Vec<String>,
    #[serde(default)]
    pub language: Language,
    pub quiet: Option<Quiet>,
    /// In order: the next is tried where one fails.
    pub routes: Vec<RouteSettings>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// As in `Europe/Berlin`.
    pub time_zone: String,
    pub from: String,
    pub until: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum RouteSettings {
    /// The file is what `PushSubscription.toJSON()` gave, mode 0600.
    WebPush {
        subscription_file: PathBuf,
    },
    Mail {
        address: String,
    },
    /// The file holds `whsec_` and Base64.
    Webhook {
        url: String,
        secret_file: PathBuf,
    },
    Mqtt {
        topic: String,
    },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebPushSender {
    /// Made where there is none.
    pub vapid_key_file: PathBuf,
    /// For push services that want to complain: `mailto:` or `https:`.
    pub contact: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTls {
    /// From the first byte.
    Implicit,
    Starttls,
    /// On loopback only.
    None,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub tls: MailTls,
    pub from: String,
    pub username: Option<String>,
    pub password_file: Option<PathBuf>,
    /// PEM file of whom to trust alone; whom the machine does where absent.
    pub authority_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MqttBroker {
    pub host: String,
    pub port: u16,
    /// Off on loopback only.
    #[serde(default = "yes")]
    pub tls: bool,
    #[serde(default = "client_id")]
    pub client_id: String,
    pub username: Option<String>,
    pub password_file: Option<PathBuf>,
    pub authority_file: Option<PathBuf>,
}

fn every_s() -> u64 {
    2
}

fn keep_days() -> u64 {
    90
}

fn policy_lead_days() -> u64 {
    7
}

fn yes() -> bool {
    true
}

fn client_id() -> String {
    "vitals-notify".into()
}

impl config::Settings for Settings {
    fn check(&self) -> Vec<Fault> {
        let mut faults = self.check_people();
        faults.extend(
            self.people
                .iter()
                .flat_map(|person| self.check_routes(person)),
        );
        faults.extend(self.check_senders());
        for (key, value, most) in [
            ("every_s", self.every_s, 3_600),
            ("keep_days", self.keep_days, 3_650),
            ("policy_lead_days", self.policy_lead_days, 90),
        ] {
            if !(1..=most).contains(&value) {
                faults.push(Fault::new(key, format!("is {value}: it takes 1 to {most}")));
            }
        }
        faults
    }
}

impl Settings {
    fn check_people(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for person in &self.people {
            let id = &person.id;
            if id.is_empty() || !ids.insert(id.as_str()) {
                faults.push(Fault::new(
                    "people",
                    format!("id `{id}` is empty or there twice"),
                ));
            }
            if person.routes.is_empty() {
                faults.push(Fault::new("people", format!("`{id}` has no route")));
            }
            if let Some(quiet) = &person.quiet {
                let hours = QuietHours::new(&quiet.time_zone, &quiet.from, &quiet.until);
                faults.extend(hours.err().map(|error| Fault::new("people", error)));
            }
        }
        let unknown = self
            .operators
            .iter()
            .filter(|id| !ids.contains(id.as_str()));
        faults.extend(
            unknown.map(|id| Fault::new("operators", format!("`{id}` is nobody's id in people"))),
        );
        let hosts = self
            .people
            .iter()
            .flat_map(|person| &person.routes)
            .filter(|route| matches!(route, RouteSettings::Webhook { .. }));
        if hosts.count() > MAX_HOSTS {
            faults.push(Fault::new(
                "people",
                format!("at most {MAX_HOSTS} webhooks"),
            ));
        }
        faults
    }

    fn check_routes(&self, person: &PersonSettings) -> Vec<Fault> {
        let missing = |table| Some(Fault::new(table, "is missing, and a route needs it"));
        let check = |route: &RouteSettings| match route {
            RouteSettings::WebPush { .. } if self.web_push.is_none() => missing("web_push"),
            RouteSettings::Mail { .. } if self.mail.is_none() => missing("mail"),
            RouteSettings::Mqtt { .. } if self.mqtt.is_none() => missing("mqtt"),
            RouteSettings::WebPush { .. } => None,
            RouteSettings::Mail { address } => mail::mailbox(address)
                .err()
                .map(|error| Fault::new("people", error)),
            RouteSettings::Webhook { url, .. } => http::url(url)
                .err()
                .map(|error| Fault::new("people", error)),
            RouteSettings::Mqtt { topic } => mqtt::check_topic(topic)
                .err()
                .map(|error| Fault::new("people", error)),
        };
        person.routes.iter().filter_map(check).collect()
    }

    fn check_senders(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let together = "user name and password_file are given together";
        if let Some(mail) = &self.mail {
            if mail.username.is_some() != mail.password_file.is_some() {
                faults.push(Fault::new("mail.username", together));
            }
            if mail.tls == MailTls::None && !http::is_loopback(&mail.host) {
                faults.push(Fault::new(
                    "mail.tls",
                    "none is for an address of this machine",
                ));
            }
            let from = mail::mailbox(&mail.from).err();
            faults.extend(from.map(|error| Fault::new("mail.from", error)));
        }
        if let Some(mqtt) = &self.mqtt {
            if mqtt.username.is_some() != mqtt.password_file.is_some() {
                faults.push(Fault::new("mqtt.username", together));
            }
            if !mqtt.tls && !http::is_loopback(&mqtt.host) {
                faults.push(Fault::new(
                    "mqtt.tls",
                    "false is for an address of this machine",
                ));
            }
        }
        let contact = self.web_push.as_ref().map(|push| push.contact.as_str());
        if contact.is_some_and(|c| !c.starts_with("mailto:") && !c.starts_with("https://")) {
            faults.push(Fault::new(
                "web_push.contact",
                "begins with mailto: or https://",
            ));
        }
        faults
    }
}

#[cfg(test)]
mod tests;
