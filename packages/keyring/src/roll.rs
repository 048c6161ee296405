//! Packages on grants: which are as they should be, which are sealed anew; and the generation that
//! a revocation left pending.

use cosmwasm_std::Binary;
use serde::{Deserialize, Serialize};
use vitals_api::consent::{GrantInfo, PackageRef, PatientInfo};
use vitals_core::package::digest;
use vitals_core::time::{epoch_of, Epoch};

use crate::grants::{reach, reads, Reach};
use crate::recipients::in_order;
use crate::{audience_hash, Back, KeyringError, Keys};

/// A rolling package is sealed anew once it reaches this much less far than a new one would: the
/// agent may be away for the rest of its hours.
pub const ROLL_HOURS: u32 = 24;

/// A package that was sealed for a grant: what an agent remembers of it. No keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    pub digest: Binary,
    pub recipient_hash: Binary,
    /// The generation open when it was sealed.
    pub generation: u32,
    /// First epoch it does not reach.
    pub until: Epoch,
    /// Erasures before it was sealed.
    pub erasures: u32,
    /// What it reached further back than usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Back>,
}

impl Roll {
    /// What the grant keeps of it.
    pub fn package(&self) -> PackageRef {
        PackageRef {
            digest: self.digest.clone(),
            recipient_hash: self.recipient_hash.clone(),
        }
    }
}

/// What a grant's package needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    Nothing,
    /// It is in the vaults, and its digest is not on the grant.
    Record(Roll),
    /// To be sealed, put to the vaults and recorded.
    Seal,
}

impl Keys {
    /// That these are this patient's keys.
    pub fn check_patient(&self, asked: u64) -> Result<(), KeyringError> {
        let held = self.patient();
        match asked == held {
            true => Ok(()),
            false => Err(KeyringError::Patient { asked, held }),
        }
    }

    /// That these are the patient's keys, as new as the chain's generation and the ones it has a
    /// commitment to.
    pub fn check(&self, patient: &PatientInfo) -> Result<(), KeyringError> {
        self.check_patient(patient.patient.u64())?;
        let generation = patient.generation;
        if generation > self.latest() {
            return Err(KeyringError::Behind {
                chain: generation,
                held: self.latest(),
            });
        }
        let Some(posted) = &patient.commitment else {
            return Ok(());
        };
        match posted.as_slice() == self.commitment(generation)? {
            true => Ok(()),
            false => Err(KeyringError::Commitment { generation }),
        }
    }

    /// Seals a grant's package to its recipients; a sealer's with the hours that are owed to it, all
    /// other packages reach what they reach.
    pub fn seal_for<T: AsRef<str>>(
        &self,
        patient: &PatientInfo,
        grant: &GrantInfo,
        recipients: &[T],
        owed: Option<Back>,
        now: Epoch,
    ) -> Result<(Vec<u8>, Roll), KeyringError> {
        let back = owed.filter(|_| !reads(grant));
        let (package, window) = self.package_for(patient, grant, back, now)?;
        let file = package.seal_to_all(&in_order(recipients))?;
        let roll = Roll {
            digest: Binary::new(digest(&file).to_vec()),
            recipient_hash: Binary::new(audience_hash(recipients).to_vec()),
            generation: patient.generation,
            until: window.to,
            erasures: self.erasures(),
            back,
        };
        Ok((file, roll))
    }

    /// What a grant needs, whose package goes to these recipients and was last sealed as `known`.
    pub fn due<T: AsRef<str>>(
        &self,
        patient: &PatientInfo,
        grant: &GrantInfo,
        recipients: &[T],
        known: Option<&Roll>,
        now: Epoch,
    ) -> Due {
        let readers = audience_hash(recipients);
        match known.filter(|roll| self.holds(roll, patient, grant, &readers, now)) {
            Some(roll) if grant.package.as_ref() == Some(&roll.package()) => Due::Nothing,
            Some(roll) => Due::Record(roll.clone()),
            None if known.is_none() && fits_whole(grant, &readers) => Due::Nothing,
            None => Due::Seal,
        }
    }

    /// Whether a package is what would be sealed now, or near enough.
    fn holds(
        &self,
        roll: &Roll,
        patient: &PatientInfo,
        grant: &GrantInfo,
        readers: &[u8; 32],
        now: Epoch,
    ) -> bool {
        let far_enough = match reach(grant) {
            Reach::Whole => true,
            Reach::Rolling(hours) => {
                let least = now.saturating_add(hours - ROLL_HOURS.min(hours));
                roll.until > least.min(grant.window.to.saturating_sub(1))
            }
        };
        far_enough
            && roll.generation == patient.generation
            && roll.erasures == self.erasures()
            && roll.recipient_hash.as_slice() == readers
    }

    /// Draws the secret that [`generation_due`] asks for, unless it is held. Says whether the keys
    /// changed: then they are saved, and backed up, before the commitment is posted, since a secret
    /// that is lost cannot be replaced once the chain insists on it.
    pub fn bring_in(&mut self, patient: &PatientInfo) -> Result<bool, KeyringError> {
        if self.latest() >= generation_due(patient) {
            return Ok(false);
        }
        self.add_generation(end_of(patient.raised_at_ms))?;
        Ok(true)
    }
}

/// The generation that is open, or the next one while it is pending.
pub fn generation_due(patient: &PatientInfo) -> u32 {
    patient.generation.saturating_add(patient.pending.into())
}

/// A reader's package that the agent does not remember, made by other means or before its memory
/// was lost: it stays while it is for the recipient that the reader has.
fn fits_whole(grant: &GrantInfo, readers: &[u8; 32]) -> bool {
    let there = grant.package.as_ref();
    reach(grant) == Reach::Whole
        && there.is_some_and(|package| package.recipient_hash.as_slice() == readers)
}

/// First epoch in which nothing is measured under a generation: the one after its raise's.
fn end_of(raised_at_ms: u64) -> Epoch {
    epoch_of(raised_at_ms)
        .unwrap_or(Epoch::MAX)
        .saturating_add(1)
}
