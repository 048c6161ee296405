//! New keys after a revocation. Every step may be the last one before a crash: what was done is
//! told from the chain and from the agent's state, and a rerun does the rest.

use cosmwasm_std::Binary;
use vitals_api::consent::{ExecuteMsg, GrantInfo, PatientInfo};
use vitals_keyring::{generation_due, KeyringError, Roll};
use vitals_ledger::{Account, Call};

use crate::audience::{audience, Audience};
use crate::issue::{grants, put_digests};
use crate::recovery::Unreached;
use crate::state::State;
use crate::{Agent, KeysError, PackageSink};

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    pub generation: u32,
    /// Grants with a package of the new keys.
    pub packaged: Vec<u64>,
    pub skipped: Vec<Skipped>,
    /// Backups that do not hold the new secret.
    pub unreached: Vec<Unreached>,
}

/// A grant, or a member of a team it is to, that got no new package, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub grant: u64,
    pub reason: String,
}

impl Skipped {
    /// What is the grant's own fault passes it over; anything else stops the run.
    pub(crate) fn of(grant: &GrantInfo, why: KeysError) -> Result<Self, KeysError> {
        match why {
            KeysError::Keyring(
                KeyringError::Refused { .. }
                | KeyringError::NoKeys { .. }
                | KeyringError::Package(_),
            )
            | KeysError::EmptyTeam { .. }
            | KeysError::NoRecipient { .. } => Ok(Self {
                grant: grant.grant.u64(),
                reason: why.to_string(),
            }),
            other => Err(other),
        }
    }
}

impl Agent {
    /// Brings in the generation that a revocation left pending, or goes on with a rotation that
    /// was interrupted. `None` where there is nothing to do.
    pub fn rotate(
        &mut self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
    ) -> Result<Option<Rotation>, KeysError> {
        let patient = self.patient_on(chain, consent)?;
        let mut state = self.state()?;
        let Some(target) = begin(&mut state, &patient)? else {
            return Ok(None);
        };
        let (patient, unreached) = self.open_generation(chain, consent, patient)?;
        // written by the backup
        state = self.state()?;
        let (live, mut skipped) = remaining(chain, consent, &patient)?;
        let mut sealed: Vec<(&GrantInfo, Roll)> = Vec::new();
        for (grant, readers) in &live {
            let done = state.rolls.get(&grant.grant.u64());
            let roll = match done.filter(|roll| roll.generation == target) {
                Some(done) => Ok(done.clone()),
                None => self.put(chain, sink, &patient, grant, readers, &mut state),
            };
            match roll {
                Ok(roll) => sealed.push((grant, roll)),
                Err(why) => skipped.push(Skipped::of(grant, why)?),
            }
        }
        put_digests(
            chain,
            consent,
            &patient,
            sealed.iter().map(|(g, r)| (*g, r)),
        )?;
        state.rotating = None;
        state.save()?;
        Ok(Some(Rotation {
            generation: target,
            packaged: sealed.iter().map(|(grant, _)| grant.grant.u64()).collect(),
            skipped,
            unreached,
        }))
    }

    /// Saves the next secret, and backs it up, before its commitment is posted: a secret that is
    /// lost cannot be replaced once the chain insists on it. A backup that is not to be reached
    /// keeps nobody waiting.
    fn open_generation(
        &mut self,
        chain: &dyn Account,
        consent: &str,
        patient: PatientInfo,
    ) -> Result<(PatientInfo, Vec<Unreached>), KeysError> {
        let next = generation_due(&patient);
        if self.keys.bring_in(&patient)? {
            self.save()?;
        }
        let unreached = self.back_up()?;
        if !patient.pending {
            return Ok((patient, unreached));
        }
        let msg = ExecuteMsg::OpenGeneration {
            patient: patient.patient,
            generation: next,
            commitment: Binary::new(self.keys.commitment(next)?.to_vec()),
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
        Ok((self.patient_on(chain, consent)?, unreached))
    }
}

/// The rotation to go on with: begun now where a generation is pending.
fn begin(state: &mut State, patient: &PatientInfo) -> Result<Option<u32>, KeysError> {
    let target = generation_due(patient);
    let rotating = match state.rotating {
        Some(begun) if begun == target => return Ok(Some(target)),
        // One that a further revocation overtook has nothing left to finish.
        _ => patient.pending.then_some(target),
    };
    if rotating != state.rotating {
        state.rotating = rotating;
        state.save()?;
    }
    Ok(rotating)
}

/// The grants whose grantees are to have the new keys.
#[allow(
    clippy::type_complexity,
    reason = "two lists of what a list was split into"
)]
fn remaining(
    chain: &dyn Account,
    consent: &str,
    patient: &PatientInfo,
) -> Result<(Vec<(GrantInfo, Audience)>, Vec<Skipped>), KeysError> {
    let (mut live, mut skipped) = (Vec::new(), Vec::new());
    for grant in grants(chain, consent, patient.patient)? {
        match audience(chain, consent, patient, &grant) {
            Ok(mut readers) => {
                skipped.append(&mut readers.skipped);
                live.push((grant, readers));
            }
            Err(why) => skipped.push(Skipped::of(&grant, why)?),
        }
    }
    Ok((live, skipped))
}
