//! Frames: a run of readings as a device sends them to its gateway, signed one by one, so that
//! what the gateway stores is authentic before the batch is closed.
//!
//! A frame is an untagged COSE_Sign1 (RFC 9052) over a CBOR array in deterministic encoding (RFC
//! 8949, section 4.2.1). Deployment and purpose are bound as external data: the signing preamble
//! of `cw-vitals/v1/gateway/frame`. There is one encoding of each frame; every other is refused.

mod cbor;

use alloc::vec::Vec;

use ciborium::Value;
use coset::iana::Algorithm;
use coset::{CborSerializable, CoseSign1Builder, HeaderBuilder};

use crate::bytes::FormatError;
use crate::device::{BatchHead, DeviceError};
use crate::key::{Signature, SignatureScheme};
use crate::measure::{Category, Measure};
use crate::reading::{Reading, ReadingFlags};
use crate::signing::{preamble, DeploymentId, Domain};

const VERSION: u8 = 1;

pub const MAX_FRAME_READINGS: usize = 128;

/// Checked before anything is parsed. The largest frame, 2287 bytes, takes less than a third.
pub const MAX_FRAME_BYTES: usize = 8 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("frame/size: a frame takes at most 8192 bytes, got {got}")]
    Size { got: usize },
    #[error("frame/cbor: a frame is CBOR nested at most {depth} deep")]
    Cbor { depth: usize },
    #[error("frame/encode: the frame cannot be written as CBOR")]
    Encode,
    #[error("frame/shape: {what} is {rule}")]
    Shape {
        what: &'static str,
        rule: &'static str,
    },
    #[error("frame/number: {what} is a whole number in its range, got {got}")]
    Number { what: &'static str, got: i128 },
    #[error("frame/version: this code reads version 1, got {got}")]
    Version { got: u8 },
    #[error("frame/algorithm: the protected header is one algorithm, -8, -7 or -47, and no more")]
    Algorithm,
    #[error("frame/canonical: every frame has one encoding, this is another")]
    Canonical,
    #[error("frame/readings: a frame has 1 to 128 readings, got {got}")]
    Readings { got: usize },
    #[error("frame/index: a batch has at most 65535 readings, {readings} from {first_index} on go past it")]
    Index { first_index: u16, readings: usize },
    #[error("frame/batch: {0}")]
    Batch(#[from] DeviceError),
    #[error("frame/value: {0}")]
    Value(#[from] FormatError),
    #[error("frame/signature: the device's key did not sign this frame")]
    Signature,
}

/// Readings of one batch that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    head: BatchHead,
    first_index: u16,
    readings: Vec<Reading>,
}

impl Frame {
    /// `first_index` is the place of the first of these readings in the batch.
    pub fn new(
        head: BatchHead,
        first_index: u16,
        readings: Vec<Reading>,
    ) -> Result<Self, FrameError> {
        let frame = Self {
            head: head.checked()?,
            first_index,
            readings,
        };
        frame.check_extent()?;
        frame.check_readings()?;
        Ok(frame)
    }

    pub fn head(&self) -> &BatchHead {
        &self.head
    }

    pub fn first_index(&self) -> u16 {
        self.first_index
    }

    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    fn check_extent(&self) -> Result<(), FrameError> {
        let readings = self.readings.len();
        if readings == 0 || readings > MAX_FRAME_READINGS {
            return Err(FrameError::Readings { got: readings });
        }
        if usize::from(self.first_index).saturating_add(readings) > usize::from(u16::MAX) {
            return Err(FrameError::Index {
                first_index: self.first_index,
                readings,
            });
        }
        Ok(())
    }

    fn check_readings(&self) -> Result<(), FrameError> {
        let mut last_ms = 0;
        for reading in &self.readings {
            self.head.check_next(last_ms, reading)?;
            last_ms = reading.offset_ms;
        }
        Ok(())
    }

    /// The Sig_structure of RFC 9052, section 4.4. An ed25519 key signs these bytes themselves, an
    /// ECDSA key their SHA-256 (RFC 9053, section 2).
    pub fn to_sign(
        &self,
        scheme: SignatureScheme,
        deployment: &DeploymentId,
    ) -> Result<Vec<u8>, FrameError> {
        let external = preamble(Domain::Frame, deployment);
        Ok(self.to_cose(scheme)?.build().tbs_data(&external))
    }

    fn to_cose(&self, scheme: SignatureScheme) -> Result<CoseSign1Builder, FrameError> {
        let header = HeaderBuilder::new().algorithm(algorithm(scheme)).build();
        Ok(CoseSign1Builder::new()
            .protected(header)
            .payload(cbor::encode(&self.to_value())?))
    }

    fn to_value(&self) -> Value {
        Value::Array(alloc::vec![
            VERSION.into(),
            self.head.device.into(),
            self.head.pairing.into(),
            self.head.sequence.into(),
            self.head.category.code().into(),
            self.head.epoch.into(),
            self.first_index.into(),
            Value::Array(self.readings.iter().map(reading_to_value).collect()),
        ])
    }

    fn from_value(value: &Value) -> Result<Self, FrameError> {
        let [version, device, pairing, sequence, category, epoch, first_index, readings] =
            cbor::array("payload", "an array of 8", value)?;
        let version = cbor::number("version", version)?;
        if version != VERSION {
            return Err(FrameError::Version { got: version });
        }
        let head = BatchHead {
            device: cbor::number("device", device)?,
            pairing: cbor::number("pairing", pairing)?,
            sequence: cbor::number("sequence", sequence)?,
            category: Category::from_code(cbor::number("category", category)?)?,
            epoch: cbor::number("epoch", epoch)?,
        };
        let readings = cbor::list("readings", readings)?
            .iter()
            .map(reading_from_value)
            .collect::<Result<_, _>>()?;
        Self::new(head, cbor::number("first index", first_index)?, readings)
    }
}

fn reading_to_value(reading: &Reading) -> Value {
    Value::Array(alloc::vec![
        reading.measure.code().into(),
        reading.value.into(),
        reading.offset_ms.into(),
        reading.flags.to_byte().into(),
    ])
}

fn reading_from_value(value: &Value) -> Result<Reading, FrameError> {
    let [measure, value, offset_ms, flags] = cbor::array("reading", "an array of 4", value)?;
    Ok(Reading {
        measure: Measure::from_code(cbor::number("measure", measure)?)?,
        value: cbor::number("value", value)?,
        offset_ms: cbor::number("offset", offset_ms)?,
        flags: ReadingFlags::from_byte(cbor::number("flags", flags)?)?,
    })
}

fn algorithm(scheme: SignatureScheme) -> Algorithm {
    match scheme {
        SignatureScheme::Ed25519 => Algorithm::EdDSA,
        SignatureScheme::Secp256k1 => Algorithm::ES256K,
        SignatureScheme::Secp256r1 => Algorithm::ES256,
    }
}

/// The scheme whose protected header, the algorithm and nothing else, has these bytes: `{1: alg}`.
fn scheme_of(protected: &[u8]) -> Result<SignatureScheme, FrameError> {
    match protected {
        [0xa1, 0x01, 0x27] => Ok(SignatureScheme::Ed25519),
        [0xa1, 0x01, 0x26] => Ok(SignatureScheme::Secp256r1),
        [0xa1, 0x01, 0x38, 0x2e] => Ok(SignatureScheme::Secp256k1),
        _ => Err(FrameError::Algorithm),
    }
}

/// A frame under a signature, which is good once [`SignedFrame::verify`] says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedFrame {
    frame: Frame,
    scheme: SignatureScheme,
    signature: Signature,
}

