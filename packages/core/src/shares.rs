//! An age identity in shares: any `threshold` of them give it, fewer tell nothing.
//!
//! Shamir's scheme over GF(2^8) with AES's polynomial (0x11b), byte by byte, by `vsss-rs`, whose
//! arithmetic takes the same time whatever the secret; shares are evaluated at 1, 2, 3, …
//!
//! ```text
//! share = threshold u8 ‖ index u8 ‖ set (32) ‖ value (32)
//! set   = SHA-256("cw-vitals/v1/shares/set" ‖ threshold ‖ secret)
//! ```
//!
//! The set says which shares belong together, and whether what they give is what was split: a
//! share that was mixed in, mistyped or made up is recognised. It tells nothing of a secret of 256
//! random bits.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

use age::x25519::Identity;
use bech32::{Bech32, Hrp};
use chacha20::rand_core::SeedableRng;
use chacha20::ChaCha20Rng;
use sha2::{Digest, Sha256};
use vsss_rs::Gf256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::bytes::Reader;
use crate::FormatError;

/// Shares of one secret.
pub const MAX_SHARES: u8 = 16;
/// threshold ‖ index ‖ set ‖ value.
pub const SHARE_BYTES: usize = 1 + 1 + 32 + 32;

const SET: &[u8] = b"cw-vitals/v1/shares/set";
const IDENTITY: Hrp = Hrp::parse_unchecked("age-secret-key-");

/// Why a secret was not split or put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SharesError {
    #[error("shares/threshold: {threshold} of {of} shares: expected 1 to {of}, of at most 16")]
    Threshold { threshold: u8, of: u8 },
    #[error("shares/mixed: share {index} is of set {got}, not of set {expected}")]
    Mixed {
        index: u8,
        got: String,
        expected: String,
    },
    #[error("shares/too_few: {got} shares of set {set}, it takes {threshold}")]
    TooFew {
        set: String,
        got: usize,
        threshold: u8,
    },
    #[error("shares/wrong: the shares of set {set} do not give what was split: one was altered or made up")]
    Wrong { set: String },
    #[error("shares/format: {0}")]
    Format(#[from] FormatError),
    #[error("shares/library: {0}")]
    Library(String),
}

/// The 32 bytes behind an age identity.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct IdentitySecret([u8; 32]);

impl IdentitySecret {
    /// 32 bytes from a cryptographic random source: the caller's, for this crate has none.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// `AGE-SECRET-KEY-1…`.
    pub fn identity(&self) -> Result<Zeroizing<String>, SharesError> {
        bech32::encode_upper::<Bech32>(IDENTITY, &self.0)
            .map(Zeroizing::new)
            .map_err(|cause| SharesError::Library(cause.to_string()))
    }

    /// `age1…`.
    pub fn recipient(&self) -> Result<String, SharesError> {
        let identity = Identity::from_str(&self.identity()?)
            .map_err(|cause| SharesError::Library(cause.into()))?;
        Ok(identity.to_public().to_string())
    }

    /// Shares 1 to `of`, of which any `threshold` give the secret. `seed`: another 32 bytes from a
    /// cryptographic random source, which the shares hang from and nobody may learn.
    pub fn split(
        &self,
        threshold: u8,
        of: u8,
        seed: Zeroizing<[u8; 32]>,
    ) -> Result<Vec<Share>, SharesError> {
        if threshold == 0 || threshold > of || of > MAX_SHARES {
            return Err(SharesError::Threshold { threshold, of });
        }
        let set = set(threshold, &self.0);
        let share = |index, value| Share {
            threshold,
            index,
            set,
            value,
        };
        // the library splits for two and more; a polynomial of degree 0 is the secret everywhere
        if threshold == 1 {
            return Ok((1..=of).map(|index| share(index, self.0)).collect());
        }
        let mut rng = ChaCha20Rng::from_seed(*seed);
        let dealt = Gf256::split_bytes(threshold.into(), of.into(), self.0, &mut rng)
            .map(Zeroizing::new)
            .map_err(library)?;
        dealt
            .iter()
            .map(|bytes| {
                let mut reader = Reader::new("share", bytes);
                Ok(share(reader.u8()?, reader.array()?))
            })
            .collect()
    }
}

fn set(threshold: u8, secret: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(SET);
    hash.update([threshold]);
    hash.update(secret);
    hash.finalize().into()
}

