//! Sinks on loopback, and people who are reached by them.
#![allow(dead_code)]

pub mod chain;
pub mod http;
pub mod mail;
pub mod mqtt;
pub mod scene;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use vitals_notify::{Dispatcher, Message, People, Settings, State, Store, Telling, Urgency};

/// 2027-01-15 12:00:00 UTC.
pub const NOON_MS: u64 = 1_800_014_400_000;

pub const WEBHOOK_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A directory with a store, and files for secrets.
pub struct Home(pub tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn secret(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    pub fn webhook(&self, url: &str) -> String {
        let file = self.secret("webhook.secret", WEBHOOK_SECRET);
        let file = file.display();
        format!("{{ kind = \"webhook\", url = \"{url}\", secret_file = \"{file}\" }}")
    }

    pub fn people(&self, text: &str) -> Arc<People> {
        let text = format!("dir = \"{}\"\n{text}", self.path().display());
        let settings: Settings = toml::from_str(&text).unwrap();
        let faults = vitals_ops::config::Settings::check(&settings);
        assert_eq!(faults, [], "{text}");
        Arc::new(People::open(&settings).unwrap())
    }

    /// One person, `p1`, of account `a1`.
    pub fn person(&self, before: &str, routes: &[String]) -> Arc<People> {
        let routes = routes.join(", ");
        self.people(&format!(
            "{before}\n[[people]]\nid = \"p1\"\naccounts = [\"a1\"]\nroutes = [{routes}]\n"
        ))
    }

    pub fn store(&self) -> Store {
        Store::open(self.path()).unwrap()
    }
}

pub fn telling(thing: &str, person: &str, urgency: Urgency) -> Telling {
    Telling {
        thing: thing.into(),
        person: person.into(),
        message: Message::Alert,
        urgency,
        alert: None,
        within_ms: 3_600_000,
    }
}

/// Passes with a clock that goes ten times as fast, until `done` or for twenty seconds.
pub fn pass_until(dispatcher: &mut Dispatcher, begin_ms: u64, done: impl Fn() -> bool) -> u64 {
    let began = Instant::now();
    loop {
        let passed = u64::try_from(began.elapsed().as_millis()).unwrap();
        let now_ms = begin_ms + 10 * passed;
        dispatcher.pass(Duration::from_millis(20), now_ms).unwrap();
        if done() {
            return now_ms;
        }
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "it took too long"
        );
    }
}

pub fn states(store: &Store) -> Vec<State> {
    let receipts = store.receipts(None, None, 100).unwrap();
    receipts
        .into_iter()
        .rev()
        .map(|receipt| receipt.state)
        .collect()
}
