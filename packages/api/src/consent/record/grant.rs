//! A grant: a consent, and the key package it came with.

use cosmwasm_std::Uint64;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::GrantTerms;
use vitals_core::set::Set;
use vitals_core::time::Window;
use vitals_core::FormatError;

use super::{Patient, VERSION};
use crate::consent::{Party, MAX_GUARDIANS};
use crate::store::{Record, RecordMap};

/// Layout of a grant to a team, or by a guardian; what a patient grants an account is written as
/// it was in the first release.
const PARTIES: u8 = 2;
const ACCOUNT: u8 = 0;
const TEAM: u8 = 1;

/// By patient and grant number. Read by [`crate::consent::read::grant`], which knows of recoveries.
pub const GRANTS: RecordMap<(u64, u64), Grant> = RecordMap::new("g");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub grantee: Party,
    /// The guardians who gave it, at most 8, first who sent it last; none where the patient did. It
    /// counts for none of them, whatever team they join.
    pub by: Vec<String>,
    pub terms: GrantTerms,
    pub package: Option<Package>,
}

/// Digests of a key package and of the recipient it opens for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub digest: [u8; 32],
    pub recipient_hash: [u8; 32],
}

impl Grant {
    /// As it stands for this patient, under its number: what was given before it was recovered is
    /// revoked, by guardians too, since the old account may have appointed one to give it. A
    /// recovery would otherwise have to write every grant there is.
    #[must_use]
    pub fn held_by(mut self, patient: &Patient, id: u64) -> Self {
        self.terms.revoked |= id <= patient.recovered_through;
        self
    }

    fn written(&self, version: u8) -> Writer {
        let t = &self.terms;
        Writer::versioned(version)
            .u16(t.purposes.bits())
            .u16(t.categories.bits())
            .u16(t.actions.bits())
            .u32(t.window.from)
            .u32(t.window.to)
            .u64(t.valid_from)
            .u64(t.valid_until)
            .u8(t.revoked.into())
    }

    fn with_parties(&self) -> Result<Writer, FormatError> {
        match (&self.grantee, self.by.as_slice()) {
            (Party::Account(account), []) => {
                self.written(VERSION).short("grantee", account.as_bytes())
            }
            (grantee, by) => {
                let head = self.written(PARTIES);
                let head = match grantee {
                    Party::Account(account) => {
                        head.u8(ACCOUNT).short("grantee", account.as_bytes())
                    }
                    Party::Team(team) => Ok(head.u8(TEAM).u64(team.u64())),
                }?;
                with_guardians(head, by)
            }
        }
    }
}

impl Record for Grant {
    const NAME: &'static str = "grant";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = self.with_parties()?;
        Ok(match &self.package {
            None => head.u8(0).done(),
            Some(p) => head.u8(1).raw(&p.digest).raw(&p.recipient_hash).done(),
        })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (version, mut r) = Reader::versioned_up_to(Self::NAME, PARTIES, bytes)?;
        let terms = terms(&mut r)?;
        let (grantee, by) = match version {
            PARTIES => (grantee(&mut r)?, guardians(&mut r)?),
            _ => (Party::Account(r.short_str()?.into()), Vec::new()),
        };
        let package = package(&mut r)?;
        r.end()?;
        Ok(Self {
            grantee,
            by,
            terms,
            package,
        })
    }
}

fn terms(r: &mut Reader<'_>) -> Result<GrantTerms, FormatError> {
    Ok(GrantTerms {
        purposes: Set::from_bits(r.u16()?)?,
        categories: Set::from_bits(r.u16()?)?,
        actions: Set::from_bits(r.u16()?)?,
        window: Window::new(r.u32()?, r.u32()?)?,
        valid_from: r.u64()?,
        valid_until: r.u64()?,
        revoked: r.flag("revoked")?,
    })
}

fn grantee(r: &mut Reader<'_>) -> Result<Party, FormatError> {
    match r.u8()? {
        ACCOUNT => Ok(Party::Account(r.short_str()?.into())),
        TEAM => Ok(Party::Team(Uint64::new(r.u64()?))),
        kind => Err(FormatError::Value {
            what: "grantee",
            got: kind.into(),
            rule: "0 an account, 1 a team",
        }),
    }
}

fn with_guardians(head: Writer, by: &[String]) -> Result<Writer, FormatError> {
    let count = u8::try_from(by.len()).map_err(|_| FormatError::Length {
        what: "guardians of a grant",
        expected: MAX_GUARDIANS,
        got: by.len(),
    })?;
    by.iter().try_fold(head.u8(count), |head, account| {
        head.short("guardian", account.as_bytes())
    })
}

fn guardians(r: &mut Reader<'_>) -> Result<Vec<String>, FormatError> {
    let count = r.u8()?;
    (0..count).map(|_| r.short_str().map(Into::into)).collect()
}

fn package(r: &mut Reader<'_>) -> Result<Option<Package>, FormatError> {
    Ok(match r.flag("package")? {
        false => None,
        true => Some(Package {
            digest: r.array()?,
            recipient_hash: r.array()?,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::decision::{Action, Purpose};
    use vitals_core::measure::Category;

    fn grant(grantee: Party, by: &[&str]) -> Grant {
        Grant {
            grantee,
            by: by.iter().map(|guardian| (*guardian).into()).collect(),
            terms: GrantTerms {
                purposes: Set::of(&[Purpose::Treatment]),
                categories: Set::of(&[Category::Cardiac]),
                actions: Set::of(&[Action::Read]),
                window: Window { from: 1, to: 2 },
                valid_from: 3,
                valid_until: 4,
                revoked: true,
            },
            package: None,
        }
    }

    fn account() -> Party {
        Party::Account("cosmos1clinician".into())
    }

    #[test]
    fn a_grant_comes_back_whole_whoever_gave_it_to_whomever() {
        let some = Package {
            digest: [4; 32],
            recipient_hash: [5; 32],
        };
        for package in [None, Some(some)] {
            for grantee in [account(), Party::Team(Uint64::MAX)] {
                for by in [&[][..], &["cosmos1guardian"], &["a", "b", "c"]] {
                    let grant = Grant {
                        package: package.clone(),
                        ..grant(grantee.clone(), by)
                    };
                    assert_eq!(Grant::from_bytes(&grant.to_bytes().unwrap()), Ok(grant));
                }
            }
        }
    }

    #[test]
    fn a_grant_of_the_first_release_reads_as_the_patient_s_and_is_written_as_it_was() {
        let first = [
            &[1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2][..],
            &3u64.to_be_bytes(),
            &4u64.to_be_bytes(),
            &[1, 16],
            b"cosmos1clinician",
            &[0],
        ]
        .concat();
        assert_eq!(Grant::from_bytes(&first), Ok(grant(account(), &[])));
        assert_eq!(grant(account(), &[]).to_bytes(), Ok(first));
    }

    #[test]
    fn a_grantee_of_neither_kind_and_a_later_layout_are_refused() {
        let mut bytes = grant(Party::Team(Uint64::one()), &[]).to_bytes().unwrap();
        bytes[32] = 2;
        assert!(Grant::from_bytes(&bytes).is_err());
        bytes[32] = TEAM;
        assert!(Grant::from_bytes(&bytes).is_ok());
        bytes[0] = 3;
        assert!(Grant::from_bytes(&bytes).is_err());
    }
}
