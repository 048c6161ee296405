//! Device keys: three signature schemes, one text and one binary form, and who may verify them.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::bytes::FormatError;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema, cw_schema::Schemaifier)
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum SignatureScheme {
    Ed25519 = 1,
    Secp256k1 = 2,
    Secp256r1 = 3,
}

impl SignatureScheme {
    pub fn code(self) -> u8 {
        self as u8
    }

    pub fn from_code(code: u8) -> Result<Self, FormatError> {
        match code {
            1 => Ok(Self::Ed25519),
            2 => Ok(Self::Secp256k1),
            3 => Ok(Self::Secp256r1),
            other => Err(FormatError::Value {
                what: "signature scheme",
                got: other.into(),
                rule: "1 ed25519, 2 secp256k1, 3 secp256r1",
            }),
        }
    }

    pub fn key_len(self) -> usize {
        match self {
            Self::Ed25519 => 32,
            // compressed SEC1 points
            Self::Secp256k1 | Self::Secp256r1 => 33,
        }
    }
}

pub const SIGNATURE_BYTES: usize = 64;

/// A signature: R ‖ S, 64 bytes in every scheme.
pub type Signature = [u8; SIGNATURE_BYTES];

/// A checked public key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PublicKey {
    scheme: SignatureScheme,
    bytes: Vec<u8>,
}

impl PublicKey {
    /// Checks length, SEC1 prefix and, for ed25519, that the point is not of small order: such a
    /// key verifies signatures nobody made.
    pub fn new(scheme: SignatureScheme, bytes: &[u8]) -> Result<Self, FormatError> {
        if bytes.len() != scheme.key_len() {
            return Err(FormatError::Length {
                what: "public key",
                expected: scheme.key_len(),
                got: bytes.len(),
            });
        }
        match scheme {
            SignatureScheme::Ed25519 => {
                if is_small_order(bytes) {
                    return Err(FormatError::Encoding {
                        what: "public key",
                        rule: "an ed25519 key is not of small order",
                    });
                }
            }
            SignatureScheme::Secp256k1 | SignatureScheme::Secp256r1 => {
                if !matches!(bytes.first(), Some(2 | 3)) {
                    return Err(FormatError::Encoding {
                        what: "public key",
                        rule: "an ECDSA key is a compressed SEC1 point",
                    });
                }
            }
        }
        Ok(Self {
            scheme,
            bytes: bytes.to_vec(),
        })
    }

    pub fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}:", self.scheme)?;
        self.bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// The y coordinates (little-endian, sign bit cleared) of every encoding of the eight points of
/// order 1, 2, 4 and 8, the non-canonical ones included. A test computes them anew.
const SMALL_ORDER_Y: [[u8; 32]; 7] = [
    [0; 32],
    with_ends(1, 0, 0),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    with_ends(0xec, 0xff, 0x7f),
    with_ends(0xed, 0xff, 0x7f),
    with_ends(0xee, 0xff, 0x7f),
];

const fn with_ends(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut out = [middle; 32];
    out[0] = first;
    out[31] = last;
    out
}

fn is_small_order(bytes: &[u8]) -> bool {
    let Ok(mut y) = <[u8; 32]>::try_from(bytes) else {
        return false;
    };
    y[31] &= 0x7f;
    SMALL_ORDER_Y.contains(&y)
}

/// Something that can check a signature over a 32-byte digest: the chain's host functions in a
/// contract, the same code as a library elsewhere.
pub trait Verifier {
    fn verify(&self, key: &PublicKey, digest: &[u8; 32], signature: &Signature) -> bool;
}

/// Something that holds a device's key.
pub trait Signer {
    fn public_key(&self) -> PublicKey;
    fn sign(&self, digest: &[u8; 32]) -> Signature;
    /// Signs a message as COSE does: ed25519 the bytes themselves, ECDSA their SHA-256.
    fn sign_message(&self, message: &[u8]) -> Signature;
}

/// What the chain's host verifies, off chain.
#[cfg(feature = "verify")]
#[derive(Debug, Clone, Copy, Default)]
pub struct HostVerifier;

#[cfg(feature = "verify")]
impl Verifier for HostVerifier {
    fn verify(&self, key: &PublicKey, digest: &[u8; 32], signature: &Signature) -> bool {
        let checked = match key.scheme() {
            SignatureScheme::Ed25519 => {
                cosmwasm_crypto::ed25519_verify(digest, signature, key.bytes())
            }
            SignatureScheme::Secp256k1 => {
                cosmwasm_crypto::secp256k1_verify(digest, signature, key.bytes())
            }
            SignatureScheme::Secp256r1 => {
                cosmwasm_crypto::secp256r1_verify(digest, signature, key.bytes())
            }
        };
        is_low_s(key.scheme(), signature) && checked.unwrap_or(false)
    }
}

