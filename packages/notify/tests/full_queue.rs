//! A night in which much can wait.

mod support;

use support::{telling, Home, NOON_MS};
use vitals_notify::{Message, State, Telling, Urgency};

/// What was left out: message and thing's place in order.
fn left_out(store: &vitals_notify::Store) -> Vec<String> {
    let receipts = store.receipts(None, Some(State::Undelivered), 9).unwrap();
    assert!(receipts
        .iter()
        .all(|r| r.why.as_deref() == Some("notify/queue_full")));
    receipts.into_iter().map(|r| r.message).collect()
}

fn emergency(thing: &str) -> Telling {
    Telling {
        message: Message::Emergency,
        ..telling(thing, "p1", Urgency::Emergency)
    }
}

/// A thousand things wait for the end of quiet hours; what comes through them must not be the one
/// that is left out for it.
#[test]
fn what_can_wait_does_not_push_out_what_cannot() {
    let home = Home::new();
    let mut store = home.store();
    let routine = |n: u32| telling(&format!("claim/{n}"), "p1", Urgency::Routine);
    let night: Vec<Telling> = (0..1_000).map(routine).collect();
    store.tell(&night, NOON_MS).unwrap();
    store
        .tell(&[emergency("emergency/1")], NOON_MS + 1)
        .unwrap();
    assert_eq!(left_out(&store), [Message::Alert.name()]);
    assert_eq!(store.count(State::Waiting).unwrap(), 1_000);
}

#[test]
fn of_a_thousand_emergencies_none_is_left_out_for_what_can_wait() {
    let home = Home::new();
    let mut store = home.store();
    let all: Vec<Telling> = (0..1_000).map(|n| emergency(&format!("e/{n}"))).collect();
    store.tell(&all, NOON_MS).unwrap();
    let late = telling("claim/1", "p1", Urgency::Routine);
    store.tell(&[late], NOON_MS + 1).unwrap();
    assert_eq!(left_out(&store), [Message::Alert.name()]);
}
