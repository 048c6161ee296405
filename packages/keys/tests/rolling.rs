//! Packages that reach so far and no further: of teams and of sealers.

mod fixture;

use fixture::{lock, Crash, Person, World, CONSENT, NOW, PATIENT};
use vitals_api::consent::Party;
use vitals_core::decision::Action;
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::Window;
use vitals_keys::{
    Agent, KeyringError, KeysError, Rolled, SEALER_BACK_HOURS, SEALER_HOURS, TEAM_HOURS,
};

const WINDOW: Window = Window {
    from: NOW - 100,
    to: NOW + 1_000,
};

struct Ward {
    world: World,
    dir: tempfile::TempDir,
    nurse: Person,
    gateway: Person,
    team: u64,
    sealing: u64,
}

impl Ward {
    /// A nurse in a team that may read, a gateway that may seal; nobody has keys yet.
    fn new() -> Self {
        let world = World::new();
        let dir = tempfile::tempdir().unwrap();
        let (nurse, gateway) = (Person::new(), Person::new());
        world.join("wasm1nurse", &nurse);
        world.publish("wasm1gateway", &gateway);
        let team = world.grant_to(Party::Team(5u64.into()), Action::Read, WINDOW);
        let sealing = world.grant("wasm1gateway", Action::Seal, WINDOW);
        Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
        Self {
            world,
            dir,
            nurse,
            gateway,
            team,
            sealing,
        }
    }

    fn agent(&self) -> Agent {
        Agent::open(&self.dir.path().join("keys"), lock()).unwrap()
    }

    fn roll(&self) -> Result<Rolled, KeysError> {
        self.agent().roll(&self.world, CONSENT, &self.world)
    }

    fn opens(&self, grant: u64, person: &Person, epoch: u32) -> bool {
        let file = self.world.package_of(grant).unwrap();
        KeyPackage::open(&file, person.keys.identity())
            .is_ok_and(|package| package.epoch_key(0, Category::Cardiac, epoch).is_some())
    }

    fn later(&self, hours: u32) {
        self.world.now.set(self.world.now.get() + hours);
    }
}

#[test]
fn a_team_reads_a_week_ahead_and_a_sealer_two_days_and_nothing_is_done_twice() {
    let ward = Ward::new();
    assert_eq!(ward.roll().unwrap().grants, [ward.team, ward.sealing]);
    assert!(ward.opens(ward.team, &ward.nurse, WINDOW.from));
    assert!(ward.opens(ward.team, &ward.nurse, NOW + TEAM_HOURS - 1));
    assert!(!ward.opens(ward.team, &ward.nurse, NOW + TEAM_HOURS));
    assert!(ward.opens(ward.sealing, &ward.gateway, NOW + SEALER_HOURS - 1));
    assert!(!ward.opens(ward.sealing, &ward.gateway, NOW + SEALER_HOURS));
    let effects = ward.world.effects.get();
    for _ in 0..23 {
        ward.later(1);
        assert_eq!(ward.roll().unwrap(), Rolled::default());
    }
    assert_eq!(ward.world.effects.get(), effects);
    ward.later(1);
    assert_eq!(ward.roll().unwrap().grants, [ward.team, ward.sealing]);
    assert!(ward.opens(ward.team, &ward.nurse, NOW + 24 + TEAM_HOURS - 1));
}

/// A device that was out of reach at the hour's end closes its batch later.
#[test]
fn a_roll_takes_no_key_from_a_gateway_that_may_still_need_it() {
    let ward = Ward::new();
    ward.roll().unwrap();
    ward.later(24);
    ward.roll().unwrap();
    let now = NOW + 24;
    assert!(ward.opens(ward.sealing, &ward.gateway, now - 1));
    assert!(ward.opens(ward.sealing, &ward.gateway, now - SEALER_BACK_HOURS));
    assert!(!ward.opens(ward.sealing, &ward.gateway, now - SEALER_BACK_HOURS - 1));
}

#[test]
fn an_agent_that_was_away_gives_the_keys_of_what_was_measured_meanwhile() {
    let ward = Ward::new();
    ward.roll().unwrap();
    ward.later(SEALER_HOURS + 100);
    ward.roll().unwrap();
    assert!(ward.opens(ward.sealing, &ward.gateway, NOW + SEALER_HOURS));
    assert!(!ward.opens(ward.sealing, &ward.gateway, NOW + SEALER_HOURS - 1));
}

/// What docs/operations.md tells an operator whose gateway waits for keys of long ago.
#[test]
fn a_package_from_an_hour_that_somebody_names_reaches_it() {
    let ward = Ward::new();
    ward.roll().unwrap();
    let long_ago = NOW - 90;
    assert!(!ward.opens(ward.sealing, &ward.gateway, long_ago));
    let world = &ward.world;
    ward.agent()
        .issue_since(world, CONSENT, world, ward.sealing, Some(long_ago))
        .unwrap();
    assert!(ward.opens(ward.sealing, &ward.gateway, long_ago));
    assert!(!ward.opens(ward.sealing, &ward.gateway, long_ago - 1));
    assert!(ward.roll().unwrap().grants.is_empty(), "it stays");
    assert!(ward.opens(ward.sealing, &ward.gateway, long_ago));
}

#[test]
fn a_package_from_a_named_hour_reaches_what_was_owed_before_it_too() {
    let ward = Ward::new();
    ward.roll().unwrap();
    ward.later(SEALER_HOURS + 100);
    ward.roll().unwrap();
    let world = &ward.world;
    let named = NOW + SEALER_HOURS + 40;
    ward.agent()
        .issue_since(world, CONSENT, world, ward.sealing, Some(named))
        .unwrap();
    assert!(ward.opens(ward.sealing, &ward.gateway, NOW + SEALER_HOURS));
    assert!(!ward.opens(ward.sealing, &ward.gateway, NOW + SEALER_HOURS - 1));
}

