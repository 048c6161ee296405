//! New keys after a revocation, wherever the run is stopped.

mod fixture;

use fixture::{lock, Crash, Person, World, CONSENT, NOW, PATIENT};
use vitals_api::consent::Party;
use vitals_core::decision::Action;
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::Window;
use vitals_keys::{Agent, KeyringError, KeysError, Rotation, TEAM_HOURS};

const WINDOW: Window = Window {
    from: NOW - 100,
    to: NOW + 1_000,
};

struct Story {
    world: World,
    dir: tempfile::TempDir,
    clinician: Person,
    gateway: Person,
    clinician_grant: u64,
    gateway_grant: u64,
    revoked_grant: u64,
}

impl Story {
    /// A reader and a sealer stay, another reader has just been sent away.
    fn new() -> Self {
        let world = World::new();
        let dir = tempfile::tempdir().unwrap();
        let (clinician, gateway, other) = (Person::new(), Person::new(), Person::new());
        world.publish("wasm1clinician", &clinician);
        world.publish("wasm1gateway", &gateway);
        world.publish("wasm1other", &other);
        let clinician_grant = world.grant("wasm1clinician", Action::Read, WINDOW);
        let gateway_grant = world.grant("wasm1gateway", Action::Seal, WINDOW);
        let revoked_grant = world.grant("wasm1other", Action::Read, WINDOW);
        Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
        world.revoke(revoked_grant);
        Self {
            world,
            dir,
            clinician,
            gateway,
            clinician_grant,
            gateway_grant,
            revoked_grant,
        }
    }

    fn agent(&self) -> Agent {
        Agent::open(&self.dir.path().join("keys"), lock()).unwrap()
    }

    /// One run of the program: from the files, and nothing else.
    fn rotate(&self) -> Result<Option<Rotation>, KeysError> {
        self.agent().rotate(&self.world, CONSENT, &self.world)
    }

    fn package(&self, grant: u64, person: &Person) -> KeyPackage {
        let file = self.world.package_of(grant).unwrap();
        KeyPackage::open(&file, person.keys.identity()).unwrap()
    }

    fn check_done(&self) {
        let patient = self.world.patient.borrow();
        assert!(!patient.pending);
        assert_eq!(patient.generation, 1);
        let agent = self.agent();
        let commitment = patient.commitment.clone().unwrap();
        assert_eq!(commitment.as_slice(), agent.keys().commitment(1).unwrap());
        let expected = |generation, epoch| {
            let cover = agent
                .keys()
                .cover_for(generation, Category::Cardiac, Window::one(epoch));
            *cover.unwrap().epoch_key(epoch).unwrap().as_bytes()
        };
        let reader = self.package(self.clinician_grant, &self.clinician);
        for (generation, epoch) in [(0, WINDOW.from), (0, NOW), (1, NOW), (1, WINDOW.to - 1)] {
            let key = reader
                .epoch_key(generation, Category::Cardiac, epoch)
                .unwrap();
            assert_eq!(*key.as_bytes(), expected(generation, epoch));
        }
        assert!(reader.epoch_key(0, Category::Cardiac, NOW + 1).is_none());
        assert!(reader.epoch_key(1, Category::Cardiac, WINDOW.to).is_none());
        assert!(reader.epoch_key(1, Category::Temperature, NOW).is_none());
        let sealer = self.package(self.gateway_grant, &self.gateway);
        let key = sealer.epoch_key(1, Category::Cardiac, NOW + 47).unwrap();
        assert_eq!(*key.as_bytes(), expected(1, NOW + 47));
        assert!(sealer.epoch_key(1, Category::Cardiac, NOW - 1).is_none());
        assert!(sealer.epoch_key(1, Category::Cardiac, NOW + 48).is_none());
        assert!(sealer.epoch_key(0, Category::Cardiac, NOW).is_none());
        assert!(self.world.package_of(self.revoked_grant).is_none());
    }
}

#[test]
fn those_who_remain_get_new_keys_and_the_one_who_left_gets_none() {
    let story = Story::new();
    let rotation = story.rotate().unwrap().unwrap();
    assert_eq!(rotation.generation, 1);
    assert_eq!(
        rotation.packaged,
        [story.clinician_grant, story.gateway_grant]
    );
    assert_eq!(rotation.skipped.len(), 1);
    assert!(rotation.skipped[0]
        .reason
        .starts_with("consent/grant_revoked"));
    story.check_done();
    assert_eq!(story.rotate().unwrap(), None, "nothing is left to do");
}

#[test]
fn a_rotation_stopped_before_or_after_any_effect_is_finished_by_a_rerun() {
    let whole = Story::new();
    whole.rotate().unwrap();
    let effects = whole.world.effects.get();
    assert_eq!(
        effects, 4,
        "open, two packages, one message with their digests"
    );
    for number in 0..effects {
        for crash in [Crash::Before(number), Crash::After(number)] {
            let story = Story::new();
            story.world.crash.set(crash);
            assert!(story.rotate().is_err(), "{crash:?}");
            story.world.crash.set(Crash::Never);
            let rotation = story.rotate().unwrap().unwrap();
            assert_eq!(rotation.packaged.len(), 2, "{crash:?}");
            story.check_done();
            assert_eq!(story.rotate().unwrap(), None, "{crash:?}");
        }
    }
}

#[test]
fn a_secret_is_saved_before_its_commitment_is_posted() {
    let story = Story::new();
    story.world.crash.set(Crash::Before(0));
    assert!(story.rotate().is_err());
    let saved = story.agent().keys().commitment(1).unwrap();
    story.world.crash.set(Crash::Never);
    story.rotate().unwrap();
    let posted = story.world.patient.borrow().commitment.clone().unwrap();
    assert_eq!(posted.as_slice(), saved, "the rerun drew no second secret");
}

