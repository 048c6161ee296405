//! Who is let in. Argon2 is slow by intent, so one password is hashed at a time, beside the
//! connections; a device that proved its password once is recognised by a fast keyed digest, so
//! that a flood of wrong passwords, or all devices coming back at once, do not hold it up.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argon2::password_hash::{PasswordHash, PasswordVerifier};
use argon2::Argon2;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::{entry, new_password, random, read, Entries};
use crate::{topic, TransportError};

pub(crate) struct Guard {
    path: PathBuf,
    /// What is compared for a device that is not listed, so that the answer takes as long.
    nobody: String,
    key: [u8; 32],
    known: Mutex<Known>,
    turn: Arc<Semaphore>,
}

struct Known {
    entries: Entries,
    /// Digest of the password by which a device was let in.
    proven: BTreeMap<u64, [u8; 32]>,
}

impl Guard {
    pub fn open(path: PathBuf) -> Result<Self, TransportError> {
        let entries = read(&path)?;
        let nobody = entry(0, &new_password()?)?.split_off("0 ".len());
        let proven = BTreeMap::new();
        Ok(Self {
            path,
            nobody,
            key: random()?,
            known: Mutex::new(Known { entries, proven }),
            turn: Arc::new(Semaphore::new(1)),
        })
    }

    /// The device that a user name and password are of, if they are of one.
    pub async fn admit(self: &Arc<Self>, user: &str, password: &str) -> Option<u64> {
        let device = topic::number(user);
        let digest = self.digest(user, password);
        if let Some(device) = device.filter(|device| self.was_proven(*device, &digest)) {
            return Some(device);
        }
        let turn = self.turn.clone().acquire_owned().await.ok()?;
        let listed = device.and_then(|device| self.known().entries.get(&device).cloned());
        let hash = listed.clone().unwrap_or_else(|| self.nobody.clone());
        let password = Zeroizing::new(password.to_string());
        // The turn goes along: a hash that nobody waits for any more is still being computed.
        let verified = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            verify(&hash, &password)
        });
        let verified = verified.await.ok()?;
        let device = device.filter(|_| listed.is_some() && verified)?;
        self.remember(device, listed, digest).then_some(device)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn digest(&self, user: &str, password: &str) -> [u8; 32] {
        let head = (user.len() as u64).to_be_bytes();
        let parts = [&self.key[..], &head, user.as_bytes(), password.as_bytes()];
        parts
            .iter()
            .fold(Sha256::new(), Sha256::chain_update)
            .finalize()
            .into()
    }

    fn was_proven(&self, device: u64, digest: &[u8; 32]) -> bool {
        let known = self.known();
        known
            .proven
            .get(&device)
            .is_some_and(|proven| proven.ct_eq(digest).into())
    }

    /// Not where its entry changed while its password was hashed.
    fn remember(&self, device: u64, listed: Option<String>, digest: [u8; 32]) -> bool {
        let mut known = self.known();
        if known.entries.get(&device) != listed.as_ref() {
            return false;
        }
        known.proven.insert(device, digest);
        true
    }

    pub fn devices(&self) -> Vec<u64> {
        self.known().entries.keys().copied().collect()
    }

    /// Reads the file again; the devices whose password is another now, or none.
    pub fn reload(&self) -> Result<Vec<u64>, TransportError> {
        let fresh = read(&self.path)?;
        let mut known = self.known();
        let changed =
            |(device, hash): (&u64, &String)| (fresh.get(device) != Some(hash)).then_some(*device);
        let changed: Vec<u64> = known.entries.iter().filter_map(changed).collect();
        for device in &changed {
            known.proven.remove(device);
        }
        known.entries = fresh;
        Ok(changed)
    }
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .and_then(|hash| Argon2::default().verify_password(password.as_bytes(), &hash))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::credentials::{remove, set};

    const RIGHT: &str = "correct horse battery";
    const OTHER: &str = "another long password";

    fn guard(dir: &tempfile::TempDir) -> (PathBuf, Arc<Guard>) {
        let path = dir.path().join("devices");
        set(&path, 7, RIGHT).unwrap();
        set(&path, 8, OTHER).unwrap();
        (path.clone(), Arc::new(Guard::open(path).unwrap()))
    }

    #[tokio::test]
    async fn a_device_enters_with_its_own_password_and_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let (_, guard) = guard(&dir);
        for _ in 0..2 {
            assert_eq!(guard.admit("7", RIGHT).await, Some(7));
            for (user, password) in [
                ("7", OTHER),
                ("8", RIGHT),
                ("9", RIGHT),
                ("", ""),
                ("7", ""),
                ("07", RIGHT),
                ("+7", RIGHT),
                ("seven", RIGHT),
                ("7 ", RIGHT),
                ("77", &RIGHT[1..]),
            ] {
                assert_eq!(guard.admit(user, password).await, None, "{user}");
            }
        }
    }

    #[tokio::test]
    async fn a_changed_password_holds_at_once_and_an_old_one_no_more() {
        let dir = tempfile::tempdir().unwrap();
        let (path, guard) = guard(&dir);
        assert_eq!(guard.admit("7", RIGHT).await, Some(7));
        assert!(guard.reload().unwrap().is_empty());
        set(&path, 7, OTHER).unwrap();
        set(&path, 9, OTHER).unwrap();
        remove(&path, 8).unwrap();
        assert_eq!(guard.reload().unwrap(), [7, 8]);
        assert_eq!(guard.admit("7", RIGHT).await, None);
        assert_eq!(guard.admit("7", OTHER).await, Some(7));
        assert_eq!(guard.admit("8", OTHER).await, None);
        assert_eq!(guard.admit("9", OTHER).await, Some(9));
    }

    /// A pause of the machine in one measurement says nothing: an answer without a hash is faster in all.
    #[tokio::test]
    async fn a_number_that_is_not_listed_is_told_apart_by_no_faster_answer() {
        let dir = tempfile::tempdir().unwrap();
        let (_, guard) = guard(&dir);
        let mut took = Vec::new();
        for _ in 0..8 {
            let mut pair = Vec::new();
            for user in ["7", "9"] {
                let begun = Instant::now();
                assert_eq!(guard.admit(user, "a wrong password").await, None);
                pair.push(begun.elapsed());
            }
            took.push((pair[0], pair[1]));
        }
        let alike = took.iter().any(|(listed, not)| *not * 4 > *listed);
        assert!(alike, "listed, not listed: {took:?}");
    }

    #[tokio::test]
    async fn callers_that_left_are_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let (_, guard) = guard(&dir);
        let turn = guard.turn.clone().acquire_owned().await.unwrap();
        for wrong in 0..40 {
            let wrong = format!("wrong password {wrong}");
            let left = guard.admit("7", &wrong);
            assert!(tokio::time::timeout(Duration::from_millis(2), left)
                .await
                .is_err());
        }
        drop(turn);
        assert_eq!(
            guard.turn.available_permits(),
            1,
            "somebody who left has the turn"
        );
        assert_eq!(guard.admit("7", RIGHT).await, Some(7));
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_read_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (path, guard) = guard(&dir);
        std::fs::write(&path, "nonsense").unwrap();
        assert!(guard.reload().is_err());
        assert_eq!(guard.admit("7", RIGHT).await, Some(7));
    }
}
