//! Backups, who opens them, and that they are kept current.

mod fixture;

use fixture::{lock, World, CONSENT, NOW, PATIENT};
use vitals_core::decision::Action;
use vitals_core::measure::Category;
use vitals_core::recovery::{combine, RecoveryError, RecoveryShare};
use vitals_core::shares::SharesError;
use vitals_core::time::Window;
use vitals_keys::{Agent, KeyringError, KeysError, Lock};

struct Home {
    dir: tempfile::TempDir,
    shares: Vec<RecoveryShare>,
}

impl Home {
    /// Two of three guardians open the backup.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("stick")).unwrap();
        let mut agent = Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
        let shares = agent.share_recovery(2, 3).unwrap();
        let home = Self { dir, shares };
        assert_eq!(agent.add_backup(&home.backup()).unwrap(), []);
        home
    }

    fn backup(&self) -> std::path::PathBuf {
        self.dir.path().join("stick/backup.age")
    }

    fn agent(&self) -> Agent {
        Agent::open(&self.dir.path().join("keys"), lock()).unwrap()
    }

    fn restored(&self, shares: &[RecoveryShare]) -> Result<Agent, KeysError> {
        let identity = combine(shares).unwrap().identity().unwrap();
        let path = self.dir.path().join("restored");
        let _ = std::fs::remove_file(&path);
        Agent::restore(&self.backup(), Lock::identity(&identity)?, &path, lock())
    }

    /// A revocation and the rotation after it.
    fn rotate(&self) -> vitals_keys::Rotation {
        let world = World::new();
        let grant = world.grant("wasm1a", Action::Read, Window::one(NOW + 9));
        world.revoke(grant);
        self.agent()
            .rotate(&world, CONSENT, &world)
            .unwrap()
            .unwrap()
    }
}

fn same_keys(one: &Agent, other: &Agent) -> bool {
    let key = |agent: &Agent| {
        let keys = agent.keys();
        let generation = keys.latest();
        let cover = keys.cover_for(generation, Category::Cardiac, Window::one(9));
        *cover.unwrap().epoch_key(9).unwrap().as_bytes()
    };
    one.keys().latest() == other.keys().latest() && key(one) == key(other)
}

#[test]
fn enough_guardians_restore_the_keys_from_the_backup() {
    let home = Home::new();
    let restored = home.restored(&home.shares[1..]).unwrap();
    assert_eq!(restored.keys().patient(), PATIENT);
    assert_eq!(restored.keys().identity(), home.agent().keys().identity());
    assert!(same_keys(&restored, &home.agent()));
}

#[test]
fn one_guardian_alone_or_shares_of_two_sets_open_nothing() {
    let home = Home::new();
    let few = combine(&home.shares[..1]).err();
    assert!(matches!(
        few,
        Some(RecoveryError::Shares(SharesError::TooFew { .. }))
    ));
    let others = home.agent().share_recovery(2, 3).unwrap();
    let mixed = combine(&[home.shares[0].clone(), others[1].clone()]).err();
    assert!(matches!(
        mixed,
        Some(RecoveryError::Shares(SharesError::Mixed { .. }))
    ));
}

#[test]
fn after_a_rotation_the_backup_holds_the_new_secret() {
    let home = Home::new();
    assert_eq!(home.rotate().unreached, []);
    let restored = home.restored(&home.shares[..2]).unwrap();
    assert_eq!(restored.keys().latest(), 1);
    assert!(same_keys(&restored, &home.agent()));
}

#[test]
fn a_rotation_tells_of_a_backup_it_could_not_reach_and_the_next_run_writes_it() {
    let home = Home::new();
    let away = home.dir.path().join("away");
    std::fs::rename(home.dir.path().join("stick"), &away).unwrap();
    let unreached = home.rotate().unreached;
    assert_eq!(unreached.len(), 1);
    assert!(unreached[0].target.ends_with("stick/backup.age"));
    std::fs::rename(&away, home.dir.path().join("stick")).unwrap();
    assert_eq!(home.restored(&home.shares[..2]).unwrap().keys().latest(), 0);
    assert_eq!(home.agent().back_up().unwrap(), []);
    assert_eq!(home.restored(&home.shares[..2]).unwrap().keys().latest(), 1);
}

#[test]
fn shares_given_out_anew_replace_the_old_ones_and_the_backup_is_sealed_for_them() {
    let home = Home::new();
    let mut agent = home.agent();
    let shares = agent.share_recovery(1, 2).unwrap();
    assert_eq!(agent.back_up().unwrap(), []);
    assert!(home.restored(&shares[..1]).is_ok());
    let old = home.restored(&home.shares).err();
    assert!(matches!(
        old,
        Some(KeysError::Keyring(KeyringError::WrongIdentity { .. }))
    ));
    let kept = home.agent();
    let recovery = kept.keys().recovery().unwrap();
    assert_eq!((recovery.threshold, recovery.of), (1, 2));
    assert_eq!(recovery.set, shares[0].share.set_name());
}

#[test]
fn a_backup_takes_guardians_and_a_place_it_can_be_written_to() {
    let dir = tempfile::tempdir().unwrap();
    let mut agent = Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
    let refused = agent.add_backup(&dir.path().join("b"));
    assert!(matches!(
        refused,
        Err(KeysError::Keyring(KeyringError::NoRecovery))
    ));
    agent.share_recovery(1, 1).unwrap();
    let refused = agent.add_backup(&dir.path().join("none/b"));
    assert!(matches!(refused, Err(KeysError::File { .. })));
    assert!(agent.keys().recovery().unwrap().backups.is_empty());
}

#[test]
fn a_restore_overwrites_no_keys() {
    let home = Home::new();
    let identity = combine(&home.shares).unwrap().identity().unwrap();
    let path = home.dir.path().join("keys");
    let refused = Agent::restore(
        &home.backup(),
        Lock::identity(&identity).unwrap(),
        &path,
        lock(),
    );
    assert!(matches!(refused.err(), Some(KeysError::Exists { .. })));
}
