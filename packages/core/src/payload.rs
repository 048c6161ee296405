//! The sealed payload of a batch: its readings and the seed of their salts, compressed, padded
//! and encrypted.
//!
//! ```text
//! version ‖ nonce 24 ‖ XChaCha20-Poly1305(batch key, nonce, columns, Measured ‖ generation)
//! batch key = HKDF-SHA256(epoch key, device ‖ sequence ‖ root ‖ generation)
//! ```
//!
//! The nonce is random and long enough that no two meet (draft-irtf-cfrg-xchacha), so a batch
//! may be sealed again. The length shows little more than the count, which the chain shows
//! anyway: it is rounded up by Padmé.

mod columns;
mod padme;
mod rice;

pub use columns::MAX_READINGS;
pub use padme::padded_len;

use alloc::vec::Vec;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::keytree::EpochKey;
use crate::reading::Reading;
use crate::FormatError;

const VERSION: u8 = 1;
const BATCH_KEY_SALT: &[u8] = b"cw-vitals/v1/payload/batch-key";

pub const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
const HEADER_BYTES: usize = 1 + NONCE_BYTES;

/// What sealing adds to the padded plaintext.
pub const OVERHEAD_BYTES: usize = HEADER_BYTES + TAG_BYTES;

/// Longer than any 65,535 readings can come to: each takes at most two escaped numbers of ten
/// bytes and two runs of two, and padding adds an eighth at most.
pub const MAX_SEALED_BYTES: usize = 2 << 20;

/// Why a payload cannot be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    #[error("payload/count: a batch has 1 to 65535 readings, got {got}")]
    Count { got: usize },
    #[error("payload/length: a sealed payload has {OVERHEAD_BYTES} to {MAX_SEALED_BYTES} bytes, got {got}")]
    Length { got: usize },
    #[error("payload/version: sealed as version {got}, this code reads version 1")]
    Version { got: u8 },
    #[error("payload/not_authentic: the key or the context is another, or the bytes were altered")]
    NotAuthentic,
    #[error("payload/format: {0}")]
    Format(#[from] FormatError),
    #[error("payload/varint: a number in the runs is above 65535")]
    Varint,
    #[error("payload/runs: the {what} do not add up to the count")]
    Runs { what: &'static str },
    #[error("payload/bits: the columns end before the count is reached")]
    Bits,
    #[error("payload/offset: a time lies outside the epoch")]
    Offset,
    #[error("payload/not_canonical: not the one encoding of its readings")]
    NotCanonical,
}

/// Which batch a payload belongs to. Another batch's payload does not open in its place.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub device: u64,
    pub sequence: u64,
    pub root: &'a [u8; 32],
    pub generation: u32,
    /// The canonical bytes of Measured, which the device signed.
    pub measured: &'a [u8],
}

impl Context<'_> {
    fn cipher(&self, epoch_key: &EpochKey) -> XChaCha20Poly1305 {
        let mut info = [0u8; 52];
        info[..8].copy_from_slice(&self.device.to_be_bytes());
        info[8..16].copy_from_slice(&self.sequence.to_be_bytes());
        info[16..48].copy_from_slice(self.root);
        info[48..].copy_from_slice(&self.generation.to_be_bytes());
        let key = epoch_key.expand(BATCH_KEY_SALT, &info);
        XChaCha20Poly1305::new(key.as_bytes().into())
    }

    fn associated_data(&self) -> Vec<u8> {
        [self.measured, &self.generation.to_be_bytes()].concat()
    }
}

/// Seals readings, in the order their batch commits them, with the seed of their salts.
/// `nonce` is 24 fresh bytes from a cryptographic random source.
pub fn seal(
    epoch_key: &EpochKey,
    context: &Context<'_>,
    seed: &[u8; 32],
    readings: &[Reading],
    nonce: &[u8; NONCE_BYTES],
) -> Result<Vec<u8>, PayloadError> {
    // The plaintext is built where its ciphertext will be. Eight bytes a reading is room enough
    // for physiological data, so that it does not move and leave a copy behind.
    let room = readings.len().min(MAX_READINGS) * 8;
    let mut out = Vec::with_capacity(OVERHEAD_BYTES + 128 + room);
    out.push(VERSION);
    out.extend_from_slice(nonce);
    columns::write(&mut out, seed, readings)?;
    let got = out.len();
    let body = out.split_at_mut(HEADER_BYTES).1;
    let tag = context
        .cipher(epoch_key)
        .encrypt_inout_detached(
            &XNonce::from(*nonce),
            &context.associated_data(),
            body.into(),
        )
        // Past 256 GB, says the cipher; no count of readings comes near.
        .map_err(|_| PayloadError::Length { got })?;
    out.extend_from_slice(&tag);
    Ok(out)
}

/// Opens a sealed payload: the seed of the salts, and the readings in their order. That they are
/// those the device committed to is for the caller to check against the root.
pub fn open(
    epoch_key: &EpochKey,
    context: &Context<'_>,
    sealed: &[u8],
) -> Result<([u8; 32], Vec<Reading>), PayloadError> {
    let (nonce, body, tag) = split(sealed)?;
    let mut plaintext = Zeroizing::new(body.to_vec());
    context
        .cipher(epoch_key)
        .decrypt_inout_detached(
            &XNonce::from(nonce),
            &context.associated_data(),
            plaintext.as_mut_slice().into(),
            &Tag::from(tag),
        )
        .map_err(|_| PayloadError::NotAuthentic)?;
    columns::read(&plaintext)
}

/// What is sealed, and how it is read once it is open: for those who look for bytes that break it.
#[cfg(fuzzing)]
pub mod plaintext {
    use super::{columns, PayloadError, Reading, Vec};

    pub fn write(seed: &[u8; 32], readings: &[Reading]) -> Result<Vec<u8>, PayloadError> {
        let mut out = Vec::new();
        columns::write(&mut out, seed, readings)?;
        Ok(out)
    }

    pub fn read(plaintext: &[u8]) -> Result<([u8; 32], Vec<Reading>), PayloadError> {
        columns::read(plaintext)
    }
}

/// The pointer to a sealed payload, kept on chain and served by.
pub fn digest(sealed: &[u8]) -> [u8; 32] {
    Sha256::digest(sealed).into()
}

type Parts<'a> = ([u8; NONCE_BYTES], &'a [u8], [u8; TAG_BYTES]);

fn split(sealed: &[u8]) -> Result<Parts<'_>, PayloadError> {
    let wrong_length = PayloadError::Length { got: sealed.len() };
    if sealed.len() > MAX_SEALED_BYTES {
        return Err(wrong_length);
    }
    let (head, tag) = sealed.split_last_chunk().ok_or(wrong_length.clone())?;
    let (version, rest) = head.split_first().ok_or(wrong_length.clone())?;
    if *version != VERSION {
        return Err(PayloadError::Version { got: *version });
    }
    let (nonce, body) = rest.split_first_chunk().ok_or(wrong_length)?;
    Ok((*nonce, body, *tag))
}
