//! Several vaults, some of which are away.

use std::cell::{Cell, RefCell};

use vitals_keys::{KeysError, Named, PackageSink, Vaults};

#[derive(Default)]
struct Vault {
    away: Cell<bool>,
    refuses: Cell<Option<u64>>,
    took: RefCell<Vec<(u64, Vec<u8>)>>,
}

impl PackageSink for &Vault {
    fn put_package(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        if self.away.get() {
            return Err(KeysError::Vault("vault/unreachable: away".into()));
        }
        if self.refuses.get() == Some(patient) {
            return Err(KeysError::VaultRefused("vault/erased: gone".into()));
        }
        self.took.borrow_mut().push((patient, file.to_vec()));
        Ok(())
    }

    fn put_share(&self, patient: u64, file: &[u8]) -> Result<(), KeysError> {
        self.put_package(patient, file)
    }
}

fn both<'a>(one: &'a Vault, other: &'a Vault, dir: &std::path::Path) -> Vaults<&'a Vault> {
    let named = |name: &str, vault| Named {
        name: name.into(),
        vault,
    };
    let vaults = vec![named("one", one), named("an/other", other)];
    Vaults::new(vaults, dir.join("waiting"))
}

#[test]
fn what_one_vault_could_not_take_waits_for_it_through_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (Vault::default(), Vault::default());
    other.away.set(true);
    let vaults = both(&one, &other, dir.path());
    vaults.put_package(5, b"package").unwrap();
    vaults.put_share(6, b"share").unwrap();
    let unreached = vaults.send_waiting().unwrap();
    assert_eq!(unreached.len(), 1);
    assert_eq!(unreached[0].target, "an/other");
    other.away.set(false);
    let restarted = both(&one, &other, dir.path());
    assert_eq!(restarted.send_waiting().unwrap(), []);
    let took = [(5, b"package".to_vec()), (6, b"share".to_vec())];
    assert_eq!(*other.took.borrow(), took);
    assert_eq!(*one.took.borrow(), took);
    assert_eq!(restarted.send_waiting().unwrap(), []);
    assert_eq!(other.took.borrow().len(), 2, "sent once");
}

#[test]
fn what_no_vault_took_is_not_put() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (Vault::default(), Vault::default());
    one.away.set(true);
    other.away.set(true);
    let vaults = both(&one, &other, dir.path());
    assert!(matches!(
        vaults.put_package(5, b"package"),
        Err(KeysError::Vault(_))
    ));
    one.away.set(false);
    assert_eq!(vaults.send_waiting().unwrap(), []);
    assert!(one.took.borrow().is_empty());
}

#[test]
fn a_file_that_a_vault_refuses_holds_back_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (Vault::default(), Vault::default());
    other.away.set(true);
    let vaults = both(&one, &other, dir.path());
    for patient in 5..=7 {
        vaults.put_package(patient, b"package").unwrap();
    }
    other.away.set(false);
    other.refuses.set(Some(6));
    let unreached = vaults.send_waiting().unwrap();
    assert_eq!(unreached.len(), 1);
    assert!(unreached[0].reason.contains("vault/erased"));
    let mut took: Vec<_> = other.took.borrow().iter().map(|(of, _)| *of).collect();
    took.sort_unstable();
    assert_eq!(took, [5, 7]);
    other.refuses.set(None);
    assert_eq!(vaults.send_waiting().unwrap(), []);
    assert_eq!(other.took.borrow().len(), 3);
}
