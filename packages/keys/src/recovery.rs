//! Backups of the key file, sealed to a recovery identity that guardians hold in shares.
//!
//! The key file keeps the identity's recipient alone: it can always write a backup, and never open
//! one.

use std::path::Path;

use vitals_core::recovery::RecoveryShare;
use vitals_keyring::{KeyringError, Lock};

use crate::agent::{file_error, replace};
use crate::{Agent, KeysError};

/// What is behind, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    /// A backup's path, or a vault's name.
    pub target: String,
    pub reason: String,
}

impl Agent {
    /// Draws a new recovery identity and gives out its shares, of which any `threshold` of `of` open
    /// the backups. They are not kept. Backups there are already are sealed to it from now on;
    /// shares of an earlier identity open only copies made before.
    pub fn share_recovery(
        &mut self,
        threshold: u8,
        of: u8,
    ) -> Result<Vec<RecoveryShare>, KeysError> {
        let shares = self.keys.share_recovery(threshold, of)?;
        self.save()?;
        Ok(shares)
    }

    /// Adds a file that the backup is written to now and after each change. Fails, and changes
    /// nothing, where nobody has shares or the file cannot be written. Tells of others that are
    /// behind.
    pub fn add_backup(&mut self, path: &Path) -> Result<Vec<Unreached>, KeysError> {
        let path = std::path::absolute(path).map_err(|cause| file_error(path, cause))?;
        let recovery = self.keys.recovery_mut().ok_or(KeyringError::NoRecovery)?;
        if recovery.backups.contains(&path) {
            return self.back_up();
        }
        recovery.backups.push(path.clone());
        if let Err(why) = self.write_backup(&path) {
            self.forget_backup(&path);
            return Err(why);
        }
        self.save()?;
        self.back_up()
    }

    fn forget_backup(&mut self, path: &Path) {
        if let Some(recovery) = self.keys.recovery_mut() {
            recovery.backups.retain(|kept| kept != path);
        }
    }

    /// Writes every backup that is behind the keys. What could not be written is told, and tried
    /// again next time.
    pub fn back_up(&self) -> Result<Vec<Unreached>, KeysError> {
        let Some(recovery) = self.keys.recovery() else {
            return Ok(Vec::new());
        };
        let mut state = self.state()?;
        let mut unreached = Vec::new();
        for path in &recovery.backups {
            let target = path.display().to_string();
            if state.backups.get(&target) == Some(&self.keys.revision()) && path.exists() {
                continue;
            }
            match self.write_backup(path) {
                Ok(()) => {
                    state.backups.insert(target, self.keys.revision());
                    state.save()?;
                }
                Err(why) => unreached.push(Unreached {
                    target,
                    reason: why.to_string(),
                }),
            }
        }
        Ok(unreached)
    }

    fn write_backup(&self, path: &Path) -> Result<(), KeysError> {
        replace(path, &self.keys.backup()?)
    }

    /// Makes a key file from a backup, which the recovery identity opens that its guardians put
    /// together. Fails where the key file exists.
    pub fn restore(
        backup: &Path,
        recovery: Lock,
        path: &Path,
        lock: Lock,
    ) -> Result<Self, KeysError> {
        let restored = Self::open(backup, recovery)?;
        Self::keep(path, lock, restored.keys)
    }
}
