//! New keys after a revocation. Every step may be the last one before a crash: what was done is
//! told from the chain and from the progress file, and a rerun does the rest.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{
    ExecuteMsg, GrantInfo, GrantsPage, PackageMsg, PackageRef, PatientInfo, QueryMsg, MAX_PACKAGES,
};
use vitals_api::page::MAX_LIMIT;
use vitals_core::time::{epoch_of, Epoch};
use vitals_ledger::{query, Account, Call};

use crate::issue::standing;
use crate::progress::{Progress, Sealed};
use crate::{Agent, KeysError, PackageSink};

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    pub generation: u32,
    /// Grants with a package of the new keys.
    pub packaged: Vec<u64>,
    pub skipped: Vec<Skipped>,
}

/// A grant that got no new package, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub grant: u64,
    pub reason: String,
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
        let Some(mut progress) = self.progress(&patient)? else {
            return Ok(None);
        };
        let patient = self.open_generation(chain, consent, patient)?;
        let (live, skipped) = self.remaining(chain, consent, &patient)?;
        let skipped = skipped
            .into_iter()
            .chain(self.seal_all(chain, consent, sink, &patient, &live, &mut progress)?)
            .collect();
        let packaged = put_digests(chain, consent, &patient, &live, &progress.sealed)?;
        let generation = progress.generation;
        progress.end()?;
        Ok(Some(Rotation {
            generation,
            packaged,
            skipped,
        }))
    }

    /// The rotation to go on with: begun now where a generation is pending.
    fn progress(&self, patient: &PatientInfo) -> Result<Option<Progress>, KeysError> {
        let begun = Progress::load(self.progress_path())?;
        let target = patient.generation.saturating_add(patient.pending.into());
        match begun {
            Some(progress) if progress.generation == target => Ok(Some(progress)),
            // One that a further revocation overtook has nothing left to finish.
            _ if patient.pending => Progress::begin(self.progress_path(), target).map(Some),
            Some(overtaken) => overtaken.end().map(|()| None),
            None => Ok(None),
        }
    }

    /// Saves the next secret before its commitment is posted: a secret that is lost cannot be
    /// replaced once the chain insists on it.
    fn open_generation(
        &mut self,
        chain: &dyn Account,
        consent: &str,
        patient: PatientInfo,
    ) -> Result<PatientInfo, KeysError> {
        if !patient.pending {
            return Ok(patient);
        }
        let next = patient.generation.saturating_add(1);
        if self.keys.latest() < next {
            self.keys.add_generation(end_of(patient.raised_at_ms))?;
            self.save()?;
        }
        let msg = ExecuteMsg::OpenGeneration {
            patient: patient.patient,
            generation: next,
            commitment: Binary::new(self.keys.commitment(next)?.to_vec()),
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
        self.patient_on(chain, consent)
    }

    /// The grants whose grantees are to have the new keys.
    fn remaining(
        &self,
        chain: &dyn Account,
        consent: &str,
        patient: &PatientInfo,
    ) -> Result<(Vec<GrantInfo>, Vec<Skipped>), KeysError> {
        let (mut live, mut skipped) = (Vec::new(), Vec::new());
        for grant in grants(chain, consent, patient.patient)? {
            match standing(chain, consent, patient, &grant) {
                Ok(()) => live.push(grant),
                Err(why) => skipped.push(skip(&grant, why)?),
            }
        }
        Ok((live, skipped))
    }

    fn seal_all(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
        patient: &PatientInfo,
        live: &[GrantInfo],
        progress: &mut Progress,
    ) -> Result<Vec<Skipped>, KeysError> {
        let mut skipped = Vec::new();
        for grant in live {
            let number = grant.grant.u64();
            if progress.sealed.iter().any(|done| done.grant == number) {
                continue;
            }
            let package = match self.seal_for(chain, consent, patient, grant) {
                Ok(package) => package,
                Err(why) => {
                    skipped.push(skip(grant, why)?);
                    continue;
                }
            };
            sink.put_package(self.keys.patient(), &package.file)?;
            progress.record(Sealed {
                grant: number,
                digest: hex::encode(&package.refer.digest),
                recipient_hash: hex::encode(&package.refer.recipient_hash),
            })?;
        }
        Ok(skipped)
    }
}

/// What is the grant's own fault passes it over; anything else stops the rotation.
fn skip(grant: &GrantInfo, why: KeysError) -> Result<Skipped, KeysError> {
    match why {
        KeysError::Refused { .. }
        | KeysError::NoKeys { .. }
        | KeysError::TeamGrant { .. }
        | KeysError::NoRecipient { .. }
        | KeysError::Package(_) => Ok(Skipped {
            grant: grant.grant.u64(),
            reason: why.to_string(),
        }),
        other => Err(other),
    }
}

/// First epoch in which nothing is measured under a generation: the one after its raise's.
fn end_of(raised_at_ms: u64) -> Epoch {
    epoch_of(raised_at_ms)
        .unwrap_or(Epoch::MAX)
        .saturating_add(1)
}

fn grants(
    chain: &dyn Account,
    consent: &str,
    patient: Uint64,
) -> Result<Vec<GrantInfo>, KeysError> {
    let mut all: Vec<GrantInfo> = Vec::new();
    loop {
        let asked = QueryMsg::Grants {
            patient,
            start_after: all.last().map(|grant| grant.grant),
            limit: Some(MAX_LIMIT),
        };
        let page: GrantsPage = query(chain, consent, &asked)?;
        if page.grants.is_empty() {
            return Ok(all);
        }
        all.extend(page.grants);
    }
}

/// Puts the digests of sealed packages on the grants that do not have them yet.
fn put_digests(
    chain: &dyn Account,
    consent: &str,
    patient: &PatientInfo,
    live: &[GrantInfo],
    sealed: &[Sealed],
) -> Result<Vec<u64>, KeysError> {
    let (mut packaged, mut missing) = (Vec::new(), Vec::new());
    for grant in live {
        let number = grant.grant.u64();
        let Some(done) = sealed.iter().find(|done| done.grant == number) else {
            continue;
        };
        packaged.push(number);
        let package = done.package()?;
        if grant.package.as_ref() != Some(&package) {
            missing.push(PackageMsg {
                grant: grant.grant,
                package,
            });
        }
    }
    for packages in missing.chunks(MAX_PACKAGES) {
        let msg = ExecuteMsg::PutPackages {
            patient: patient.patient,
            packages: packages.to_vec(),
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
    }
    Ok(packaged)
}

impl Sealed {
    fn package(&self) -> Result<PackageRef, KeysError> {
        let bytes = |text: &str| {
            hex::decode(text)
                .map(Binary::new)
                .map_err(|cause| KeysError::File {
                    path: "rotation progress".into(),
                    cause: cause.to_string(),
                })
        };
        Ok(PackageRef {
            digest: bytes(&self.digest)?,
            recipient_hash: bytes(&self.recipient_hash)?,
        })
    }
}
