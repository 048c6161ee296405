//! A key package from the agent to the vault, and its digest to the grant.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::{
    ExecuteMsg, GrantInfo, GrantsPage, PackageMsg, PackageRef, Party, PatientInfo, QueryMsg,
    MAX_PACKAGES, TEAM_ROLL_S,
};
use vitals_api::page::MAX_LIMIT;
use vitals_core::decision::Action;
use vitals_core::package::{digest, KeyPackage};
use vitals_core::time::{epoch_of, Epoch, Window, EPOCH_MS};
use vitals_ledger::{query, Account, Call};

use crate::audience::{audience, recipient_hash, Audience};
use crate::state::{Roll, State};
use crate::{Agent, KeysError, PackageSink};

/// How far ahead a sealer's package reaches.
pub const SEALER_HOURS: u32 = 48;
/// How far ahead a team's package reaches: what the contract counts on when a member leaves.
pub const TEAM_HOURS: u32 = (TEAM_ROLL_S * 1_000 / EPOCH_MS) as u32;

/// What a grant keeps of a sealed package.
pub fn package_ref(file: &[u8], recipient: &str) -> PackageRef {
    PackageRef {
        digest: Binary::new(digest(file).to_vec()),
        recipient_hash: Binary::new(recipient_hash(recipient).to_vec()),
    }
}

/// What packages of one kind reach.
pub(crate) enum Reach {
    /// All of the grant's window.
    Whole,
    /// So many hours ahead, and sealed anew once less than a day less is left.
    Rolling(u32),
}

pub(crate) fn reach(grant: &GrantInfo) -> Reach {
    match (&grant.grantee, grant.actions.contains(&Action::Read)) {
        (Party::Team(_), _) => Reach::Rolling(TEAM_HOURS),
        (Party::Account(_), false) => Reach::Rolling(SEALER_HOURS),
        (Party::Account(_), true) => Reach::Whole,
    }
}

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
        let patient = self.patient_on(chain, consent)?;
        let asked = QueryMsg::Grant {
            patient: patient.patient,
            grant: Uint64::new(grant),
        };
        let info: GrantInfo = query(chain, consent, &asked)?;
        let readers = audience(chain, consent, &patient, &info)?;
        let mut state = self.state()?;
        let roll = self.put(chain, sink, &patient, &info, &readers, &mut state)?;
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
        let now = epoch_of(chain.block_time_ms()?).unwrap_or(Epoch::MAX);
        let window = self.window_for(patient, grant, now)?;
        let package = self.package_for(grant, window)?;
        let file = package.seal_to_all(&readers.recipients)?;
        sink.put_package(self.keys.patient(), &file)?;
        let roll = Roll {
            digest: Binary::new(digest(&file).to_vec()),
            recipient_hash: Binary::new(readers.hash().to_vec()),
            generation: patient.generation,
            until: window.to,
            erasures: self.keys.erasures(),
        };
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
        if patient.generation > self.keys.latest() {
            return Err(KeysError::Behind {
                chain: patient.generation,
                held: self.keys.latest(),
            });
        }
        self.check_commitment(&patient)?;
        Ok(patient)
    }

    fn check_commitment(&self, patient: &PatientInfo) -> Result<(), KeysError> {
        let Some(posted) = &patient.commitment else {
            return Ok(());
        };
        if posted.as_slice() == self.keys.commitment(patient.generation)? {
            return Ok(());
        }
        Err(KeysError::Commitment {
            generation: patient.generation,
        })
    }

    fn window_for(
        &self,
        patient: &PatientInfo,
        grant: &GrantInfo,
        now: Epoch,
    ) -> Result<Window, KeysError> {
        let reads = grant.actions.contains(&Action::Read);
        let from = if reads {
            grant.window.from
        } else {
            sealer_from(patient.raised_at_ms, now)
        };
        let to = match reach(grant) {
            Reach::Whole => grant.window.to,
            Reach::Rolling(hours) => now.saturating_add(hours),
        };
        Window::new(from.max(grant.window.from), to.min(grant.window.to)).map_err(|_| {
            KeysError::NoKeys {
                grant: grant.grant.u64(),
            }
        })
    }

    /// A reader's package, or a sealer's where the grant lets nobody read.
    fn package_for(&self, grant: &GrantInfo, window: Window) -> Result<KeyPackage, KeysError> {
        match grant.actions.contains(&Action::Read) {
            true => self.keys.package(&grant.categories, window),
            false => self.keys.sealer_package(&grant.categories, window),
        }
    }
}

/// From the last raise, since which the gateway may have kept readings it could not seal.
fn sealer_from(raised_at_ms: u64, now: Epoch) -> Epoch {
    let raised = epoch_of(raised_at_ms).filter(|_| raised_at_ms > 0);
    raised.unwrap_or(now).min(now)
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
