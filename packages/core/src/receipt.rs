//! Receipts: what a vault released, to whom, when and why; and the append-only log over them.
//!
//! A vault keeps one log for each patient: the Merkle tree of RFC 6962 over its receipts, in the
//! order of release. Its root and count are anchored. A [`proof::Consistency`] proof shows that a
//! later root only added receipts, an [`proof::Inclusion`] proof that a receipt is in the log.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::{FormatError, Reader, Writer};
use crate::decision::{Action, GroundRef, Purpose, Seconds};
use crate::measure::Category;
use crate::set::{Member, Set};
use crate::tree::{leaf_hash, Hash};

pub mod proof;

const VERSION: u8 = 1;

/// With the longest account, 255 bytes.
pub const MAX_RECEIPT_BYTES: usize = 1 + 8 + 8 + 16 + 32 + 2 + 2 + 2 + 1 + 8 + 1 + 255;

/// One release by a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub patient: u64,
    /// Seconds since 1970, of the vault's clock.
    pub at: Seconds,
    /// Drawn at random for each receipt: proofs show hashes of other receipts, and without it
    /// whoever guesses a receipt could check the guess.
    pub salt: [u8; 16],
    /// SHA-256 of what was released: ciphertext, key package or share.
    pub digest: [u8; 32],
    /// Absent for a key package: the grant states its purposes.
    pub purpose: Option<Purpose>,
    /// Absent for what covers several, as a key package may.
    pub category: Option<Category>,
    pub action: Action,
    /// What the release rested on.
    pub ground: GroundRef,
    /// Account it was released to.
    pub who: String,
}

impl Receipt {
    /// version 1 ‖ patient u64 ‖ at u64 ‖ salt 16 ‖ digest 32 ‖ purpose u16 ‖ category u16 ‖
    /// action u16 ‖ ground u8 ‖ ground's number u64 ‖ short who; enumerated values as their set
    /// bits, 0 where absent.
    pub fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let (ground, number) = ground_code(self.ground);
        Ok(Writer::versioned(VERSION)
            .u64(self.patient)
            .u64(self.at)
            .raw(&self.salt)
            .raw(&self.digest)
            .u16(self.purpose.map_or(0, Member::bit))
            .u16(self.category.map_or(0, Member::bit))
            .u16(self.action.bit())
            .u8(ground)
            .u64(number)
            .short("account of a receipt", self.who.as_bytes())?
            .done())
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned("receipt", VERSION, bytes)?;
        let receipt = Self {
            patient: r.u64()?,
            at: r.u64()?,
            salt: r.array()?,
            digest: r.array()?,
            purpose: at_most_one(r.u16()?)?,
            category: at_most_one(r.u16()?)?,
            action: at_most_one(r.u16()?)?.ok_or(FormatError::Value {
                what: "action of a receipt",
                got: 0,
                rule: "exactly one is named",
            })?,
            ground: ground(r.u8()?, r.u64()?)?,
            who: r.short_str()?.into(),
        };
        r.end()?;
        Ok(receipt)
    }

    /// Its leaf in the log.
    pub fn leaf(&self) -> Result<Hash, FormatError> {
        Ok(leaf_hash(&self.to_bytes()?))
    }
}

fn at_most_one<T: Member>(bits: u16) -> Result<Option<T>, FormatError> {
    let members = Set::<T>::from_bits(bits)?.members();
    match members.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(FormatError::Value {
            what: T::NAME,
            got: bits.into(),
            rule: "a receipt names at most one",
        }),
    }
}

fn ground_code(ground: GroundRef) -> (u8, u64) {
    match ground {
        GroundRef::Patient {} => (0, 0),
        GroundRef::Grant { id } => (1, id),
        GroundRef::Guardian {} => (2, 0),
        GroundRef::Emergency { id } => (3, id),
    }
}

fn ground(code: u8, number: u64) -> Result<GroundRef, FormatError> {
    match (code, number) {
        (0, 0) => Ok(GroundRef::Patient {}),
        (1, id) => Ok(GroundRef::Grant { id }),
        (2, 0) => Ok(GroundRef::Guardian {}),
        (3, id) => Ok(GroundRef::Emergency { id }),
        _ => Err(FormatError::Value {
            what: "ground of a receipt",
            got: code.into(),
            rule:
                "0 patient, 1 grant, 2 guardian, 3 emergency; only grant and emergency are numbered",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> Receipt {
        Receipt {
            patient: 7,
            at: 1_800_000_000,
            salt: [1; 16],
            digest: [2; 32],
            purpose: Some(Purpose::Treatment),
            category: Some(Category::Cardiac),
            action: Action::Read,
            ground: GroundRef::Grant { id: 3 },
            who: "cosmos1clinician".into(),
        }
    }

    #[test]
    fn a_receipt_on_any_ground_comes_back_whole() {
        for ground in [
            GroundRef::Patient {},
            GroundRef::Grant { id: 0 },
            GroundRef::Guardian {},
            GroundRef::Emergency { id: u64::MAX },
        ] {
            for (purpose, category) in [
                (None, None),
                (Some(Purpose::Family), Some(Category::Activity)),
            ] {
                let receipt = Receipt {
                    ground,
                    purpose,
                    category,
                    ..receipt()
                };
                let bytes = receipt.to_bytes().unwrap();
                assert_eq!(Receipt::from_bytes(&bytes), Ok(receipt));
            }
        }
    }

    #[test]
    fn the_longest_receipt_is_as_long_as_stated_and_a_longer_account_is_refused() {
        let mut receipt = receipt();
        receipt.who = "a".repeat(255);
        assert_eq!(receipt.to_bytes().unwrap().len(), MAX_RECEIPT_BYTES);
        receipt.who.push('a');
        assert!(receipt.to_bytes().is_err());
    }

    #[test]
    fn a_receipt_cut_short_or_with_bytes_left_over_is_refused() {
        let bytes = receipt().to_bytes().unwrap();
        for len in 0..bytes.len() {
            assert!(Receipt::from_bytes(&bytes[..len]).is_err(), "{len}");
        }
        assert!(Receipt::from_bytes(&[bytes, alloc::vec![0]].concat()).is_err());
    }
}
