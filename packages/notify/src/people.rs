//! Who can be told, and how.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::settings::{PersonSettings, RouteSettings, Settings};
use crate::sink::mail::{Mail, Post};
use crate::sink::mqtt::{Broker, Mqtt};
use crate::sink::push::{Push, Sender};
use crate::sink::vapid::VapidKey;
use crate::sink::webhook::Webhook;
use crate::sink::{http, Kind, Sink};
use crate::{Language, NotifyError, QuietHours};

/// One way to a person.
#[derive(Clone)]
pub struct Route {
    pub kind: Kind,
    /// Tells it from every other, and what is behind it from what was there before.
    pub key: String,
    /// Routes of one lane share a thread, and its troubles.
    pub lane: String,
    pub sink: Arc<dyn Sink>,
}

#[derive(Clone)]
pub struct Person {
    pub id: String,
    pub language: Language,
    pub quiet: Option<QuietHours>,
    /// In order; never empty.
    pub routes: Vec<Route>,
}

#[derive(Default)]
pub struct People {
    by_id: BTreeMap<String, Person>,
    by_account: BTreeMap<String, BTreeSet<String>>,
    operators: Vec<String>,
    vapid: Option<String>,
}

impl Route {
    pub fn new(kind: Kind, lane: &str, about: &str, sink: Arc<dyn Sink>) -> Self {
        let key = Sha256::digest(format!("{} {about}", kind.name()));
        Self {
            kind,
            key: hex::encode(key),
            lane: format!("{} {lane}", kind.name()),
            sink,
        }
    }
}

impl People {
    /// Reads every file that a route needs.
    pub fn open(settings: &Settings) -> Result<Self, NotifyError> {
        let senders = Senders::open(settings)?;
        let mut people = Self {
            operators: settings.operators.clone(),
            vapid: senders.push.as_ref().map(|push| push.key.public()),
            ..Self::default()
        };
        for person in &settings.people {
            people.add(&person.accounts, senders.person(person)?);
        }
        Ok(people)
    }

    pub fn add(&mut self, accounts: &[String], person: Person) {
        for account in accounts {
            let ids = self.by_account.entry(account.clone()).or_default();
            ids.insert(person.id.clone());
        }
        self.by_id.insert(person.id.clone(), person);
    }

    pub fn set_operators(&mut self, ids: &[&str]) {
        self.operators = ids.iter().map(|id| (*id).to_owned()).collect();
    }

    pub fn get(&self, id: &str) -> Option<&Person> {
        self.by_id.get(id)
    }

    pub fn all(&self) -> impl Iterator<Item = &Person> {
        self.by_id.values()
    }

    /// Ids of those behind an account.
    pub fn behind(&self, account: &str) -> impl Iterator<Item = &str> {
        self.by_account
            .get(account)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    pub fn operators(&self) -> &[String] {
        &self.operators
    }

    /// What browsers subscribe with, where there is web push.
    pub fn vapid_public(&self) -> Option<&str> {
        self.vapid.as_deref()
    }
}

/// What routes of a kind have in common.
struct Senders {
    push: Option<Arc<Sender>>,
    post: Option<Arc<Post>>,
    broker: Option<Arc<Broker>>,
}

impl Senders {
    fn open(settings: &Settings) -> Result<Self, NotifyError> {
        let push = |push: &crate::settings::WebPushSender| -> Result<_, NotifyError> {
            let key = VapidKey::unlock(&push.vapid_key_file)?;
            let contact = push.contact.clone();
            Ok(Arc::new(Sender { key, contact }))
        };
        let post = |mail| Post::open(mail).map(Arc::new);
        let broker = |mqtt| Broker::open(mqtt).map(Arc::new);
        Ok(Self {
            push: settings.web_push.as_ref().map(push).transpose()?,
            post: settings.mail.as_ref().map(post).transpose()?,
            broker: settings.mqtt.as_ref().map(broker).transpose()?,
        })
    }

    fn person(&self, given: &PersonSettings) -> Result<Person, NotifyError> {
        let hours = |quiet: &crate::settings::Quiet| {
            QuietHours::new(&quiet.time_zone, &quiet.from, &quiet.until)
        };
        let routes = given.routes.iter().map(|route| self.route(route));
        Ok(Person {
            id: given.id.clone(),
            language: given.language,
            quiet: given.quiet.as_ref().map(hours).transpose()?,
            routes: routes.collect::<Result<_, _>>()?,
        })
    }

    fn route(&self, given: &RouteSettings) -> Result<Route, NotifyError> {
        match given {
            RouteSettings::WebPush { subscription_file } => {
                let sender = self.push.clone().ok_or_else(|| absent("web_push"))?;
                let push = Push::open(subscription_file, sender)?;
                let (host, about) = (push.host(), push.endpoint());
                Ok(Route::new(Kind::WebPush, &host, &about, Arc::new(push)))
            }
            RouteSettings::Mail { address } => {
                let post = self.post.clone().ok_or_else(|| absent("mail"))?;
                let mail = Mail::new(address, post)?;
                Ok(Route::new(Kind::Mail, "", address, Arc::new(mail)))
            }
            RouteSettings::Webhook { url, secret_file } => {
                let host = http::url(url)?;
                let host = host.authority().map_or("", |at| at.as_str());
                let hook = Webhook::open(url, secret_file)?;
                Ok(Route::new(Kind::Webhook, host, url, Arc::new(hook)))
            }
            RouteSettings::Mqtt { topic } => {
                let broker = self.broker.clone().ok_or_else(|| absent("mqtt"))?;
                let mqtt = Mqtt::new(topic, broker)?;
                Ok(Route::new(Kind::Mqtt, "", topic, Arc::new(mqtt)))
            }
        }
    }
}

fn absent(table: &'static str) -> NotifyError {
    NotifyError::Sender { table }
}
