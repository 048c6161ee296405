//! A key package from the agent to the vault, and its digest to the grant.

use cosmwasm_std::{Binary, Uint64};
use sha2::{Digest, Sha256};
use vitals_api::consent::{
    DecideMsg, Decision, ExecuteMsg, GrantInfo, PackageMsg, PackageRef, Party, PatientInfo,
    QueryMsg, RecipientInfo,
};
use vitals_core::decision::{Action, GroundRef};
use vitals_core::package::{digest, KeyPackage};
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_ledger::{query, Account, Call};

use crate::{Agent, KeysError, PackageSink};

/// How far ahead a sealer's package reaches.
pub const SEALER_HOURS: u32 = 48;

/// SHA-256 of the recipient's text: which identity opens a package.
pub fn recipient_hash(recipient: &str) -> [u8; 32] {
    Sha256::digest(recipient.as_bytes()).into()
}

/// What a grant keeps of a sealed package.
pub fn package_ref(file: &[u8], recipient: &str) -> PackageRef {
    PackageRef {
        digest: Binary::new(digest(file).to_vec()),
        recipient_hash: Binary::new(recipient_hash(recipient).to_vec()),
    }
}

impl Agent {
    /// Seals a package for a live grant to its grantee's recipient, puts it in the vault, and its
    /// digest on the grant.
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
        standing(chain, consent, &patient, &info)?;
        let package = self.seal_for(chain, consent, &patient, &info)?;
        sink.put_package(self.keys.patient(), &package.file)?;
        let msg = ExecuteMsg::PutPackages {
            patient: patient.patient,
            packages: vec![PackageMsg {
                grant: info.grant,
                package: package.refer.clone(),
            }],
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
        Ok(package.refer)
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

    pub(crate) fn seal_for(
        &self,
        chain: &dyn Account,
        consent: &str,
        patient: &PatientInfo,
        grant: &GrantInfo,
    ) -> Result<SealedPackage, KeysError> {
        let recipient = recipient(chain, consent, grantee(grant)?)?;
        let now = chain.block_time_ms()?;
        let file = self.package_for(patient, grant, now)?.seal(&recipient)?;
        Ok(SealedPackage {
            refer: package_ref(&file, &recipient),
            file,
        })
    }

    /// A reader's package, or a sealer's where the grant lets nobody read.
    fn package_for(
        &self,
        patient: &PatientInfo,
        grant: &GrantInfo,
        now_ms: u64,
    ) -> Result<KeyPackage, KeysError> {
        if grant.actions.contains(&Action::Read) {
            return self.keys.package(&grant.categories, grant.window);
        }
        if !grant.actions.contains(&Action::Seal) {
            return Err(KeysError::NoKeys {
                grant: grant.grant.u64(),
            });
        }
        let rolling = sealer_window(patient.raised_at_ms, now_ms);
        let window = rolling.intersect(&grant.window).ok_or(KeysError::NoKeys {
            grant: grant.grant.u64(),
        })?;
        self.keys.sealer_package(&grant.categories, window)
    }
}

pub(crate) struct SealedPackage {
    pub file: Vec<u8>,
    pub refer: PackageRef,
}

/// From the last raise, since which the gateway may have kept readings it could not seal.
fn sealer_window(raised_at_ms: u64, now_ms: u64) -> Window {
    let now = epoch_of(now_ms).unwrap_or(Epoch::MAX);
    let raised = epoch_of(raised_at_ms).filter(|_| raised_at_ms > 0);
    Window {
        from: raised.unwrap_or(now).min(now),
        to: now.saturating_add(SEALER_HOURS),
    }
}

fn recipient(chain: &dyn Account, consent: &str, account: &str) -> Result<String, KeysError> {
    let asked = QueryMsg::Recipient {
        account: account.into(),
    };
    let info: RecipientInfo = query(chain, consent, &asked)?;
    info.recipient.ok_or_else(|| KeysError::NoRecipient {
        account: account.into(),
    })
}

/// The account a package on the grant is for.
fn grantee(grant: &GrantInfo) -> Result<&str, KeysError> {
    match &grant.grantee {
        Party::Account(account) => Ok(account),
        Party::Team(_) => Err(KeysError::TeamGrant {
            grant: grant.grant.u64(),
        }),
    }
}

/// Refusals that time or a new credential may lift: until then the vault holds the package back.
const NOT_YET: [&str; 2] = ["consent/grant_not_yet_valid", "consent/credential_missing"];

/// Whether a grant still lets its grantee have keys, by the decision itself.
pub(crate) fn standing(
    chain: &dyn Account,
    consent: &str,
    patient: &PatientInfo,
    grant: &GrantInfo,
) -> Result<(), KeysError> {
    let reads = grant.actions.contains(&Action::Read);
    let no_keys = KeysError::NoKeys {
        grant: grant.grant.u64(),
    };
    let (Some(purpose), Some(category)) = (grant.purposes.first(), grant.categories.first()) else {
        return Err(no_keys);
    };
    if !reads && !grant.actions.contains(&Action::Seal) {
        return Err(no_keys);
    }
    let asked = QueryMsg::Decide(DecideMsg {
        patient: patient.patient,
        who: grantee(grant)?.into(),
        purpose: *purpose,
        category: *category,
        action: if reads { Action::Read } else { Action::Seal },
        window: grant.window,
        ground: Some(GroundRef::Grant {
            id: grant.grant.u64(),
        }),
    });
    match query(chain, consent, &asked)? {
        Decision::Permit { .. } => Ok(()),
        Decision::Refuse { code, .. } if NOT_YET.contains(&code.as_str()) => Ok(()),
        Decision::Refuse { code, reason } => Err(KeysError::Refused { code, reason }),
    }
}
