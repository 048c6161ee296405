//! Quiet hours, deadlines, and a clock that jumps.

mod support;

use std::time::Duration;

use support::http::HttpSink;
use support::{pass_until, states, telling, Home, NOON_MS};
use vitals_notify::{Dispatcher, Message, State, Telling, Urgency};

const DOWN: &str = "http://127.0.0.1:9/hook";
const HOUR_MS: u64 = 3_600_000;
/// 23:00 UTC, midnight in Berlin.
const NIGHT_MS: u64 = NOON_MS + 11 * HOUR_MS;

#[test]
fn quiet_hours_keep_back_what_can_wait_and_nothing_else() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.people(&format!(
        "[[people]]\nid = \"p1\"\nroutes = [{}]\nquiet = {{ time_zone = \"Europe/Berlin\", \
         from = \"22:00\", until = \"07:00\" }}\n",
        home.webhook(&sink.url)
    ));
    let mut store = home.store();
    let three = Urgency::ALL.map(|urgency| telling(urgency.name(), "p1", urgency));
    store.tell(&three, NIGHT_MS).unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NIGHT_MS, || {
        looking.count(State::Delivered).unwrap() == 2
    });
    for _ in 0..5 {
        // Its hour is over too: it was not tried, and is not given up.
        dispatcher
            .pass(Duration::from_millis(20), NIGHT_MS + 6 * HOUR_MS)
            .unwrap();
    }
    let expected = [State::Waiting, State::Delivered, State::Delivered];
    assert_eq!(states(&looking), expected);
    pass_until(&mut dispatcher, NIGHT_MS + 7 * HOUR_MS, || {
        states(&looking) == [State::Delivered; 3]
    });
}

#[test]
fn what_reached_nobody_in_its_time_is_told_to_operators_once() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.people(&format!(
        "operators = [\"office\"]\n[[people]]\nid = \"p1\"\nroutes = [{}]\n\
         [[people]]\nid = \"office\"\nroutes = [{}]\n",
        home.webhook(DOWN),
        home.webhook(&sink.url)
    ));
    let mut store = home.store();
    let late = Telling {
        within_ms: 30_000,
        ..telling("t", "p1", Urgency::Urgent)
    };
    store.tell(&[late], NOON_MS).unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let now = pass_until(&mut dispatcher, NOON_MS, || !sink.got().is_empty());
    assert!(now >= NOON_MS + 30_000);
    assert!(dispatcher.all_told(now).is_err(), "it is not well");
    let late = looking.receipts(None, Some(State::Undelivered), 9).unwrap();
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].why.as_deref(), Some("notify/late"));
    assert!(late[0]
        .attempts
        .iter()
        .all(|a| a.outcome == "notify/unreachable"));
    let body = String::from_utf8(sink.got()[0].body.clone()).unwrap();
    assert!(body.contains(Message::Undelivered.name()), "{body}");
    pass_until(&mut dispatcher, now, || {
        looking.count(State::Delivered).unwrap() == 1
    });
}

#[test]
fn operators_who_cannot_be_told_are_told_of_nothing_more() {
    let home = Home::new();
    let people = home.people(&format!(
        "operators = [\"office\"]\n[[people]]\nid = \"office\"\nroutes = [{}]\n",
        home.webhook(DOWN)
    ));
    let mut store = home.store();
    let late = Telling {
        message: Message::Undelivered,
        within_ms: 1,
        ..telling("t", "office", Urgency::Urgent)
    };
    store.tell(&[late], NOON_MS).unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NOON_MS, || {
        states(&looking) == [State::Undelivered]
    });
    assert_eq!(looking.receipts(None, None, 9).unwrap().len(), 1);
}

#[test]
fn a_clock_that_jumps_ahead_gives_nobody_up_untold() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    let mut store = home.store();
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let years = NOON_MS + 20_000 * HOUR_MS;
    pass_until(&mut dispatcher, years, || {
        states(&looking) == [State::Delivered]
    });
}

#[test]
fn a_clock_that_jumps_back_makes_nobody_wait_for_it() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    let mut store = home.store();
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let before = NOON_MS - 20_000 * HOUR_MS;
    pass_until(&mut dispatcher, before, || {
        states(&looking) == [State::Delivered]
    });
}

#[test]
fn one_thing_is_told_a_person_once_and_a_queue_that_is_full_is_said() {
    let home = Home::new();
    let mut store = home.store();
    let one = telling("t", "p1", Urgency::Urgent);
    assert_eq!(store.tell(&[one.clone(), one.clone()], NOON_MS).unwrap(), 1);
    assert_eq!(store.tell(&[one], NOON_MS + 1).unwrap(), 0);
    let many: Vec<_> = (0..1_000)
        .map(|n| telling(&format!("m{n}"), "p1", Urgency::Routine))
        .collect();
    store.tell(&many, NOON_MS).unwrap();
    assert_eq!(store.count(State::Waiting).unwrap(), 1_000);
    let full = store
        .receipts(Some("p1"), Some(State::Undelivered), 9)
        .unwrap();
    assert_eq!(full.len(), 1);
    assert_eq!(full[0].why.as_deref(), Some("notify/queue_full"));
}

#[test]
fn two_notifiers_do_not_run_on_one_store_and_receipts_are_kept_for_their_days() {
    let home = Home::new();
    let mut store = home.store();
    let again = vitals_notify::Store::open(home.path()).err().unwrap();
    assert!(again.to_string().starts_with("notify/in_use: "));
    let sink = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let now = pass_until(&mut dispatcher, NOON_MS, || {
        states(&looking) == [State::Delivered]
    });
    let days = 86_400_000;
    assert_eq!(dispatcher.tidy(now + 89 * days).unwrap(), 0);
    assert_eq!(dispatcher.tidy(now + 91 * days).unwrap(), 1);
}

#[test]
fn a_store_that_cannot_be_written_does_not_make_a_person_hear_the_same_again_and_again() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    let mut store = home.store();
    store
        .tell(&[telling("t", "p1", Urgency::Urgent)], NOON_MS)
        .unwrap();
    let looking = store.beside().unwrap();
    let full = rusqlite::Connection::open(home.path().join("notify.db")).unwrap();
    full.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON attempt BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let failed = (0..20).filter(|_| dispatcher.pass(Duration::from_millis(20), NOON_MS).is_err());
    assert!(failed.count() > 5);
    assert_eq!(sink.got().len(), 1);
    full.execute_batch("DROP TRIGGER full").unwrap();
    pass_until(&mut dispatcher, NOON_MS, || {
        states(&looking) == [State::Delivered]
    });
    assert_eq!(sink.got().len(), 1);
}
