//! Backups of the key file, sealed to a recovery identity that guardians hold in shares.
//!
//! The keys hold the identity's recipient alone: they can always be backed up, and a backup is never
//! opened by them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use vitals_core::agefile;
use vitals_core::recovery::RecoveryShare;

use crate::{random, KeyringError, Keys};

/// What backups are sealed to, who can open them, and where they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// `age1…` of the recovery identity.
    pub recipient: String,
    /// Which shares open it: the first bytes of their set.
    pub set: String,
    pub threshold: u8,
    pub of: u8,
    /// Files that every change of the keys is written to, by a key agent that has files.
    pub backups: Vec<PathBuf>,
}

impl Recovery {
    /// Bytes it takes at most when written: nothing in it is secret, but it stands among secrets.
    pub(crate) fn len(&self) -> usize {
        let paths = self.backups.iter();
        512 + paths.map(|p| 8 + 6 * p.as_os_str().len()).sum::<usize>()
    }
}

impl Keys {
    /// Draws a new recovery identity and gives out its shares, of which any `threshold` of `of` open
    /// the backups. They are not kept. Backups are sealed to it from now on; shares of an earlier
    /// identity open only copies made before.
    pub fn share_recovery(
        &mut self,
        threshold: u8,
        of: u8,
    ) -> Result<Vec<RecoveryShare>, KeyringError> {
        let secret = random::draw_identity()?;
        let shares = secret.split(threshold, of, random::secret()?)?;
        let backups = self.recovery.take().map(|before| before.backups);
        self.recovery = Some(Recovery {
            recipient: secret.recipient()?,
            set: shares
                .first()
                .map(|share| share.set_name())
                .unwrap_or_default(),
            threshold,
            of,
            backups: backups.unwrap_or_default(),
        });
        let patient = self.patient();
        let share = |share| RecoveryShare { patient, share };
        Ok(shares.into_iter().map(share).collect())
    }

    /// An age file of these keys that the recovery identity opens. `Keys::unlock` reads it again.
    pub fn backup(&self) -> Result<Vec<u8>, KeyringError> {
        let recovery = self.recovery.as_ref().ok_or(KeyringError::NoRecovery)?;
        let plain = self.to_bytes("the backup")?;
        Ok(agefile::seal(&plain, &[&recovery.recipient])?)
    }
}
