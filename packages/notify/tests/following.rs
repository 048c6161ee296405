//! From what the chain announces to who is told.

mod support;

use serde_json::json;
use support::chain::event;
use support::scene::{follower, scene};
use support::NOON_MS;
use vitals_notify::State;

#[test]
fn an_alert_is_told_its_tier_the_patient_and_guardians_once() {
    let mut scene = scene();
    scene
        .chain
        .alert("open", 0, Some(scene.chain.now_s() + 60), &["nurse", "ada"]);
    scene.raise();
    scene.step();
    scene.step();
    assert_eq!(scene.told_whom("alert"), ["ada", "bob", "nurse"]);
}

#[test]
fn the_next_tier_is_told_that_it_climbed_and_an_answer_ends_all_attempts() {
    let mut scene = scene();
    scene
        .chain
        .alert("open", 0, Some(scene.chain.now_s() + 60), &["nurse"]);
    scene.raise();
    scene.step();
    scene.chain.alert("open", 1, None, &["doctor"]);
    scene.chain.block(&[event(
        "care",
        "alert_escalated",
        &[("alert", "1"), ("tier", "1")],
    )]);
    scene.step();
    assert_eq!(scene.told_whom("escalated"), ["doctor"]);
    scene.chain.alert("acknowledged", 1, None, &["doctor"]);
    scene
        .chain
        .block(&[event("care", "alert_acknowledged", &[("alert", "1")])]);
    scene.step();
    assert!(scene
        .told()
        .iter()
        .all(|(.., state)| *state == State::Answered));
}

#[test]
fn what_another_contract_says_and_what_was_before_is_told_nobody() {
    let mut scene = scene();
    scene.chain.alert("open", 0, None, &["nurse"]);
    scene
        .chain
        .block(&[event("stranger", "alert_raised", &[("alert", "1")])]);
    scene.step();
    assert_eq!(scene.told(), []);
}

#[test]
fn a_block_is_read_again_after_a_crash_and_tells_nobody_twice() {
    let mut scene = scene();
    scene.chain.alert("open", 0, None, &["nurse"]);
    scene.raise();
    scene.chain.state().away = true;
    assert!(scene.follower.step(NOON_MS).is_err());
    assert_eq!(scene.told(), []);
    scene.chain.state().away = false;
    scene.follower = follower(&scene.chain, &scene.people, &scene.store);
    scene.step();
    scene.follower = follower(&scene.chain, &scene.people, &scene.store);
    scene.step();
    assert_eq!(scene.told_whom("alert"), ["ada", "bob", "nurse"]);
}

#[test]
fn pruned_blocks_are_said_and_the_alerts_in_them_told_all_the_same() {
    let mut scene = scene();
    scene.chain.alert("open", 0, None, &["nurse"]);
    scene.raise();
    (0..4).for_each(|_| scene.chain.block(&[]));
    scene.chain.state().lowest = 5;
    scene.step();
    let gaps = scene.store.gaps().unwrap();
    let gap = (gaps[0].from, gaps[0].to, gaps[0].why.as_str());
    assert_eq!((gaps.len(), gap), (1, (2, 4, "notify/pruned")));
    assert_eq!(scene.told_whom("alert"), ["ada", "bob", "nurse"]);
    assert_eq!(scene.told_whom("undelivered"), ["office"]);
}

#[test]
fn a_node_behind_is_waited_for_and_another_history_is_said() {
    let mut scene = scene();
    (0..3).for_each(|_| scene.chain.block(&[]));
    scene.step();
    let blocks = std::mem::take(&mut scene.chain.state().blocks);
    let behind = scene.follower.step(NOON_MS).unwrap_err().to_string();
    assert!(behind.starts_with("notify/node_behind: "), "{behind}");
    scene.chain.state().blocks = blocks;
    scene.chain.state().shifted_ms = 1;
    scene.step();
    scene.step();
    let gaps = scene.store.gaps().unwrap();
    assert_eq!(
        (gaps.len(), gaps[0].why.as_str()),
        (1, "notify/other_history")
    );
}

#[test]
fn a_tier_of_strangers_is_told_to_operators_only_where_the_patient_is_ours() {
    let mut scene = scene();
    scene.chain.alert("open", 0, None, &["stranger"]);
    scene.raise();
    scene.step();
    assert_eq!(scene.told_whom("undelivered"), ["office"]);
    assert_eq!(scene.told_whom("alert"), ["ada", "bob"]);
}

