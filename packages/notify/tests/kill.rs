//! kill -9 of a notifier in the middle: everybody is told at least once, nobody is forgotten.

mod support;

use std::collections::BTreeSet;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use support::http::HttpSink;
use support::{telling, Home, NOON_MS};
use vitals_notify::{now_ms, Dispatcher, State, Store, Urgency};

const DIR: &str = "NOTIFY_TEST_DIR";
const URL: &str = "NOTIFY_TEST_URL";
const NOTICES: usize = 150;

/// The process that is killed: it runs only as a child of the test below.
#[test]
fn child() {
    let (Ok(dir), Ok(url)) = (std::env::var(DIR), std::env::var(URL)) else {
        return;
    };
    let secrets = Home::new();
    let people = secrets.person("", &[secrets.webhook(&url)]);
    let store = Store::open(dir.as_ref()).unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    loop {
        dispatcher.pass(Duration::from_millis(5), now_ms()).unwrap();
    }
}

fn start(home: &Home, sink: &HttpSink) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture"]);
    command
        .env(DIR, home.path())
        .env(URL, &sink.url)
        .spawn()
        .unwrap()
}

#[test]
fn a_notifier_killed_again_and_again_tells_everybody_and_says_so() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let mut store = home.store();
    let all: Vec<_> = (0..NOTICES)
        .map(|n| telling(&n.to_string(), "p1", Urgency::Urgent))
        .collect();
    store.tell(&all, now_ms()).unwrap();
    assert!(now_ms() > NOON_MS / 2);
    drop(store);
    let looking = Store::look(home.path()).unwrap();
    let told = || looking.count(State::Delivered).unwrap() == NOTICES as u64;
    let (began, mut kills) = (Instant::now(), 0u64);
    while !told() {
        assert!(
            began.elapsed() < Duration::from_secs(120),
            "it took too long"
        );
        let mut child = start(&home, &sink);
        // Later each time, at instants that nothing in it is timed by.
        std::thread::sleep(Duration::from_millis(100 + 37 * kills));
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 1, "it was killed in the middle");
    let receipts = looking.receipts(None, None, 1_000).unwrap();
    let said: BTreeSet<_> = receipts.into_iter().map(|receipt| receipt.id).collect();
    let seen: BTreeSet<_> = sink.ids().into_iter().collect();
    assert_eq!(said, seen);
}