fn library(cause: vsss_rs::Error) -> SharesError {
    SharesError::Library(cause.to_string())
}

/// One share of a secret.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Share {
    threshold: u8,
    index: u8,
    set: [u8; 32],
    value: [u8; 32],
}

impl Share {
    /// Shares it takes.
    pub fn threshold(&self) -> u8 {
        self.threshold
    }

    /// Which share of its set, from 1.
    pub fn index(&self) -> u8 {
        self.index
    }

    /// Which shares it goes with.
    pub fn set(&self) -> &[u8; 32] {
        &self.set
    }

    /// The set as people compare it: its first four bytes.
    pub fn set_name(&self) -> String {
        self.set[..4]
            .iter()
            .map(|b| alloc::format!("{b:02x}"))
            .collect()
    }

    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(SHARE_BYTES));
        out.extend_from_slice(&[self.threshold, self.index]);
        out.extend_from_slice(&self.set);
        out.extend_from_slice(&self.value);
        out
    }

    /// A share in a record that holds others.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        let share = Self {
            threshold: reader.u8()?,
            index: reader.u8()?,
            set: reader.array()?,
            value: reader.array()?,
        };
        in_range("threshold of a share", share.threshold)?;
        in_range("index of a share", share.index)?;
        Ok(share)
    }
}

fn in_range(what: &'static str, got: u8) -> Result<(), FormatError> {
    if got == 0 || got > MAX_SHARES {
        return Err(FormatError::Value {
            what,
            got: got.into(),
            rule: "1 to 16",
        });
    }
    Ok(())
}

/// What was split, by the shares of one set in any order. Where there are more than it takes, those
/// that are wrong are found and left out.
pub fn combine(shares: &[&Share]) -> Result<IdentitySecret, SharesError> {
    let Some(first) = shares.first() else {
        return Err(SharesError::TooFew {
            set: String::new(),
            got: 0,
            threshold: 1,
        });
    };
    if let Some(other) = shares.iter().find(|s| s.set != first.set) {
        return Err(SharesError::Mixed {
            index: other.index,
            got: other.set_name(),
            expected: first.set_name(),
        });
    }
    let threshold = first.threshold;
    let mut distinct: Vec<&Share> = Vec::new();
    for share in shares {
        if share.threshold == threshold && !distinct.contains(share) {
            distinct.push(share);
        }
    }
    let mut indices: Vec<u8> = distinct.iter().map(|share| share.index).collect();
    indices.sort_unstable();
    indices.dedup();
    if indices.len() < threshold.into() {
        return Err(SharesError::TooFew {
            set: first.set_name(),
            got: indices.len(),
            threshold,
        });
    }
    choose(&distinct, threshold.into(), &mut Vec::new())?.ok_or_else(|| SharesError::Wrong {
        set: first.set_name(),
    })
}

/// Tries each choice of `more` further shares: C(16, 8) = 12,870 at most, and one where all are
/// right.
fn choose(
    from: &[&Share],
    more: usize,
    chosen: &mut Vec<Share>,
) -> Result<Option<IdentitySecret>, SharesError> {
    if more == 0 {
        return interpolate(chosen);
    }
    for (at, share) in from.iter().enumerate() {
        if chosen.iter().any(|c| c.index == share.index) {
            continue;
        }
        chosen.push((*share).clone());
        let found = choose(&from[at + 1..], more - 1, chosen)?;
        chosen.pop();
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The secret, if these shares give one of their set.
fn interpolate(shares: &[Share]) -> Result<Option<IdentitySecret>, SharesError> {
    let [first, ..] = shares else {
        return Ok(None);
    };
    let mut secret = match shares.len() {
        1 => first.value.to_vec(),
        _ => Gf256::combine_bytes(&points(shares)[..]).map_err(library)?,
    };
    let bytes = <[u8; 32]>::try_from(secret.as_slice()).map(IdentitySecret);
    secret.zeroize();
    Ok(bytes
        .ok()
        .filter(|found| set(first.threshold, &found.0) == first.set))
}

/// Index and value, as the library takes them.
fn points(shares: &[Share]) -> Zeroizing<Vec<Vec<u8>>> {
    let point = |share: &Share| {
        let mut point = Vec::with_capacity(33);
        point.push(share.index);
        point.extend_from_slice(&share.value);
        point
    };
    Zeroizing::new(shares.iter().map(point).collect())
}