#[test]
fn a_further_revocation_in_the_middle_overtakes_the_rotation() {
    let story = Story::new();
    story.world.crash.set(Crash::After(1));
    assert!(story.rotate().is_err());
    story.world.crash.set(Crash::Never);
    story.world.revoke(story.gateway_grant);
    let rotation = story.rotate().unwrap().unwrap();
    assert_eq!(rotation.generation, 2);
    assert_eq!(rotation.packaged, [story.clinician_grant]);
    let package = story.package(story.clinician_grant, &story.clinician);
    for generation in 0..3 {
        assert!(package
            .epoch_key(generation, Category::Cardiac, NOW)
            .is_some());
    }
}

#[test]
fn those_in_a_team_get_new_keys_for_a_week_in_the_same_run() {
    let story = Story::new();
    let (nurse, left) = (Person::new(), Person::new());
    story.world.join("wasm1nurse", &nurse);
    story.world.publish("wasm1left", &left);
    let team = Party::Team(5u64.into());
    let grant = story.world.grant_to(team, Action::Read, WINDOW);
    let rotation = story.rotate().unwrap().unwrap();
    assert!(rotation.packaged.contains(&grant));
    let package = story.package(grant, &nurse);
    let key = |epoch| package.epoch_key(1, Category::Cardiac, epoch);
    assert!(key(NOW + TEAM_HOURS - 1).is_some());
    assert!(key(NOW + TEAM_HOURS).is_none());
    let file = story.world.package_of(grant).unwrap();
    assert!(KeyPackage::open(&file, left.keys.identity()).is_err());
}

#[test]
fn a_grant_to_a_team_of_nobody_is_passed_over_and_named() {
    let story = Story::new();
    story
        .world
        .team
        .borrow_mut()
        .insert("wasm1invited".into(), false);
    let team = Party::Team(5u64.into());
    let grant = story.world.grant_to(team, Action::Read, WINDOW);
    let rotation = story.rotate().unwrap().unwrap();
    assert!(!rotation.packaged.contains(&grant));
    let passed = rotation.skipped.iter().find(|s| s.grant == grant).unwrap();
    assert!(
        passed.reason.starts_with("keys/empty_team"),
        "{}",
        passed.reason
    );
}

#[test]
fn one_who_published_no_recipient_or_is_denied_is_passed_over_and_named() {
    let story = Story::new();
    story.world.recipients.borrow_mut().remove("wasm1clinician");
    story.world.denied.borrow_mut().push("wasm1gateway".into());
    let rotation = story.rotate().unwrap().unwrap();
    assert!(rotation.packaged.is_empty());
    let reasons: Vec<&str> = rotation
        .skipped
        .iter()
        .map(|s| s.reason.split(':').next().unwrap())
        .collect();
    assert_eq!(
        reasons,
        [
            "keys/no_recipient",
            "consent/account_denied",
            "consent/grant_revoked"
        ]
    );
}

#[test]
fn one_whose_grant_is_not_yet_valid_gets_keys_for_then() {
    let story = Story::new();
    story.world.grants.borrow_mut()[0].valid_from = 1;
    let rotation = story.rotate().unwrap().unwrap();
    assert!(rotation.packaged.contains(&story.clinician_grant));
}

#[test]
fn an_older_key_file_than_the_chain_s_generation_is_refused() {
    let story = Story::new();
    let path = story.dir.path().join("keys");
    let old = std::fs::read(&path).unwrap();
    story.rotate().unwrap();
    std::fs::write(&path, old).unwrap();
    let error = story.rotate().unwrap_err();
    assert!(matches!(
        error,
        KeysError::Keyring(KeyringError::Behind { chain: 1, held: 0 })
    ));
}

#[test]
fn a_commitment_that_is_not_to_the_secret_held_is_refused() {
    let story = Story::new();
    story.rotate().unwrap();
    story.world.patient.borrow_mut().commitment = Some(vec![0; 32].into());
    let error = story.rotate().unwrap_err();
    assert!(matches!(
        error,
        KeysError::Keyring(KeyringError::Commitment { generation: 1 })
    ));
}

#[test]
fn more_grants_than_a_message_takes_are_packaged_in_several() {
    let story = Story::new();
    for _ in 0..40 {
        story.world.grant("wasm1clinician", Action::Read, WINDOW);
    }
    let rotation = story.rotate().unwrap().unwrap();
    assert_eq!(rotation.packaged.len(), 42);
    assert_eq!(story.world.effects.get(), 1 + 42 + 2);
    assert!(story.world.package_of(43).is_some());
}

#[test]
fn a_package_is_issued_for_one_live_grant() {
    let story = Story::new();
    story.rotate().unwrap();
    let agent = story.agent();
    let world = &story.world;
    let before = world.package_of(story.gateway_grant);
    agent
        .issue(world, CONSENT, world, story.gateway_grant)
        .unwrap();
    assert_ne!(world.package_of(story.gateway_grant), before);
    let refused = agent.issue(world, CONSENT, world, story.revoked_grant);
    assert!(
        matches!(refused, Err(KeysError::Keyring(KeyringError::Refused { code, .. })) if code == "consent/grant_revoked")
    );
    let alerts = world.grant("wasm1clinician", Action::ReceiveAlerts, WINDOW);
    let refused = agent.issue(world, CONSENT, world, alerts);
    assert!(matches!(
        refused,
        Err(KeysError::Keyring(KeyringError::NoKeys { .. }))
    ));
}
