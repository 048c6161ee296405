//! Sinks that are down, slow, full, gone, or answer nothing.

mod support;

use std::time::{Duration, Instant};

use support::http::{Answer, HttpSink};
use support::{pass_until, states, telling, Home, NOON_MS};
use vitals_notify::{Dispatcher, State, Urgency};

/// Nothing listens there.
const DOWN: &str = "http://127.0.0.1:9/hook";

#[test]
fn a_route_that_is_down_is_followed_by_the_next_within_seconds() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(DOWN), home.webhook(&sink.url)]);
    let mut store = home.store();
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let end = pass_until(&mut dispatcher, NOON_MS, || {
        states(&looking) == [State::Delivered]
    });
    assert!(end < NOON_MS + 10_000, "{}", end - NOON_MS);
    let receipt = &looking.receipts(Some("p1"), None, 1).unwrap()[0];
    let outcomes: Vec<_> = receipt
        .attempts
        .iter()
        .map(|a| a.outcome.as_str())
        .collect();
    assert_eq!(outcomes, ["notify/unreachable", "delivered"]);
    assert_eq!(sink.ids(), [receipt.id.as_str()]);
}

#[test]
fn what_was_taken_and_not_answered_for_comes_again_under_the_same_id() {
    let home = Home::new();
    let sink = HttpSink::start(&[Answer::BreakOff, Answer::Status(500)]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    let mut store = home.store();
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NOON_MS, || {
        states(&looking) == [State::Delivered]
    });
    let ids = sink.ids();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| *id == ids[0]));
}

#[test]
fn a_slow_sink_holds_up_neither_other_people_nor_its_own_people_s_other_routes() {
    let home = Home::new();
    let slow = HttpSink::start(&vec![Answer::Slow(Duration::from_secs(5)); 40]);
    let quick = HttpSink::start(&[]);
    let routes = |urls: &[&str]| {
        let all: Vec<_> = urls.iter().map(|url| home.webhook(url)).collect();
        all.join(", ")
    };
    let people = home.people(&format!(
        "[[people]]\nid = \"p1\"\nroutes = [{}]\n[[people]]\nid = \"p2\"\nroutes = [{}]\n",
        routes(&[&slow.url, &quick.url]),
        routes(&[&quick.url]),
    ));
    let mut store = home.store();
    let all: Vec<_> = (0..20)
        .flat_map(|n| ["p1", "p2"].map(|p| telling(&n.to_string(), p, Urgency::Urgent)))
        .collect();
    store.tell(&all, NOON_MS).unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let began = Instant::now();
    // Of p1's twenty the slow lane holds nine at most; eleven go by the other route.
    pass_until(&mut dispatcher, NOON_MS, || {
        looking.count(State::Delivered).unwrap() >= 31
    });
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn too_many_requests_are_followed_by_as_long_a_silence_as_is_asked_for() {
    let home = Home::new();
    let sink = HttpSink::start(&[Answer::With(429, "retry-after: 2\r\n")]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    let mut store = home.store();
    let two = ["a", "b"].map(|thing| telling(thing, "p1", Urgency::Urgent));
    store.tell(&two[..1], NOON_MS).unwrap();
    let looking = store.beside().unwrap();
    let mut telling_more = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NOON_MS, || sink.got().len() == 1);
    let asked = Instant::now();
    telling_more.tell(&two[1..], NOON_MS).unwrap();
    // The clock on the wall goes faster; the silence is kept by one that does not jump.
    pass_until(&mut dispatcher, NOON_MS + 300_000, || {
        looking.count(State::Delivered).unwrap() == 2
    });
    assert!(
        asked.elapsed() > Duration::from_millis(1_900),
        "{:?}",
        asked.elapsed()
    );
}

#[test]
fn a_webhook_that_is_gone_is_not_asked_again_even_after_a_restart() {
    let home = Home::new();
    let gone = HttpSink::start(&[Answer::Status(410)]);
    let other = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(&gone.url), home.webhook(&other.url)]);
    for (n, thing) in ["a", "b"].into_iter().enumerate() {
        let mut store = home.store();
        store
            .tell(&[telling(thing, "p1", Urgency::Urgent)], NOON_MS)
            .unwrap();
        let looking = store.beside().unwrap();
        let mut dispatcher = Dispatcher::new(store, people.clone(), 90).unwrap();
        pass_until(&mut dispatcher, NOON_MS, || {
            looking.count(State::Delivered).unwrap() == n as u64 + 1
        });
    }
    assert_eq!(gone.got().len(), 1);
    assert_eq!(other.got().len(), 2);
}

#[test]
fn a_redirect_is_not_followed() {
    let home = Home::new();
    let other = HttpSink::start(&[]);
    let location: &'static str = format!("location: {}\r\n", other.url).leak();
    let sink = HttpSink::start(&[Answer::With(307, location), Answer::With(307, location)]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    let mut store = home.store();
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NOON_MS, || {
        states(&looking) == [State::Delivered]
    });
    assert_eq!((sink.got().len(), other.got().len()), (3, 0));
}