#[test]
fn an_emergency_is_told_then_its_end_then_that_it_wants_a_review() {
    let mut scene = scene();
    let begin = scene.chain.now_s();
    let info = |ended: Option<u64>, review: serde_json::Value| {
        json!({"emergency": "1", "responder": "doctor", "window": {"from": 0, "to": 1},
               "opened_at": begin, "until": begin + 3_600, "ended_at": ended, "reason": "",
               "review_by": begin + 40, "review": review})
    };
    let asked = json!({"emergency": {"patient": "7", "emergency": "1"}});
    let about = [("patient", "7"), ("emergency", "1")];
    scene.chain.answer(asked.clone(), info(None, json!(null)));
    scene
        .chain
        .block(&[event("consent", "emergency_opened", &about)]);
    scene.step();
    assert_eq!(scene.told_whom("emergency"), ["ada", "bob"]);
    assert_eq!(scene.told_whom("review"), [""; 0]);
    scene
        .chain
        .answer(asked.clone(), info(Some(scene.chain.now_s()), json!(null)));
    scene
        .chain
        .block(&[event("consent", "emergency_ended", &about)]);
    scene.step();
    assert_eq!(scene.told_whom("emergency_over"), ["ada", "bob", "doctor"]);
    assert_eq!(scene.told_whom("review"), ["ada", "bob"]);
    // Half of the time to the deadline: again, and urgent.
    (0..5).for_each(|_| scene.chain.block(&[]));
    scene.step();
    assert_eq!(scene.told_whom("review"), ["ada", "ada", "bob", "bob"]);
}

#[test]
fn a_claim_is_told_to_who_has_to_decide_and_to_who_waits() {
    let mut scene = scene();
    scene.chain.answer(
        json!({"policy": {"policy": "3"}}),
        json!({"policy": "3", "product": "2", "version": 1, "patient": "7",
               "policyholder": "ada", "payee": "ada", "state": "active", "offered_until": null,
               "bound_at": 1, "covered_from": 1, "covered_until": 9, "file_until": 9,
               "premium_paid": "1", "next_due": null, "next_amount": "0", "claims_paid": 0,
               "claims_most": 1, "claims_open": 1, "used_until_ms": null, "reward_days": 0,
               "rebated": false, "locked": "1", "arbiter": "doctor"}),
    );
    scene.chain.block(&[event(
        "claims",
        "claim_appealed",
        &[("policy", "3"), ("claim", "1")],
    )]);
    // The product is not there: an answer that makes no sense is said, and holds up nothing.
    scene.step();
    assert_eq!(scene.told_whom("undelivered"), ["office"]);
    scene.chain.block(&[event(
        "claims",
        "claim_paid",
        &[
            ("policy", "3"),
            ("claim", "1"),
            ("amount", "500"),
            ("payee", "ada"),
        ],
    )]);
    scene.step();
    assert_eq!(scene.told_whom("claim_news"), ["ada"]);
}

#[test]
fn a_recovery_is_told_to_who_loses_control_and_who_gets_it() {
    let mut scene = scene();
    let about = [("patient", "7"), ("from", "nurse"), ("to", "ada")];
    scene.chain.block(&[event("consent", "recovered", &about)]);
    scene.step();
    assert_eq!(scene.told_whom("recovery"), ["ada", "bob", "nurse"]);
}

#[test]
fn an_alert_that_reached_nobody_is_escalated_once_its_tier_s_time_is_over() {
    let mut scene = scene();
    let due = scene.chain.now_s() + 20;
    scene.chain.alert("open", 0, Some(due), &["nurse"]);
    scene.raise();
    scene.step();
    let keep = scene.store.beside().unwrap();
    let mut dispatcher = vitals_notify::Dispatcher::new(keep, scene.people.clone(), 90).unwrap();
    let looking = scene.store.beside().unwrap();
    support::pass_until(&mut dispatcher, NOON_MS, || {
        looking.count(State::Undelivered).unwrap() == 3
    });
    assert!(scene
        .told_whom("undelivered")
        .contains(&"office".to_string()));
    scene.step();
    assert_eq!(scene.chain.state().calls.len(), 0, "not before its time");
    (0..5).for_each(|_| scene.chain.block(&[]));
    scene.step();
    assert_eq!(
        scene.chain.state().calls[0],
        json!({"escalate": {"alert": "1"}})
    );
    assert!(scene.home.path().join("notify.db").exists());
}
