//! Packages that reach only so far ahead, sealed anew in time; and everything else that a patient's
//! keys need day by day.

use vitals_api::consent::{GrantInfo, PatientInfo};
use vitals_core::time::{epoch_of, Epoch};
use vitals_keyring::{keeps_package, Due, KeyringError, Roll};
use vitals_ledger::Account;

use crate::audience::audience;
use crate::custody::Custody;
use crate::issue::{grants, put_digests};
use crate::recovery::Unreached;
use crate::rotate::{Rotation, Skipped};
use crate::state::State;
use crate::{Agent, KeysError, PackageSink};

/// What rolling did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rolled {
    /// Grants with a new package.
    pub grants: Vec<u64>,
    /// Those that have none, and members of teams who got none.
    pub skipped: Vec<Skipped>,
}

/// What the agent found to do.
#[derive(Debug)]
pub struct Tended {
    pub rotation: Option<Rotation>,
    pub rolled: Rolled,
    /// Fails alone: without an emergency package everything else goes on.
    pub custody: Result<Custody, KeysError>,
    /// Backups that are behind, and vaults that lack packages.
    pub unreached: Vec<Unreached>,
}

impl Agent {
    /// Everything that is due: the generation that is pending, packages of teams and sealers, the
    /// emergency package, backups. Does nothing where nothing is, and may be stopped at any
    /// instant.
    pub fn tend(
        &mut self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
    ) -> Result<Tended, KeysError> {
        let rotation = self.rotate(chain, consent, sink)?;
        let rolled = self.roll(chain, consent, sink)?;
        let custody = self.keep_custody(chain, consent, sink);
        let mut unreached = self.back_up()?;
        unreached.extend(sink.send_waiting()?);
        Ok(Tended {
            rotation,
            rolled,
            custody,
            unreached,
        })
    }

    /// Seals anew the packages of teams and sealers that reach too little far ahead, and those that
    /// no longer fit: somebody joined, left or published another recipient, or something was
    /// erased. While a generation is pending nothing can be put on a grant: rotate first.
    pub fn roll(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
    ) -> Result<Rolled, KeysError> {
        let patient = self.patient_on(chain, consent)?;
        if patient.pending {
            return Err(KeyringError::Pending.into());
        }
        let mut state = self.state()?;
        let mut rolled = Rolled::default();
        let mut sealed: Vec<(GrantInfo, Roll)> = Vec::new();
        for grant in grants(chain, consent, patient.patient)? {
            match self.roll_one(chain, consent, sink, &patient, &grant, &mut state) {
                Ok((roll, skipped)) => {
                    rolled.skipped.extend(skipped);
                    sealed.extend(roll.map(|roll| (grant, roll)));
                }
                // what was revoked or lets nobody read needs no keys
                Err(KeysError::Keyring(
                    KeyringError::Refused { .. } | KeyringError::NoKeys { .. },
                )) => {}
                Err(why) => rolled.skipped.push(Skipped::of(&grant, why)?),
            }
        }
        put_digests(chain, consent, &patient, sealed.iter().map(|(g, r)| (g, r)))?;
        rolled.grants = sealed.iter().map(|(grant, _)| grant.grant.u64()).collect();
        Ok(rolled)
    }

    /// The package to put on a grant, where another than it has is due.
    fn roll_one(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
        patient: &PatientInfo,
        grant: &GrantInfo,
        state: &mut State,
    ) -> Result<(Option<Roll>, Vec<Skipped>), KeysError> {
        if !keeps_package(grant) {
            return Ok((None, Vec::new()));
        }
        let mut readers = audience(chain, consent, patient, grant)?;
        let skipped = std::mem::take(&mut readers.skipped);
        let now = epoch_of(chain.block_time_ms()?).unwrap_or(Epoch::MAX);
        let known = state.rolls.get(&grant.grant.u64());
        let due = self
            .keys
            .due(patient, grant, &readers.recipients, known, now);
        let roll = match due {
            Due::Nothing => None,
            Due::Record(roll) => Some(roll),
            Due::Seal => Some(self.put(chain, sink, patient, grant, &readers, state)?),
        };
        Ok((roll, skipped))
    }
}
