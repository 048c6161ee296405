//! A key package from the agent to the vault, and its digest to the grant.

use cosmwasm_std::Uint64;
use vitals_api::consent::{
    ExecuteMsg, GrantInfo, GrantsPage, PackageMsg, PackageRef, PatientInfo, QueryMsg, MAX_PACKAGES,
};
use vitals_api::page::MAX_LIMIT;
use vitals_core::time::{epoch_of, Epoch};
use vitals_keyring::{Back, Roll};
use vitals_ledger::{query, Account, Call};

use crate::audience::{audience, Audience};
use crate::state::State;
use crate::{Agent, KeysError, PackageSink};

impl Agent {
    /// Seals a package for a live grant to its grantee's recipient, or those of a team's members,
    /// puts it in the vault, and its digest on the grant.
    pub fn issue(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
        grant: u64,
    ) -> Result<PackageRef, KeysError> {
        self.issue_since(chain, consent, sink, grant, None)
    }

    /// Likewise; a sealer's package reaches back to an hour (and its grant's window) for the next
    /// two days, however long ago that is: what waits at the gateway for keys of then is sealed.
    pub fn issue_since(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
        grant: u64,
        since: Option<Epoch>,
    ) -> Result<PackageRef, KeysError> {
        let patient = self.patient_on(chain, consent)?;
        let asked = QueryMsg::Grant {
            patient: patient.patient,
            grant: Uint64::new(grant),
        };
        let info: GrantInfo = query(chain, consent, &asked)?;
        let readers = audience(chain, consent, &patient, &info)?;
        let mut state = self.state()?;
        let sealed = self.seal(chain, &patient, &info, &readers, &state, since)?;
        let roll = self.store(sink, &info, sealed, &mut state)?;
        put_digests(chain, consent, &patient, [(&info, &roll)])?;
        Ok(roll.package())
    }

    /// Seals a grant's package and puts it in the vault, which is remembered.
    pub(crate) fn put(
        &self,
        chain: &dyn Account,
        sink: &(impl PackageSink + ?Sized),
        patient: &PatientInfo,
        grant: &GrantInfo,
        readers: &Audience,
        state: &mut State,
    ) -> Result<Roll, KeysError> {
        let sealed = self.seal(chain, patient, grant, readers, state, None)?;
        self.store(sink, grant, sealed, state)
    }

    fn seal(
        &self,
        chain: &dyn Account,
        patient: &PatientInfo,
        grant: &GrantInfo,
        readers: &Audience,
        state: &State,
        since: Option<Epoch>,
    ) -> Result<(Vec<u8>, Roll), KeysError> {
        let now = epoch_of(chain.block_time_ms()?).unwrap_or(Epoch::MAX);
        let owed = Back::owed(patient, state.rolls.get(&grant.grant.u64()), now);
        let back = match since {
            Some(since) => Some(Back::since(since, now).and(owed)),
            None => owed,
        };
        let readers = &readers.recipients;
        Ok(self.keys.seal_for(patient, grant, readers, back, now)?)
    }

    fn store(
        &self,
        sink: &(impl PackageSink + ?Sized),
        grant: &GrantInfo,
        (file, roll): (Vec<u8>, Roll),
        state: &mut State,
    ) -> Result<Roll, KeysError> {
        sink.put_package(self.keys.patient(), &file)?;
        state.rolls.insert(grant.grant.u64(), roll.clone());
        state.save()?;
        Ok(roll)
    }

    /// The patient's record. Fails where the chain is at a generation the agent does not hold.
    pub(crate) fn patient_on(
        &self,
        chain: &dyn Account,
        consent: &str,
    ) -> Result<PatientInfo, KeysError> {
        let asked = QueryMsg::Patient {
            patient: Uint64::new(self.keys.patient()),
        };
        let patient: PatientInfo = query(chain, consent, &asked)?;
        self.keys.check(&patient)?;
        Ok(patient)
    }
}

pub(crate) fn grants(
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
pub(crate) fn put_digests<'a>(
    chain: &dyn Account,
    consent: &str,
    patient: &PatientInfo,
    sealed: impl IntoIterator<Item = (&'a GrantInfo, &'a Roll)>,
) -> Result<(), KeysError> {
    let missing: Vec<PackageMsg> = sealed
        .into_iter()
        .map(|(grant, roll)| (grant, roll.package()))
        .filter(|(grant, package)| grant.package.as_ref() != Some(package))
        .map(|(grant, package)| PackageMsg {
            grant: grant.grant,
            package,
        })
        .collect();
    for packages in missing.chunks(MAX_PACKAGES) {
        let msg = ExecuteMsg::PutPackages {
            patient: patient.patient,
            packages: packages.to_vec(),
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
    }
    Ok(())
}