impl SignedFrame {
    pub fn new(frame: Frame, scheme: SignatureScheme, signature: Signature) -> Self {
        Self {
            frame,
            scheme,
            signature,
        }
    }

    pub fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    /// What the frame says, whoever signed it: enough to look up the key to verify it with.
    pub fn unverified(&self) -> &Frame {
        &self.frame
    }

    /// The frame, if `key` signed it for this deployment.
    #[cfg(feature = "verify")]
    pub fn verify(
        &self,
        key: &crate::key::PublicKey,
        deployment: &DeploymentId,
    ) -> Result<&Frame, FrameError> {
        let message = self.frame.to_sign(self.scheme, deployment)?;
        if key.scheme() == self.scheme && self.is_signed_by(key.bytes(), &message) {
            return Ok(&self.frame);
        }
        Err(FrameError::Signature)
    }

    #[cfg(feature = "verify")]
    fn is_signed_by(&self, key: &[u8], message: &[u8]) -> bool {
        use sha2::{Digest, Sha256};

        let digest = Sha256::digest(message);
        let checked = match self.scheme {
            SignatureScheme::Ed25519 => {
                cosmwasm_crypto::ed25519_verify(message, &self.signature, key)
            }
            SignatureScheme::Secp256k1 => {
                cosmwasm_crypto::secp256k1_verify(&digest, &self.signature, key)
            }
            SignatureScheme::Secp256r1 => {
                cosmwasm_crypto::secp256r1_verify(&digest, &self.signature, key)
            }
        };
        crate::key::is_low_s(self.scheme, &self.signature) && checked.unwrap_or(false)
    }

    pub fn encode(&self) -> Result<Vec<u8>, FrameError> {
        self.frame
            .to_cose(self.scheme)?
            .signature(self.signature.to_vec())
            .build()
            .to_vec()
            .map_err(|_| FrameError::Encode)
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        if bytes.len() > MAX_FRAME_BYTES {
            return Err(FrameError::Size { got: bytes.len() });
        }
        let sign1 = cbor::decode(bytes)?;
        let [protected, unprotected, payload, signature] =
            cbor::array("frame", "an array of 4, untagged", &sign1)?;
        if *unprotected != Value::Map(Vec::new()) {
            return Err(FrameError::Shape {
                what: "unprotected header",
                rule: "an empty map",
            });
        }
        let signed = Self {
            scheme: scheme_of(cbor::bytes("protected header", protected)?)?,
            frame: Frame::from_value(&cbor::decode(cbor::bytes("payload", payload)?)?)?,
            signature: cbor::bytes("signature", signature)?
                .try_into()
                .map_err(|_| FrameError::Shape {
                    what: "signature",
                    rule: "64 bytes",
                })?,
        };
        // long integers, indefinite lengths, trailing bytes: all that a lenient parser let pass
        if signed.encode()? != bytes {
            return Err(FrameError::Canonical);
        }
        Ok(signed)
    }
}