#[test]
fn who_joins_gets_keys_with_the_next_roll_and_who_left_gets_no_newer_ones() {
    let ward = Ward::new();
    ward.roll().unwrap();
    let doctor = Person::new();
    ward.world.join("wasm1doctor", &doctor);
    assert_eq!(ward.roll().unwrap().grants, [ward.team]);
    assert!(ward.opens(ward.team, &doctor, NOW) && ward.opens(ward.team, &ward.nurse, NOW));
    let before = ward.world.package_of(ward.team).unwrap();
    ward.world.team.borrow_mut().remove("wasm1nurse");
    assert_eq!(ward.roll().unwrap().grants, [ward.team]);
    assert!(!ward.opens(ward.team, &ward.nurse, NOW));
    // what the one who left may have fetched ends with its week
    let kept = KeyPackage::open(&before, ward.nurse.keys.identity()).unwrap();
    assert!(kept
        .epoch_key(0, Category::Cardiac, NOW + TEAM_HOURS)
        .is_none());
}

#[test]
fn a_member_who_is_denied_or_published_no_recipient_is_named_and_the_others_read() {
    let ward = Ward::new();
    ward.world.join("wasm1doctor", &Person::new());
    ward.world.denied.borrow_mut().push("wasm1doctor".into());
    ward.world.team.borrow_mut().insert("wasm1new".into(), true);
    let rolled = ward.roll().unwrap();
    assert_eq!(rolled.grants, [ward.team, ward.sealing]);
    let codes: Vec<_> = rolled
        .skipped
        .iter()
        .map(|s| s.reason.split(':').next().unwrap())
        .collect();
    assert_eq!(codes, ["consent/account_denied", "keys/no_recipient"]);
    assert!(ward.opens(ward.team, &ward.nurse, NOW));
}

#[test]
fn a_roll_stopped_before_or_after_any_effect_is_finished_by_a_rerun() {
    let whole = Ward::new();
    whole.roll().unwrap();
    let effects = whole.world.effects.get();
    assert_eq!(effects, 3, "two packages, one message with their digests");
    for number in 0..effects {
        for crash in [Crash::Before(number), Crash::After(number)] {
            let ward = Ward::new();
            ward.world.crash.set(crash);
            assert!(ward.roll().is_err(), "{crash:?}");
            ward.world.crash.set(Crash::Never);
            ward.roll().unwrap();
            assert!(ward.opens(ward.team, &ward.nurse, NOW), "{crash:?}");
            assert!(ward.opens(ward.sealing, &ward.gateway, NOW), "{crash:?}");
            assert_eq!(ward.roll().unwrap(), Rolled::default(), "{crash:?}");
        }
    }
}

#[test]
fn a_window_that_ends_sooner_is_not_rolled_day_after_day() {
    let ward = Ward::new();
    let short = Window::new(NOW - 1, NOW + 10).unwrap();
    let team = Party::Team(5u64.into());
    let grant = ward.world.grant_to(team, Action::Read, short);
    assert!(ward.roll().unwrap().grants.contains(&grant));
    ward.later(5);
    assert!(!ward.roll().unwrap().grants.contains(&grant));
}

#[test]
fn a_reader_gets_another_package_once_it_published_another_recipient() {
    let ward = Ward::new();
    let (clinician, again) = (Person::new(), Person::new());
    ward.world.publish("wasm1clinician", &clinician);
    let grant = ward.world.grant("wasm1clinician", Action::Read, WINDOW);
    assert!(
        !ward.roll().unwrap().grants.contains(&grant),
        "given no keys"
    );
    ward.agent()
        .issue(&ward.world, CONSENT, &ward.world, grant)
        .unwrap();
    assert!(!ward.roll().unwrap().grants.contains(&grant));
    // an agent that lost what it remembered leaves alone what still fits
    std::fs::remove_file(ward.dir.path().join("keys.state")).unwrap();
    assert!(!ward.roll().unwrap().grants.contains(&grant));
    ward.world.publish("wasm1clinician", &again);
    assert!(ward.roll().unwrap().grants.contains(&grant));
    assert!(ward.opens(grant, &again, NOW));
}

#[test]
fn while_a_generation_is_pending_nothing_is_rolled_and_tending_opens_it_first() {
    let ward = Ward::new();
    let grant = ward.world.grant("wasm1gateway", Action::Read, WINDOW);
    ward.world.revoke(grant);
    assert!(matches!(
        ward.roll(),
        Err(KeysError::Keyring(KeyringError::Pending))
    ));
    let tended = ward
        .agent()
        .tend(&ward.world, CONSENT, &ward.world)
        .unwrap();
    assert_eq!(tended.rotation.unwrap().packaged, [ward.team, ward.sealing]);
    assert_eq!(tended.rolled, Rolled::default(), "the rotation sealed them");
}

#[test]
fn a_revoked_grant_is_left_alone() {
    let ward = Ward::new();
    ward.world.grants.borrow_mut()[ward.team as usize - 1].revoked = true;
    let rolled = ward.roll().unwrap();
    assert_eq!(rolled.grants, [ward.sealing]);
    assert!(rolled
        .skipped
        .iter()
        .all(|s| s.reason.starts_with("consent/grant_revoked")
            || s.reason.starts_with("keys/empty_team")));
    assert!(ward.world.package_of(ward.team).is_none());
}
