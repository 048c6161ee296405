//! The emergency package while custodians' vaults are away for an hour.

mod fixture;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::Path;

use fixture::{lock, World, CONSENT, NOW, PATIENT};
use vitals_core::package::digest;
use vitals_core::time::Window;
use vitals_keys::{Agent, Custody, KeysError, Named, PackageSink, Vaults};

struct Vault<'a> {
    world: &'a World,
    away: Cell<bool>,
    has: RefCell<BTreeSet<Vec<u8>>>,
}

impl<'a> Vault<'a> {
    fn of(world: &'a World) -> Self {
        Self {
            world,
            away: Cell::new(false),
            has: RefCell::default(),
        }
    }
}

impl PackageSink for &Vault<'_> {
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        if self.away.get() {
            return Err(KeysError::Vault("vault/unreachable: away".into()));
        }
        self.has.borrow_mut().insert(digest(file).to_vec());
        self.world.put_package(patient, file)
    }

    fn put_share(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        self.put_package(patient, file)
    }
}

/// The ward's vault, and each custodian's.
fn vaults<'a>(all: &'a [Vault<'a>], dir: &Path) -> Vaults<&'a Vault<'a>> {
    let named = |(number, vault): (usize, &'a Vault<'a>)| Named {
        name: format!("vault {number}"),
        vault,
    };
    let all = all.iter().enumerate().map(named).collect();
    Vaults::new(all, dir.join("waiting"))
}

fn window(world: &World) -> Window {
    world.custody.borrow().packages.as_ref().unwrap().window
}

/// Whether a vault has every share that the chain names.
fn has_all(vault: &Vault<'_>) -> bool {
    let custody = vault.world.custody.borrow();
    let named = &custody.packages.as_ref().unwrap().packages;
    let has = vault.has.borrow();
    named.iter().all(|p| has.contains(p.digest.as_slice()))
}

/// What is held opens for a day still, so nothing is gained by naming shares that custodians do not
/// have yet; and the agent may be off by the time they could have them.
#[test]
fn shares_are_not_named_on_the_chain_before_their_custodians_vaults_have_them() {
    let world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let _people = world.name_custodians(&["wasm1bank", "wasm1clinic"], 2);
    let agent = Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
    let all = [(); 3].map(|()| Vault::of(&world));
    let vaults = vaults(&all, dir.path());
    let keep = || agent.keep_custody(&world, CONSENT, &vaults).unwrap();
    keep();
    let before = window(&world);
    all[2].away.set(true);
    world.now.set(NOW + 24);
    let waiting = Custody::Waiting {
        holds: Some(before),
        lacking: vec!["vault 2".into()],
    };
    assert_eq!(keep(), waiting);
    assert_eq!(keep(), waiting, "a rerun");
    assert_eq!(window(&world), before);
    assert!(all.iter().all(has_all), "an emergency opens what it did");
    all[2].away.set(false);
    world.now.set(NOW + 25);
    let effects = world.effects.get();
    assert!(matches!(keep(), Custody::Kept { renewed: true, .. }));
    assert!(window(&world).to == before.to + 24 && all.iter().all(has_all));
    let sent = "the package and two shares to the vault, one message";
    assert_eq!(world.effects.get() - effects, 4, "{sent}");
    assert!(matches!(keep(), Custody::Kept { renewed: false, .. }));
}

#[test]
fn a_custodian_who_can_be_done_without_is_not_waited_for() {
    let world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let custodians = ["wasm1bank", "wasm1clinic", "wasm1notary"];
    let _people = world.name_custodians(&custodians, 2);
    let agent = Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
    let all = [(); 4].map(|()| Vault::of(&world));
    let vaults = vaults(&all, dir.path());
    let keep = || agent.keep_custody(&world, CONSENT, &vaults).unwrap();
    all[2].away.set(true);
    all[3].away.set(true);
    let lacking = vec!["vault 2".into(), "vault 3".into()];
    let holds = None;
    assert_eq!(keep(), Custody::Waiting { holds, lacking });
    all[3].away.set(false);
    assert!(matches!(keep(), Custody::Kept { renewed: true, .. }));
    assert!(has_all(&all[3]) && !has_all(&all[2]));
}
