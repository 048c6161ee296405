//! What a custodian keeps for an emergency: a share of the identity that opens the patient's
//! emergency package, in an age file to the custodian.
//!
//! ```text
//! version ‖ patient u64 ‖ generation u32 ‖ window from u32 ‖ to u32 ‖ share (66) ‖ package digest (32)
//! ```
//!
//! The emergency package is a key package ([`crate::package`]) sealed to an identity made for it
//! alone. The chain keeps the digest of each custodian's file. In an emergency a custodian opens
//! its file and seals what is within anew, to the responder, who puts the shares together.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::agefile::{self, AgeFileError};
use crate::bytes::Reader;
use crate::shares::{combine as combine_shares, Share, SharesError, SHARE_BYTES};
use crate::time::Window;
use crate::FormatError;

const VERSION: u8 = 1;

/// version ‖ patient ‖ generation ‖ window ‖ share ‖ package digest.
pub const EMERGENCY_SHARE_BYTES: usize = 1 + 8 + 4 + 8 + SHARE_BYTES + 32;

/// The largest age file of a share: what is within, a stanza, a few of age's own to hide it among.
pub const MAX_SHARE_FILE_BYTES: usize = 4 << 10;

/// Why a share cannot be made, opened or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmergencyError {
    #[error("emergency/file: {0}")]
    File(#[from] AgeFileError),
    #[error("emergency/format: {0}")]
    Format(#[from] FormatError),
    #[error("emergency/shares: {0}")]
    Shares(#[from] SharesError),
    #[error("emergency/too_few: {got} shares that go together, it takes {threshold}")]
    TooFew { got: usize, threshold: u8 },
}

/// One custodian's share.
#[derive(Clone, PartialEq, Eq)]
pub struct EmergencyShare {
    pub patient: u64,
    /// The generation open when it was made.
    pub generation: u32,
    /// Measured epochs that the package opens.
    pub window: Window,
    pub share: Share,
    /// SHA-256 of the emergency package's file.
    pub package: [u8; 32],
}

/// What shares put together give.
pub struct EmergencyKey {
    /// `AGE-SECRET-KEY-1…`: opens the emergency package.
    pub identity: Zeroizing<String>,
    pub package: [u8; 32],
    pub window: Window,
    pub generation: u32,
}

impl EmergencyShare {
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
        let mut out = Zeroizing::new(Vec::with_capacity(EMERGENCY_SHARE_BYTES));
        out.push(VERSION);
        out.extend_from_slice(&self.patient.to_be_bytes());
        out.extend_from_slice(&self.generation.to_be_bytes());
        out.extend_from_slice(&self.window.from.to_be_bytes());
        out.extend_from_slice(&self.window.to.to_be_bytes());
        out.extend_from_slice(&self.share.to_bytes());
        out.extend_from_slice(&self.package);
        out
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EmergencyError> {
        let mut reader = Reader::versioned("emergency share", VERSION, bytes)?;
        let share = Self {
            patient: reader.u64()?,
            generation: reader.u32()?,
            window: Window::new(reader.u32()?, reader.u32()?)?,
            share: Share::read(&mut reader)?,
            package: reader.array()?,
        };
        reader.end()?;
        Ok(share)
    }

    /// An age file that only the recipient's identity opens: the custodian's, or the responder's.
    pub fn seal(&self, recipient: &str) -> Result<Vec<u8>, EmergencyError> {
        Ok(agefile::seal(&self.to_bytes(), &[recipient])?)
    }

    /// Opens an age file with an identity (`AGE-SECRET-KEY-1…`).
    pub fn open(file: &[u8], identity: &str) -> Result<Self, EmergencyError> {
        let plain = agefile::open(file, identity, EMERGENCY_SHARE_BYTES)?;
        Self::from_bytes(&plain)
    }

    /// Whether two were made together.
    fn goes_with(&self, other: &Self) -> bool {
        self.patient == other.patient
            && self.generation == other.generation
            && self.window == other.window
            && self.package == other.package
            && self.share.set() == other.share.set()
            && self.share.threshold() == other.share.threshold()
    }
}

/// The key that the shares give once enough of them go together. Shares of other sets, and wrong
/// ones among those of the right set, do no harm where there are enough besides.
pub fn combine(shares: &[EmergencyShare]) -> Result<EmergencyKey, EmergencyError> {
    let mut refused = EmergencyError::TooFew {
        got: 0,
        threshold: 1,
    };
    let mut most = 0;
    for (at, first) in shares.iter().enumerate() {
        if shares[..at].iter().any(|before| before.goes_with(first)) {
            continue;
        }
        let group: Vec<&Share> = shares
            .iter()
            .filter(|share| share.goes_with(first))
            .map(|share| &share.share)
            .collect();
        match combine_shares(&group) {
            Ok(secret) => {
                return Ok(EmergencyKey {
                    identity: secret.identity()?,
                    package: first.package,
                    window: first.window,
                    generation: first.generation,
                })
            }
            // what is said is of the largest group
            Err(error) if group.len() > most => {
                most = group.len();
                refused = told(error);
            }
            Err(_) => {}
        }
    }
    Err(refused)
}

fn told(error: SharesError) -> EmergencyError {
    match error {
        SharesError::TooFew { got, threshold, .. } => EmergencyError::TooFew { got, threshold },
        other => other.into(),
    }
}