/// Half the group order of secp256k1 and of secp256r1, big-endian (SEC 2, version 2).
const HALF_ORDER_K1: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
];
const HALF_ORDER_R1: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
];

/// ECDSA signatures come in pairs, (r, s) and (r, n - s); only the lower one is ours, so that a
/// signed body has one signature per nonce. ed25519's rule is the host's own.
pub fn is_low_s(scheme: SignatureScheme, signature: &Signature) -> bool {
    let s = &signature[32..];
    match scheme {
        SignatureScheme::Ed25519 => true,
        SignatureScheme::Secp256k1 => s <= HALF_ORDER_K1.as_slice(),
        SignatureScheme::Secp256r1 => s <= HALF_ORDER_R1.as_slice(),
    }
}

/// An ed25519 device key in memory.
#[cfg(feature = "sign")]
pub struct Ed25519Signer(ed25519_dalek::SigningKey);

#[cfg(feature = "sign")]
impl Ed25519Signer {
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }
}

#[cfg(feature = "sign")]
impl Signer for Ed25519Signer {
    fn public_key(&self) -> PublicKey {
        PublicKey {
            scheme: SignatureScheme::Ed25519,
            bytes: self.0.verifying_key().to_bytes().to_vec(),
        }
    }

    fn sign(&self, digest: &[u8; 32]) -> Signature {
        self.sign_message(digest)
    }

    fn sign_message(&self, message: &[u8]) -> Signature {
        use ed25519_dalek::Signer as _;
        self.0.sign(message).to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_order_point_is_refused_in_every_encoding() {
        use curve25519_dalek::constants::EIGHT_TORSION;
        for point in EIGHT_TORSION {
            let canonical = point.compress().to_bytes();
            for sign in [0, 0x80] {
                let mut bytes = canonical;
                bytes[31] = (bytes[31] & 0x7f) | sign;
                assert!(PublicKey::new(SignatureScheme::Ed25519, &bytes).is_err());
            }
        }
        // p and p + 1 encode y = 0 and y = 1 once more
        for first in [0xed, 0xee] {
            let bytes = with_ends(first, 0xff, 0x7f);
            assert!(PublicKey::new(SignatureScheme::Ed25519, &bytes).is_err());
        }
    }

    #[test]
    fn what_is_no_point_at_all_is_no_small_order_point() {
        assert!(is_small_order(&[0; 32]));
        for len in [0, 31, 33] {
            assert!(!is_small_order(&[0; 33][..len]), "{len}");
        }
    }

    #[test]
    fn keys_of_a_wrong_length_or_prefix_are_refused() {
        assert!(PublicKey::new(SignatureScheme::Ed25519, &[7; 31]).is_err());
        assert!(PublicKey::new(SignatureScheme::Secp256k1, &[7; 32]).is_err());
        assert!(PublicKey::new(SignatureScheme::Secp256r1, &[4; 33]).is_err());
        assert!(PublicKey::new(SignatureScheme::Secp256r1, &[2; 33]).is_ok());
    }

    #[cfg(all(feature = "sign", feature = "verify"))]
    #[test]
    fn the_host_accepts_what_a_device_signs_and_nothing_else() {
        let signer = Ed25519Signer::from_seed(&[7; 32]);
        let signature = signer.sign(&[1; 32]);
        let key = signer.public_key();
        assert!(HostVerifier.verify(&key, &[1; 32], &signature));
        assert!(!HostVerifier.verify(&key, &[2; 32], &signature));
        let mut forged = signature;
        forged[5] ^= 1;
        assert!(!HostVerifier.verify(&key, &[1; 32], &forged));
    }

    #[test]
    fn the_upper_half_of_s_is_refused() {
        let halves = [
            (SignatureScheme::Secp256k1, HALF_ORDER_K1),
            (SignatureScheme::Secp256r1, HALF_ORDER_R1),
        ];
        for (scheme, half) in halves {
            let mut signature = [0u8; 64];
            signature[32..].copy_from_slice(&half);
            assert!(is_low_s(scheme, &signature));
            signature[63] += 1;
            assert!(!is_low_s(scheme, &signature));
        }
    }
}
