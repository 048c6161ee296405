//! Packages as the key agent rolls them, beside devices that close late and agents that were away.

mod support;

use support::bench::{heart_rates, values, DEVICE, EPOCH, START};
use support::Bench;
use vitals_api::consent::{GrantInfo, Party};
use vitals_at_rest::{AtRest, Place};
use vitals_core::decision::Action;
use vitals_core::keytree::Cover;
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};
use vitals_device_sim::Sample;

const HOUR: u64 = 3_600_000;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

/// Leaves a package of these hours where the gateway looks for it.
fn give(bench: &Bench, from: Epoch, to: Epoch) {
    let package = bench.package_of(1, Window::new(from, to).unwrap());
    std::fs::write(bench.dir.path().join("keys.age"), package).unwrap();
}

/// Whether the store has the key of an hour.
fn holds(bench: &Bench, epoch: Epoch) -> bool {
    let key = std::fs::read(bench.dir.path().join("store.key")).unwrap();
    let rest = AtRest::new(&key.try_into().unwrap());
    let category = Category::Cardiac.code();
    let place = Place {
        table: "cover",
        row: &[1, category.into()],
    };
    let db = rusqlite::Connection::open(bench.store_path()).unwrap();
    let mut query = db
        .prepare("SELECT nodes FROM cover WHERE category = ?1")
        .unwrap();
    let rows = query.query_map([category], |row| row.get(0)).unwrap();
    let nodes: Vec<Vec<u8>> = rows.map(Result::unwrap).collect();
    let part = |nodes: &Vec<u8>| Cover::from_bytes(&rest.open(place, nodes).unwrap()).unwrap();
    nodes.iter().map(part).any(|part| part.opens(epoch))
}

fn seconds(bench: &mut Bench, from_ms: u64) {
    for second in 0..10 {
        bench.step(from_ms + second * 1_000);
    }
}

/// Readings of the bench's first hour, stored and acknowledged; the batch is open.
fn measured() -> Bench {
    let mut bench = Bench::new(samples());
    bench.step(START);
    bench.step(START + 300_000);
    bench
}

fn closes(bench: &mut Bench, at_ms: u64) {
    bench.reconnect(at_ms);
    seconds(bench, at_ms + 1_000);
}

#[test]
fn a_batch_of_the_hour_before_a_roll_is_still_sealed() {
    let mut bench = measured();
    give(&bench, EPOCH - 47, EPOCH + 49);
    bench.tick(START + HOUR + 5_000).unwrap();
    closes(&mut bench, START + HOUR + 60_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

/// An agent of before, or one whose grant begins later.
#[test]
fn a_package_that_begins_later_takes_away_no_key_that_was_there() {
    let mut bench = measured();
    give(&bench, EPOCH + 1, EPOCH + 49);
    bench.tick(START + HOUR + 5_000).unwrap();
    closes(&mut bench, START + HOUR + 60_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
}

#[test]
fn a_batch_that_is_not_finished_keeps_its_hour_and_none_beside_it() {
    let mut bench = measured();
    let later = START + 20 * HOUR;
    for hour in 1..=20 {
        bench.tick(START + hour * HOUR).unwrap();
    }
    assert!(holds(&bench, EPOCH));
    assert!((1..18).all(|hour| !holds(&bench, EPOCH + hour)));
    assert!(holds(&bench, EPOCH + 18), "the rolling window");
    closes(&mut bench, later + 60_000);
    assert_eq!(bench.anchored_samples(), values(&samples()));
    bench.tick(later + HOUR).unwrap();
    assert!(!holds(&bench, EPOCH), "nothing needs it any more");
}

#[test]
fn a_package_that_reaches_far_back_opens_here_what_is_needed_and_no_more() {
    let mut bench = measured();
    for hour in 1..=30 {
        bench.tick(START + hour * HOUR).unwrap();
    }
    give(&bench, EPOCH - 400, EPOCH + 70);
    bench.tick(START + 30 * HOUR + 1_000).unwrap();
    let held: Vec<Epoch> = (EPOCH - 400..EPOCH + 30)
        .filter(|epoch| holds(&bench, *epoch))
        .collect();
    assert_eq!(held, [EPOCH, EPOCH + 28, EPOCH + 29]);
}

/// The key agent (a phone) is away for days.
#[test]
fn what_was_measured_while_the_key_agent_was_away_is_sealed_once_it_is_back() {
    let begin = START + 50 * HOUR;
    let away: Vec<Sample> = heart_rates(begin, 60).into_iter().take(300).collect();
    let mut bench = Bench::new(away.clone());
    bench.step(START);
    bench.step(begin);
    bench.step(begin + 300_000);
    bench.gateway().close_all().unwrap();
    seconds(&mut bench, begin + 301_000);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("keys").unwrap().readings, 300);
    assert!(bench.gateway().parked().unwrap().is_empty(), "not yet late");

    let back = START + 60 * HOUR;
    bench.step(back);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("keys").unwrap().readings, 300);
    let parked = bench.gateway().parked().unwrap();
    assert_eq!(parked[0].hour_ms, begin, "for the patient alone by now");

    give(&bench, EPOCH + 48, EPOCH + 108);
    seconds(&mut bench, back + 1_000);
    assert_eq!(bench.anchored_samples(), values(&away));
    assert!(bench.device.is_done());
}

/// What an intake tells who signs for a sensor.
#[test]
fn hours_before_the_grant_or_past_keeping_are_not_sealed_by_the_chain_s_clock() {
    let mut bench = Bench::new(Vec::new());
    let mut intake = bench.gateway().take_intake().unwrap();
    let mut from = || intake.limits(DEVICE).unwrap().unwrap().sealed_from_ms / HOUR;
    assert_eq!(from(), 0, "the chain was not asked");
    bench.tick(START).unwrap();
    assert_eq!(from(), u64::from(EPOCH) - 2);

    bench.chain.state().grants = vec![grant(Window::new(EPOCH - 1, EPOCH + 48).unwrap())];
    bench.tick(START + 61_000).unwrap();
    assert_eq!(from(), u64::from(EPOCH) - 1);
    // our clock alone
    bench.gateway().tick(START + 240 * HOUR).unwrap();
    assert_eq!(from(), u64::from(EPOCH) - 1);
    bench.tick(START + 9 * HOUR).unwrap();
    assert_eq!(from(), u64::from(EPOCH) + 7);
}

fn grant(window: Window) -> GrantInfo {
    GrantInfo {
        grant: 1u64.into(),
        grantee: Party::Account("gateway".into()),
        by: None,
        purposes: Vec::new(),
        categories: Vec::new(),
        actions: vec![Action::Seal],
        window,
        valid_from: 0,
        valid_until: u64::MAX,
        revoked: false,
        package: None,
    }
}
