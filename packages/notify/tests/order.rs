//! Many messages over one server that is slow, and which of them goes first.

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use support::http::{Answer, HttpSink};
use support::{pass_until, telling, Home, NOON_MS};
use vitals_notify::{Dispatcher, People, Receipt, State, Store, Telling, Urgency};

/// Two persons behind one server.
fn two_people(home: &Home, server: &HttpSink) -> Arc<People> {
    let hook = home.webhook(&server.url);
    home.people(&format!(
        "[[people]]\nid = \"a\"\nroutes = [{hook}]\n[[people]]\nid = \"b\"\nroutes = [{hook}]\n"
    ))
}

fn many(person: &str, urgency: Urgency) -> Vec<Telling> {
    (0..40)
        .map(|n| telling(&format!("{person}/{n}"), person, urgency))
        .collect()
}

fn slow(time: Duration) -> HttpSink {
    HttpSink::start(&vec![Answer::SlowStatus(time, 500); 1_000])
}

/// Of the only message that the person has.
fn only(store: &Store, person: &str) -> Receipt {
    store.receipts(Some(person), None, 1).unwrap().remove(0)
}

/// Passes until the only message of `b`, told while the lane is full of those of `a`, was tried;
/// how many of `a` the server got in between.
fn got_before(of_a: Urgency, of_b: Urgency) -> usize {
    let home = Home::new();
    let server = slow(Duration::from_millis(100));
    let people = two_people(&home, &server);
    let mut store = home.store();
    store.tell(&many("a", of_a), NOON_MS).unwrap();
    let mut beside = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NOON_MS, || server.got().len() > 1);
    beside.tell(&[telling("b", "b", of_b)], NOON_MS).unwrap();
    let before = server.got().len();
    pass_until(&mut dispatcher, NOON_MS, || only(&beside, "b").tries > 0);
    let id = only(&beside, "b").id;
    let at = server.ids().iter().position(|got| *got == id).unwrap();
    at - before
}

#[test]
fn an_emergency_goes_before_what_is_less_urgent_of_somebody_else() {
    for less in [Urgency::Routine, Urgency::Urgent] {
        let before = got_before(less, Urgency::Emergency);
        assert!(before <= 2, "{less:?}: {before} before it");
    }
}

#[test]
fn of_what_is_as_urgent_the_longest_due_goes_first_whoever_it_is_for() {
    let home = Home::new();
    let server = slow(Duration::from_millis(100));
    let people = two_people(&home, &server);
    let mut store = home.store();
    let waits = telling("b", "b", Urgency::Urgent);
    store.tell(&[waits], NOON_MS).unwrap();
    store
        .tell(&many("a", Urgency::Urgent), NOON_MS + 1)
        .unwrap();
    let beside = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    pass_until(&mut dispatcher, NOON_MS + 1, || !server.got().is_empty());
    assert_eq!(server.ids()[0], only(&beside, "b").id);
}

#[test]
fn what_a_server_that_hangs_did_not_let_be_tried_in_its_time_is_undelivered_and_carried_on() {
    let home = Home::new();
    let server = slow(Duration::from_secs(30));
    let people = two_people(&home, &server);
    let mut store = home.store();
    let alerts: Vec<_> = many("a", Urgency::Urgent)
        .into_iter()
        .map(|telling| Telling {
            alert: Some((1, 0)),
            within_ms: 1_000,
            ..telling
        })
        .collect();
    store.tell(&alerts, NOON_MS).unwrap();
    let beside = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    let began = Instant::now();
    while beside.count(State::Waiting).unwrap() > 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "they wait on");
        let passed = u64::try_from(began.elapsed().as_millis()).unwrap();
        let now_ms = NOON_MS + 2_000 + passed;
        dispatcher.pass(Duration::from_millis(200), now_ms).unwrap();
    }
    assert!(
        began.elapsed() > Duration::from_secs(19),
        "{:?}: a clock that jumped would have given them up",
        began.elapsed()
    );
    let late = beside.receipts(None, Some(State::Undelivered), 99).unwrap();
    assert_eq!(late.len(), alerts.len());
    assert!(late.iter().filter(|late| late.tries == 0).count() > 30);
    assert!(late
        .iter()
        .all(|late| late.why.as_deref() == Some("notify/late")));
    let db = rusqlite::Connection::open(home.path().join("notify.db")).unwrap();
    let sql = "SELECT count(*) FROM notice WHERE carry_on = 1";
    let carried: i64 = db.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(carried, 40);
}
