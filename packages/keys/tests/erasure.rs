//! What was erased can be derived from nothing the agent still holds.

mod fixture;

use fixture::{lock, Person, World, CONSENT, NOW, PATIENT};
use vitals_api::consent::Party;
use vitals_core::decision::Action;
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::recovery::combine;
use vitals_core::time::Window;
use vitals_keys::{Agent, KeysError, Lock};

const SHREDDED: Window = Window {
    from: NOW - 50,
    to: NOW - 40,
};

fn key(agent: &Agent, category: Category, epoch: u32) -> Option<[u8; 32]> {
    let cover = agent
        .keys()
        .cover_for(3, category, Window::one(epoch))
        .ok()?;
    cover.epoch_key(epoch).map(|key| *key.as_bytes())
}

/// What the key file holds, as text.
fn plain(path: &std::path::Path) -> String {
    let mut identity = age::scrypt::Identity::new("correct horse".to_string().into());
    identity.set_max_work_factor(22);
    let file = std::fs::read(path).unwrap();
    String::from_utf8(age::decrypt(&identity, &file).unwrap()).unwrap()
}

#[test]
fn erased_hours_are_gone_from_the_file_and_all_others_stay_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let mut agent = Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let kept = [
        (Category::Cardiac, SHREDDED.from - 1),
        (Category::Cardiac, SHREDDED.to),
        (Category::Metabolic, SHREDDED.from),
        (Category::Cardiac, 0),
        (Category::Cardiac, u32::MAX - 1),
    ];
    let before = kept.map(|(category, epoch)| key(&agent, category, epoch).unwrap());
    let commitment = agent.keys().commitment(3).unwrap();
    agent.erase(&[Category::Cardiac], SHREDDED).unwrap();
    let opened = Agent::open(&path, lock()).unwrap();
    for agent in [&agent, &opened] {
        for epoch in SHREDDED.from..SHREDDED.to {
            assert!(key(agent, Category::Cardiac, epoch).is_none(), "{epoch}");
        }
        let after = kept.map(|(category, epoch)| key(agent, category, epoch).unwrap());
        assert_eq!(after, before);
        assert_eq!(agent.keys().commitment(3).unwrap(), commitment);
        assert_eq!(agent.keys().generations().collect::<Vec<_>>(), [(3, false)]);
    }
}

#[test]
fn the_secret_and_every_node_above_an_erased_hour_are_no_longer_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let mut agent = Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let start = plain(&path);
    let secret = start.split(r#""secret":""#).nth(1).unwrap()[..64].to_string();
    agent.erase(&[Category::Cardiac], SHREDDED).unwrap();
    let left = plain(&path);
    assert!(!left.contains(&secret) && !left.contains("secret\""));
    // what is left opens nothing of the period, by the tree's own account of its nodes
    let value: serde_json::Value = serde_json::from_str(&left).unwrap();
    let covers = value["generations"][0]["rest"]["covers"]
        .as_array()
        .unwrap();
    let cardiac = covers.iter().find(|c| c["category"] == "cardiac").unwrap();
    let nodes = hex::decode(cardiac["nodes"].as_str().unwrap()).unwrap();
    let cover = vitals_core::keytree::Cover::from_bytes(&nodes).unwrap();
    let windows = cover.windows();
    assert!(
        windows.iter().all(|w| w.intersect(&SHREDDED).is_none()),
        "{windows:?}"
    );
    assert_eq!(covers.len(), Category::ALL.len());
}

#[test]
fn a_second_erasure_adds_to_the_first_and_new_generations_are_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let mut agent = Agent::create(&path, lock(), PATIENT, 3).unwrap();
    agent.erase(&[Category::Cardiac], SHREDDED).unwrap();
    agent.erase(&Category::ALL, Window::one(7)).unwrap();
    assert!(key(&agent, Category::Cardiac, SHREDDED.from).is_none());
    assert!(key(&agent, Category::Activity, 7).is_none());
    assert!(key(&agent, Category::Activity, SHREDDED.from).is_some());
    assert_eq!(agent.keys().erasures(), 2);
}

#[test]
fn packages_made_afterwards_lack_the_hours_and_those_before_are_replaced() {
    let world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let nurse = Person::new();
    world.join("wasm1nurse", &nurse);
    let window = Window::new(NOW - 100, NOW + 100).unwrap();
    let grant = world.grant_to(Party::Team(5u64.into()), Action::Read, window);
    let mut agent = Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
    agent.roll(&world, CONSENT, &world).unwrap();
    agent.erase(&[Category::Cardiac], SHREDDED).unwrap();
    assert_eq!(agent.roll(&world, CONSENT, &world).unwrap().grants, [grant]);
    let file = world.package_of(grant).unwrap();
    let package = KeyPackage::open(&file, nurse.keys.identity()).unwrap();
    assert!(package
        .epoch_key(0, Category::Cardiac, SHREDDED.from)
        .is_none());
    assert!(package
        .epoch_key(0, Category::Metabolic, SHREDDED.from)
        .is_some());
    let all = agent.keys().package(&[Category::Cardiac], SHREDDED);
    assert!(all.is_err(), "nothing is left to give");
}

#[test]
fn a_backup_forgets_too_and_one_that_is_away_is_told_of() {
    let dir = tempfile::tempdir().unwrap();
    let stick = dir.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let mut agent = Agent::create(&dir.path().join("keys"), lock(), PATIENT, 3).unwrap();
    let shares = agent.share_recovery(1, 1).unwrap();
    agent.add_backup(&stick.join("b")).unwrap();
    assert_eq!(agent.erase(&[Category::Cardiac], SHREDDED).unwrap(), []);
    let identity = combine(&shares).unwrap().identity().unwrap();
    let backup = Agent::open(&stick.join("b"), Lock::identity(&identity).unwrap()).unwrap();
    assert!(key(&backup, Category::Cardiac, SHREDDED.from).is_none());
    std::fs::remove_dir_all(&stick).unwrap();
    let unreached = agent.erase(&[Category::Cardiac], Window::one(3)).unwrap();
    assert_eq!(unreached.len(), 1);
}

#[test]
fn an_empty_window_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys");
    let mut agent = Agent::create(&path, lock(), PATIENT, 3).unwrap();
    let before = std::fs::read(&path).unwrap();
    let refused = agent.erase(&[Category::Cardiac], Window { from: 5, to: 5 });
    assert!(matches!(refused, Err(KeysError::Format(_))));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert!(agent.keys().generations().all(|(_, whole)| whole));
}
